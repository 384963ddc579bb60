"""Find what one person wrote quickly: history keeps the person inside the context's metadata."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("towns", "0002_find_newest_changes"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(
            """CREATE INDEX pghistory_context_person
               ON pghistory_context ((metadata -> 'user'))""",
            "DROP INDEX IF EXISTS pghistory_context_person",
        )
    ]

"""Find the newest changes of every record quickly, for the pages of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("summaries", "0002_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="summaryevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="summary_event_newest"),
        ),
    ]

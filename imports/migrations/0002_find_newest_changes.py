"""Find the newest changes of every record quickly, for the pages of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="batchevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="batch_event_newest"),
        ),
    ]

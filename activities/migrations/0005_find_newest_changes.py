"""Find the newest changes of every record quickly, for the pages of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_refresh_participation"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="activityevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="activity_event_newest"),
        ),
        migrations.AddIndex(
            model_name="activitykindevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="activitykind_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="hostevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="host_event_newest"),
        ),
        migrations.AddIndex(
            model_name="photoevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="photo_event_newest"),
        ),
    ]

"""Find the newest changes of every record quickly, for the pages of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assignmentevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="assignment_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="userevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="user_event_newest"),
        ),
    ]

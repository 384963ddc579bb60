"""Find the newest changes of every record quickly, for the pages of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chambers", "0002_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="chamberevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="chamber_event_newest"),
        ),
        migrations.AddIndex(
            model_name="enterpriseevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="enterprise_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="honourevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="honour_event_newest"),
        ),
        migrations.AddIndex(
            model_name="membershipevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="membership_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="milestoneevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="milestone_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="termevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="term_event_newest"),
        ),
    ]

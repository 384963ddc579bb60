"""Find the newest changes of every record quickly, for the pages of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("venues", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="neighbourevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="neighbour_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="venueevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="venue_event_newest"),
        ),
        migrations.AddIndex(
            model_name="zoneevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="zone_event_newest"),
        ),
    ]

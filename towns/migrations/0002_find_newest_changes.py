"""Find the newest changes of every record quickly, for the pages of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("towns", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="brandevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="brand_event_newest"),
        ),
        migrations.AddIndex(
            model_name="brandfieldevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="brandfield_event_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="postevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="post_event_newest"),
        ),
        migrations.AddIndex(
            model_name="townevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="town_event_newest"),
        ),
        migrations.AddIndex(
            model_name="villageevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="village_event_newest"),
        ),
    ]

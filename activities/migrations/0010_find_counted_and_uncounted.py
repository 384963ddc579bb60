"""Indexes for a million activities: the counted ones, the few others, and the order by name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0009_keep_photos_as_files")]

    operations = [
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=["start_on"],
                include=[
                    *("id", "town", "kind", "mode", "venue", "brand"),
                    *("headcount", "donation_yuan", "beneficiaries"),
                ],
                name="activity_counted",
                condition=models.Q(state="held", review="confirmed"),
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(
                fields=["review", "state", "start_on"],
                name="activity_uncounted",
                condition=models.Q(review__in=["draft", "submitted", "returned"])
                | models.Q(state__in=["planned", "postponed", "cancelled"]),
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["sort_key", "id"], name="activity_sort"),
        ),
    ]

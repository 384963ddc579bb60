"""Indexes that hold all a figure of members reads: whose, since when and until when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chambers", "0006_tell_who_wrote_each_row")]

    operations = [
        migrations.RemoveIndex("positionspell", "spell_membership"),
        migrations.AddIndex(
            "positionspell",
            models.Index(
                fields=["position", "membership"],
                include=["from_on", "to_on"],
                name="spell_position_days",
            ),
        ),
        migrations.AddIndex(
            "membership",
            models.Index(
                fields=["chamber", "enterprise"],
                include=["id", "joined_on", "left_on"],
                name="membership_chamber_days",
            ),
        ),
    ]

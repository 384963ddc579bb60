"""Keep beside each row of history who wrote it, and find rows by person, kind and record."""

import django.db.models.deletion
from django.db import migrations, models

from core.audit import WriterNow, fill_in_persons


class Migration(migrations.Migration):
    dependencies = [
        ("chambers", "0006_tell_who_wrote_each_row"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("towns", "0004_tell_who_wrote_each_row"),
        ("venues", "0002_find_newest_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="neighbourevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="venueevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="zoneevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        fill_in_persons("venues_neighbourevent", "venues_venueevent", "venues_zoneevent"),
        migrations.AlterField(
            model_name="neighbourevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="venues.neighbour",
            ),
        ),
        migrations.AlterField(
            model_name="venueevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="venues.venue",
            ),
        ),
        migrations.AlterField(
            model_name="zoneevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="venues.zone",
            ),
        ),
        migrations.AddIndex(
            model_name="neighbourevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="neighbour_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="neighbourevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="neighbour_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="neighbourevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="neighbour_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="venueevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="venue_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="venueevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="venue_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="venueevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="venue_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="zoneevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="zone_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="zoneevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="zone_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="zoneevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"], include=("pgh_created_at",), name="zone_event_record"
            ),
        ),
    ]

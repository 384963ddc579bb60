"""Keep beside each row of history who wrote it, and find rows by person, kind and record."""

import django.db.models.deletion
from django.db import migrations, models

from core.audit import WriterNow, fill_in_persons


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("towns", "0003_find_changes_of_a_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="brandevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="brandfieldevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="postevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="townevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="villageevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        fill_in_persons(
            "towns_brandevent",
            "towns_brandfieldevent",
            "towns_postevent",
            "towns_townevent",
            "towns_villageevent",
        ),
        migrations.AlterField(
            model_name="brandevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="towns.brand",
            ),
        ),
        migrations.AlterField(
            model_name="brandfieldevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="towns.brandfield",
            ),
        ),
        migrations.AlterField(
            model_name="postevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="towns.post",
            ),
        ),
        migrations.AlterField(
            model_name="townevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="towns.town",
            ),
        ),
        migrations.AlterField(
            model_name="villageevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="towns.village",
            ),
        ),
        migrations.AddIndex(
            model_name="brandevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="brand_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="brandevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="brand_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="brandevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="brand_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="brandfieldevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="brandfield_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="brandfieldevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="brandfield_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="brandfieldevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="brandfield_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="postevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="post_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="postevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="post_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="postevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"], include=("pgh_created_at",), name="post_event_record"
            ),
        ),
        migrations.AddIndex(
            model_name="townevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="town_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="townevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="town_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="townevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"], include=("pgh_created_at",), name="town_event_record"
            ),
        ),
        migrations.AddIndex(
            model_name="villageevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="village_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="villageevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="village_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="villageevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="village_event_record",
            ),
        ),
    ]

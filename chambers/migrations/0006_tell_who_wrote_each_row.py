"""Keep beside each row of history who wrote it, and find rows by person, kind and record."""

import django.db.models.deletion
from django.db import migrations, models

from core.audit import WriterNow, fill_in_persons


class Migration(migrations.Migration):
    dependencies = [
        ("chambers", "0005_part_spells_at_a_corrected_join_day"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("towns", "0003_find_changes_of_a_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="chamberevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="enterpriseevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="honourevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="membershipevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="milestoneevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="termevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        fill_in_persons(
            "chambers_chamberevent",
            "chambers_enterpriseevent",
            "chambers_honourevent",
            "chambers_membershipevent",
            "chambers_milestoneevent",
            "chambers_termevent",
        ),
        migrations.AlterField(
            model_name="chamberevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="chambers.chamber",
            ),
        ),
        migrations.AlterField(
            model_name="enterpriseevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="chambers.enterprise",
            ),
        ),
        migrations.AlterField(
            model_name="honourevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="chambers.honour",
            ),
        ),
        migrations.AlterField(
            model_name="membershipevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="chambers.membership",
            ),
        ),
        migrations.AlterField(
            model_name="milestoneevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="chambers.milestone",
            ),
        ),
        migrations.AlterField(
            model_name="termevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="chambers.term",
            ),
        ),
        migrations.AddIndex(
            model_name="chamberevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="chamber_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="chamberevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="chamber_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="chamberevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="chamber_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="enterpriseevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="enterprise_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="enterpriseevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="enterprise_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="enterpriseevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="enterprise_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="honourevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="honour_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="honourevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="honour_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="honourevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="honour_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="membershipevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="membership_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="membershipevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="membership_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="membershipevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="membership_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="milestoneevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="milestone_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="milestoneevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="milestone_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="milestoneevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="milestone_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="termevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="term_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="termevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="term_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="termevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"], include=("pgh_created_at",), name="term_event_record"
            ),
        ),
    ]

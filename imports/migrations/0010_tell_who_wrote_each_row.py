"""Keep beside each row of history who wrote it, and find rows by person, kind and record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.audit import WriterNow, fill_in_persons


class Migration(migrations.Migration):
    dependencies = [
        ("chambers", "0006_tell_who_wrote_each_row"),
        ("imports", "0009_leave_room_beside_each_row"),
        ("jobs", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("towns", "0003_find_changes_of_a_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="batchevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="headerwordevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="rememberedmappingevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        fill_in_persons(
            "imports_batchevent",
            "imports_decisionevent",
            "imports_headerwordevent",
            "imports_rememberedmappingevent",
        ),
        migrations.AlterField(
            model_name="batchevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="imports.batch",
            ),
        ),
        migrations.AlterField(
            model_name="decisionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="imports.decision",
            ),
        ),
        migrations.AlterField(
            model_name="headerwordevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="imports.headerword",
            ),
        ),
        migrations.AlterField(
            model_name="rememberedmappingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="imports.rememberedmapping",
            ),
        ),
        migrations.AddIndex(
            model_name="batchevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="batch_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="batchevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="batch_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="batchevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="batch_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="decisionevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="decision_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="decisionevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="decision_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="decisionevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="decision_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="headerwordevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="headerword_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="headerwordevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="headerword_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="headerwordevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="headerword_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="rememberedmappingevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"],
                name="rememberedmapping_event_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="rememberedmappingevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"],
                name="rememberedmapping_event_person",
            ),
        ),
        migrations.AddIndex(
            model_name="rememberedmappingevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="rememberedmapping_event_record",
            ),
        ),
    ]

"""Keep beside each row of history who wrote it, and find rows by person, kind and record."""

import django.db.models.deletion
from django.db import migrations, models

from core.audit import WriterNow, fill_in_persons


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("summaries", "0005_name_and_order_figures"),
        ("towns", "0003_find_changes_of_a_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="figurerulesevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="figuresettingevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="summaryevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        fill_in_persons(
            "summaries_figurerulesevent", "summaries_figuresettingevent", "summaries_summaryevent"
        ),
        migrations.AlterField(
            model_name="figurerulesevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="summaries.figurerules",
            ),
        ),
        migrations.AlterField(
            model_name="figuresettingevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="summaries.figuresetting",
            ),
        ),
        migrations.AlterField(
            model_name="summaryevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="summaries.summary",
            ),
        ),
        migrations.AddIndex(
            model_name="figurerulesevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="figurerules_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="figurerulesevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="figurerules_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="figurerulesevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="figurerules_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="figuresettingevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="figuresetting_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="figuresettingevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"],
                name="figuresetting_event_person",
            ),
        ),
        migrations.AddIndex(
            model_name="figuresettingevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="figuresetting_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="summaryevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="summary_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="summaryevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="summary_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="summaryevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="summary_event_record",
            ),
        ),
    ]

"""Keep beside each row of history who wrote it, and find rows by person, kind and record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.audit import WriterNow, fill_in_persons


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0011_find_by_part_of_name"),
        ("chambers", "0005_part_spells_at_a_corrected_join_day"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("towns", "0003_find_changes_of_a_person"),
        ("venues", "0002_find_newest_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="activityevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="activitykindevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="hostevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="photoevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        fill_in_persons(
            "activities_activityevent",
            "activities_activitykindevent",
            "activities_hostevent",
            "activities_photoevent",
        ),
        migrations.AlterField(
            model_name="activityevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="activities.activity",
            ),
        ),
        migrations.AlterField(
            model_name="activitykindevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="activities.activitykind",
            ),
        ),
        migrations.AlterField(
            model_name="hostevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="activities.host",
            ),
        ),
        migrations.AlterField(
            model_name="photoevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="activities.photo",
            ),
        ),
        migrations.AddIndex(
            model_name="activityevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="activity_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="activityevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="activity_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="activityevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="activity_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="activitykindevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="activitykind_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="activitykindevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"],
                name="activitykind_event_person",
            ),
        ),
        migrations.AddIndex(
            model_name="activitykindevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="activitykind_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="hostevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="host_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="hostevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="host_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="hostevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"], include=("pgh_created_at",), name="host_event_record"
            ),
        ),
        migrations.AddIndex(
            model_name="photoevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="photo_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="photoevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="photo_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="photoevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="photo_event_record",
            ),
        ),
    ]

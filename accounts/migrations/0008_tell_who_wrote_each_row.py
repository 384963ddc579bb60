"""Keep beside each row of history who wrote it, and find rows by person, kind and record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.audit import WriterNow, fill_in_persons


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_name_the_languages"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("towns", "0003_find_changes_of_a_person"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignmentevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="defaultviewevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="feedbackevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="savedviewevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        migrations.AddField(
            model_name="userevent",
            name="pgh_person",
            field=models.BigIntegerField(db_default=WriterNow(), null=True),
        ),
        fill_in_persons(
            "accounts_assignmentevent",
            "accounts_defaultviewevent",
            "accounts_feedbackevent",
            "accounts_savedviewevent",
            "accounts_userevent",
        ),
        migrations.AlterField(
            model_name="assignmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="accounts.assignment",
            ),
        ),
        migrations.AlterField(
            model_name="defaultviewevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="accounts.defaultview",
            ),
        ),
        migrations.AlterField(
            model_name="feedbackevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="accounts.feedback",
            ),
        ),
        migrations.AlterField(
            model_name="savedviewevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="accounts.savedview",
            ),
        ),
        migrations.AlterField(
            model_name="userevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="assignmentevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="assignment_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="assignmentevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="assignment_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="assignmentevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="assignment_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="defaultviewevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="defaultview_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="defaultviewevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="defaultview_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="defaultviewevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="defaultview_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="feedbackevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="feedback_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="feedbackevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="feedback_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="feedbackevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="feedback_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="savedviewevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="savedview_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="savedviewevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="savedview_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="savedviewevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"],
                include=("pgh_created_at",),
                name="savedview_event_record",
            ),
        ),
        migrations.AddIndex(
            model_name="userevent",
            index=models.Index(
                fields=["pgh_label", "-pgh_created_at", "-pgh_id"], name="user_event_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="userevent",
            index=models.Index(
                fields=["pgh_person", "-pgh_created_at", "-pgh_id"], name="user_event_person"
            ),
        ),
        migrations.AddIndex(
            model_name="userevent",
            index=models.Index(
                fields=["pgh_obj", "-pgh_id"], include=("pgh_created_at",), name="user_event_record"
            ),
        ),
    ]

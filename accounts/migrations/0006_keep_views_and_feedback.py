"""Keep saved views, the views that pages open with, and what people say of pages."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_name_assignments_in_chinese"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="DefaultView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=200, verbose_name="页面")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="default_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="用户",
                    ),
                ),
            ],
            options={
                "verbose_name": "默认视图",
                "verbose_name_plural": "默认视图",
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(blank=True, max_length=200, verbose_name="页面")),
                ("words", models.TextField(max_length=4000, verbose_name="意见")),
                ("written_at", models.DateTimeField(verbose_name="提出时间")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="答复")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "意见反馈",
                "verbose_name_plural": "意见反馈",
            },
        ),
        migrations.CreateModel(
            name="FeedbackEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("path", models.CharField(blank=True, max_length=200, verbose_name="页面")),
                ("words", models.TextField(max_length=4000, verbose_name="意见")),
                ("written_at", models.DateTimeField(verbose_name="提出时间")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="答复")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.feedback",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("path", models.CharField(max_length=200, verbose_name="页面")),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="筛选")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("district_officer", "区级干部"),
                            ("town_liaison", "街镇联络员"),
                            ("administrator", "系统管理员"),
                            ("auditor", "审计员"),
                        ],
                        max_length=30,
                        verbose_name="共享给",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
            ],
            options={
                "verbose_name": "常用视图",
                "verbose_name_plural": "常用视图",
            },
        ),
        migrations.CreateModel(
            name="DefaultViewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("path", models.CharField(max_length=200, verbose_name="页面")),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.defaultview",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="用户",
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.savedview",
                        verbose_name="常用视图",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="defaultview",
            name="view",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="default_for",
                to="accounts.savedview",
                verbose_name="常用视图",
            ),
        ),
        migrations.CreateModel(
            name="SavedViewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("path", models.CharField(max_length=200, verbose_name="页面")),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="筛选")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("district_officer", "区级干部"),
                            ("town_liaison", "街镇联络员"),
                            ("administrator", "系统管理员"),
                            ("auditor", "审计员"),
                        ],
                        max_length=30,
                        verbose_name="共享给",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="保存人",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="accounts.savedview",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["-written_at", "-id"], name="feedback_newest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedback",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_feedbackevent" ("answer", "answered_at", "id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words", "written_at", "written_by_id") SELECT new_values."answer", new_values."answered_at", new_values."id", new_values."path", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."words", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2c79dd116b37c9560685d54162cc92e75d3c8db0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_edce2",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="accounts_feedback",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedback",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_feedbackevent" ("answer", "answered_at", "id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words", "written_at", "written_by_id") SELECT new_values."answer", new_values."answered_at", new_values."id", new_values."path", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."words", new_values."written_at", new_values."written_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8a8ea79f98b6754c5820df29a63571793e6a0f7b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3ecb3",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="accounts_feedback",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedback",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_feedbackevent" ("answer", "answered_at", "id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "words", "written_at", "written_by_id") SELECT old_values."answer", old_values."answered_at", old_values."id", old_values."path", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."words", old_values."written_at", old_values."written_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c5ad46e233342399ff5b04709aa84ca2ff730e0a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e12ca",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="accounts_feedback",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="feedbackevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="feedback_event_newest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="feedbackevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1a7c1b06b1b9db963d7b8c7f9ecf45b4a0967f30",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_64305",
                    table="accounts_feedbackevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="savedview",
            index=models.Index(fields=["path"], name="saved_view_of_page"),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("owner", "path", "name"),
                name="saved_view_once",
                violation_error_message="这个页面已有同名的视图，请换一个名称。",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        ["", "district_officer", "town_liaison", "administrator", "auditor"],
                    )
                ),
                name="saved_view_role_is_known",
                violation_error_message="没有这个角色。",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_savedviewevent" ("id", "name", "owner_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "role") SELECT new_values."id", new_values."name", new_values."owner_id", new_values."path", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."query", new_values."role" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="21b9b75a677423d5197bb99e3b08b4aea9763ba6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6bb21",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="accounts_savedview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_savedviewevent" ("id", "name", "owner_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "role") SELECT new_values."id", new_values."name", new_values."owner_id", new_values."path", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."query", new_values."role" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d522016eba68f33c4193680ce5c01e669f2da0d6",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7daf1",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="accounts_savedview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_savedviewevent" ("id", "name", "owner_id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query", "role") SELECT old_values."id", old_values."name", old_values."owner_id", old_values."path", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."query", old_values."role" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="0df74cf968335edcebb42ac8257837b2214a6fba",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_616b8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="accounts_savedview",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="defaultviewevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="defaultview_event_newest"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="51bd07991572fd5e80c7a2549ae96d93904e58fc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_23309",
                    table="accounts_defaultviewevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="defaultview",
            constraint=models.UniqueConstraint(
                fields=("user", "path"),
                name="default_view_once",
                violation_error_message="这个页面已有默认视图。",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_defaultviewevent" ("id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "view_id") SELECT new_values."id", new_values."path", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."user_id", new_values."view_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="1f0b9f557502dc00145fac042fa8439aab2657ab",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_785db",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="accounts_defaultview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_defaultviewevent" ("id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "view_id") SELECT new_values."id", new_values."path", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."user_id", new_values."view_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="122917ef4e421c0ca59a1bc69ce51abaada53158",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_65c4e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="accounts_defaultview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="defaultview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_defaultviewevent" ("id", "path", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "view_id") SELECT old_values."id", old_values."path", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."user_id", old_values."view_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="9aa8d8397090e35e4e12fd7ce137c0fc4f341085",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_60fff",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="accounts_defaultview",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="savedviewevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="savedview_event_newest"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="savedviewevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="65025bba5d47dbe78d6d1153a814b2dc7a9812c8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4a329",
                    table="accounts_savedviewevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]

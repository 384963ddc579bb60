import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("chambers", "0005_part_spells_at_a_corrected_join_day"),
        ("imports", "0004_keep_grids_and_what_was_learnt"),
        ("jobs", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("towns", "0003_find_changes_of_a_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cell", "改单元格"),
                            ("match", "认定是谁"),
                            ("omit", "不导入此行"),
                            ("leaving", "登记离开"),
                            ("policy", "写入方式"),
                        ],
                        max_length=10,
                        verbose_name="改动",
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=30, verbose_name="项")),
                ("before", models.TextField(blank=True, verbose_name="原来")),
                ("after", models.TextField(blank=True, verbose_name="改为")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="改动时间")),
            ],
            options={
                "verbose_name": "预览中的改动",
                "verbose_name_plural": "预览中的改动",
            },
        ),
        migrations.CreateModel(
            name="DecisionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("cell", "改单元格"),
                            ("match", "认定是谁"),
                            ("omit", "不导入此行"),
                            ("leaving", "登记离开"),
                            ("policy", "写入方式"),
                        ],
                        max_length=10,
                        verbose_name="改动",
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=30, verbose_name="项")),
                ("before", models.TextField(blank=True, verbose_name="原来")),
                ("after", models.TextField(blank=True, verbose_name="改为")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="改动时间")),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="batch",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="batch",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="batch",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="batch",
            name="batch_committed_one_at_a_time",
        ),
        migrations.AddField(
            model_name="batch",
            name="policies",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="batch",
            name="town",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="towns.town",
                verbose_name="街镇",
            ),
        ),
        migrations.AddField(
            model_name="batchevent",
            name="policies",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="batchevent",
            name="town",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="towns.town",
                verbose_name="街镇",
            ),
        ),
        migrations.AddField(
            model_name="row",
            name="choice",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="row",
            name="corrections",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="row",
            name="is_warned",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="row",
            name="keys",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="row",
            name="record",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="row",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("new", "新增"),
                    ("changed", "有变化"),
                    ("same", "相同"),
                    ("problem", "要处理"),
                    ("omitted", "不导入"),
                    ("absent", "名单上没有"),
                    ("leaving", "将登记离开"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                condition=models.Q(("is_warned", True)),
                fields=["batch", "position"],
                name="import_row_warned",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="batch",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_batchevent" ("chamber_id", "committed_at", "counts", "file_name", "id", "job_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "policies", "sha256", "state", "town_id", "undone_at", "uploaded_at", "uploaded_by_id") SELECT new_values."chamber_id", new_values."committed_at", new_values."counts", new_values."file_name", new_values."id", new_values."job_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."plan", new_values."policies", new_values."sha256", new_values."state", new_values."town_id", new_values."undone_at", new_values."uploaded_at", new_values."uploaded_by_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2dbc6f0c19059829d841814c56c73c6ef0ee184e",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_262f0",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="imports_batch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="batch",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_batchevent" ("chamber_id", "committed_at", "counts", "file_name", "id", "job_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "policies", "sha256", "state", "town_id", "undone_at", "uploaded_at", "uploaded_by_id") SELECT new_values."chamber_id", new_values."committed_at", new_values."counts", new_values."file_name", new_values."id", new_values."job_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."plan", new_values."policies", new_values."sha256", new_values."state", new_values."town_id", new_values."undone_at", new_values."uploaded_at", new_values."uploaded_by_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."chamber_id" IS DISTINCT FROM (new_values."chamber_id") OR old_values."committed_at" IS DISTINCT FROM (new_values."committed_at") OR old_values."counts" IS DISTINCT FROM (new_values."counts") OR old_values."file_name" IS DISTINCT FROM (new_values."file_name") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."job_id" IS DISTINCT FROM (new_values."job_id") OR old_values."plan" IS DISTINCT FROM (new_values."plan") OR old_values."policies" IS DISTINCT FROM (new_values."policies") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."town_id" IS DISTINCT FROM (new_values."town_id") OR old_values."undone_at" IS DISTINCT FROM (new_values."undone_at") OR old_values."uploaded_at" IS DISTINCT FROM (new_values."uploaded_at") OR old_values."uploaded_by_id" IS DISTINCT FROM (new_values."uploaded_by_id")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d545c716fa0a0d1b5a0cf5d5e18ace3f5669a3b2",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ff84a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="imports_batch",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="batch",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_batchevent" ("chamber_id", "committed_at", "counts", "file_name", "id", "job_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "policies", "sha256", "state", "town_id", "undone_at", "uploaded_at", "uploaded_by_id") SELECT old_values."chamber_id", old_values."committed_at", old_values."counts", old_values."file_name", old_values."id", old_values."job_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."plan", old_values."policies", old_values."sha256", old_values."state", old_values."town_id", old_values."undone_at", old_values."uploaded_at", old_values."uploaded_by_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="ef78c610c6f019c94f7151078eb92f46a7559811",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_acd36",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="imports_batch",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "committing")),
                fields=("plan", "chamber", "town", "sha256"),
                name="batch_committed_one_at_a_time",
                nulls_distinct=False,
                violation_error_message="同一文件正在导入。",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="batch",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="imports.batch",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="改动人",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="row",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="imports.row",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="batch",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="imports.batch",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="made_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="改动人",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="imports.decision",
            ),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="row",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="imports.row",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["batch", "-id"], name="import_decision_newest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_decisionevent" ("after", "batch_id", "before", "field", "id", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_id") SELECT new_values."after", new_values."batch_id", new_values."before", new_values."field", new_values."id", new_values."kind", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."row_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="a2fa1956d24befce9329ce2a234199dd4b2a7b91",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ea67e",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="imports_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_decisionevent" ("after", "batch_id", "before", "field", "id", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_id") SELECT new_values."after", new_values."batch_id", new_values."before", new_values."field", new_values."id", new_values."kind", new_values."made_at", new_values."made_by_id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."row_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="968e8cb4b1e59bf53644372d05cb103b6f269202",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5beff",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="imports_decision",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_decisionevent" ("after", "batch_id", "before", "field", "id", "kind", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_id") SELECT old_values."after", old_values."batch_id", old_values."before", old_values."field", old_values."id", old_values."kind", old_values."made_at", old_values."made_by_id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."row_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="55fee072e204a6d6861e8158df483df194691a05",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0c8bf",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="imports_decision",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="decisionevent",
            index=models.Index(fields=["-pgh_created_at", "-pgh_id"], name="decision_event_newest"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decisionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b1b713f3719d0eea0580dc00e8be17cce6888410",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0d469",
                    table="imports_decisionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            "UPDATE imports_row SET is_warned = true WHERE verdict <> 'problem'"
            """ AND problems @> '[{"level": "warning"}]'""",
            migrations.RunSQL.noop,
        ),
    ]

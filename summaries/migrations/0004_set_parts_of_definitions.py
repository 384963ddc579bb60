"""Let an administrator set parts of the definitions of figures."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import summaries.models


class Migration(migrations.Migration):
    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("summaries", "0003_find_newest_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureRulesEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "council_positions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("president", "会长"),
                                ("executive_president", "执行会长"),
                                ("standing_vice_president", "常务副会长"),
                                ("chief_supervisor", "监事长"),
                                ("vice_president", "副会长"),
                                ("standing_councillor", "常务理事"),
                                ("councillor", "理事"),
                                ("supervisor", "监事"),
                                ("secretary_general", "秘书长"),
                                ("member", "会员"),
                            ],
                            max_length=30,
                        ),
                        default=summaries.models.council_or_above,
                        size=None,
                        verbose_name="理事以上包含的职务",
                    ),
                ),
                (
                    "idle_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="阵地闲置天数",
                    ),
                ),
                (
                    "grey_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="品牌沉寂天数",
                    ),
                ),
                (
                    "lapse_days",
                    models.PositiveSmallIntegerField(
                        default=180,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="荣誉到期提前提醒天数",
                    ),
                ),
                (
                    "term_days",
                    models.PositiveSmallIntegerField(
                        default=180,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="换届提前提醒天数",
                    ),
                ),
                (
                    "summaries_from",
                    models.DateField(blank=True, null=True, verbose_name="从哪个月起生成小结"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FigureRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "council_positions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("president", "会长"),
                                ("executive_president", "执行会长"),
                                ("standing_vice_president", "常务副会长"),
                                ("chief_supervisor", "监事长"),
                                ("vice_president", "副会长"),
                                ("standing_councillor", "常务理事"),
                                ("councillor", "理事"),
                                ("supervisor", "监事"),
                                ("secretary_general", "秘书长"),
                                ("member", "会员"),
                            ],
                            max_length=30,
                        ),
                        default=summaries.models.council_or_above,
                        size=None,
                        verbose_name="理事以上包含的职务",
                    ),
                ),
                (
                    "idle_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="阵地闲置天数",
                    ),
                ),
                (
                    "grey_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="品牌沉寂天数",
                    ),
                ),
                (
                    "lapse_days",
                    models.PositiveSmallIntegerField(
                        default=180,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="荣誉到期提前提醒天数",
                    ),
                ),
                (
                    "term_days",
                    models.PositiveSmallIntegerField(
                        default=180,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="换届提前提醒天数",
                    ),
                ),
                (
                    "summaries_from",
                    models.DateField(blank=True, null=True, verbose_name="从哪个月起生成小结"),
                ),
            ],
            options={
                "verbose_name": "口径设置",
                "verbose_name_plural": "口径设置",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="figure_rules_are_one_row",
                        violation_error_message="口径设置只有一份。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("council_positions__len__gt", 0)),
                        name="figure_rules_name_a_council",
                        violation_error_message="理事以上至少要包含一个职务。",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figurerules",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "summaries_figurerulesevent" ("council_positions", "grey_days", "id", "idle_days", "lapse_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summaries_from", "term_days") SELECT new_values."council_positions", new_values."grey_days", new_values."id", new_values."idle_days", new_values."lapse_days", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."summaries_from", new_values."term_days" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="d14e1960e8e61bf8d9d8157b407f1c4be4d4ba5f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8c96d",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="summaries_figurerules",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figurerules",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "summaries_figurerulesevent" ("council_positions", "grey_days", "id", "idle_days", "lapse_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summaries_from", "term_days") SELECT new_values."council_positions", new_values."grey_days", new_values."id", new_values."idle_days", new_values."lapse_days", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."summaries_from", new_values."term_days" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="843fc55c9f67ac2bd5fe076ddd457840ba4138f9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_67feb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="summaries_figurerules",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figurerules",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "summaries_figurerulesevent" ("council_positions", "grey_days", "id", "idle_days", "lapse_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "summaries_from", "term_days") SELECT old_values."council_positions", old_values."grey_days", old_values."id", old_values."idle_days", old_values."lapse_days", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."summaries_from", old_values."term_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="6d2bf806d3755c4838b55a3fa2b6a2d262d02d1d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0f6c1",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="summaries_figurerules",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="figurerulesevent",
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
            model_name="figurerulesevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="summaries.figurerules",
            ),
        ),
        migrations.AddIndex(
            model_name="figurerulesevent",
            index=models.Index(
                fields=["-pgh_created_at", "-pgh_id"], name="figurerules_event_newest"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figurerulesevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4c95dc4f96162b364072f42f855b5d4468163ca9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d30d0",
                    table="summaries_figurerulesevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]

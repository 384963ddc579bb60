import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0005_decide_in_the_preview"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="decision",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="decision",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="decision",
            name="delete_delete",
        ),
        migrations.RemoveField(
            model_name="decision",
            name="row",
        ),
        migrations.RemoveField(
            model_name="decisionevent",
            name="row",
        ),
        migrations.AddField(
            model_name="decision",
            name="number",
            field=models.PositiveIntegerField(default=0, verbose_name="行号"),
        ),
        migrations.AddField(
            model_name="decision",
            name="sheet",
            field=models.CharField(blank=True, max_length=100, verbose_name="工作表"),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="number",
            field=models.PositiveIntegerField(default=0, verbose_name="行号"),
        ),
        migrations.AddField(
            model_name="decisionevent",
            name="sheet",
            field=models.CharField(blank=True, max_length=100, verbose_name="工作表"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="decision",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_decisionevent" ("after", "batch_id", "before", "field", "id", "kind", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet") SELECT new_values."after", new_values."batch_id", new_values."before", new_values."field", new_values."id", new_values."kind", new_values."made_at", new_values."made_by_id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sheet" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="05be6558714b5af53d64113d70cc76d4577d9197",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_decisionevent" ("after", "batch_id", "before", "field", "id", "kind", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet") SELECT new_values."after", new_values."batch_id", new_values."before", new_values."field", new_values."id", new_values."kind", new_values."made_at", new_values."made_by_id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sheet" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="0a23b9382d11bcf18860b393ffda6bb7c9618b6d",
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
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "imports_decisionevent" ("after", "batch_id", "before", "field", "id", "kind", "made_at", "made_by_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sheet") SELECT old_values."after", old_values."batch_id", old_values."before", old_values."field", old_values."id", old_values."kind", old_values."made_at", old_values."made_by_id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sheet" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="362f6f74f7e9212c51d93be09304d651a0062e2d",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0c8bf",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="imports_decision",
                    when="AFTER",
                ),
            ),
        ),
    ]

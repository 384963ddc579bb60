"""Keep the small copy of each photo beside it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0006_refresh_participation_by_statement"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="photo",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="photo",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="photo",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="photo",
            name="thumbnail",
            field=models.FileField(
                default="", editable=False, max_length=200, upload_to="activities/%Y/%m/"
            ),
        ),
        migrations.AddField(
            model_name="photoevent",
            name="thumbnail",
            field=models.FileField(
                default="", editable=False, max_length=200, upload_to="activities/%Y/%m/"
            ),
        ),
        migrations.AlterField(
            model_name="photo",
            name="file",
            field=models.ImageField(
                height_field="height",
                max_length=200,
                upload_to="activities/%Y/%m/",
                verbose_name="照片",
                width_field="width",
            ),
        ),
        migrations.AlterField(
            model_name="photoevent",
            name="file",
            field=models.ImageField(
                height_field="height",
                max_length=200,
                upload_to="activities/%Y/%m/",
                verbose_name="照片",
                width_field="width",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="photo",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_photoevent" ("activity_id", "caption", "file", "height", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "thumbnail", "width") SELECT new_values."activity_id", new_values."caption", new_values."file", new_values."height", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."sha256", new_values."thumbnail", new_values."width" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="2b13d5016c13cae0a682ed1a8c1261b60b4d872f",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dd1b4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="activities_photo",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="photo",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_photoevent" ("activity_id", "caption", "file", "height", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "thumbnail", "width") SELECT new_values."activity_id", new_values."caption", new_values."file", new_values."height", new_values."id", new_values."order", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."sha256", new_values."thumbnail", new_values."width" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="45e16c765a5436533be4272aaf6c9a6c4ed9ea74",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1a279",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="activities_photo",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="photo",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "activities_photoevent" ("activity_id", "caption", "file", "height", "id", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "thumbnail", "width") SELECT old_values."activity_id", old_values."caption", old_values."file", old_values."height", old_values."id", old_values."order", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."sha256", old_values."thumbnail", old_values."width" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="20d7cef4f57df3bc258f1b469cc00ab90622102b",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8372c",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="activities_photo",
                    when="AFTER",
                ),
            ),
        ),
    ]

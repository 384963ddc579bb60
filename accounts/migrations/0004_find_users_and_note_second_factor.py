"""Find users by pinyin, and keep when the second factor, its codes and locks changed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_find_newest_changes"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="user",
            name="initials",
            field=core.fields.InitialsField(
                default="", editable=False, max_length=600, source="name"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="name_key",
            field=core.fields.NameKeyField(
                default="", editable=False, max_length=600, source="name"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="pinyin",
            field=core.fields.PinyinField(
                default="", editable=False, max_length=600, source="name"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="recovery_codes_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="恢复码生成时间"),
        ),
        migrations.AddField(
            model_name="user",
            name="second_factor_since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="启用两步验证时间"),
        ),
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=core.fields.SortKeyField(
                default="", editable=False, max_length=600, source="name"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="unlocked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="解除锁定时间"),
        ),
        migrations.AddField(
            model_name="userevent",
            name="initials",
            field=core.fields.InitialsField(
                default="", editable=False, max_length=600, source="name"
            ),
        ),
        migrations.AddField(
            model_name="userevent",
            name="name_key",
            field=core.fields.NameKeyField(
                default="", editable=False, max_length=600, source="name"
            ),
        ),
        migrations.AddField(
            model_name="userevent",
            name="pinyin",
            field=core.fields.PinyinField(
                default="", editable=False, max_length=600, source="name"
            ),
        ),
        migrations.AddField(
            model_name="userevent",
            name="recovery_codes_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="恢复码生成时间"),
        ),
        migrations.AddField(
            model_name="userevent",
            name="second_factor_since",
            field=models.DateTimeField(blank=True, null=True, verbose_name="启用两步验证时间"),
        ),
        migrations.AddField(
            model_name="userevent",
            name="sort_key",
            field=core.fields.SortKeyField(
                default="", editable=False, max_length=600, source="name"
            ),
        ),
        migrations.AddField(
            model_name="userevent",
            name="unlocked_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="解除锁定时间"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("id", "initials", "is_active", "language", "must_change_password", "name", "name_key", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "recovery_codes_at", "role", "second_factor_since", "sort_key", "unlocked_at", "username", "work_phone") SELECT new_values."id", new_values."initials", new_values."is_active", new_values."language", new_values."must_change_password", new_values."name", new_values."name_key", new_values."password_changed_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."pinyin", new_values."recovery_codes_at", new_values."role", new_values."second_factor_since", new_values."sort_key", new_values."unlocked_at", new_values."username", new_values."work_phone" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="8b1e16d92f92ff4830687e729021e9e77d5c5e76",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3867c",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("id", "initials", "is_active", "language", "must_change_password", "name", "name_key", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "recovery_codes_at", "role", "second_factor_since", "sort_key", "unlocked_at", "username", "work_phone") SELECT new_values."id", new_values."initials", new_values."is_active", new_values."language", new_values."must_change_password", new_values."name", new_values."name_key", new_values."password_changed_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."pinyin", new_values."recovery_codes_at", new_values."role", new_values."second_factor_since", new_values."sort_key", new_values."unlocked_at", new_values."username", new_values."work_phone" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."initials" IS DISTINCT FROM (new_values."initials") OR old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."language" IS DISTINCT FROM (new_values."language") OR old_values."must_change_password" IS DISTINCT FROM (new_values."must_change_password") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."name_key" IS DISTINCT FROM (new_values."name_key") OR old_values."password_changed_at" IS DISTINCT FROM (new_values."password_changed_at") OR old_values."pinyin" IS DISTINCT FROM (new_values."pinyin") OR old_values."recovery_codes_at" IS DISTINCT FROM (new_values."recovery_codes_at") OR old_values."role" IS DISTINCT FROM (new_values."role") OR old_values."second_factor_since" IS DISTINCT FROM (new_values."second_factor_since") OR old_values."sort_key" IS DISTINCT FROM (new_values."sort_key") OR old_values."unlocked_at" IS DISTINCT FROM (new_values."unlocked_at") OR old_values."username" IS DISTINCT FROM (new_values."username") OR old_values."work_phone" IS DISTINCT FROM (new_values."work_phone")) ) AS new_values, _pgh_attached_context; RETURN NULL;',
                    hash="90114c6b3c7c32ab99b51bb5d9ee6b0a49fdcae9",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0e890",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "accounts_userevent" ("id", "initials", "is_active", "language", "must_change_password", "name", "name_key", "password_changed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pinyin", "recovery_codes_at", "role", "second_factor_since", "sort_key", "unlocked_at", "username", "work_phone") SELECT old_values."id", old_values."initials", old_values."is_active", old_values."language", old_values."must_change_password", old_values."name", old_values."name_key", old_values."password_changed_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."pinyin", old_values."recovery_codes_at", old_values."role", old_values."second_factor_since", old_values."sort_key", old_values."unlocked_at", old_values."username", old_values."work_phone" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a6eb7d24df7e29c2083ec7297f75f87ed55618bf",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_19f14",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="accounts_user",
                    when="AFTER",
                ),
            ),
        ),
    ]

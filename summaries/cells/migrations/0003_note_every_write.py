"""Triggers that note each statement that writes to a table which pages show."""

from django.db import migrations, models

# As summaries/cells/watching.py named them when this was made; later tables come by migrations.
WATCHED = (
    *("towns_town", "towns_village", "towns_post", "towns_brand", "towns_brandfield"),
    *("chambers_chamber", "chambers_term", "chambers_milestone", "chambers_enterprise"),
    *("chambers_membership", "chambers_positionspell", "chambers_honour"),
    *("venues_venue", "venues_zone", "venues_neighbour"),
    *("activities_activitykind", "activities_activity", "activities_host"),
    *("activities_participation", "activities_photo"),
    *("summaries_figurerules", "summaries_figurerulesevent", "summaries_figuresetting"),
    "summaries_summary",
    *("accounts_assignment", "accounts_savedview", "accounts_defaultview"),
)
# A sign-in writes to a person's row as well, and changes no page.
USER_COLUMNS = "name, name_key, pinyin, initials, sort_key, role, username, work_phone, is_active"

NOTE = """
CREATE FUNCTION cells_note_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cells_change (what, writes, at) VALUES (TG_TABLE_NAME, 1, clock_timestamp());
    RETURN NULL;
END;
$$;
"""
NAME = "cells_note_write"


def watch(table: str, update: str = "UPDATE") -> str:
    return (
        f"CREATE TRIGGER {NAME} AFTER INSERT OR DELETE OR {update} ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {NAME}();"
    )


def forget(table: str) -> str:
    return f"DROP TRIGGER {NAME} ON {table};"


class Migration(migrations.Migration):
    dependencies = [
        ("cells", "0002_mark_changed_months"),
        ("towns", "0003_find_changes_of_a_person"),
        ("chambers", "0005_part_spells_at_a_corrected_join_day"),
        ("venues", "0002_find_newest_changes"),
        ("activities", "0011_find_by_part_of_name"),
        ("summaries", "0005_name_and_order_figures"),
        ("accounts", "0006_keep_views_and_feedback"),
    ]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=60)),
                ("writes", models.BigIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(NOTE, f"DROP FUNCTION {NAME}();"),
        migrations.RunSQL(
            "\n".join(watch(table) for table in WATCHED),
            "\n".join(forget(table) for table in WATCHED),
        ),
        migrations.RunSQL(
            watch("accounts_user", f"UPDATE OF {USER_COLUMNS}"), forget("accounts_user")
        ),
    ]

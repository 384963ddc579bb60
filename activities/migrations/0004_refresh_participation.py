"""The function that keeps which towns take part in an activity; the triggers call it."""

from django.db import migrations

CREATE = """
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


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_initial")]
    operations = [
        migrations.RunSQL(
            CREATE, "DROP FUNCTION IF EXISTS activities_refresh_participation(bigint);"
        )
    ]

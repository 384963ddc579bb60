"""Triggers that mark a month when something counted in it is written, once for a statement."""

from django.db import migrations

# What the figures in summaries/cells/backed.py read of an activity. Only confirmed ones count.
COUNTED = (
    "start_on, state, review, kind_id, mode, venue_id, brand_id, "
    "headcount, donation_yuan, beneficiaries"
)
OLD = ", ".join(f"o.{column.strip()}" for column in COUNTED.split(","))
NEW = ", ".join(f"n.{column.strip()}" for column in COUNTED.split(","))

ACTIVITIES = f"""
CREATE FUNCTION cells_mark_activities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO cells_mark (month)
        SELECT DISTINCT date_trunc('month', start_on)::date FROM new_values
        WHERE review = 'confirmed';
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO cells_mark (month)
        SELECT DISTINCT date_trunc('month', start_on)::date FROM old_values
        WHERE review = 'confirmed';
    ELSE
        INSERT INTO cells_mark (month)
        SELECT DISTINCT date_trunc('month', either.start_on)::date
        FROM old_values o JOIN new_values n USING (id),
            LATERAL (VALUES (o.start_on, o.review), (n.start_on, n.review)) either (start_on, review)
        WHERE either.review = 'confirmed' AND ({OLD}) IS DISTINCT FROM ({NEW});
    END IF;
    RETURN NULL;
END;
$$;
"""  # noqa: S608 - only names of this file

# Hosts say whether an activity is joint, participations in which towns it counts.
THROUGH = """
CREATE FUNCTION cells_mark_through_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO cells_mark (month)
        SELECT DISTINCT date_trunc('month', a.start_on)::date
        FROM new_values n JOIN activities_activity a ON a.id = n.activity_id
        WHERE a.review = 'confirmed';
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO cells_mark (month)
        SELECT DISTINCT date_trunc('month', a.start_on)::date
        FROM old_values o JOIN activities_activity a ON a.id = o.activity_id
        WHERE a.review = 'confirmed';
    END IF;
    RETURN NULL;
END;
$$;
"""

# Cells name towns and kinds by their codes.
CODES = """
CREATE FUNCTION cells_mark_every_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cells_mark (month)
    SELECT generate_series(
        date_trunc('month', min(start_on)), date_trunc('month', max(start_on)), '1 month'
    )::date
    FROM activities_activity;
    RETURN NULL;
END;
$$;
CREATE TRIGGER cells_mark_town_code AFTER UPDATE OF code ON towns_town
    FOR EACH STATEMENT EXECUTE FUNCTION cells_mark_every_month();
CREATE TRIGGER cells_mark_kind_code AFTER UPDATE OF code ON activities_activitykind
    FOR EACH STATEMENT EXECUTE FUNCTION cells_mark_every_month();
"""
NO_CODES = """
DROP TRIGGER cells_mark_kind_code ON activities_activitykind;
DROP TRIGGER cells_mark_town_code ON towns_town;
DROP FUNCTION cells_mark_every_month();
"""

WATCHED = (
    ("activities_activity", "cells_mark_activities"),
    ("activities_host", "cells_mark_through_activity"),
    ("activities_participation", "cells_mark_through_activity"),
)
TABLES = {
    "INSERT": "NEW TABLE AS new_values",
    "UPDATE": "OLD TABLE AS old_values NEW TABLE AS new_values",
    "DELETE": "OLD TABLE AS old_values",
}


def name_of(table: str, event: str) -> str:
    return f"cells_mark_{event.lower()}_{table.removeprefix('activities_')}"


def watch(table: str, function: str, event: str) -> str:
    return (
        f"CREATE TRIGGER {name_of(table, event)} AFTER {event} ON {table} "
        f"REFERENCING {TABLES[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )


def forget(table: str, event: str) -> str:
    return f"DROP TRIGGER {name_of(table, event)} ON {table};"


class Migration(migrations.Migration):
    dependencies = [
        ("cells", "0001_keep_cells"),
        ("activities", "0009_keep_photos_as_files"),
    ]

    operations = [
        migrations.RunSQL(ACTIVITIES, "DROP FUNCTION cells_mark_activities();"),
        migrations.RunSQL(THROUGH, "DROP FUNCTION cells_mark_through_activity();"),
        migrations.RunSQL(CODES, NO_CODES),
        migrations.RunSQL(
            "\n".join(watch(*one, event) for one in WATCHED for event in TABLES),
            "\n".join(forget(table, event) for table, _function in WATCHED for event in TABLES),
        ),
    ]

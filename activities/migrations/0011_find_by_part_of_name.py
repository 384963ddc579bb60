"""Find an activity by any part of its name, pinyin or initials: an index over pairs of letters.

The embedded server has no pg_trgm. Two letters fit Chinese better than three: most words have two.
"""

import django.contrib.postgres.indexes
from django.db import migrations

import core.pairs

CREATE = """
CREATE FUNCTION pairs_of(VARIADIC texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT COALESCE(array_agg(DISTINCT substr(t, i, 2)), '{}')
    FROM unnest(texts) t, generate_series(1, length(t) - 1) i
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0010_find_counted_and_uncounted")]

    operations = [
        migrations.RunSQL(CREATE, "DROP FUNCTION pairs_of(text[]);"),
        migrations.AddIndex(
            model_name="activity",
            index=django.contrib.postgres.indexes.GinIndex(
                core.pairs.Pairs("name_key", "pinyin", "initials"), name="activity_pairs"
            ),
        ),
    ]

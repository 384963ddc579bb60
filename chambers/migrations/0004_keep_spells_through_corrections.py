"""Keep the spells of a position right when a day of it is corrected afterwards."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("chambers", "0003_find_newest_changes"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="keep_position_spells",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_position_spells",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE new_start date; old_start date;",
                    func="\n    new_start := COALESCE(NEW.position_since, NEW.joined_on);\n    IF TG_OP = 'UPDATE' THEN\n        old_start := COALESCE(OLD.position_since, OLD.joined_on);\n        IF NEW.joined_on IS DISTINCT FROM OLD.joined_on THEN\n            UPDATE chambers_positionspell SET from_on = NEW.joined_on\n            WHERE membership_id = NEW.id AND to_on IS NOT NULL\n                AND from_on IS NOT DISTINCT FROM OLD.joined_on;\n            DELETE FROM chambers_positionspell\n            WHERE membership_id = NEW.id AND to_on <= from_on;\n        END IF;\n        IF NEW.position = OLD.position THEN\n            IF new_start IS NOT DISTINCT FROM old_start THEN\n                RETURN NEW;\n            END IF;\n            DELETE FROM chambers_positionspell WHERE membership_id = NEW.id AND to_on IS NULL;\n            UPDATE chambers_positionspell SET to_on = NULL\n            WHERE membership_id = NEW.id AND to_on = old_start;\n        END IF;\n        DELETE FROM chambers_positionspell\n        WHERE membership_id = NEW.id AND (new_start IS NULL OR from_on >= new_start);\n        UPDATE chambers_positionspell SET to_on = new_start\n        WHERE membership_id = NEW.id AND (to_on IS NULL OR to_on > new_start);\n    END IF;\n    INSERT INTO chambers_positionspell (membership_id, position, from_on)\n    VALUES (NEW.id, NEW.position, new_start);\n    RETURN NEW;\n",
                    hash="4e3db22c858f49c17df1cc8805f5e95869de9b65",
                    operation='INSERT OR UPDATE OF "position", "position_since", "joined_on"',
                    pgid="pgtrigger_keep_position_spells_97762",
                    table="chambers_membership",
                    when="AFTER",
                ),
            ),
        ),
    ]

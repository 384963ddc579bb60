"""The kinds of activity every district begins with; the administrator changes them later."""

from typing import Any

import pgtrigger
from django.db import migrations

KINDS = (
    ("visit", "走访调研"),
    ("forum", "座谈交流"),
    ("training", "学习培训"),
    ("culture", "文化体育"),
    ("charity", "公益慈善"),
    ("investment", "招商推介"),
    ("reception", "参观接待"),
    ("publicity", "主题宣传"),
    ("other", "其他"),
)


def offer(apps: Any, schema_editor: Any) -> None:
    kinds = apps.get_model("activities", "ActivityKind")
    # They begin without a history, as everything that was there before it was kept.
    with pgtrigger.ignore("activities.ActivityKind:insert_insert"):
        for order, (code, name) in enumerate(KINDS, start=1):
            if not kinds.objects.filter(name=name).exists():
                kinds.objects.get_or_create(code=code, defaults={"name": name, "order": order})


class Migration(migrations.Migration):
    dependencies = [("activities", "0007_keep_thumbnails")]
    # Backwards they stay: activities may be of these kinds.
    operations = [migrations.RunPython(offer, migrations.RunPython.noop)]

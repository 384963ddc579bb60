"""What keeps people from using a page: the findings of axe-core, which comes with its wheel."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}
# What WCAG asks for; best practices are looked at in the gallery of components.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = "color-contrast"  # takes most of the time, and is the same at every width
REPEATED = {"exclude": [["tbody tr:nth-child(n+6)"]]}  # the sixth row of a table is as its first


def stumbling_blocks(page: Page, *, colours: bool = True) -> list[str]:
    """Each serious or critical finding: the rule that is broken and where."""
    options = {
        "resultTypes": ["violations"],
        "runOnly": RULES,
        "rules": {COLOURS: {"enabled": colours}},
    }
    found = Axe().run(page, context=REPEATED, options=options).response["violations"]
    return [
        f"{one['id']}: {', '.join(str(node['target'][0]) for node in one['nodes'])}"
        for one in found
        if one["impact"] in GRAVE
    ]

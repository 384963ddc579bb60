"""Who may do what at every address: the one table. An address that is missing here fails.

A line names the address, the roles that may read it (``get``) and write to it (``post``), and the
record in it. For everybody else the answer follows: a stranger is sent to sign in (302), a role
that is not named gets 403, the liaison gets 404 for a record of the other town, and a method that
is not offered gets 405. ``posted`` is the answer to an empty form: 200 shows it again with what is
missing, 302 does it or leads back. Records are those of ``tests/access/world.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.access.world import ADMINISTRATOR, AUDITOR, LIAISON, OFFICER

Roles = frozenset[str]

NOBODY: Roles = frozenset()
ALL: Roles = frozenset({LIAISON, OFFICER, ADMINISTRATOR, AUDITOR})
ADMINS: Roles = frozenset({ADMINISTRATOR})
AUDITORS: Roles = frozenset({AUDITOR})
OFFICERS: Roles = frozenset({OFFICER})
ENTRY: Roles = frozenset({LIAISON, OFFICER})
EXPORTERS: Roles = frozenset({LIAISON, OFFICER, ADMINISTRATOR})


@dataclass(frozen=True)
class Line:
    """One address. ``with_`` fills its arguments: "village.pk" is the key of a side's village.

    ``public`` opens it to strangers as well. The record of an ``unscoped`` line belongs to no town
    (the accounts of people), so a liaison is refused both sides' alike.
    """

    name: str
    get: Roles = NOBODY
    post: Roles = NOBODY
    with_: Mapping[str, str] = field(default_factory=dict)
    got: int = 200
    posted: int = 200
    public: bool = False
    unscoped: bool = False
    query: str = ""


def record(name: str, kind: str, **options: object) -> Line:
    """An address with the key of a record in it."""
    return Line(name, with_={"pk": f"{kind}.pk"}, **options)  # type: ignore[arg-type]


CORE = [
    Line("core:healthz", get=ALL, public=True),
    Line("core:gallery", get=ALL),
    Line("set_language", post=ALL, posted=302, public=True),
]

ACCOUNTS = [
    Line("accounts:sign_in", get=ALL, post=ALL, got=302, posted=302, public=True),
    Line("accounts:verify_second_factor", get=ALL, post=ALL),
    Line("accounts:sign_out", post=ALL, posted=302, public=True),
    Line("accounts:profile", get=ALL, post=ALL),
    Line("accounts:change_password", get=ALL, post=ALL),
    Line("accounts:second_factor", get=ALL, post=ALL),
    Line("accounts:begin_second_factor", post=ALL, posted=302),
    Line("accounts:issue_recovery_codes", get=ALL, post=ALL, got=302, posted=302),
    Line("accounts:remove_second_factor", get=ALL, post=ALL, got=302, posted=302),
    Line("accounts:list_users", get=ADMINS),
    Line("accounts:list_roles", get=ADMINS),
    Line("accounts:create_user", get=ADMINS, post=ADMINS),
    record("accounts:show_user", "user", get=ADMINS, unscoped=True),
    record("accounts:edit_user", "user", get=ADMINS, post=ADMINS, unscoped=True),
    record("accounts:disable_user", "user", post=ADMINS, posted=302, unscoped=True),
    record("accounts:enable_user", "user", post=ADMINS, posted=302, unscoped=True),
    record("accounts:unlock_user", "user", post=ADMINS, posted=302, unscoped=True),
    record("accounts:reset_password", "user", post=ADMINS, unscoped=True),
    record("accounts:reset_second_factor", "user", post=ADMINS, posted=302, unscoped=True),
]


def register(app: str, plural: str, singular: str, *, page: bool = True) -> list[Line]:
    """The addresses of a register: its list, its records, and their making, closing, removing."""
    pages = [record(f"{app}:show_{singular}", singular, get=ALL)] if page else []
    return [
        Line(f"{app}:list_{plural}", get=ALL),
        *pages,
        *[
            record(f"{app}:{verb}_{singular}", singular, get=ADMINS, post=ADMINS)
            for verb in ("edit", "close", "remove")
        ],
    ]


TOWNS = [
    *register("towns", "towns", "town", page=False),
    *register("towns", "villages", "village"),
    *register("towns", "posts", "post", page=False),
    *register("towns", "brands", "brand"),
    Line("towns:create_town", get=ADMINS, post=ADMINS),
    Line("towns:create_village", get=ADMINS, post=ADMINS),
    Line("towns:create_post", get=ADMINS, post=ADMINS),
    Line("towns:create_brand", get=ADMINS, post=ADMINS),
    Line("towns:suggest_towns", get=ALL),
    Line("towns:suggest_villages", get=ALL),
    Line("towns:suggest_brands", get=ALL),
]

SUMMARIES = [
    Line("summaries:list_figures", get=ALL),
    Line("summaries:edit_rules", get=ADMINS, post=ADMINS),
    Line("summaries:figure_rows", get=ALL, with_={"key": "=members"}),
    Line("summaries:list_summaries", get=ALL),
    Line("summaries:write_summary", post=OFFICERS, posted=302),
    record("summaries:show_summary", "summary", get=ALL),
    Line(
        "summaries:download_summary",
        get=ALL,
        with_={"pk": "summary.pk", "ending": "=docx"},
    ),
]

DASHBOARDS = [
    Line("dashboards:home", get=ALL),
    Line("dashboards:district_page", get=ALL),
    Line("dashboards:town_page", get=ALL, with_={"code": "town.code"}),
    Line("dashboards:my_work", get=ALL),
    Line("dashboards:search", get=ALL),
]

TABLE: list[Line] = [*CORE, *ACCOUNTS, *TOWNS, *SUMMARIES, *DASHBOARDS]

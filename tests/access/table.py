"""Who may do what at every address: the one table. An address that is missing here fails.
An address with a word in it stands there once for each word.

A line names the address, the roles that may read it (``get``) and write to it (``post``), and the
record in it. For everybody else the answer follows: a stranger is sent to sign in (302), a role
that is not named gets 403, the liaison gets 404 for a record of the other town, and a method that
is not offered gets 405. ``posted`` is the answer to an empty form: 200 shows it again with what is
missing, 302 does it or leads back. Records are those of ``tests/access/world.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from summaries.figures.catalogue import FIGURES
from tests.access.world import ADMINISTRATOR, AUDITOR, LIAISON, OFFICER

Roles = frozenset[str]

NOBODY: Roles = frozenset()
ALL: Roles = frozenset({LIAISON, OFFICER, ADMINISTRATOR, AUDITOR})
ADMINS: Roles = frozenset({ADMINISTRATOR})
AUDITORS: Roles = frozenset({AUDITOR})
OFFICERS: Roles = frozenset({OFFICER})
LIAISONS: Roles = frozenset({LIAISON})
ENTRY: Roles = frozenset({LIAISON, OFFICER})
EXPORTERS: Roles = frozenset({LIAISON, OFFICER, ADMINISTRATOR})


@dataclass(frozen=True)
class Line:
    """One address. ``with_`` fills its arguments: "village.pk" is the key of a side's village.

    ``fields`` are sent by a POST. ``public`` opens it to strangers as well. The record of an
    ``unscoped`` line belongs to no town (the accounts of people): both sides' are alike; a
    ``private`` one is not there (404) for anybody else. Roles in ``sent_on`` are led to a page of
    their own. A page that ``names_towns`` offers every town of the district by its name, which is
    no secret, as the co-host of a joint activity.
    """

    name: str
    get: Roles = NOBODY
    post: Roles = NOBODY
    with_: Mapping[str, str] = field(default_factory=dict)
    got: int = 200
    posted: int = 200
    public: bool = False
    unscoped: bool = False
    private: bool = False
    sent_on: Roles = NOBODY
    names_towns: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)


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
    Line("accounts:list_views", get=ALL),
    Line("accounts:save_view", post=ALL, posted=302),
    # The administrator's own views: for others they are not there.
    record("accounts:edit_view", "view", get=ADMINS, post=ADMINS, unscoped=True, private=True),
    record("accounts:delete_view", "view", post=ADMINS, posted=302, unscoped=True, private=True),
    record(
        "accounts:choose_default_view",
        "view",
        post=ADMINS,
        posted=302,
        unscoped=True,
        private=True,
    ),
    Line("accounts:give_feedback", get=ALL, post=ALL),
    Line("accounts:list_feedback", get=ADMINS),
    record("accounts:answer_feedback", "feedback", get=ADMINS, post=ADMINS, unscoped=True),
]


def kept(app: str, kind: str, *verbs: str, unscoped: bool = False) -> list[Line]:
    """Addresses at which administrators keep a record: a form that an empty sending shows again."""
    return [
        record(f"{app}:{verb}_{kind}", kind, get=ADMINS, post=ADMINS, unscoped=unscoped)
        for verb in verbs
    ]


def made_in(app: str, kind: str, place: str) -> Line:
    """The address at which a record is made inside another one: a zone in a venue."""
    return Line(
        f"{app}:create_{kind}",
        get=ADMINS,
        post=ADMINS,
        with_={f"{place}_pk": f"{place}.pk"},
    )


TOWNS = [
    Line("towns:list_towns", get=ALL),
    Line("towns:suggest_towns", get=ALL),
    Line("towns:create_town", get=ADMINS, post=ADMINS),
    *kept("towns", "town", "edit", "close", "remove"),
    Line("towns:list_villages", get=ALL),
    Line("towns:suggest_villages", get=ALL),
    Line("towns:create_village", get=ADMINS, post=ADMINS),
    record("towns:show_village", "village", get=ALL),
    *kept("towns", "village", "edit", "close", "remove"),
    Line("towns:list_posts", get=ALL),
    Line("towns:create_post", get=ADMINS, post=ADMINS),
    *kept("towns", "post", "edit", "close", "remove"),
    Line("towns:list_brands", get=ALL),
    Line("towns:suggest_brands", get=ALL),
    Line("towns:create_brand", get=ADMINS, post=ADMINS),
    record("towns:show_brand", "brand", get=ALL),
    *kept("towns", "brand", "edit", "close", "remove"),
    Line("towns:list_brandfields", get=ADMINS),
    Line("towns:create_brandfield", get=ADMINS, post=ADMINS),
    *kept("towns", "brandfield", "edit", "remove", unscoped=True),
]

CHAMBERS = [
    Line("chambers:list_chambers", get=ALL),
    Line("chambers:suggest_chambers", get=ALL),
    Line("chambers:create_chamber", get=ADMINS, post=ADMINS),
    record("chambers:show_chamber", "chamber", get=ALL),
    *kept("chambers", "chamber", "edit", "close", "remove"),
    made_in("chambers", "term", "chamber"),
    *kept("chambers", "term", "edit", "remove"),
    made_in("chambers", "milestone", "chamber"),
    *kept("chambers", "milestone", "edit", "remove"),
    Line("chambers:list_memberships", get=ALL),
    made_in("chambers", "membership", "chamber"),
    *kept("chambers", "membership", "edit", "close", "remove"),
    Line("chambers:list_enterprises", get=ALL),
    Line("chambers:suggest_enterprises", get=ALL),
    Line("chambers:create_enterprise", get=ADMINS, post=ADMINS),
    record("chambers:show_enterprise", "enterprise", get=ALL),
    *kept("chambers", "enterprise", "edit", "close", "remove"),
    Line("chambers:list_honours", get=ALL),
    Line("chambers:create_honour", get=ADMINS, post=ADMINS),
    *kept("chambers", "honour", "edit", "remove"),
]

VENUES = [
    Line("venues:list_venues", get=ALL),
    Line("venues:suggest_venues", get=ALL),
    Line("venues:create_venue", get=ADMINS, post=ADMINS),
    record("venues:show_venue", "venue", get=ALL),
    *kept("venues", "venue", "edit", "close", "remove"),
    made_in("venues", "zone", "venue"),
    *kept("venues", "zone", "edit", "remove"),
    made_in("venues", "neighbour", "venue"),
    *kept("venues", "neighbour", "edit", "remove"),
]

ACTIVITIES = [
    Line("activities:list_activities", get=ALL),
    Line("activities:enter_activity", get=ENTRY, post=ENTRY, names_towns=True),
    Line("activities:list_activitykinds", get=ADMINS),
    Line("activities:create_activitykind", get=ADMINS, post=ADMINS),
    *kept("activities", "activitykind", "edit", "remove", unscoped=True),
    Line("activities:suggest_venues", get=ALL),
    Line("activities:suggest_hosts", get=ENTRY, names_towns=True),
    record("activities:show_activity", "activity", get=ALL),
    # Another's to write: the district reads it, and is told who changes it (403).
    # An empty sending comes from no version that anybody opened (409).
    record(
        "activities:edit_activity",
        "returned",
        get=LIAISONS,
        post=LIAISONS,
        posted=409,
        names_towns=True,
    ),
    record("activities:submit_activity", "returned", post=LIAISONS, posted=302),
    record("activities:hold_activity", "submitted", post=LIAISONS),
    record("activities:postpone_activity", "submitted", post=LIAISONS),
    record("activities:cancel_activity", "submitted", post=LIAISONS),
    record("activities:delete_draft", "returned", post=LIAISONS, posted=302),
    record("activities:add_photos", "returned", post=LIAISONS, posted=302),
    record("activities:show_photo", "photo", get=ALL),
    record("activities:remove_photo", "photo", post=LIAISONS, posted=302),
    record("activities:show_thumbnail", "photo", get=ALL),
    Line("activities:list_waiting", get=OFFICERS),
    record("activities:review_activity", "submitted", get=OFFICERS),
    record("activities:confirm_activity", "submitted", post=OFFICERS, posted=302),
    record("activities:return_activity", "submitted", post=OFFICERS),
    Line("activities:confirm_chosen", post=OFFICERS, posted=302),
]

IMPORTS = [
    Line("imports:list_batches", get=ADMINS),
    Line("imports:upload", get=ADMINS, post=ADMINS, names_towns=True),
    Line("imports:paste", get=ADMINS, post=ADMINS, names_towns=True),
    Line("imports:list_header_words", get=ADMINS, post=ADMINS),
    Line(
        "imports:remove_header_word",
        post=ADMINS,
        with_={"pk": "header_word.pk"},
        posted=302,
        unscoped=True,
    ),
    record("imports:show_batch", "batch", get=ADMINS),
    record("imports:show_understanding", "batch", get=ADMINS, post=ADMINS, posted=302),
    record("imports:choose_whose", "batch", get=ADMINS, post=ADMINS, names_towns=True),
    Line("imports:show_row", get=ADMINS, with_={"pk": "batch.pk", "position": "batchrow.position"}),
    Line(
        "imports:correct_cell",
        post=ADMINS,
        posted=302,
        with_={"pk": "batch.pk", "position": "batchrow.position"},
    ),
    Line(
        "imports:choose_row",
        post=ADMINS,
        posted=302,
        with_={"pk": "batch.pk", "position": "batchrow.position"},
    ),
    record("imports:choose_leavers", "batch", post=ADMINS, posted=302),
    record("imports:choose_policies", "batch", post=ADMINS, posted=302),
    record("imports:show_progress", "batch", get=ADMINS),
    record("imports:download_rows", "batch", get=ADMINS),
    record("imports:download_marked", "batch", get=ADMINS),
    record("imports:list_touched", "batch", get=ADMINS),
    record("imports:confirm_batch", "batch", post=ADMINS, posted=302),
    record("imports:cancel_batch", "batch", post=ADMINS, posted=302),
    record("imports:retry_batch", "batch", post=ADMINS, posted=302),
    record("imports:discard_batch", "batch", post=ADMINS, posted=302),
    record("imports:undo_batch", "batch", post=ADMINS, posted=302),
]

SUMMARIES = [
    Line("summaries:list_figures", get=ALL),
    Line("summaries:edit_rules", get=ADMINS, post=ADMINS),
    *[Line("summaries:figure_rows", get=ALL, with_={"key": f"={key}"}) for key in FIGURES],
    *[
        Line("summaries:figure_later", get=ALL, with_={"key": f"={key}"})
        for key in (
            "activities",
            "members",
            "villages",
            "honours",
            "towns",
        )  # as rows lead to towns
    ],
    Line("summaries:edit_figure", get=ADMINS, post=ADMINS, with_={"key": "=activities"}),
    Line("summaries:list_summaries", get=ALL),
    Line(
        "summaries:write_summary",
        post=OFFICERS,
        posted=302,
        fields={"kind": "monthly", "period": "no period"},
    ),
    record("summaries:show_summary", "summary", get=ALL),
    *[
        Line(
            "summaries:download_summary",
            get=ALL,
            with_={"pk": "summary.pk", "ending": f"={ending}"},
        )
        for ending in ("docx", "xlsx")
    ],
]

DASHBOARDS = [
    Line("dashboards:home", get=ALL, sent_on=LIAISONS),
    Line("dashboards:district_page", get=ALL, sent_on=LIAISONS),
    Line("dashboards:town_page", get=ALL, with_={"code": "town.code"}),
    Line("dashboards:show_courses", get=ALL),
    Line("dashboards:my_work", get=ALL),
    Line("dashboards:search", get=ALL),
    Line("dashboards:list_changes", get=AUDITORS),
    Line("dashboards:suggest_writers", get=AUDITORS),
]

TABLE: list[Line] = [
    *CORE,
    *ACCOUNTS,
    *TOWNS,
    *CHAMBERS,
    *VENUES,
    *ACTIVITIES,
    *IMPORTS,
    *SUMMARIES,
    *DASHBOARDS,
]

"""docs/permissions.md, written from the code that decides: roles, permissions, addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from core.access import ROLES, Permission, Role

ANYONE = "anyone"
SIGNED_IN = "signed in"

HEAD = """\
# Roles and permissions

Written by `./run manage write_permissions` from `core/access.py` and the addresses of the site; a
test fails when it is out of date. The Chinese words are what the administrator reads under
用户 › 角色与权限.

Each person has one role, so nobody holds two of the duties that 三员分立 keeps apart. A liaison
sees the towns they work in; what belongs to another town answers 404, as if it did not exist. A
page whose permission the role lacks answers 403. A stranger is sent to sign in.
"""


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the site: its URL name, its pattern, and what opens it."""

    name: str
    route: str
    needs: str


def addresses() -> list[Address]:
    """Every address of the site, in the order it is matched."""
    return list(_addresses(get_resolver()))


def permissions_document() -> str:
    """The whole document."""
    parts = [HEAD, "## Roles", *map(_role, ROLES.values()), "## Permissions", _matrix()]
    parts += ["## Addresses", _address_table()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _role(role: type[Role]) -> str:
    scope = "the whole district" if role.whole_district else "the towns assigned to the person"
    return f"**{role.title}** (`{role.key}`, {scope}): {role.description}"


def _matrix() -> str:
    titles = [str(role.title) for role in ROLES.values()]
    rows = [
        [
            f"{one.words} (`{one}`)",
            *("✓" if one in role.permissions else "" for role in ROLES.values()),
        ]
        for one in Permission
    ]
    return _table(["", *titles], rows)


def _address_table() -> str:
    rows = [[f"`{one.name}`", f"`{one.route}`", one.needs] for one in addresses()]
    return _table(["name", "address", "needs"], rows)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _addresses(resolver: URLResolver, prefix: str = "/", namespace: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name}", route, needs(entry.callback))
        else:
            inner = f"{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry, route, inner)


def needs(view: Any) -> str:
    """What opens a view: a permission, being signed in, or nothing."""
    permission = getattr(view, "permission", None)
    if permission is not None:
        return f"{permission.words} (`{permission}`)"
    # Left by Django's login_required on what it wraps.
    return SIGNED_IN if hasattr(view, "redirect_field_name") else ANYONE

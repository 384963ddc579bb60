"""docs/permissions.md says what the code does."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts import documents
from accounts.management.commands import write_permissions
from core.access import ROLES, Permission


def test_the_document_is_up_to_date() -> None:
    told = StringIO()
    try:
        call_command("write_permissions", check=True, stderr=told)
    except SystemExit:
        pytest.fail(told.getvalue())


def test_a_document_that_is_out_of_date_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "permissions.md"
    monkeypatch.setattr(write_permissions, "PAGE", page)
    with pytest.raises(SystemExit):
        call_command("write_permissions", check=True, stderr=StringIO())
    call_command("write_permissions", stderr=StringIO())
    call_command("write_permissions", check=True, stderr=StringIO())
    page.write_text(page.read_text(encoding="utf-8").replace("✓", "", 1), encoding="utf-8")
    with pytest.raises(SystemExit):
        call_command("write_permissions", check=True, stderr=StringIO())


def test_every_role_permission_and_address_stands_in_it() -> None:
    text = documents.permissions_document()
    assert all(str(role.description) in text for role in ROLES.values())
    assert all(f"(`{permission}`)" in text for permission in Permission)
    assert all(
        f"| `{one.name}` | `{one.route}` | {one.needs} |" in text for one in documents.addresses()
    )


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("accounts:sign_in", documents.ANYONE),
        ("accounts:profile", documents.SIGNED_IN),
        ("accounts:reset_password", "管理用户和权限 (`manage_users`)"),
    ],
)
def test_what_an_address_needs_is_read_from_its_view(name: str, needs: str) -> None:
    assert [one.needs for one in documents.addresses() if one.name == name] == [needs]

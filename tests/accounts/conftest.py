"""What the tests of accounts share: the form of the sign-in page, sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD


class SignIn(Protocol):
    def __call__(self, username: str, password: str = PASSWORD, **extra: Any) -> Any: ...


def broken_rules(page: Any) -> set[str]:
    """The numbers of the rules that a page's form tells."""
    errors = page.context["form"].errors.as_data()
    return {error.code for listed in errors.values() for error in listed}


@pytest.fixture
def sign_in(client: Client) -> SignIn:
    """Sends the form of the sign-in page; answers the response."""

    def send(username: str, password: str = PASSWORD, **extra: Any) -> Any:
        fields = {"username": username, "password": password, "next": "/profile/"}
        fields.update(extra.pop("fields", {}))
        return client.post(reverse("accounts:sign_in"), fields, **extra)

    return send


@pytest.fixture
def failing(sign_in: SignIn) -> Callable[[str, int], list[Any]]:
    """Fails to sign in a number of times."""

    def fail(username: str, times: int) -> list[Any]:
        return [sign_in(username, "not-the-password-9") for _n in range(times)]

    return fail

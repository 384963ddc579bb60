"""Bytes that lie in the database for a minute, unreadable to whoever has only the database.

A file that waits to be read still holds its columns about private persons, which are never kept. A
backup or a copy of the database taken in that minute must not hold them either: the key is made of
the office's secret, which no backup of the database contains.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class BrokenSealError(Exception):
    """The bytes were changed, or sealed under a secret that is no longer known."""


def seal(content: bytes) -> bytes:
    """The content, encrypted and signed with a key made of the office's secret."""
    return _office_seal().encrypt(content)


def unseal(sealed: bytes) -> bytes:
    """The content again. Raises BrokenSealError."""
    try:
        return _office_seal().decrypt(sealed)
    except InvalidToken as broken:
        raise BrokenSealError from broken


def _office_seal() -> MultiFernet:
    """Seals with the secret of today, opens with those before it as well."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(str(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    return urlsafe_b64encode(hmac.digest(secret.encode(), b"imports.sealing", "sha256"))

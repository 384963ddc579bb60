"""Bytes that lie in the database for a minute, unreadable to whoever has only the database.

A file that waits to be read still holds its columns about private persons, which are never kept. A
backup or a copy of the database taken in that minute must not hold them either: the key is made of
the office's secret, which no backup of the database contains.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from hashlib import sha256, shake_256

from django.conf import settings

MARK, NONCE, PROOF = b"TXSEAL1", 16, 32
PIECE = 1 << 20  # bytes covered at a time


class BrokenSealError(Exception):
    """The bytes were changed, or sealed under a secret that is no longer known."""


def seal(content: bytes) -> bytes:
    """The content, covered and proofed with the office's secret."""
    nonce = secrets.token_bytes(NONCE)
    key = _key(settings.SECRET_KEY)
    covered = b"".join(_crossed(content, key, nonce))
    return MARK + nonce + _proof(key, nonce, covered) + covered


def unseal(sealed: bytes) -> bytes:
    """The content again. Raises BrokenSealError."""
    start = len(MARK)
    nonce, proof = sealed[start : start + NONCE], sealed[start + NONCE : start + NONCE + PROOF]
    covered = sealed[start + NONCE + PROOF :]
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        key = _key(str(secret))
        if sealed.startswith(MARK) and hmac.compare_digest(proof, _proof(key, nonce, covered)):
            return b"".join(_crossed(covered, key, nonce))
    raise BrokenSealError


def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), b"imports.sealing", "sha256")


def _proof(key: bytes, nonce: bytes, covered: bytes) -> bytes:
    return hmac.new(key, b"proof" + nonce + sha256(covered).digest(), "sha256").digest()


def _crossed(content: bytes, key: bytes, nonce: bytes) -> Iterator[bytes]:
    """Each piece crossed with a stream that only the key and the nonce give."""
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        stream = shake_256(b"cover" + key + nonce + start.to_bytes(8)).digest(len(piece))
        crossed = int.from_bytes(piece) ^ int.from_bytes(stream)
        yield crossed.to_bytes(len(piece))

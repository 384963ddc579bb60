"""Builders of pictures: honest ones with metadata, and hostile ones that a decoder dies of."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

MAKER, GPS, ORIENTATION, TAKEN_AT = 0x010F, 0x8825, 0x0112, 0x9003
SECRET = "SecretPhoneMaker"


def photo(
    format_: str = "JPEG",
    size: tuple[int, int] = (640, 480),
    *,
    orientation: int = 1,
    mode: str = "RGB",
    shade: int = 30,
) -> bytes:
    """A picture as a phone takes it: who made it, when, and where (31°9′N 121°7′E)."""
    picture = Image.new("RGB", size, (200, shade, 30)).convert(mode)
    exif = Image.Exif()
    exif[MAKER], exif[TAKEN_AT] = SECRET, "2024:05:27 10:00:00"
    exif[ORIENTATION] = orientation
    exif[GPS] = {1: "N", 2: (31.0, 9.0, 0.0), 3: "E", 4: (121.0, 7.0, 0.0)}
    written = io.BytesIO()
    if format_ == "HEIF":
        pillow_heif.register_heif_opener()
    picture.save(written, format_, exif=exif)
    return written.getvalue()


def upload(content: bytes, name: str = "IMG_0001.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content) & 0xFFFFFFFF
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def png(width: int, height: int, *, extra: bytes = b"", rows: int | None = None) -> bytes:
    """A grey PNG written by hand, so that no memory is needed for its pixels.

    ``rows`` fewer than ``height`` makes a header that lies.
    """
    row = b"\0" * (1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join(_packed(packer, row, height if rows is None else rows))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + extra
        + _chunk(b"IDAT", packed)
        + _chunk(b"IEND", b"")
    )


def _packed(packer: zlib._Compress, row: bytes, rows: int) -> Iterator[bytes]:
    many = max(1, (1 << 20) // len(row))
    for start in range(0, rows, many):
        yield packer.compress(row * min(many, rows - start))
    yield packer.flush()


def text_bomb() -> bytes:
    """256 MB of text in eight compressed chunks of a ten-pixel PNG."""
    one = _chunk(b"zTXt", b"k\0\0" + zlib.compress(b"A" * (32 << 20), 9))
    return png(10, 10, extra=one * 8)


def hostile() -> dict[str, tuple[bytes, str]]:
    """Each with the number of the rule that refuses it."""
    whole = photo(size=(800, 600))
    return {
        "bomb_13000x13000.png": (png(13_000, 13_000), "ACT-27"),
        "bomb_50000x50000.png": (png(50_000, 50_000, rows=1_000), "ACT-27"),
        "header_lies.png": (png(60_000, 60_000, rows=100), "ACT-27"),
        "just_too_large.png": (png(5_001, 5_000), "ACT-27"),
        "text_bomb.png": (text_bomb(), "ACT-28"),
        "truncated.jpg": (whole[: len(whole) // 2], "ACT-28"),
        "truncated.png": (png(600, 600)[:60], "ACT-28"),
        "stub.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", "ACT-26"),
        "script.svg": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "ACT-26"),
        "svg_named.png": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "ACT-26"),
        "page_named.jpg": (b"<html><script>alert(1)</script></html>", "ACT-26"),
        "postscript_named.jpg": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "ACT-26"),
        "polyglot.gif": (b"GIF89a/*\0\0\0\0\0\0*/=1;alert(1);//", "ACT-26"),
        "heif_in_name_alone.heic": (b"\0\0\0\x18ftypheic" + b"\0" * 64, "ACT-26"),
        "empty.jpg": (b"", "ACT-28"),
    }

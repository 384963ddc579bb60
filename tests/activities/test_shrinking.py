"""A picture comes out small, upright and without metadata, or not at all, and never hurts us."""

from __future__ import annotations

import io
import resource
import time

import pytest
from PIL import Image

from activities import rules
from activities.shrinking import MOST_BYTES, Refusal, Shrunk, shrink_photo
from tests.activities import pictures

HOSTILE = pictures.hostile()


def shrink(content: bytes) -> Shrunk:
    outcome = shrink_photo([content], len(content))
    assert isinstance(outcome, Shrunk), outcome
    return outcome


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_picture_is_refused_with_its_reason(name: str) -> None:
    content, rule = HOSTILE[name]
    started = time.monotonic()
    outcome = shrink_photo([content], len(content))
    assert isinstance(outcome, Refusal)
    assert rules.OF_REFUSED_PHOTOS[outcome].code == rule
    assert time.monotonic() - started < 15


def test_the_memory_of_a_bomb_is_never_taken() -> None:
    content, _rule = HOSTILE["bomb_13000x13000.png"]
    shrink_photo([content], len(content))
    largest_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    assert largest_mb < 600  # decoded it would be 829 MB; other tests' children count too


def test_a_file_over_the_limit_is_not_even_read() -> None:
    def unread() -> bytes:
        raise AssertionError

    chunks = (unread() for _n in range(1))
    assert shrink_photo(chunks, MOST_BYTES + 1) is Refusal.TOO_LARGE


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_the_phone_wrote_is_kept(format_: str) -> None:
    sent = pictures.photo(format_)
    assert pictures.SECRET.encode() in sent  # the control: it was there
    shrunk = shrink(sent)
    for content in (shrunk.photo, shrunk.thumbnail):
        picture = opened(content)
        assert picture.format == "JPEG"
        assert not dict(picture.getexif())
        assert set(picture.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert pictures.SECRET.encode() not in content
        assert b"Exif" not in content


@pytest.mark.parametrize(
    ("size", "orientation", "expected"),
    [
        ((640, 480), 1, (640, 480)),
        ((640, 480), 6, (480, 640)),
        ((3200, 2400), 1, (1600, 1200)),
        ((3200, 2400), 6, (1200, 1600)),
        ((4000, 100), 1, (1600, 40)),
    ],
)
def test_a_photo_stands_upright_and_is_no_larger_than_needed(
    size: tuple[int, int], orientation: int, expected: tuple[int, int]
) -> None:
    shrunk = shrink(pictures.photo(size=size, orientation=orientation))
    assert opened(shrunk.photo).size == (shrunk.width, shrunk.height) == expected
    assert max(opened(shrunk.thumbnail).size) <= 400


@pytest.mark.parametrize(
    ("format_", "mode"),
    [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("JPEG", "L")],
)
def test_every_kind_of_colour_becomes_plain(format_: str, mode: str) -> None:
    if mode == "I;16":
        written = io.BytesIO()
        Image.new("I;16", (40, 30), 40_000).save(written, "PNG")
        content = written.getvalue()
    else:
        content = pictures.photo(format_, (40, 30), mode=mode)
    assert opened(shrink(content).photo).mode == "RGB"


def test_what_can_be_seen_through_is_white_behind() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(shrink(written.getvalue()).photo).getpixel((5, 5)) == (255, 255, 255)


def test_the_same_photo_is_known_again() -> None:
    content = pictures.photo()
    assert shrink(content).sha256 == shrink(content).sha256
    assert shrink(content).sha256 != shrink(pictures.photo(shade=90)).sha256

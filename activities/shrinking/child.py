"""The throw-away process that decodes one picture: `python -m activities.shrinking.child < photo`.

It limits itself first. On standard output: one line of JSON, then the photo, then its thumbnail,
both JPEG without any metadata. Whatever a decoder does to it, the caller only sees a dead child.
"""

from __future__ import annotations

import io
import json
import resource
import signal
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PIXELS = 25_000_000
LONGEST_SIDE, THUMBNAIL_SIDE = 1600, 400
QUALITY, THUMBNAIL_QUALITY = 85, 80
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 12
WALL_SECONDS = 20
ANSWER_BYTES = 32 * 1024 * 1024
# How files of the HEIF family say what they are: "ftyp" at byte 4, then one of these.
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1")


class Refused(Exception):
    """Carries the code of the reason."""


def main() -> None:
    """Answer for the picture on standard input."""
    _limit_myself()
    out = sys.stdout.buffer
    try:
        photo, thumbnail, size = shrink(sys.stdin.buffer.read())
    except Refused as refusal:
        out.write(json.dumps({"refused": str(refusal)}).encode() + b"\n")
    else:
        head = {"width": size[0], "height": size[1], "bytes": len(photo)}
        out.write(json.dumps(head).encode() + b"\n" + photo + thumbnail)
    out.flush()


def _limit_myself() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (ANSWER_BYTES, ANSWER_BYTES))
    # Should the caller die, nobody else would end this process.
    signal.alarm(WALL_SECONDS + 5)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def shrink(content: bytes) -> tuple[bytes, bytes, tuple[int, int]]:
    """The photo and its thumbnail, upright, as JPEG, and the photo's size. Raises Refused."""
    try:
        with _opened(content) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("too_many_pixels")
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG decodes no more than needed
            photo = _plain(ImageOps.exif_transpose(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise Refused("not_a_photo") from error
    except (OSError, SyntaxError, ValueError, ArithmeticError, MemoryError, EOFError) as error:
        raise Refused("damaged") from error  # what decoders raise for broken files
    photo.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    small = photo.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    return _jpeg(photo, QUALITY), _jpeg(small, THUMBNAIL_QUALITY), photo.size


def _opened(content: bytes) -> Image.Image:
    if content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS:
        import pillow_heif  # noqa: PLC0415 - its libraries load only for the photos that need them

        pillow_heif.register_heif_opener(thumbnails=False)
    known = [name for name in FORMATS if name != "HEIF" or "HEIF" in Image.OPEN]
    return Image.open(io.BytesIO(content), formats=known)


def _plain(picture: Image.Image) -> Image.Image:
    """Red, green, blue on white: no transparency, palette or profile of the camera left."""
    picture = _in_common_colours(picture)
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        ground = Image.new("RGB", layered.size, "white")
        ground.paste(layered, mask=layered.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _in_common_colours(picture: Image.Image) -> Image.Image:
    """Phones take wider colours and say so in a profile that is about to be dropped."""
    profile: Any = picture.info.get("icc_profile")
    if not profile or picture.mode != "RGB":
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    # A fresh picture holds pixels alone, whatever the opened one carried in its info.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    written = io.BytesIO()
    clean.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()


if __name__ == "__main__":
    main()

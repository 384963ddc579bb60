"""Pack an office file so that the same content gives the same bytes."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

Target = str | Path | BinaryIO

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip file can name
_ON_UNIX = 3


def repack(package: bytes) -> bytes:
    """Repack a zip in its own order, without clock, umask or machine in it."""
    packed = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for member in source.infolist():
            entry = ZipInfo(member.filename, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = _ON_UNIX
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(member))
    return packed.getvalue()


def deliver(content: bytes, target: Target) -> None:
    """Put the file where the caller wants it: a path or an open binary stream."""
    if isinstance(target, str | Path):
        Path(target).write_bytes(content)
    else:
        target.write(content)

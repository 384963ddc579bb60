"""Cheap checks of a zip package before any parser touches it, and its parts by name."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from imports.reading import limits
from imports.reading.messages import Refused

_CHUNK = 1 << 20
_OVERLAP = 32
_DEFLATED_OR_STORED = {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED}
_ENCRYPTED_FLAG = 0x1
_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
_WIDE_STARTS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_XML_NAMES = (".xml", ".rels", ".vml")


class Package:
    """An OOXML or ODF package whose every member was counted, checksummed and found harmless."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, IndexError) as error:
            raise Refused("incomplete") from error
        self._members = self._zip.infolist()
        self._check_directory()
        self._check_members()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all members."""
        return frozenset(info.filename for info in self._members)

    @property
    def has_macros(self) -> bool:
        """Whether a macro project is inside."""
        return any(name.lower().endswith("vbaproject.bin") for name in self.names)

    @cached_property
    def kind(self) -> str:
        """xlsx, xlsb or ods; other packages are refused by name."""
        lower = {name.lower() for name in self.names}
        if "xl/workbook.bin" in lower:
            return "xlsb"
        if "content.xml" in lower and "mimetype" in lower:
            return self._open_document()
        if any(name.startswith("xl/") for name in lower) and "[content_types].xml" in lower:
            return "xlsx"
        for folder, kind in (("word/", "Word文档"), ("ppt/", "演示文稿")):
            if any(name.startswith(folder) for name in lower):
                raise Refused("other_kind", kind=kind)
        if "[content_types].xml" in lower:
            return "xlsx"
        raise Refused("other_kind", kind="压缩包，请先解压")

    def read(self, name: str, most: int = limits.SHARED_STRINGS_BYTES) -> bytes:
        """A member's bytes; "" when it is absent or larger than asked for."""
        if name not in self.names or self._zip.getinfo(name).file_size > most:
            return b""
        return self._zip.read(name)

    def xml(self, name: str) -> Element | None:
        """A member parsed, None when absent; broken XML refuses the file."""
        content = self.read(name)
        if not content:
            return None
        try:
            return fromstring(content, forbid_dtd=True)
        except DefusedXmlException as error:
            raise Refused("forbidden_content") from error
        except (ParseError, ValueError, LookupError) as error:
            raise Refused("damaged") from error

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id → (last word of the type, target inside the package)."""
        folder, name = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{name}.rels")
        found = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            found[relation.get("Id", "")] = (kind, posixpath.normpath(path))
        return found

    def _open_document(self) -> str:
        kind = self.read("mimetype", 200).decode("ascii", "replace")
        if "spreadsheet" not in kind:
            raise Refused("other_kind", kind="OpenDocument文档")
        manifest = self.read("META-INF/manifest.xml", limits.MEBIBYTE)
        if b"encryption-data" in manifest:
            raise Refused("encrypted")
        return "ods"

    def _check_directory(self) -> None:
        members = self._members
        names = {info.filename.lower() for info in members}
        if len(members) > limits.MEMBERS or len(names) != len(members):
            raise Refused("not_a_sheet")
        if any(_is_unsafe(info.filename) for info in members):
            raise Refused("not_a_sheet")
        if any(info.flag_bits & _ENCRYPTED_FLAG for info in members):
            raise Refused("encrypted")
        if any(info.compress_type not in _DEFLATED_OR_STORED for info in members):
            raise Refused("not_a_sheet")
        end = 0
        for info in sorted(members, key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise Refused("not_a_sheet")
            end = info.header_offset + 30 + len(info.filename.encode()) + info.compress_size
        if end > len(self._content):
            raise Refused("incomplete")

    def _check_members(self) -> None:
        declared = sum(info.file_size for info in self._members)
        if declared > limits.UNPACKED_BYTES:
            raise Refused("unpacked_too_big", limit=limits.UNPACKED_BYTES // limits.MEBIBYTE)
        for info in self._members:
            size = info.file_size
            if info.filename.endswith("sharedStrings.xml") and size > limits.SHARED_STRINGS_BYTES:
                limit = limits.SHARED_STRINGS_BYTES // limits.MEBIBYTE
                raise Refused("unpacked_too_big", limit=limit)
            self._check_member(info)

    def _check_member(self, info: zipfile.ZipInfo) -> None:
        """Inflate once, counting: zipfile stops at the declared size and checks the sum."""
        words: list[bytes] = []
        tail = b""
        for place, chunk in enumerate(self._chunks(info)):
            if place == 0 and info.filename.lower().endswith(_XML_NAMES):
                wide = chunk.startswith(_WIDE_STARTS)
                codings = ("utf-16-le", "utf-16-be") if wide else ("ascii",)
                words = [word.encode(coding) for word in _FORBIDDEN for coding in codings]
            joined = tail + chunk if words else b""
            if any(word in joined for word in words):
                raise Refused("forbidden_content")
            tail = chunk[-_OVERLAP:]

    def _chunks(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise Refused("damaged") from error


def _is_unsafe(name: str) -> bool:
    parts = re.split(r"[/\\]", name)
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\\" in name

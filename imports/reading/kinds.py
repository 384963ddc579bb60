"""What a file really is, by its content; its name is only a hint."""

import re

from imports.reading.messages import Refused

ZIP, OLE, HTML, XML_TABLE, TEXT = "zip", "ole", "html", "xml", "text"

_REFUSED_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF文件"),
    (b"MZ", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"\x89PNG\r\n\x1a\n", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM6", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"RIFF", "图片或音视频文件"),
    (b"Rar!", "RAR压缩包，请先解压"),
    (b"7z\xbc\xaf\x27\x1c", "7z压缩包，请先解压"),
    (b"\x1f\x8b", "gz压缩包，请先解压"),
    (b"{\\rtf", "RTF文档"),
    (b"SQLite format 3", "数据库文件"),
    (b"\x00\x00\x00 ftyp", "视频或图片文件"),
)
_XML_HEAD = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<\?mso[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<", re.S)
_SPREADSHEET_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|<(?:\w+:)?Workbook\b")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|meta|body|table|tr|style|script|div|p)\b", re.I
)
_SPREADSHEET_KINDS = {
    ".xlsx": {"xlsx"},
    ".xlsm": {"xlsx"},
    ".xltx": {"xlsx"},
    ".xls": {"xls"},
    ".et": {"xls", "xlsx"},
    ".xlsb": {"xlsb"},
    ".ods": {"ods"},
    ".csv": {"csv"},
    ".tsv": {"csv"},
    ".txt": {"csv"},
    ".html": {"html"},
    ".htm": {"html"},
    ".xml": {"xml"},
}


def family(content: bytes) -> str:
    """The family a file belongs to by its first bytes; what is no table is refused by name."""
    if not content:
        raise Refused("empty_file")
    if content.startswith(b"PK\x03\x04"):
        return ZIP
    if content.startswith(b"PK"):
        raise Refused("incomplete")
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return OLE
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("incomplete")
    for magic, kind in _REFUSED_KINDS:
        if content.startswith(magic):
            raise Refused("other_kind", kind=kind)
    return _text_family(content)


def _text_family(content: bytes) -> str:
    head = _as_bytes_of_text(content[:8192])
    if _XML_HEAD.match(head):
        if _SPREADSHEET_XML.search(head):
            return XML_TABLE
        if _MARKUP.search(head):
            return HTML
    return TEXT


def _as_bytes_of_text(head: bytes) -> bytes:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return head.removeprefix(b"\xef\xbb\xbf")


def extension_of(file_name: str) -> str:
    """The extension as the name carries it, lower case, with its dot."""
    _, dot, extension = file_name.rpartition(".")
    return f".{extension.strip().lower()}" if dot and len(extension) <= 5 else ""


def misnamed(file_name: str, kind: str) -> str:
    """The extension, if it promises something else than the content is; else ""."""
    extension = extension_of(file_name)
    expected = _SPREADSHEET_KINDS.get(extension)
    return extension if expected is not None and kind not in expected else ""

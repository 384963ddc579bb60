"""Any file as a book of sheets: the right reader for what it really is."""

from imports.reading import kinds, limits
from imports.reading.delimited import read_delimited
from imports.reading.grid import Book, HiddenSheets
from imports.reading.markup import read_web_page, read_xml_table
from imports.reading.messages import Message, Refused
from imports.reading.workbook import read_old, read_package

_KIND_NAMES = {"csv": "文本表格", "html": "网页", "xml": "XML表格"}


def read_book(
    content: bytes,
    file_name: str,
    *,
    wanted: HiddenSheets,
    patient: bool,
    encoding: str = "",
) -> Book:
    """The sheets of a file, told by content; a name that promises otherwise is noted.

    ``wanted``: hidden sheets to read all the same. ``patient``: use the slow, forgiving reader.
    ``encoding``: that of a text, as a person chose it.
    """
    if len(content) > limits.FILE_BYTES:
        raise Refused("file_too_big", limit=limits.FILE_BYTES // limits.MEBIBYTE)
    family = kinds.family(content)
    if family == kinds.ZIP:
        book = read_package(content, wanted=wanted, patient=patient)
    elif family == kinds.OLE:
        book = read_old(content, wanted=wanted)
    elif family == kinds.HTML:
        book = read_web_page(content, encoding)
    elif family == kinds.XML_TABLE:
        book = read_xml_table(content, wanted=wanted)
    else:
        book = read_delimited(content, encoding)
    if extension := kinds.misnamed(file_name, book.kind):
        kind = _KIND_NAMES.get(book.kind, book.kind)
        book.notices.append(Message("wrong_extension", {"extension": extension, "kind": kind}))
    return book

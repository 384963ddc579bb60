"""The files inside a Word file: what a summary needs, nothing of the library's template."""

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.rel import Relationships

from summaries.writers.word_styles import Fonts, font_table

_NEEDED = {
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
}
_APPLICATION = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>Tongxin</Application></Properties>'
)


def keep_needed_parts(word: WordDocument, fonts: Fonts) -> None:
    """Drop the template's thumbnail, theme and lists; add our table of fonts."""
    package, main = word.part.package, word.part
    _drop_others(package.rels)
    _drop_others(main.rels)
    about = Part(
        PackURI("/docProps/app.xml"),
        CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
        _APPLICATION.encode(),
        package,
    )
    package.relate_to(about, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    table = XmlPart(
        PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, font_table(fonts), package
    )
    main.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)


def _drop_others(relationships: Relationships) -> None:
    for key in [key for key, link in relationships.items() if link.reltype not in _NEEDED]:
        del relationships[key]

"""Write a periodic summary as a Word file in the layout of GB/T 9704-2012."""

from collections.abc import Iterator
from datetime import UTC
from io import BytesIO

import docx
from docx.document import Document as WordDocument

from summaries.writers.document import (
    BodyParagraph,
    Heading,
    LabelledAttachment,
    Run,
    SummaryDocument,
    TextRun,
    labelled_attachments,
    outline,
)
from summaries.writers.packaging import Target, deliver, repack
from summaries.writers.table_layout import needs_lying_page
from summaries.writers.title_lines import title_lines
from summaries.writers.word_links import Links
from summaries.writers.word_pages import (
    TEXT_HEIGHT,
    TEXT_WIDTH,
    PageParts,
    add_page_parts,
    fill_settings,
    section,
)
from summaries.writers.word_parts import keep_needed_parts
from summaries.writers.word_styles import Fonts, fill_styles, indent
from summaries.writers.word_tables import attachment_table, characters_across, imprint_blocks
from summaries.writers.word_xml import Element, element, flag, paragraph, run, text_paragraph
from summaries.writers.wording import chinese_date, clean_line, clean_text, display_width

_DATE_FROM_RIGHT = 4  # characters, 7.3.5.1


def write_docx(document: SummaryDocument, target: Target, fonts: Fonts | None = None) -> None:
    """Write the summary to a path or a binary stream. Same content and fonts, same bytes."""
    word = _blank_file(fonts or Fonts())
    links = Links(document, word.part)
    pages = [(False, list(_text(document, links)))]
    pages += [_attachment(document, printed, links) for printed in labelled_attachments(document)]
    if document.imprint is not None:
        pages[-1][1].extend(imprint_blocks(document.imprint))
    _assemble(word, pages)
    _describe(document, word)
    package = BytesIO()
    word.save(package)
    deliver(repack(package.getvalue()), target)


def _blank_file(fonts: Fonts) -> WordDocument:
    word = docx.Document()
    keep_needed_parts(word, fonts)
    fill_styles(word.styles.element, fonts)
    fill_settings(word.settings.element)
    return word


def _text(document: SummaryDocument, links: Links) -> Iterator[Element]:
    yield _title("Title", document.title)
    yield text_paragraph("Subtitle", f"（{document.as_of_words}）")
    yield paragraph("BodyText")
    if document.addressees:
        yield text_paragraph("Addressee", f"{clean_line('、'.join(document.addressees))}：")
    body = [_body_part(part, links) for part in outline(document)]
    if not labelled_attachments(document):
        _keep_with_next(body[-1])  # the signature never stands alone on a page
    yield from body
    yield from _attachment_list(document)
    yield from _signature(document)


def _title(style: str, title: str) -> Element:
    return text_paragraph(style, "\n".join(title_lines(clean_text(title))))


def _body_part(part: Heading | BodyParagraph, links: Links) -> Element:
    if isinstance(part, Heading):
        return text_paragraph(f"Heading{part.level}", part.number + clean_line(part.text))
    opening = (run(part.number),) if part.number else ()
    words = (_run(piece, links) for piece in part.paragraph.runs)
    return paragraph("BodyText", (*opening, *words))


def _run(piece: Run, links: Links) -> Element:
    text = clean_text(piece.text).replace("\n", " ")
    return run(text) if isinstance(piece, TextRun) else links.to_source(piece.key, run(text))


def _attachment_list(document: SummaryDocument) -> Iterator[Element]:
    """附件说明: names start under each other, whatever the length of their numbers."""
    printed = labelled_attachments(document)
    if printed:
        yield paragraph("AttachmentList")
    for position, attachment in enumerate(printed, start=1):
        number = f"{position}. " if len(printed) > 1 else ""
        opening = ("附件：" if position == 1 else "") + number
        start = 5 + display_width(number)
        hanging = indent(left=start, hanging=display_width(opening))
        name = clean_line(attachment.attachment.title)
        yield text_paragraph("AttachmentList", opening + name, hanging)


def _signature(document: SummaryDocument) -> Iterator[Element]:
    """Unit centred over the date, the date four characters from the right (7.3.5.1).

    A unit too long for that pushes the date to the left, so that both stay on one axis.
    """
    unit, day = clean_line(document.signatory), chinese_date(document.dated_on)
    overhang = (display_width(unit) - display_width(day)) / 2
    date_right = max(float(_DATE_FROM_RIGHT), overhang)
    yield paragraph("SignOff")
    yield paragraph("SignOff")
    unit_right = indent(right=date_right - overhang)
    yield text_paragraph("SignOff", unit, *((unit_right,) if len(unit_right.attrib) else ()))
    yield text_paragraph("SignDate", day, indent(right=date_right))


def _attachment(
    document: SummaryDocument, printed: LabelledAttachment, links: Links
) -> tuple[bool, list[Element]]:
    """Make an attachment; tells first whether it needs a lying page."""
    table = printed.attachment.table
    lying = needs_lying_page(table, characters_across(TEXT_WIDTH))
    width = TEXT_HEIGHT if lying else TEXT_WIDTH
    bookmarks = links.bookmarks if printed.is_sources else ()
    note = clean_line(table.note)
    return lying, [
        text_paragraph("AttachmentLabel", printed.label),
        paragraph("BodyText"),
        _title("AttachmentTitle", printed.attachment.title),
        _table_lead(document.as_of_words, clean_line(table.unit), width),
        attachment_table(table, width, links.to_rows, bookmarks),
        text_paragraph("TableNote", f"注：{note}") if note else paragraph("Seam"),
    ]


def _table_lead(as_of: str, unit: str, width: int) -> Element:
    right_stop = element("w:tabs", None, element("w:tab", {"w:val": "right", "w:pos": width}))
    text = f"{as_of}\t单位：{unit}" if unit else as_of
    return text_paragraph("TableLead", text, right_stop)


def _assemble(word: WordDocument, pages: list[tuple[bool, list[Element]]]) -> None:
    """Put the pages together; where paper turns, the last paragraph before closes a section."""
    body = word.element.body
    for child in list(body):
        body.remove(child)
    parts = add_page_parts(word)
    for position, (lying, blocks) in enumerate(pages):
        if position and pages[position - 1][0] != lying:
            _close_section(body[-1], parts, lying=not lying)
        body.extend(blocks)
    body.append(section(parts, lying=pages[-1][0]))


def _close_section(last: Element, parts: PageParts, *, lying: bool) -> None:
    last[0].append(section(parts, lying=lying))


def _keep_with_next(block: Element) -> None:
    block[0].insert(1, flag("w:keepNext"))


def _describe(document: SummaryDocument, word: WordDocument) -> None:
    about = word.core_properties
    moment = document.as_of.astimezone(UTC) if document.as_of.tzinfo else document.as_of
    about.title = clean_line(document.title.replace("\n", ""))
    about.author = about.last_modified_by = clean_line(document.issuer)
    about.comments = document.as_of_words
    about.language = "zh-CN"
    about.created = about.modified = moment.replace(tzinfo=None)
    about.revision = 1

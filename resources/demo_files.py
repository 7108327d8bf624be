"""Real files of the demo content: one small body text, written out as docx, pptx, xlsx, odt or pdf.

A body is plain text with a few marks: `# ` and `## ` headings, `- ` and `1. ` lists, `| a | b |` tables (a `|---|` line after the first
row makes it a header), `> ` notes; everything else is a paragraph. In slides and sheets each `# ` begins a new one. The same
body gives the same file, so that a demo built twice stores it once.
"""

import io
import json
import re
import zipfile
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pptx
import typst
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from odf import dc, meta
from odf.opendocument import OpenDocumentText
from odf.style import ParagraphProperties, Style, TextProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import H, List, ListItem, P
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from pptx.dml.color import RGBColor as SlideColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.util import Cm as SlideCm
from pptx.util import Pt as SlidePt

CREATED = datetime(2026, 9, 1, 9, 0)
PRIMARY = "0A5A6A"
PRIMARY_SOFT = "E3F0F1"
TITLE_SLIDE, CONTENT_SLIDE = 0, 1
PAGE_TEMPLATE = Path(__file__).parent / "demo_content" / "document.typ"
SLIDE_LANGUAGES = {"kk": MSO_LANGUAGE_ID.KAZAKH, "ru": MSO_LANGUAGE_ID.RUSSIAN, "en": MSO_LANGUAGE_ID.ENGLISH_US}


@dataclass(frozen=True, kw_only=True)
class FileSpec:
    name: str
    format: str
    title: str
    language: str
    author: str
    body: str


@dataclass
class Block:
    kind: str  # heading, paragraph, note, list, table
    text: str = ""
    level: int = 1
    numbered: bool = False
    items: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    header: bool = False

    @property
    def widths(self):
        """Shares of the columns: a long text gets more room, a short one still fits its longest word."""
        weights = []
        for cells in zip(*self.rows, strict=True):
            longest_word = max((len(word) for cell in cells for word in cell.split()), default=1)
            weights.append(max(sum(map(len, cells)) ** 0.5, 1.3 * longest_word))
        return [weight / sum(weights) for weight in weights]


def build_file(spec):
    """The file a spec describes, as (filename, bytes)."""
    writers = {"docx": _docx, "pptx": _pptx, "xlsx": _xlsx, "odt": _odt, "pdf": _pdf}
    content = writers[spec.format](spec, parse_body(spec.body))
    return f"{spec.name}.{spec.format}", content if spec.format == "pdf" else _with_fixed_times(content)


def parse_body(body):
    blocks = []
    for line in body.strip().splitlines():
        line = line.strip()
        last = blocks[-1] if blocks else None
        if not line:
            blocks.append(None)
        elif line.startswith("#"):
            marks, text = line.split(" ", 1)
            blocks.append(Block("heading", text, level=len(marks)))
        elif line.startswith("|"):
            _add_row(blocks, [cell.strip() for cell in line.strip("|").split("|")])
        elif item := re.match(r"(-|\d+\.) (.+)", line):
            if not (last and last.kind == "list"):
                blocks.append(Block("list", numbered=item[1] != "-"))
            blocks[-1].items.append(item[2])
        elif line.startswith("> "):
            blocks.append(Block("note", line[2:]))
        elif last and last.kind == "paragraph":
            last.text += " " + line
        else:
            blocks.append(Block("paragraph", line))
    return [block for block in blocks if block]


def _add_row(blocks, cells):
    if not (blocks and blocks[-1] and blocks[-1].kind == "table"):
        blocks.append(Block("table"))
    table = blocks[-1]
    if all(set(cell) == {"-"} for cell in cells):
        table.header = True
    else:
        table.rows.append(cells)


def _sections(blocks):
    """(heading, blocks) per first-level heading."""
    sections = []
    for block in blocks:
        if block.kind == "heading" and block.level == 1:
            sections.append((block.text, []))
        else:
            sections[-1][1].append(block)
    return sections


def _with_fixed_times(content):
    """The same archive without the moment of writing, so that equal content has an equal hash."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{CREATED:%Y-%m-%dT%H:%M:%SZ}".encode(), data)
            stamped = zipfile.ZipInfo(entry.filename, CREATED.timetuple()[:6])
            stamped.compress_type = entry.compress_type
            target.writestr(stamped, data)
    return result.getvalue()


def _set_properties(properties, spec):
    properties.title, properties.language, properties.comments = spec.title, spec.language, ""
    properties.author = properties.last_modified_by = spec.author
    properties.created = properties.modified = CREATED


def _docx(spec, blocks):
    document = docx.Document()
    _set_properties(document.core_properties, spec)
    _style_docx(document, spec.language)
    document.add_paragraph(spec.title, style="Title")
    document.add_paragraph(spec.author, style="Subtitle")
    for block in blocks:
        if block.kind == "heading":
            document.add_heading(block.text, block.level)
        elif block.kind == "list":
            _add_docx_list(document, block)
        elif block.kind == "table":
            _add_docx_table(document, block)
        else:
            document.add_paragraph(block.text, style="Quote" if block.kind == "note" else None)
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


def _style_docx(document, language):
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    for name, size in (("Normal", 11), ("Title", 20), ("Subtitle", 11), ("Heading 1", 15), ("Heading 2", 12)):
        style = document.styles[name]
        style.font.size = Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().attrib.clear()
        style.font.name = "Arial"
        style.paragraph_format.space_after = Pt(6)
        if name != "Normal":
            style.font.color.rgb = RGBColor.from_string(PRIMARY)


def _add_docx_list(document, block):
    # Word goes on counting through the whole document in its built-in numbered style, so numbers are written out.
    for number, item in enumerate(block.items, 1):
        if block.numbered:
            paragraph = document.add_paragraph(f"{number}.\t{item}")
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.8)
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
        else:
            document.add_paragraph(item, style="List Bullet")


def _add_docx_table(document, block):
    table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for number, (row, cells) in enumerate(zip(table.rows, block.rows, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
            cell.width = Cm(17 * block.widths[column])
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(10)
            if _is_label(block, number, column):
                run.bold = True
                _shade(cell)
    document.add_paragraph()


def _is_label(block, row, column):
    return row == 0 if block.header else column == 0


def _shade(cell):
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), PRIMARY_SOFT)
    cell._tc.get_or_add_tcPr().append(shading)


def _pptx(spec, blocks):
    show = pptx.Presentation()
    show.slide_width, show.slide_height = SlideCm(33.87), SlideCm(19.05)
    _set_properties(show.core_properties, spec)
    _add_title_slide(show, spec)
    for title, content in _sections(blocks):
        _add_slide(show, title, content, SLIDE_LANGUAGES[spec.language])
    result = io.BytesIO()
    show.save(result)
    return result.getvalue()


def _add_title_slide(show, spec):
    slide = show.slides.add_slide(show.slide_layouts[TITLE_SLIDE])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = SlideColor.from_string(PRIMARY)
    for shape, text, top, size in ((slide.shapes.title, spec.title, 5.5, 40), (slide.placeholders[1], spec.author, 11.5, 20)):
        _place(shape, SlideCm(2.5), SlideCm(top), SlideCm(28.9), SlideCm(5))
        run = _write_line(shape.text_frame.paragraphs[0], text, size, SLIDE_LANGUAGES[spec.language])
        run.font.color.rgb = SlideColor(0xFF, 0xFF, 0xFF)


def _add_slide(show, title, blocks, language):
    slide = show.slides.add_slide(show.slide_layouts[CONTENT_SLIDE])
    _place(slide.shapes.title, SlideCm(1.8), SlideCm(0.8), SlideCm(30.3), SlideCm(2.6))
    heading = _write_line(slide.shapes.title.text_frame.paragraphs[0], title, 30, language)
    heading.font.bold, heading.font.color.rgb = True, SlideColor.from_string(PRIMARY)
    tables = [block for block in blocks if block.kind == "table"]
    lines = [line for block in blocks if block.kind in ("paragraph", "list", "heading") for line in _lines(block)]
    body = slide.placeholders[1]
    _place(body, SlideCm(1.8), SlideCm(3.8), SlideCm(30.3), SlideCm(7 if tables else 14))
    size = 24 if sum(map(len, lines)) < 420 and not tables else 20
    for number, line in enumerate(lines):
        paragraph = body.text_frame.add_paragraph() if number else body.text_frame.paragraphs[0]
        _write_line(paragraph, line, size, language)
        paragraph.space_after = SlidePt(8)
    if not lines:
        body._element.getparent().remove(body._element)
    for table in tables:
        _add_slide_table(slide, table, SlideCm(11 if lines else 4.2), language)
    notes = [block.text for block in blocks if block.kind == "note"]
    if notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)


def _lines(block):
    if block.kind == "list":
        return [f"{number}. {item}" for number, item in enumerate(block.items, 1)] if block.numbered else block.items
    return [block.text]


def _place(shape, left, top, width, height):
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _write_line(paragraph, text, size, language):
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.language_id = SlidePt(size), language
    return run


def _add_slide_table(slide, block, top, language):
    size = len(block.rows), len(block.rows[0])
    table = slide.shapes.add_table(*size, SlideCm(1.8), top, SlideCm(30.3), SlideCm(1.1) * size[0]).table
    table.first_row, table.first_col = block.header, not block.header
    for column, width in enumerate(block.widths):
        table.columns[column].width = int(SlideCm(30.3) * width)
    for row, cells in enumerate(block.rows):
        for column, text in enumerate(cells):
            _write_line(table.cell(row, column).text_frame.paragraphs[0], text, 18, language)


def _xlsx(spec, blocks):
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties = DocumentProperties(title=spec.title, language=spec.language, creator=spec.author, created=CREATED)
    for title, content in _sections(blocks):
        sheet = book.create_sheet(title[:31])
        for block in content:
            _add_rows(sheet, block)
        _fit_columns(sheet, content)
    result = io.BytesIO()
    book.save(result)
    return result.getvalue()


def _add_rows(sheet, block):
    if block.kind != "table":
        for line in _lines(block) if block.kind != "note" else [block.text]:
            sheet.append([line])
        return
    for number, cells in enumerate(block.rows):
        sheet.append([int(cell) if cell.isdecimal() else cell for cell in cells])
        for column, cell in enumerate(sheet[sheet.max_row][: len(cells)]):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if _is_label(block, number, column):
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=PRIMARY_SOFT)
    sheet.append([])


def _fit_columns(sheet, blocks):
    rows = [row for block in blocks for row in block.rows]
    for number, column in enumerate(sheet.columns):
        longest = max((len(row[number]) for row in rows if number < len(row)), default=40)
        sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 8), 45)


def _odt(spec, blocks):
    document = OpenDocumentText()
    for element, value in (
        (dc.Title, spec.title),
        (dc.Creator, spec.author),
        (dc.Language, spec.language),
        (meta.InitialCreator, spec.author),
        (meta.CreationDate, CREATED.isoformat()),
        (dc.Date, CREATED.isoformat()),
    ):
        document.meta.addElement(element(text=value))
    styles = {level: _odt_heading_style(document, level, size) for level, size in ((0, 20), (1, 15), (2, 12))}
    document.text.addElement(H(outlinelevel=1, stylename=styles[0], text=spec.title))
    document.text.addElement(P(text=spec.author))
    for block in blocks:
        if block.kind == "heading":
            document.text.addElement(H(outlinelevel=block.level, stylename=styles[block.level], text=block.text))
        elif block.kind == "table":
            document.text.addElement(_odt_table(block))
        elif block.kind == "list" and not block.numbered:
            document.text.addElement(_odt_list(block.items))
        else:
            for line in _lines(block):
                document.text.addElement(P(text=line))
    result = io.BytesIO()
    document.save(result)
    return result.getvalue()


def _odt_heading_style(document, level, size):
    style = Style(name=f"Portal heading {level}", family="paragraph")
    style.addElement(TextProperties(fontsize=f"{size}pt", fontweight="bold", color=f"#{PRIMARY}", fontfamily="Arial"))
    style.addElement(ParagraphProperties(margintop="0.4cm", marginbottom="0.2cm"))
    document.styles.addElement(style)
    return style


def _odt_list(items):
    result = List()
    for item in items:
        entry = ListItem()
        entry.addElement(P(text=item))
        result.addElement(entry)
    return result


def _odt_table(block):
    table = Table()
    table.addElement(TableColumn(numbercolumnsrepeated=len(block.rows[0])))
    for cells in block.rows:
        row = TableRow()
        for text in cells:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    return table


def _pdf(spec, blocks):
    page = {
        "title": spec.title,
        "author": spec.author,
        "language": spec.language,
        "date": [CREATED.year, CREATED.month, CREATED.day],
        "blocks": [asdict(block) | {"widths": block.widths if block.rows else []} for block in blocks],
    }
    return typst.compile(PAGE_TEMPLATE.read_bytes(), sys_inputs={"page": json.dumps(page, ensure_ascii=False)})

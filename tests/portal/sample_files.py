"""Real files, as small as their programs make them."""

import io
import zipfile

import docx
import openpyxl
import pptx
import typst
from docx.enum.text import WD_BREAK
from odf import dc
from odf.draw import Frame, Page, TextBox
from odf.opendocument import OpenDocumentPresentation, OpenDocumentText
from odf.style import MasterPage, PageLayout
from odf.text import H, P
from PIL import Image

TOPIC = "Бөлшектерді қосу және азайту"
# The smallest beginnings that players know these files by.
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(100)
MOV = b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + bytes(100)
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + bytes(100)


def saved(save) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def make_docx(*paragraphs: str, heading: str = TOPIC, title: str = "", broken: bool = False) -> bytes:
    document = docx.Document()
    document.core_properties.title = title
    if heading:
        document.add_heading(heading, 1)
    for number, paragraph in enumerate(paragraphs or ("Оқушылар бөлшектерді салыстырады.",)):
        if broken and number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("Кесте").bold = True
        document.add_paragraph(paragraph)
    return saved(document.save)


def make_pptx(*titles: str) -> bytes:
    show = pptx.Presentation()
    for title in titles or (TOPIC, "Жаттығулар"):
        slide = show.slides.add_slide(show.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, f"{title}: мазмұны"
        slide.notes_slide.notes_text_frame.text = "Мұғалімге ескертпе"
    return saved(show.save)


def make_xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Бағалар"
    book.active.append(["Аты", "Ұпай"])
    book.create_sheet("Қорытынды").append(["барлығы", 25])
    return saved(book.save)


def make_odt() -> bytes:
    document = OpenDocumentText()
    document.meta.addElement(dc.Title(text=TOPIC))
    document.text.addElement(H(outlinelevel=1, text="Кіріспе бөлім"))
    document.text.addElement(P(text="Оқушылар бөлшектерді салыстырады."))
    return saved(document.save)


def make_odp(*texts: str) -> bytes:
    show = OpenDocumentPresentation()
    layout = PageLayout(name="layout")
    show.automaticstyles.addElement(layout)
    show.masterstyles.addElement(MasterPage(name="master", pagelayoutname=layout))
    for number, text in enumerate(texts or (TOPIC, "Жаттығулар")):
        page, frame, box = Page(masterpagename="master", name=f"page{number}"), Frame(width="10cm", height="3cm"), TextBox()
        show.presentation.addElement(page)
        page.addElement(frame)
        frame.addElement(box)
        box.addElement(P(text=text))
    return saved(show.save)


def make_pdf(*pages: str, title: str = "") -> bytes:
    text = "\n#pagebreak()\n".join(pages or (f"= {TOPIC}\nбірінші бет", "екінші бет"))
    return typst.compile(f'#set page(height: 10cm)\n#set document(title: "{title}")\n{text}'.encode())


def make_image(format: str = "JPEG", *, size=(120, 80), **options) -> bytes:
    image = Image.radial_gradient("L").resize(size).convert("RGB")
    return saved(lambda buffer: image.save(buffer, format, **options))


def make_zip(members: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    def write(buffer) -> None:
        with zipfile.ZipFile(buffer, "w", compression) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return saved(write)


def with_members(content: bytes, members: dict[str, bytes]) -> bytes:
    """The same office file with more in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return make_zip({name: archive.read(name) for name in archive.namelist()} | members)

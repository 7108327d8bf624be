"""Reads one file in a process of its own, so that a hostile or broken file takes nobody along.

    python -I child.py LIMITS TYPE PATH      run in an empty folder, with LIMITS as JSON

It leaves `result.json` (either {"error": …} or {"title", "heading", "parts", "pages"}) and, where there is a picture of the first
page, `preview.webp`. It knows nothing of Django: starting it has to be cheap.
"""

import io
import json
import re
import resource
import sys
import zipfile
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from xml.etree import ElementTree  # noqa: S405 - entities cannot do more here than reach the limits of this process

PREVIEW_WIDTH = 640
PREVIEW_HEIGHT = 1600
THUMBNAILS = ("docProps/thumbnail.jpeg", "docProps/thumbnail.jpg", "docProps/thumbnail.png", "Thumbnails/thumbnail.png")
THUMBNAIL_BYTES = 5_000_000
# A picture of an empty page, as template libraries put into every file, has hardly any contrast.
LEAST_CONTRAST = 3
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SPACES = {f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break"}
MARK = "\n\n\u2042{page_num}\u2042\n\n"
PAGE_MARK = re.compile("\u2042\\d+\u2042")
STRESS = re.compile(r"\*\*(.+?)\*\*")
TITLE = "{http://purl.org/dc/elements/1.1/}title"


class Encrypted(Exception):
    pass


@dataclass
class Words:
    """`pages` is None where nobody knows on which page a part stands; then the parts are only counted."""

    title: str = ""
    heading: str = ""
    parts: list[str] = field(default_factory=list)
    pages: int | None = None


def main(limits: dict, type: str, path: Path) -> None:
    restrict(limits)
    try:
        result = asdict(capped(READERS[type](path, type), limits["characters"]))
    except Encrypted:
        result = {"error": "encrypted"}
    except MemoryError:
        result = {"error": "too-complex"}
    except Exception:  # noqa: BLE001 - whatever the file did to its reader, its owner is told that it cannot be read
        result = {"error": "damaged"}
    Path("result.json").write_text(json.dumps(result), encoding="ascii")


def restrict(limits: dict) -> None:
    megabyte = 1024 * 1024
    for what, limit in (
        (resource.RLIMIT_AS, limits["megabytes"] * megabyte),
        (resource.RLIMIT_CPU, limits["seconds"]),
        (resource.RLIMIT_FSIZE, 64 * megabyte),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


def capped(words: Words, characters: int) -> Words:
    for number, part in enumerate(words.parts):
        words.parts[number] = part[:characters]
        characters -= len(words.parts[number])
    return words


def read_pdf(path: Path, type: str) -> Words:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Encrypted from error
        raise
    with suppress(Exception):
        save_preview(first_page(pdf[0]))
    parts = [page.get_textpage().get_text_bounded() for page in pdf]
    return Words(title=pdf.get_metadata_dict().get("Title", ""), parts=parts, pages=len(parts))


def first_page(page):
    scale = min(PREVIEW_WIDTH / page.get_width(), PREVIEW_HEIGHT / page.get_height())
    return page.render(scale=scale).to_pil()


def read_document(path: Path, type: str) -> Words:
    """Text with breaks where the writing program recorded them, which is right only if it counted as many pages itself."""
    result = extract(path, type, include_document_structure=True)
    words = words_of(result, [page["content"] for page in result.pages or []] or [unstressed(result.content)])
    counted = result.metadata.get("app_properties") or {}
    if counted.get("words") and counted.get("pages") == len(words.parts):
        words.pages = len(words.parts)
    save_thumbnail(path)
    return words


def read_slides(path: Path, type: str) -> Words:
    result = extract(path, type, include_document_structure=True)
    before, *slides = PAGE_MARK.split(result.content)
    words = words_of(result, [re.sub(r"^Notes:$", "", unstressed(slide), flags=re.M) for slide in slides or [before]])
    words.pages = len(words.parts)
    save_thumbnail(path)
    return words


def words_of(result, parts: list[str]) -> Words:
    return Words(title=result.metadata.get("title") or "", heading=first_heading(result.document), parts=parts)


def read_sheets(path: Path, type: str) -> Words:
    result = extract(path, type)
    names = result.metadata["sheet_names"]
    parts = [[name] for name in names]
    for sheet in result.pages or []:
        rows = (row for table in sheet["tables"] for row in table.cells)
        lines = ("\t".join(cell for cell in row if cell) for row in rows)
        parts[sheet["page_number"] - 1] += [line for line in lines if line]
    save_thumbnail(path)
    return Words(title=result.metadata.get("title") or "", parts=["\n".join(lines) for lines in parts], pages=len(parts))


def extract(path: Path, type: str, **options):
    import kreuzberg

    # Slides are told apart by these marks. The byte offsets that the library gives as well drift from one to the next.
    pages = kreuzberg.PageConfig(extract_pages=True, insert_page_markers=True, marker_format=MARK)
    config = kreuzberg.ExtractionConfig(use_cache=False, pages=pages, **options)
    return kreuzberg.extract_file_sync(path, mime_type=type, config=config)


def unstressed(text: str) -> str:
    """The words without the marks of bold that the library leaves in tables."""
    return STRESS.sub(r"\1", text)


def first_heading(document: dict | None) -> str:
    nodes = document["nodes"] if document else []
    return next((node["content"]["text"] for node in nodes if node["content"]["node_type"] in ("heading", "title")), "")


def read_odp(path: Path, type: str) -> Words:
    """OpenDocument presentations, which the extraction library does not know."""
    with zipfile.ZipFile(path) as archive:
        pages = ElementTree.fromstring(archive.read("content.xml")).iter(f"{DRAW}page")  # noqa: S314
        parts = ["\n".join(paragraphs(page)) for page in pages]
        title = ""
        if "meta.xml" in archive.namelist():
            title = ElementTree.fromstring(archive.read("meta.xml")).findtext(f".//{TITLE}", "")  # noqa: S314
    save_thumbnail(path)
    return Words(title=title, heading=parts[0].partition("\n")[0] if parts else "", parts=parts, pages=len(parts))


def paragraphs(page: ElementTree.Element) -> list[str]:
    for node in page.iter():
        if node.tag in SPACES:
            node.text = " "
    return ["".join(node.itertext()) for node in page.iter() if node.tag in (f"{TEXT}p", f"{TEXT}h")]


def read_image(path: Path, type: str) -> Words:
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        save_preview(ImageOps.exif_transpose(image))
    return Words()


def save_thumbnail(path: Path) -> None:
    """The picture that the writing program put into the file, if it shows anything. The words do not depend on it."""
    from PIL import Image, ImageStat

    with suppress(Exception), zipfile.ZipFile(path) as archive:
        for name in set(THUMBNAILS).intersection(archive.namelist()):
            with archive.open(name) as member, Image.open(io.BytesIO(member.read(THUMBNAIL_BYTES))) as image:
                if max(ImageStat.Stat(image.convert("L")).stddev) > LEAST_CONTRAST:
                    save_preview(image)


def save_preview(image) -> None:
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((PREVIEW_WIDTH, PREVIEW_HEIGHT))
    image.save("preview.webp", quality=80)


READERS = {
    "application/pdf": read_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_document,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": read_slides,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": read_sheets,
    "application/vnd.oasis.opendocument.text": read_document,
    "application/vnd.oasis.opendocument.presentation": read_odp,
    "image/jpeg": read_image,
    "image/png": read_image,
    "image/webp": read_image,
    "image/gif": read_image,
}

if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))

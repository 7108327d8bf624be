"""Pictures are drawn anew, so that neither the place where they were taken nor anything hidden in the file travels on."""

import io
from dataclasses import dataclass
from typing import BinaryIO

import pillow_heif
from django.conf import settings
from PIL import Image, ImageOps, ImageSequence

from .kinds import GIF, HEIC, JPEG, PNG, WEBP, FileRefused, Format

pillow_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True)
class Redrawn:
    content: io.BytesIO
    form: Format


# Browsers do not show HEIC.
KEPT_AS = {HEIC: JPEG}
SAVING = {JPEG: ("JPEG", {"quality": 90}), PNG: ("PNG", {}), WEBP: ("WEBP", {"quality": 90}), GIF: ("GIF", {})}
READERS = {form: name for form, (name, _options) in SAVING.items()} | {HEIC: "HEIF"}
# What a picture needs to look as it did. Comments, places, cameras and thumbnails are not among it.
KEPT_INFO = ("icc_profile", "transparency", "background", "duration", "disposal")


def redraw(file: BinaryIO, form: Format) -> Redrawn:
    try:
        with Image.open(file, formats=[READERS[form]]) as image:
            frames = _frames(image, form)
            return _saved(frames, KEPT_AS.get(form, form), loop=image.info.get("loop"))
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except Exception as error:  # a broken file leads Pillow's readers into errors of every kind
        raise FileRefused("damaged") from error


def too_many_pixels() -> FileRefused:
    return FileRefused("too-many-pixels", millions=settings.FILE_IMAGE_MAX_PIXELS // 1_000_000)


def _frames(image: Image.Image, form: Format) -> list[Image.Image]:
    moving = form in (GIF, WEBP, PNG) and getattr(image, "is_animated", False)
    if image.width * image.height * (image.n_frames if moving else 1) > settings.FILE_IMAGE_MAX_PIXELS:
        raise too_many_pixels()
    if moving:
        return [_bare(frame.copy()) for frame in ImageSequence.Iterator(image)]
    return [_bare(ImageOps.exif_transpose(image))]


def _bare(frame: Image.Image) -> Image.Image:
    frame.info = {key: frame.info[key] for key in KEPT_INFO if key in frame.info}
    return frame


def _saved(frames: list[Image.Image], form: Format, *, loop: int | None) -> Redrawn:
    name, options = SAVING[form]
    first, *others = frames
    if form == JPEG and first.mode not in ("RGB", "L", "CMYK"):
        first = first.convert("RGB")
    if others:
        options = options | {"save_all": True, "append_images": others, "duration": [frame.info.get("duration", 100) for frame in frames]}
        options |= {} if loop is None else {"loop": loop}
    content = io.BytesIO()
    first.save(content, name, icc_profile=first.info.get("icc_profile"), **options)
    content.seek(0)
    return Redrawn(content, form)

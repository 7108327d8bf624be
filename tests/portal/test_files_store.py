import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from PIL import Image

from portal.files import FileRefused, remove_file, store
from portal.models import File
from tests.portal import sample_files as sample

pytestmark = pytest.mark.django_db
GPS, ORIENTATION, CAMERA = 0x8825, 0x0112, 0x0110


def keep(content: bytes, name: str = "file.bin") -> File:
    return store(SimpleUploadedFile(name, content), name=name, user=None)


def photo_with_place() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = 6, "Secret camera"
    exif.get_ifd(GPS)[2] = (51.0, 8.0, 0.0)
    return sample.make_image(size=(120, 80), exif=exif, comment=b"taken at home")


def opened(file: File) -> Image.Image:
    return Image.open(io.BytesIO(file.blob.open().read()))


def test_bytes_are_kept_under_a_neutral_path_with_their_hash():
    content = sample.make_docx()
    file = keep(content, "../Сабақ.exe")
    assert (file.name, file.kind, file.size) == ("Сабақ.docx", "document", len(content))
    assert file.hash == hashlib.sha256(content).hexdigest()
    assert file.blob.open().read() == content
    assert "Сабақ" not in file.blob.name and "." not in file.blob.name


def test_photo_loses_place_and_camera_and_keeps_its_orientation():
    original = photo_with_place()
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(GPS)
    file = keep(original, "photo.jpg")
    image = opened(file)
    assert image.size == (80, 120)
    assert not image.getexif() and not image.info.get("comment")
    kept = file.blob.open().read()
    assert b"Secret camera" not in kept and b"taken at home" not in kept
    assert file.size == len(kept)


def test_heic_becomes_a_picture_that_browsers_show():
    import pillow_heif

    content = sample.saved(lambda buffer: pillow_heif.from_pillow(Image.new("RGB", (64, 48), "teal")).save(buffer))
    file = keep(content, "IMG_1.HEIC")
    assert (file.name, file.type, opened(file).size) == ("IMG_1.jpg", "image/jpeg", (64, 48))


@pytest.mark.parametrize("format", ["GIF", "WEBP"])
def test_moving_picture_still_moves(format):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    content = sample.saved(lambda buffer: frames[0].save(buffer, format, save_all=True, append_images=frames[1:], duration=80, loop=0))
    image = opened(keep(content))
    assert image.n_frames == 3
    image.seek(1)
    image.load()
    assert image.info["duration"] == 80


def test_transparent_picture_stays_transparent():
    content = sample.saved(lambda buffer: Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(buffer, "PNG"))
    assert opened(keep(content)).getpixel((1, 1)) == (0, 0, 0, 0)


def test_picture_of_too_many_pixels_is_refused(settings):
    settings.FILE_IMAGE_MAX_PIXELS = 1000
    with pytest.raises(FileRefused, match="pixels|пиксел|$") as caught:
        keep(sample.make_image("PNG"))
    assert caught.value.code == "too-many-pixels"


def test_broken_picture_is_refused():
    with pytest.raises(FileRefused) as caught:
        keep(sample.make_image("PNG")[:60])
    assert caught.value.code == "damaged"


def test_removed_file_takes_its_bytes_along():
    file = keep(sample.make_pdf())
    file.refresh_from_db()
    storage, names = file.blob.storage, [file.blob.name, file.preview.name]
    assert all(storage.exists(name) for name in names)
    remove_file(file)
    assert not File.objects.exists()
    assert not any(storage.exists(name) for name in names)


def test_removal_that_is_rolled_back_loses_nothing(monkeypatch):
    monkeypatch.setattr(transaction, "on_commit", connection.on_commit)
    file = keep(sample.make_pdf())
    with pytest.raises(RuntimeError), transaction.atomic():
        remove_file(file)
        raise RuntimeError
    assert all("delete" not in str(waiting) for waiting in connection.run_on_commit)
    assert File.objects.get().blob.open().read(5) == b"%PDF-"

"""Files that a record names are read through one door, and pictures are checked and made ready for print."""

from __future__ import annotations

import io
import os
import random
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFile

from afterword import assets
from afterword.assets import PRINT_PIXELS, AssetFault, Shelf, is_picture, print_ready
from afterword.report.nodes import Asset


def picture(mode: str = "RGB", size: tuple[int, int] = (40, 20), form: str = "PNG", **options: object) -> bytes:
    """Return a picture of a gradient that is darker at its start."""
    image = Image.linear_gradient("L").resize(size).convert(mode)
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def code(shelf: Shelf, path: str) -> str:
    """Return the code with which a path is refused."""
    with pytest.raises(AssetFault) as caught:
        shelf.picture(path)
    assert caught.value.message
    return caught.value.code


def shown(asset: Asset) -> Image.Image:
    """Return an asset as a picture, after seeing that it says the truth about itself."""
    image = Image.open(io.BytesIO(asset.data))
    assert image.size == (asset.width, asset.height)
    assert image.get_format_mimetype() == asset.media_type
    image.load()
    return image


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a source, with a secret beside it."""
    (tmp_path / "secret.png").write_bytes(picture())
    inside = tmp_path / "source"
    (inside / "graphs").mkdir(parents=True)
    (inside / "graphs" / "a b.png").write_bytes(picture())
    return inside


@pytest.mark.parametrize("path", ["graphs/a b.png", "./graphs/a b.png", "graphs\\a b.png", "graphs/../graphs/a b.png"])
def test_files_in_the_folder_are_read(folder: Path, path: str) -> None:
    """However the way into the folder is written."""
    assert Shelf(folder).read(path) == picture()


@pytest.mark.parametrize(
    "path",
    [
        "../secret.png", "graphs/../../secret.png", "/etc/passwd", "\\etc\\passwd", "C:\\secret.png", "C:/secret.png",
        "\\\\server\\share\\secret.png", "//server/share/secret.png", "..\\secret.png", "graphs/a b.png\0.txt",
        "../source/../secret.png", "link.png", "out/secret.png",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_folder(folder: Path, path: str) -> None:
    """Dots, absolute paths of any system, links and NUL: all are refused before anything is read."""
    (folder / "link.png").symlink_to(folder.parent / "secret.png")
    (folder / "out").symlink_to(folder.parent)
    assert code(Shelf(folder), path) == "AW208"


def test_whether_a_file_outside_exists_is_not_told(folder: Path) -> None:
    """A path that leads out gets the same answer in either case."""
    assert code(Shelf(folder), "../secret.png") == code(Shelf(folder), "../nothing.png") == "AW208"


def test_links_within_the_folder_are_followed(folder: Path) -> None:
    """A link is refused for where it leads, not for what it is."""
    (folder / "link.png").symlink_to("graphs/a b.png")
    assert Shelf(folder).read("link.png") == picture()


@pytest.mark.parametrize(
    "path", ["nothing.png", "graphs", ".", "", "circle", "fifo", "x" * 5000, "graphs/a b.png/x", "\ud800"]
)
def test_what_is_no_file_is_told(folder: Path, path: str) -> None:
    """Missing files, folders, pipes, circles of links and names that no system has: none of them blocks or breaks."""
    (folder / "circle").symlink_to("circle")
    os.mkfifo(folder / "fifo")
    assert code(Shelf(folder), path) == "AW411"


def test_a_huge_file_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is asked for first."""
    monkeypatch.setattr(assets, "MAX_BYTES", 10)
    assert code(Shelf(folder), "graphs/a b.png") == "AW413"


def test_standard_input_has_no_folder() -> None:
    """So it has no files either."""
    assert code(Shelf(None), "a.png") == "AW208"


def test_the_same_bytes_have_the_same_key(folder: Path) -> None:
    """Keys come from the bytes, whatever the file is called, and are safe file names."""
    (folder / "copy.png").write_bytes(picture())
    (folder / "other.png").write_bytes(picture(size=(41, 20)))
    shelf = Shelf(folder)
    first, copy, other = (shelf.picture(path) for path in ("graphs/a b.png", "copy.png", "other.png"))
    assert first == copy != other
    assert set(shelf.taken) == {first, other}
    assert all(key.isascii() and Path(key).name == key for key in shelf.taken)


@pytest.mark.parametrize(
    ("path", "answer"), [("a.png", True), ("A.JPG", True), ("b.webp", True), ("b.svg", False), ("png", False)]
)
def test_pictures_are_known_by_their_suffix(path: str, *, answer: bool) -> None:
    """Whether an attachment is shown or only listed."""
    assert is_picture(path) is answer


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA"])
def test_pictures_that_print_can_use_stay_as_they_are(mode: str) -> None:
    """Not a byte is changed, so nothing is lost."""
    data = picture(mode)
    assert print_ready(data, "a.png") == Asset(data, "image/png", 40, 20)


def test_photographs_stay_photographs() -> None:
    """A JPEG is not made into a PNG of ten times its size."""
    data = picture(form="JPEG")
    assert print_ready(data, "a.jpg") == Asset(data, "image/jpeg", 40, 20)


@pytest.mark.parametrize(
    ("mode", "form", "media_type"),
    [
        ("P", "PNG", "image/png"),
        ("1", "PNG", "image/png"),
        ("LA", "PNG", "image/png"),
        ("I;16", "PNG", "image/png"),
        ("P", "GIF", "image/png"),
        ("RGB", "WEBP", "image/png"),
        ("RGBA", "WEBP", "image/png"),
        ("CMYK", "JPEG", "image/jpeg"),
        ("L", "JPEG", "image/jpeg"),
    ],
)
def test_other_forms_are_made_into_png_or_jpeg(mode: str, form: str, media_type: str) -> None:
    """Palettes, 16 bits, print colours, GIF and WebP: the size stays, and dark stays dark."""
    if mode == "I;16":
        image = Image.frombytes("I;16", (40, 20), struct.pack("<800H", *(value * 80 for value in range(800))))
        file = io.BytesIO()
        image.save(file, "PNG")
        data = file.getvalue()
    else:
        data = picture(mode, form=form)
    asset = print_ready(data, "a")
    result = shown(asset)
    assert asset.media_type == media_type
    assert result.size == (40, 20)
    grey = result.convert("L")
    assert grey.getpixel((20, 0)) < 64 < 190 < grey.getpixel((20, 19))  # type: ignore[operator] # one channel  # noqa: PLR0133 (says what the example relies on)


def test_transparency_stays() -> None:
    """Of a palette with a transparent colour, as charts often have."""
    image = Image.new("P", (10, 10), 0)
    image.putpalette([0, 0, 0, 255, 255, 255])
    file = io.BytesIO()
    image.save(file, "PNG", transparency=0)
    assert shown(print_ready(file.getvalue(), "a.png")).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index] # four channels


def test_the_first_picture_of_an_animation_is_shown() -> None:
    """A page does not move."""
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    for form in ("GIF", "PNG", "WEBP"):
        file = io.BytesIO()
        frames[0].save(file, form, save_all=True, append_images=frames[1:])
        result = shown(print_ready(file.getvalue(), "a"))
        assert getattr(result, "n_frames", 1) == 1
        red, _, blue = result.convert("RGB").getpixel((5, 5))  # type: ignore[misc] # three channels
        assert red > 200 > 50 > blue  # noqa: PLR0133 (says what the example relies on)


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_turned_photographs_stand_upright(form: str) -> None:
    """What the camera notes in Exif is done, because a page does not read it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    asset = print_ready(picture(form=form, exif=exif), "a")
    assert (asset.width, asset.height) == (20, 40)
    assert shown(asset).getexif().get(0x0112, 1) == 1


def test_a_picture_of_fifty_megapixels_is_scaled_for_print() -> None:
    """The longer side is what print needs, and the sides keep their relation."""
    file = io.BytesIO()
    Image.new("1", (10_000, 5_000), 1).save(file, "PNG")
    asset = print_ready(file.getvalue(), "a.png")
    assert (asset.width, asset.height) == (PRINT_PIXELS, PRINT_PIXELS // 2)
    assert len(shown(asset).tobytes()) == asset.width * asset.height


@pytest.mark.parametrize("side", [PRINT_PIXELS + 1, PRINT_PIXELS * 2])
def test_large_photographs_are_scaled(side: int) -> None:
    """Also where the decoder itself can halve them."""
    asset = print_ready(picture("L", (side, side), "JPEG"), "a.jpg")
    assert (asset.width, asset.height) == (PRINT_PIXELS, PRINT_PIXELS)
    assert shown(asset).size == (PRINT_PIXELS, PRINT_PIXELS)


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that says it has so many pixels, and has no data for them."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [11_000, 13_000, 60_000])
def test_a_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    """The size in the header is enough; decoding would tell that the data is missing."""
    with pytest.raises(AssetFault) as caught:
        print_ready(bomb(side, side), "a.png")
    assert caught.value.code == "AW413"


@pytest.mark.parametrize(
    "data",
    [b"", b"text", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", picture(form="BMP"),
     picture(form="TIFF"), bomb(10, 10), b"GIF89a", b"\xff\xd8\xff\xe0"],
)  # fmt: skip
def test_what_is_no_picture_is_told(data: bytes) -> None:
    """Other forms, SVG among them, and pictures without pixels are AW412."""
    with pytest.raises(AssetFault) as caught:
        print_ready(data, "a.png")
    assert caught.value.code == "AW412"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_truncated_pictures_are_told(form: str) -> None:
    """Half a picture is not shown as one."""
    noise = random.Random(1).randbytes(300)  # noqa: S311 (a picture that does not compress)
    file = io.BytesIO()
    Image.frombytes("RGB", (10, 10), noise).resize((300, 300)).save(file, form)
    data = file.getvalue()
    with pytest.raises(AssetFault) as caught:
        print_ready(data[: len(data) // 2], "a")
    assert caught.value.code == "AW412"


@pytest.mark.parametrize("is_lenient", [True, False])
def test_the_rest_of_the_process_does_not_matter(monkeypatch: pytest.MonkeyPatch, *, is_lenient: bool) -> None:
    """WeasyPrint makes Pillow let cut-off pictures pass; here they are told all the same, and its setting stays."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", is_lenient)
    with pytest.raises(AssetFault):
        print_ready(picture(form="PNG")[:-30], "a")
    assert is_lenient == ImageFile.LOAD_TRUNCATED_IMAGES


@settings(deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "GIF", "WEBP"]), st.data())
def test_damaged_pictures_are_shown_or_told(form: str, data: st.DataObject) -> None:
    """Whatever a decoder trips over, it is a finding; and a picture that comes back can be drawn."""
    exif = Image.Exif()
    exif[0x0112] = 3
    good = bytearray(picture("L", (16, 16), form) if form == "GIF" else picture("L", (16, 16), form, exif=exif))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    try:
        asset = print_ready(bytes(good), "a")
    except AssetFault as fault:
        assert fault.code in {"AW412", "AW413"}  # noqa: PT017 (not raising is fine)
    else:
        shown(asset)

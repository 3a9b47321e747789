"""Files that a record names, read through one door: in the source's folder, of bounded size, and checked."""

from __future__ import annotations

import hashlib
import io
import stat
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from afterword.report.nodes import Asset

MAX_BYTES = 50_000_000
"""Size of the largest file that is read."""

MAX_PIXELS = 120_000_000
"""Pixels of the largest picture that is opened; decoding it takes about half a gigabyte."""

PRINT_PIXELS = 2400
"""The longer side of a picture after it is scaled down: 300 pixels an inch over the width of a page."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


class AssetFault(Exception):  # noqa: N818 (it becomes a finding)
    """Why a file cannot be used: the code and the words of the finding that it becomes."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        """Keep the code, the message and the hint."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


@dataclass(slots=True)
class Shelf:
    """The files of one source. Pictures taken from it are kept in `taken`, by keys made from their bytes."""

    folder: Path | None
    """None for standard input, which has no folder and so no files."""

    inside: Mapping[str, bytes] = field(default_factory=dict)
    """Files that came inside the source, which go before those of the folder."""

    taken: dict[str, Asset] = field(default_factory=dict)

    asked: dict[str, None] = field(default_factory=dict)
    """Paths in the folder that were asked for, also of files that are not there: what the documents hang on."""

    fetch: Callable[[str], object] | None = None
    """Brings a path into the folder before it is looked at there, where the folder is a copy of one elsewhere."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file in the folder. Raises AssetFault AW208, AW411 or AW413."""
        if path in self.inside:
            return self.inside[path]
        found = self._locate(path)
        try:
            status = found.stat()
            if not stat.S_ISREG(status.st_mode):
                raise AssetFault("AW411", f"{path!r} is not a file")
            if status.st_size > MAX_BYTES:
                message = f"{path!r} has {status.st_size / 1e6:.0f} MB; files up to {MAX_BYTES / 1e6:.0f} MB are read"
                raise AssetFault("AW413", message)
            return found.read_bytes()
        except OSError as error:
            raise AssetFault("AW411", f"{path!r} cannot be read: {error.strerror}") from error

    def picture(self, path: str) -> str:
        """Return the key of a picture in the folder, checked and scaled for print. Raises AssetFault."""
        asset = print_ready(self.read(path), path)
        suffix = ".png" if asset.media_type == "image/png" else ".jpg"
        key = hashlib.sha256(asset.data).hexdigest()[:24] + suffix
        self.taken.setdefault(key, replace(asset, name=path))
        return key

    def _locate(self, path: str) -> Path:
        if self.folder is None:
            hint = "name the file itself instead of standard input"
            raise AssetFault("AW208", f"{path!r} has no folder: the source is standard input", hint)
        if PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute() or "\0" in path:
            raise AssetFault("AW208", f"{path!r} is not a relative path", "put the file beside the source")
        try:
            folder = self.folder.resolve()
            found = (folder / path.replace("\\", "/")).resolve()
            if self.fetch and found.is_relative_to(folder) and (inner := found.relative_to(folder)) != Path():
                self.fetch(inner.as_posix())
            is_there = found.exists()
        except (OSError, RuntimeError, ValueError) as error:  # too long a name, a circle of links, no such character
            raise AssetFault("AW411", f"{path!r} is no path of a file") from error
        if not found.is_relative_to(folder):
            raise AssetFault("AW208", f"{path!r} leads out of the source's folder", "put the file beside the source")
        self.asked[found.relative_to(folder).as_posix()] = None
        if not is_there:
            raise AssetFault("AW411", f"{path!r} is not there", "a path starts from the folder of the source")
        return found


def is_picture(path: str) -> bool:
    """Return whether a path has the suffix of a picture that can be shown."""
    return PurePosixPath(path.lower()).suffix in _PICTURES


def print_ready(data: bytes, name: str) -> Asset:
    """Return a picture as PNG or JPEG, upright, and no larger than print needs.

    Raises AssetFault AW412 for what is no picture, AW413 for one of too many pixels.
    """
    try:
        with _whole_pictures_only(), warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is checked here
            return _ready(_opened(data), data, warned)
    except UnidentifiedImageError:
        raise AssetFault("AW412", f"{name!r} is not a PNG, JPEG, GIF or WebP picture") from None
    except Image.DecompressionBombError:
        message = f"{name!r} has too many pixels; up to {MAX_PIXELS // 1_000_000} million are opened"
        raise AssetFault("AW413", message, "scale it down") from None
    except Exception as error:
        # Decoders raise whatever damaged data makes them trip over.
        raise AssetFault("AW412", f"{name!r} is a damaged picture: {error}") from error


_LOCK = threading.Lock()


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Make Pillow refuse pictures that are cut off; WeasyPrint, once loaded, lets them pass in the whole process."""
    with _LOCK:
        before = ImageFile.LOAD_TRUNCATED_IMAGES
        ImageFile.LOAD_TRUNCATED_IMAGES = False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = before


def _opened(data: bytes) -> Image.Image:
    """Return a picture whose pixels are not decoded yet; raise DecompressionBombError for one that has too many."""
    image = Image.open(io.BytesIO(data), formats=_FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise Image.DecompressionBombError
    return image


def _ready(image: Image.Image, data: bytes, warned: Sequence[object]) -> Asset:
    """Return the picture as it is, or made anew where print cannot use it or its metadata gave rise to warnings."""
    size = image.size
    small = max(size) <= PRINT_PIXELS and getattr(image, "n_frames", 1) == 1
    turned = image.getexif().get(0x0112, 1) != 1
    if not small:
        image.draft("RGB", (PRINT_PIXELS, PRINT_PIXELS))  # lets JPEG decode at a fraction of its size
    image.load()
    plain = image.format in {"PNG", "JPEG"} and image.mode in {"RGB", "L", "RGBA"} and not turned
    if plain and small and "transparency" not in image.info and not warned:
        return Asset(data, _media_type(image.format), *size)
    return _again(image)


def _again(image: Image.Image) -> Asset:
    photo = image.format in {"JPEG", "MPO"}  # MPO: the JPEG of cameras that keep a second picture in the file
    upright = _of_8_bits(ImageOps.exif_transpose(image))
    picture = upright.convert("RGB" if photo else _mode(upright))
    picture.thumbnail((PRINT_PIXELS, PRINT_PIXELS))
    file = io.BytesIO()
    if photo:
        picture.save(file, "JPEG", quality=88)
    else:
        picture.save(file, "PNG", optimize=False)
    return Asset(file.getvalue(), _media_type("JPEG" if photo else "PNG"), *picture.size)


def _of_8_bits(image: Image.Image) -> Image.Image:
    """Return a grey picture of 16 bits as one of 8: converting it alone would cut all but the darkest to white."""
    if image.mode not in {"I", "I;16", "I;16B", "I;16L"}:
        return image
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _mode(image: Image.Image) -> str:
    """Return the smallest mode that shows a picture as it is."""
    if image.has_transparency_data:
        return "RGBA"
    return "L" if image.mode in {"1", "L"} else "RGB"


def _media_type(name: str | None) -> Literal["image/png", "image/jpeg"]:
    return "image/jpeg" if name == "JPEG" else "image/png"

"""Files that are written whole or not at all, and never over somebody else's."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path
from secrets import token_hex

from tutor.errors import TutorError


class FileError(TutorError):
    """A file that cannot be read or written."""


def write_whole(path: Path, text: str, *, mark: str | None = None) -> Path:
    """Write a text under a name in one move, so that no half-written file is ever seen.

    ``mark`` is a piece of the text by which a file of ours is known: a file that stands there without it is
    somebody else's and stays. Without a mark any file that stands there is.

    Raises
    ------
    FileError
        When the file is not ours, or the place cannot be written to.
    """
    if mark is not None and mark not in text:
        raise ValueError(f"the text does not carry its mark {mark!r}")
    try:
        if path.exists() and (mark is None or mark not in path.read_text(encoding="utf-8", errors="replace")):
            raise FileError(f"{path} exists and was not written by tutor; it stays as it is.", tip="Give another name.")
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{token_hex(4)}.part")
        try:
            with temporary.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, ValueError) as fault:
        raise FileError(f"{path} cannot be written: {getattr(fault, 'strerror', None) or fault}.") from fault
    return path


def read_text(path: Path, *, limit: int, what: str = "file") -> str:
    """The text of a file of at most ``limit`` bytes, in UTF-8, or in UTF-16 that says so by its first bytes.

    Raises
    ------
    FileError
        When there is no such file, or it is too long or no text.
    """
    try:
        if path.is_dir():
            raise FileError(f"{path} is a folder; a {what} was expected.")
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except FileNotFoundError:
        raise FileError(f"There is no {what} {path}.") from None
    except (OSError, ValueError) as fault:
        raise FileError(f"{path} cannot be read: {getattr(fault, 'strerror', None) or fault}.") from fault
    if len(raw) > limit:
        raise FileError(f"{path} has more than {limit:,} bytes; a {what} is shorter.")
    # Editors and shells of Windows write UTF-16 with its mark in front.
    encoding = "utf-16" if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        raise FileError(f"{path} is no UTF-8 text (byte {fault.start + 1}).", tip="Save it as UTF-8.") from None

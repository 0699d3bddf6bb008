"""The progress as a file of its own: CSV or JSON, by what is asked for or by the name of the file."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from pathlib import Path

from tutor.frontends.files import write_whole
from tutor.frontends.models import UsageError
from tutor.storage.database import TABLES
from tutor.storage.progress import COLUMNS, Progress

FORMATS = ("csv", "json")

_MARKS = {"csv": ",".join(COLUMNS), "json": f"{{\n  {json.dumps(TABLES[0])}: ["}
"""What a file begins with by which an earlier export is known: it may be written again, and no other file."""

_TIP = "Name the file as in: mine.csv or mine.json"


def words_of(rest: str) -> list[str]:
    """The words of a line, with quotes around those that have blanks. Raises UsageError for a quote left open."""
    try:
        return shlex.split(rest)
    except ValueError:
        raise UsageError("A quote is not closed.", tip='A name with blanks is written "my file.csv".') from None


def file_and_format(words: Iterable[str]) -> tuple[Path | None, str | None]:
    """The file and the format that words ask for: a name, csv or json with dashes or without, or both, in any order.

    The format alone names no file; the ending of a file names a format.

    Raises
    ------
    UsageError
        For two files, two formats, one that is neither, an option that there is not, and a name of the other format.
    """
    files: list[str] = []
    formats: list[str] = []
    for word in (piece for given in words for piece in _pieces(given)):
        bare = word.lstrip("-").lower()
        if bare in FORMATS:
            formats.append(bare)
        elif word.startswith("-"):
            raise UsageError(f"{word} is no option of progress.", tip=_TIP)
        else:
            files.append(word)
    if len(files) > 1 or len(set(formats)) > 1:
        raise UsageError(f"{' and '.join(files[:2] if len(files) > 1 else formats)} are two.", tip="Ask for one.")
    path = Path(files[0]).expanduser() if files else None
    ending = path.suffix.lower().removeprefix(".") if path is not None else ""
    chosen = formats[0] if formats else ending if ending in FORMATS else None
    if path is not None and chosen is None:
        raise UsageError(f"{path.name} is neither .csv nor .json.", tip=_TIP)
    if ending in FORMATS and chosen != ending and path is not None:
        raise UsageError(f"{path.name} is no name of a {str(chosen).upper()} file.", tip=_TIP)
    return path, chosen


def _pieces(word: str) -> list[str]:
    """--csv=FILE is two words in one."""
    option, equals, value = word.partition("=")
    return [option, value] if equals and option.startswith("-") else [word]


def exported(kept: Progress, chosen: str) -> str:
    """All that is kept, in a format."""
    return kept.csv() if chosen == "csv" else kept.json()


def write_progress(kept: Progress, path: Path, chosen: str) -> Path:
    """Write all that is kept to a file; an earlier export of that name is written anew.

    Raises
    ------
    FileError
        When another file has the name, or the place cannot be written to.
    """
    return write_whole(path, exported(kept, chosen), mark=_MARKS[chosen])

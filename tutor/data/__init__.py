"""The data sets that come with the package; README.md beside this file names the source of each."""

from __future__ import annotations

from pathlib import Path

from tutor.errors import UnknownNameError

_HOME = Path(__file__).parent


def names() -> tuple[str, ...]:
    """The file names of the data sets, in alphabetical order."""
    return tuple(sorted(path.name for path in _HOME.glob("*.csv")))


def path(name: str) -> Path:
    """Where the data set of this file name lies.

    Raises
    ------
    UnknownNameError
        When no data set has this name.
    """
    if name not in names():
        raise UnknownNameError("The data set", name, names())
    return _HOME / name


def located(source: str | Path) -> Path:
    """The path of a file; for a bare name without a file, that of the data set of this name."""
    own = str(source)
    return path(own) if own in names() and not Path(own).exists() else Path(own)

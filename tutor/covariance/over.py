"""Structures over a column of data: ar1("time", group="subject") is AR(1) over the times of each subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.covariance.catalogue import row_of


@dataclass(frozen=True, slots=True)
class Over:
    """A structure over a column, within the groups that other columns make.

    ``key`` is the structure's; ``column`` tells which row of it an observation belongs to: the levels in their order,
    or for a structure of distance the numbers themselves. Observations of different groups are independent; without a
    group each observation is a group of its own, as for variances that differ between the levels of a factor.
    """

    key: str
    column: str
    group: tuple[str, ...] = ()

    def __str__(self) -> str:
        within = f", group={':'.join(self.group)!r}" if self.group else ""
        return f"{self.key}({self.column!r}{within})"


@dataclass(frozen=True, slots=True)
class Shorthand:
    """The name of a structure as a function of columns."""

    key: str

    def __call__(self, column: str, group: str | Sequence[str] = ()) -> Over:
        """The structure over a column, within each group: the name of a column, or several that make it together."""
        return over(self.key, column, group)

    def __repr__(self) -> str:
        return f"<{self.key}(column, group=…)>"


def over(key: str, column: str, group: str | Sequence[str] = ()) -> Over:
    """A structure over a column of data, within each group.

    Raises
    ------
    UnknownNameError
        For a structure that there is not, with the nearest.

    >>> print(over("ar1", "time", group="subject"))
    ar1('time', group='subject')
    """
    row_of(key)
    return Over(key, str(column), (group,) if isinstance(group, str) else tuple(map(str, group)))


diag, cs, csh = Shorthand("diag"), Shorthand("cs"), Shorthand("csh")
ar1, arh1, arma11 = Shorthand("ar1"), Shorthand("arh1"), Shorthand("arma11")
toep, toeph, ante1 = Shorthand("toep"), Shorthand("toeph"), Shorthand("ante1")
un, unr, hf, fa1 = Shorthand("un"), Shorthand("unr"), Shorthand("hf"), Shorthand("fa1")
exp, gau, sph, lin, ratio, matern = (Shorthand(key) for key in ("exp", "gau", "sph", "lin", "ratio", "matern"))

"""Structures over a column of data: ar1("time", group="subject") is AR(1) over the times of each subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tutor.covariance.catalogue import Row, row_of
from tutor.covariance.parameters import Family
from tutor.errors import TutorError

OF_VARIANCES = ("diag", "varpower", "varexp")
"""Structures that say how variances differ, and leave rows uncorrelated."""


@dataclass(frozen=True, slots=True)
class Over:
    """A structure over a column, within the groups that other columns make.

    ``key`` is the structure's; ``column`` tells which row of it an observation belongs to: the levels in their order,
    or for a structure of distance the numbers themselves, with those of ``beside`` where places have two coordinates.
    Observations of different groups are independent; without a group each observation is a group of its own, as for
    variances that differ between the levels of a factor, or all are one group, as the plots of a field.

    ``variances`` is a structure of `OF_VARIANCES` that tells the variances where rows are correlated by another:
    R_ij = √(v_i v_j) ρ_ij. ``has_nugget`` adds c to each variance first. ``times`` is the other factor of a Kronecker
    product: a structure over another column, for each level of this one. ``options`` are what the structure takes
    beside its size.
    """

    key: str
    column: str
    group: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    variances: Over | None = None
    has_nugget: bool = False
    options: tuple[tuple[str, Any], ...] = ()
    times: Over | None = None

    @property
    def place(self) -> tuple[str, ...]:
        """The columns that tell where an observation lies."""
        return (self.column, *self.beside, *(() if self.times is None else self.times.place))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that tell where an observation lies, then those of its variance."""
        own = self.place
        return own if self.variances is None else (*own, *(c for c in self.variances.columns if c not in own))

    @property
    def is_plain(self) -> bool:
        """Whether the key and one column tell all of it."""
        added = self.options or self.has_nugget or self.beside
        return not added and self.variances is None and self.times is None

    @property
    def row(self) -> Row:
        """Its row in the table of structures."""
        return row_of(self.key)

    def __str__(self) -> str:
        column = repr([self.column, *self.beside]) if self.beside else repr(self.column)
        within = f", group={':'.join(self.group)!r}" if self.group else ""
        if self.times is not None:
            return f"kron({self.key}({column}), {self.times}{within})"
        by = f", variances={self.variances}" if self.variances is not None else ""
        told = f"{self.key}({column}{within}{by})"
        return f"nugget({told})" if self.has_nugget else told


@dataclass(frozen=True, slots=True)
class Shorthand:
    """The name of a structure as a function of columns."""

    key: str

    def __call__(
        self, column: str | Sequence[str] = (), group: str | Sequence[str] = (), *, variances: Over | None = None,
        **options: Any,
    ) -> Over:  # fmt: skip
        """The structure over a column, within each group: the name of a column, or several that make it together.

        A structure of distance takes two columns too, the coordinates in a plane. ``variances`` are those of the rows,
        as diag("sex") or varpower("age"), in place of one σ². toepq takes ``bands``, known its ``matrix``.
        """
        return over(self.key, column, group, variances=variances, **options)

    def __repr__(self) -> str:
        return f"<{self.key}(column, group=…)>"


def over(
    key: str, column: str | Sequence[str], group: str | Sequence[str] = (), *, variances: Over | None = None,
    bands: int | None = None, matrix: Any = None,
) -> Over:  # fmt: skip
    """A structure over a column of data, within each group; see `Shorthand`.

    Raises
    ------
    UnknownNameError
        For a structure that there is not, with the nearest.
    TutorError
        For two columns of a structure without distances in a plane; for variances beside a structure that has its own.

    >>> print(over("ar1", "time", group="subject"))
    ar1('time', group='subject')
    >>> print(over("exp", ["row", "column"], variances=over("diag", "field")))
    exp(['row', 'column'], variances=diag('field'))
    """
    row = row_of(key)
    columns = (column,) if isinstance(column, str) else tuple(map(str, column))
    most = row.dimensions if "positions" in row.options else 1
    if not 1 <= len(columns) <= most:
        what = "the coordinates of a place: one column, or two" if most > 1 else "one column"
        tip = "Several columns that make the groups together go to group=[…]."
        if not columns:
            tip = f'It tells which row of the structure an observation has: {key}("time", group="subject").'
        raise TutorError(
            f"{key} is over {what}; {len(columns) or 'none'} {'were' if columns else 'was'} given.", tip=tip
        )
    if variances is not None:
        _check_variances(row, variances)
    rows = None if matrix is None else tuple(map(tuple, matrix.tolist() if hasattr(matrix, "tolist") else matrix))
    given = (("bands", bands), ("matrix", rows))
    return Over(
        key, columns[0], (group,) if isinstance(group, str) else tuple(map(str, group)), columns[1:], variances,
        options=tuple((name, value) for name, value in given if value is not None),
    )  # fmt: skip


def with_nugget(told: Over) -> Over:
    """The same structure with c added to each variance.

    Raises
    ------
    TutorError
        For a structure that has one.
    """
    if told.has_nugget:
        raise TutorError(f"{told} has its nugget.", tip="One is enough: two could not be told apart.")
    if told.times is not None:
        raise TutorError(f"{told} takes no nugget.", tip="Add the nugget to a single structure.")
    return replace(told, has_nugget=True)


def product_over(first: Any, second: Any, group: str | Sequence[str] = ()) -> Over:
    """The Kronecker product of two structures over columns, within groups: rows of the second for each of the first.

    Raises
    ------
    TutorError
        For factors with groups, nuggets, variances or factors of their own, and for two over one column.

    >>> print(product_over(over("un", "trait"), over("ar1", "time"), "subject"))
    kron(un('trait'), ar1('time'), group='subject')
    """
    for told in (first, second):
        if not isinstance(told, Over):
            raise TutorError(f"{told!r} is no structure over a column of data.",
                             tip='Write kron(un("trait"), ar1("time"), group="subject").')  # fmt: skip
        if told.group:
            raise TutorError(f"{told} has groups of its own: those of a product are of both factors.",
                             tip=f'Write kron(…, …, group="{":".join(told.group)}").')  # fmt: skip
        if told.has_nugget or told.variances is not None or told.times is not None:
            raise TutorError(f"{told} is no single structure, as a factor of a product has to be.",
                             tip='Write kron(un("trait"), ar1("time"), group="subject").')  # fmt: skip
    shared = [column for column in first.place if column in second.place]
    if shared:
        raise TutorError(f"Both factors are over {shared[0]}.", tip="Take a column for each, as trait and time.")
    return replace(first, group=(group,) if isinstance(group, str) and group else tuple(group), times=second)


def scale_of(row: Row) -> Family | None:
    """The one variance σ² of a structure whose rows have the same; None where each has its own, or none."""
    return next((family for family in row.families if family.base == "sigma2" and family.over == "one"), None)


def _check_variances(row: Row, variances: Any) -> None:
    if not isinstance(variances, Over) or variances.key not in OF_VARIANCES:
        raise TutorError(f"variances={variances} tells no variances of the rows.",
                         tip='Write variances=diag("sex"), varpower("age") or varexp("age").')  # fmt: skip
    lags = any(family.over == "step" and family.base == "sigma" for family in row.families)
    if scale_of(row) is None or lags or row.key in OF_VARIANCES or row.key in ("identity", "toepq"):
        own = "has variances of its own" if scale_of(row) is None else "is no correlation times one variance σ²"
        raise TutorError(f"{row.key} {own}, so that others cannot take their place.",
                         tip="Take cs, ar1, arma11 or a structure of distance.")  # fmt: skip


diag, cs, csh = Shorthand("diag"), Shorthand("cs"), Shorthand("csh")
ar1, arh1, arma11 = Shorthand("ar1"), Shorthand("arh1"), Shorthand("arma11")
toep, toepq, toeph, ante1 = Shorthand("toep"), Shorthand("toepq"), Shorthand("toeph"), Shorthand("ante1")
un, unr, hf, fa1, known = (Shorthand(key) for key in ("un", "unr", "hf", "fa1", "known"))
exp, gau, sph, lin, ratio, matern = (Shorthand(key) for key in ("exp", "gau", "sph", "lin", "ratio", "matern"))
pow = Shorthand("pow")
varpower, varexp = Shorthand("varpower"), Shorthand("varexp")

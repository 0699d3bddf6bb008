"""Covariances over the times of one subject: what R or G repeats for each, and whether data can tell its parameters."""

from __future__ import annotations

from collections.abc import Sequence

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Identity, Kronecker, Symbol
from tutor.algebra.sizes import Size
from tutor.covariance.base import Order
from tutor.covariance.catalogue import ROWS, row_of
from tutor.covariance.compound import WithNugget
from tutor.covariance.identified import loose_parameters
from tutor.covariance.over import Over
from tutor.covariance.parameters import Parameter
from tutor.covariance.structure import Structure, structure
from tutor.errors import DataError, SizeError, TutorError
from tutor.models.covariance import Covariance
from tutor.models.layout import Index
from tutor.notation.write import unicode

STAND_IN = 5
"""Times at which a structure of letter size is asked for its parameters, and whether they can be told apart."""

MOST_NAMED = 6
"""Parameters that an error lists."""


def structure_of(within: str | Structure) -> Structure:
    """The structure with this key, or the one that was given.

    Raises
    ------
    UnknownNameError, TutorError
        As `tutor.covariance.structure` does, and for a structure of a covariate without it.
    """
    if isinstance(within, Structure):
        return within
    if "covariate" in row_of(within).options:
        raise TutorError(f"{within} needs a covariate, one number for each time.",
                         tip=f'Give within=tutor.covariance.structure("{within}", covariate=[…]).')  # fmt: skip
    return structure(within)


def within_subjects(
    within: Structure, subjects: Size, times: Index, letter: str, of: str, group: Sequence[str]
) -> Covariance:
    """I ⊗ Σ: subjects are independent, the times of each have a structure. Rows are subject by subject.

    ``letter`` is the subscript of the parameters, "" for residuals; ``of`` says what varies; ``group`` are the columns
    that make a subject.

    Raises
    ------
    SizeError
        For a structure with a parameter for each time, and a letter for their number.
    """
    number = times.size
    if not number.is_Integer and any(family.over != "one" for family in within.parameters):
        raise SizeError(
            f"The structure {within.key} has a parameter for each time, and {number} times have no list of them.",
            tip="Give the number of times as a number; identity, cs, ar1 and exp take a letter.",
        )
    tree = within.matrix(number, suffix=letter)
    if isinstance(tree, Symbol) and tree.definition is None:
        raise SizeError(f"The structure {within.key} has no form for {number} times.", tip="Give their number.")
    inner = symbol(
        f"Sigma_{letter or 'e'}",
        number,
        number,
        role="unknown",
        facts=("symmetric", "positive definite"),
        definition=tree,
    )
    blocks = (ImmutableDenseMatrix(tree.explicit()),) if number.is_Integer else ()
    return Covariance(
        Kronecker((Identity(subjects), inner)),
        _parameters(within, number, letter, of),
        blocks,
        _over(within, times.name, tuple(group)),
        tuple(map(times.level_name, range(1, int(number) + 1))) if number.is_Integer else (),
    )


def _over(within: Structure, column: str, group: tuple[str, ...]) -> Over | None:
    """The structure by its name over a column, with its nugget; None where its name does not tell all of it."""
    if isinstance(within, WithNugget):
        return Over(within.inner.key, column, group, has_nugget=True) if _is_its_name(within.inner) else None
    return Over(within.key, column, group) if _is_its_name(within) else None


def _is_its_name(within: Structure) -> bool:
    """Whether the key alone tells the structure: it is in the table, and nothing was given beside it."""
    row = next((row for row in ROWS if row.key == within.key), None)
    return row is not None and row.needed is None and within == structure(within.key)


def _parameters(within: Structure, times: Size, letter: str, of: str) -> tuple[Parameter, ...]:
    own = within.parameters_of(times if times.is_Integer else STAND_IN, letter)
    return tuple(Parameter(each.symbol, f"{each.meaning} of the {of} of a subject") for each in own)


def check_told_apart(within: Structure, times: Size, *, intercept: bool, residual: bool, order: Order = None) -> None:
    """Raise where the covariance of a subject depends on fewer numbers than it has parameters.

    ``order`` are the sizes of a Kronecker product. Beside the structure Σ it may hold σ²_u J of a random intercept and
    σ² I of independent residuals.

    Raises
    ------
    DataError
        With the names of the parameters that cannot be told apart.
    """
    number = int(times) if times.is_Integer else STAND_IN  # pyright: ignore[reportArgumentType]
    suffix = "v" if residual else ""
    order = number if order is None else order
    where = f" at {number} times" if times.is_Integer else ""
    check_identified(
        within.matrix(order, suffix=suffix).explicit(),
        [each.symbol for each in within.parameters_of(order, suffix)],
        f"{'effects' if residual else 'residuals'} of structure {within.key} ({within.title}) on the same subject",
        where,
        intercept=intercept,
        residual=residual,
    )


def check_identified(
    matrix: sympy.MatrixBase, parameters: Sequence[sympy.Symbol], what: str, where: str = "", *, intercept: bool,
    residual: bool,
) -> None:  # fmt: skip
    """Raise where a covariance matrix depends on fewer numbers than it has parameters; see `check_told_apart`.

    Raises
    ------
    DataError
        With the names of the parameters that cannot be told apart.
    """
    every = list(parameters)
    for wanted, name, added in (
        (intercept, "sigma2_u", sympy.ones(*matrix.shape)),
        (residual, "sigma2", sympy.eye(matrix.rows)),
    ):
        if wanted:
            variance = sympy.Symbol(name, positive=True)
            matrix, every = matrix + variance * added, [*every, variance]
    told = [unicode(parameter) for parameter in loose_parameters(matrix, every)]
    if not told:
        return
    names = ", ".join([*told[:MOST_NAMED], *(["…"] if len(told) > MOST_NAMED else [])])
    beside = "A random intercept and " if intercept else "Independent residuals and " if residual else ""
    subject = beside + what if beside else what[:1].upper() + what[1:]
    raise DataError(
        f"{subject} cannot be told apart{where}: V depends on fewer numbers than the parameters {names}.",
        tip="Take one of them, or a structure with fewer parameters.",
    )

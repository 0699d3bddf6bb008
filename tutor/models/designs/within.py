"""Covariances over the times of one subject: what R or G repeats for each, and whether data can tell its parameters."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Identity, Kronecker, Symbol
from tutor.algebra.sizes import Size
from tutor.covariance.catalogue import ROWS
from tutor.covariance.over import Over
from tutor.covariance.parameters import Parameter
from tutor.covariance.structure import Structure, structure
from tutor.errors import DataError, SizeError
from tutor.models.covariance import Covariance
from tutor.models.layout import Index
from tutor.notation.write import unicode

STAND_IN = 5
"""Times at which a structure of letter size is asked for its parameters, and whether they can be told apart."""

RANGES = (1, 10, 100)
"""Scales of the ranges at which structures of distance are tried; positions are seldom further apart."""

RANGE_NAMES = ("theta", "phi")

MOST_NAMED = 6
"""Parameters that an error lists."""


def structure_of(within: str | Structure) -> Structure:
    """The structure with this key, or the one that was given. Raises UnknownNameError as `tutor.covariance` does."""
    return within if isinstance(within, Structure) else structure(within)


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
        raise SizeError(f"The structure {within.key} has a parameter for each time, so {number} times are no number.",
                        tip="Give the number of times as a number.")  # fmt: skip
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
        Over(within.key, times.name, tuple(group)) if _is_its_name(within) else None,
        tuple(map(times.level_name, range(1, int(number) + 1))) if number.is_Integer else (),
    )


def _is_its_name(within: Structure) -> bool:
    """Whether the key alone tells the structure: it is in the table, and nothing was given beside it."""
    row = next((row for row in ROWS if row.key == within.key), None)
    return row is not None and row.needed is None and within == structure(within.key)


def _parameters(within: Structure, times: Size, letter: str, of: str) -> tuple[Parameter, ...]:
    own = within.parameters_of(times if times.is_Integer else STAND_IN, letter)
    return tuple(Parameter(each.symbol, f"{each.meaning} of the {of} of a subject") for each in own)


def _loose(slopes: sympy.MatrixBase, parameters: Sequence[sympy.Symbol], scale: int) -> np.ndarray:
    """Directions of the parameters in which no entry changes, at a point with ranges of this scale."""
    drawn = random.Random(1)  # any point but those of a null set will do, so the same is taken each time
    point = {
        parameter: drawn.uniform(0.3, 0.8) * (scale if parameter.name.startswith(RANGE_NAMES) else 1)
        for parameter in parameters
    }
    derivatives = np.array(slopes.xreplace(point).evalf().tolist(), dtype=float)
    _, values, directions = np.linalg.svd(derivatives, full_matrices=True)
    return directions[int(np.sum(values > 1e-9 * values[0])) :]


def check_told_apart(within: Structure, times: Size, *, intercept: bool, residual: bool) -> None:
    """Raise where the covariance of a subject depends on fewer numbers than it has parameters.

    Beside the structure Σ it may hold σ²_u J of a random intercept and σ² I of independent residuals. The parameters
    can be told apart if the derivatives of its entries by them are independent at some point, which holds at a random
    one then. Source: Rothenberg (1971), Identification in parametric models, Econometrica 39, 577–591, theorem 1.

    Raises
    ------
    DataError
        With the names of the parameters that cannot be told apart.
    """
    number = int(times) if times.is_Integer else STAND_IN  # pyright: ignore[reportArgumentType]
    suffix = "v" if residual else ""
    matrix = within.matrix(number, suffix=suffix).explicit()
    parameters = [each.symbol for each in within.parameters_of(number, suffix)]
    for wanted, name, added in (
        (intercept, "sigma2_u", sympy.ones(number, number)),
        (residual, "sigma2", sympy.eye(number)),
    ):
        if wanted:
            variance = sympy.Symbol(name, positive=True)
            matrix, parameters = matrix + variance * added, [*parameters, variance]
    entries = sympy.Matrix([matrix[i, j] for i in range(number) for j in range(i + 1)])
    slopes = entries.jacobian(parameters)
    # At a range far below the distances all correlations are 0 to the last digit, so several are tried.
    loose = min((_loose(slopes, parameters, scale) for scale in RANGES), key=len)
    if not len(loose):
        return
    moved = np.abs(loose).max(axis=0) > 1e-6
    told = [unicode(parameter) for parameter, is_loose in zip(parameters, moved, strict=True) if is_loose]
    names = ", ".join([*told[:MOST_NAMED], *(["…"] if len(told) > MOST_NAMED else [])])
    beside = "A random intercept and residuals" if intercept else "Independent residuals and effects"
    where = f" at {number} times" if times.is_Integer else ""
    raise DataError(
        f"{beside if intercept or residual else 'Residuals'} of structure {within.key} ({within.title}) on the same "
        f"subject cannot be told apart{where}: V depends on fewer numbers than the parameters {names}.",
        tip="Take one of them, or a structure with fewer parameters.",
    )

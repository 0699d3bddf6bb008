"""G and R of an equation in elements: the covariance matrices that its distributions tell, on the rows of a layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.build import symbol
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import Explicit, Identity, Kronecker, Ones, Scalar, Scaled, Zero
from tutor.algebra.sizes import ONE, Size, same_size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform, walk
from tutor.covariance.catalogue import ROWS
from tutor.covariance.parameters import Parameter
from tutor.covariance.structure import Structure, structure
from tutor.errors import DataError, SizeError
from tutor.models.covariance import Covariance, random_covariance, residual_covariance
from tutor.models.covariates import coefficient_name
from tutor.models.declaration import Declaration
from tutor.models.designs.within import STAND_IN, check_identified, check_told_apart, within_subjects
from tutor.models.element_names import letters_of, plain_name
from tutor.models.elements import element_key
from tutor.models.layout import Layout
from tutor.models.residual import in_groups
from tutor.models.told import Effects


def effects_covariance(effects: Effects, told: Declaration, layout: Layout) -> Covariance:
    """Var(u_k): σ² I for one coefficient, I ⊗ Σ for more or over an index, with the parameters that were written.

    Raises
    ------
    ReadError
        For a matrix of another size.
    DataError
        For effects over an index that cannot be told from the residuals.
    """
    letters = letters_of(effects.names[0])
    letter = "".join(effects.names[0].bases)
    if effects.over:
        return _over(effects, told, layout, letter, intercept=False)
    levels = layout.size(letters)
    group = "the levels of " + ":".join(layout.index(i).name for i in layout.in_order(letters))
    if isinstance(effects.variance, sympy.Symbol):
        parameter = Parameter(_positive(effects.variance), f"variance of {plain_name(effects.names[0])}")
        return Covariance(Scaled(Scalar(parameter.symbol), Identity(levels)), (parameter,))
    if effects.variance is None:
        coefficients = {term.coefficient: term.covariates for term in told.terms}
        names = [coefficient_name(coefficients.get(n, ())) for n in effects.names]
        return random_covariance(letter, levels, group, names)
    size = sympy.Integer(len(effects.names))
    return _of_coefficients(letter, levels, effects, _sized(effects.variance, size, effects, told).explicit())


def residuals_covariance(told: Declaration, layout: Layout) -> Covariance:
    """Var(ε): σ² I, or I ⊗ Σ over an index.

    Raises
    ------
    ReadError
        For a matrix of another size.
    DataError
        For parameters that cannot be told from those of random intercepts of the same subjects, or two observations of
        a subject at one level.
    """
    if told.correlated is not None:
        subject = set(letters_of(told.residual)) - {told.correlated.over}
        intercept = any(
            set(letters_of(effects.names[0])) == subject and len(effects.names) == 1 and not effects.over
            for effects in told.random
        )
        return _over(told.correlated, told, layout, "", intercept=intercept)
    if told.residual_variance is None:
        return residual_covariance(layout.number)
    if cells := of_cells(told):
        if set(cells) == set(letters_of(told.residual)):
            shown = plain_name(told.residual)
            raise told.error(f"σ²_{cells} would be a variance of its own for each observation.", "no-index-model",
                             f"Write {shown} ~ N(0, σ²), or give the observations of a cell an index.")  # fmt: skip
        return _of_each_cell(layout, cells)
    parameter = Parameter(_positive(told.residual_variance), "variance of the residuals")
    return Covariance(Scaled(Scalar(parameter.symbol), Identity(layout.number)), (parameter,))


def of_cells(told: Declaration) -> str:
    """The indices of the variance of the residuals, σ²_ij, where each combination of levels has its own; none else."""
    below = "" if told.residual_variance is None else told.residual_variance.name.partition("_")[2]
    return below if len(below) > 1 and set(below) <= set(letters_of(told.residual)) else ""


def _of_each_cell(layout: Layout, letters: str) -> Covariance:
    """diag(σ²_11, σ²_12, …), a variance for each combination of levels, for ε_ijk ~ N(0, σ²_ij)."""
    if not layout.is_listed:
        raise SizeError(f"There is a variance for each combination of {' and '.join(letters)}, and their number is a "
                        "letter.", tip="Give the numbers of levels as numbers.")  # fmt: skip
    of_rows = [sympy.Symbol(element_key("sigma2", *cell), positive=True) for cell in layout.by_row(letters)]
    words = ", ".join(layout.index(letter).name for letter in letters)
    parameters = tuple(Parameter(variance, f"variance of the residuals of one cell of {words}")
                       for variance in dict.fromkeys(of_rows))  # fmt: skip
    matrix = ImmutableDenseMatrix(sympy.diag(*of_rows))
    return Covariance(Explicit(matrix), parameters, (matrix,))


def _positive(parameter: sympy.Symbol) -> sympy.Symbol:
    return parameter if parameter.is_positive else sympy.Symbol(parameter.name, positive=True)


def _of_coefficients(letter: str, levels: Size, effects: Effects, matrix: ImmutableDenseMatrix) -> Covariance:
    block = _with_signs(matrix)
    meanings: dict[sympy.Symbol, str] = {}
    for i, first in enumerate(effects.names):
        for j, second in enumerate(effects.names[: i + 1]):
            for parameter in _symbols_in(block[i, j]):
                pair = f"covariance of {plain_name(second)} and {plain_name(first)}"
                meanings.setdefault(parameter, f"variance of {plain_name(first)}" if i == j else pair)
    inner = symbol(f"Sigma_{letter}", len(effects.names), len(effects.names), role="unknown",
                   facts=("symmetric", "positive definite"), definition=Explicit(block))  # fmt: skip
    parameters = tuple(Parameter(parameter, words) for parameter, words in meanings.items())
    needs_check = not block.is_diagonal()
    return Covariance(Kronecker((Identity(levels), inner)), parameters, (block,) if needs_check else ())


def _symbols_in(entry: Any) -> list[sympy.Symbol]:
    """The parameters in an entry, by name."""
    return sorted((s for s in entry.free_symbols if isinstance(s, sympy.Symbol)), key=str)


def _with_signs(matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
    """A matrix in which parameters that stand alone on the diagonal are positive."""
    alone = {s: _positive(s) for s in matrix.diagonal() if isinstance(s, sympy.Symbol)}
    return ImmutableDenseMatrix(matrix.xreplace(alone))


# Over an index


def _over(effects: Effects, told: Declaration, layout: Layout, letter: str, *, intercept: bool) -> Covariance:
    """The covariance of a name over an index: subjects are the levels of its other indices."""
    index = layout.index(effects.over)
    letters = letters_of(effects.names[0])
    subjects = "".join(each for each in layout.in_order(letters) if each != effects.over)
    group = [layout.index(each).name for each in subjects]
    of = "effects" if letter else "residuals"
    known = _known_structure(effects, told, index.size, letter)
    if known is not None:
        check_told_apart(known, index.size, intercept=intercept, residual=bool(letter))
        found = within_subjects(known, layout.size(subjects), index, letter, of, group)
    else:
        assert effects.variance is not None
        matrix = _sized(effects.variance, index.size, effects, told)
        found = _of_no_name(matrix, layout.size(subjects), letter, of)
        if index.size.is_Integer:
            parameters = [parameter.symbol for parameter in found.parameters]
            words = f"{of} of {plain_name(effects.names[0])} over {effects.over}"
            check_identified(found.blocks[0], parameters, words, intercept=intercept, residual=bool(letter))
    return _arranged(found, layout, letters, effects.over, is_residual=not letter)


def _known_structure(effects: Effects, told: Declaration, size: Size, letter: str) -> Structure | None:
    """The structure of the table with these entries; unstructured where only a name of the matrix was written."""
    if effects.variance is None:
        return structure("un")
    number = size if size.is_Integer else sympy.Integer(STAND_IN)
    written = _sized(effects.variance, size, effects, told)
    entries = _plain(_sized(written, number, effects, told).explicit())
    rows = [row for row in ROWS if row.needed is None and "covariate" not in row.options and row.fewest <= number]  # pyright: ignore[reportOperatorIssue]
    same = [
        one for row in rows if _plain((one := structure(row.key)).matrix(number, suffix=letter).explicit()) == entries
    ]
    # At two times AR(1) is compound symmetry: the one that is written so.
    return next(
        (one for one in same if _kind(one.matrix(size, suffix=letter)) == _kind(written)), same[0] if same else None
    )


def _kind(tree: Tree) -> tuple[str, ...]:
    """The kinds of nodes of a tree: how a matrix is written, whatever its parameters; by distances it is listed."""
    return tuple(type(node).__name__ for node in walk(tree) if not isinstance(node, Scalar | ByDistance | Explicit))


def _plain(matrix: sympy.MatrixBase) -> sympy.MatrixBase:
    """A matrix in symbols of which nothing is assumed: those of one name are the same, and σ²_{v,1} and σ²_v1."""
    symbols = [s for s in matrix.free_symbols if isinstance(s, sympy.Symbol)]
    return matrix.xreplace({s: sympy.Symbol(s.name.replace("_", "")) for s in symbols})


def _sized(matrix: sympy.Symbol | Tree, size: Size, effects: Effects, told: Declaration) -> Tree:
    """The matrix that was written, size × size: a letter for its size may be the book's for this one.

    Raises
    ------
    ReadError
        For a matrix of another size.
    """
    if isinstance(matrix, sympy.Symbol) and matrix.name == f"sigma2_{effects.over}":
        return Explicit(_of_each_level(size, effects.over))
    if isinstance(matrix, sympy.Symbol):
        return Scaled(Scalar(matrix), Identity(size))
    tree = Explicit(_by_lags(matrix.matrix)) if isinstance(matrix, Explicit) else matrix
    if same_size(tree.rows, size):
        return tree
    if not tree.rows.is_Symbol:
        raise told.error(f"The matrix has {tree.rows} rows, and {effects.over} has {size} levels.", "no-index-model",
                         f"Write it with {size} rows.", effects.statement)  # fmt: skip
    letter = {tree.rows: size}

    def placed(node: Tree) -> Tree | None:
        if isinstance(node, Identity | ByDistance):
            return replace(node, order=node.order.xreplace(letter))
        if isinstance(node, Ones | Zero):
            rows, columns = (side.xreplace(letter) for side in node.shape)
            return replace(node, row_size=rows, column_size=columns)
        return Scalar(node.value.xreplace(letter)) if isinstance(node, Scalar) else None  # pyright: ignore[reportArgumentType]

    return transform(tree, placed)


def _of_each_level(size: Size, over: str) -> ImmutableDenseMatrix:
    """diag(σ²_1, σ²_2, …), for ε_ij ~ N(0, σ²_i). Raises SizeError where the number of levels is a letter."""
    if not size.is_Integer:
        raise SizeError(f"There is a variance for each level of {over}, and their number is a letter.",
                        tip=f'Give it as a number, levels={{"{over}": 3}}.')  # fmt: skip
    variances = [sympy.Symbol(f"sigma2_{level}", positive=True) for level in range(1, int(size) + 1)]
    return ImmutableDenseMatrix(sympy.diag(*variances))


def _by_lags(matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
    """A matrix in which σ_1 beside the diagonal is a covariance, that at distance 1: a standard deviation is none."""
    covariances = {
        e: sympy.Symbol(str(e.base).replace("sigma2", "sigma", 1), real=True)
        for e in matrix.flat()
        if isinstance(e, sympy.Pow) and e.base.is_Symbol and e.exp == sympy.Rational(1, 2)
    }
    return ImmutableDenseMatrix(
        *matrix.shape, [covariances[e] if isinstance(e, sympy.Pow) and e in covariances else e for e in matrix.flat()]
    )


def _of_no_name(matrix: Tree, subjects: Size, letter: str, of: str) -> Covariance:
    """The covariance of a matrix that is none of the table's."""
    if not all(side.is_Integer for side in matrix.shape):
        raise SizeError(f"This matrix of {matrix.rows} rows has a structure without a name.",
                        tip="Give the number of levels as a number.")  # fmt: skip
    block = _with_signs(matrix.explicit())
    inner = symbol(f"Sigma_{letter or 'e'}", *block.shape, role="unknown", facts=("symmetric", "positive definite"),
                   definition=Explicit(block))  # fmt: skip
    found = dict.fromkeys(s for entry in block.flat() for s in _symbols_in(entry))
    parameters = tuple(Parameter(s, f"parameter of the covariance of the {of} of a subject") for s in found)
    return Covariance(Kronecker((Identity(subjects), inner)), parameters, (block,))


def _arranged(found: Covariance, layout: Layout, letters: str, over: str, *, is_residual: bool) -> Covariance:
    """The covariance in the order of the rows, or of the cells of effects: I ⊗ Σ ⊗ I, or entry by entry on data.

    A subject without rows at a level has no effect there: of Σ it has the rows and columns of the others.
    """
    (inner,) = symbols_of(found.tree)
    if layout.codes is None:
        ordered = layout.in_order(letters)
        at = ordered.index(over)
        sides = (layout.size(ordered[:at]), inner, layout.size(ordered[at + 1 :]))
        parts = tuple(Identity(side) if isinstance(side, sympy.Basic) else side for side in sides if side != ONE)
        return replace(found, tree=parts[0] if len(parts) == 1 else Kronecker(parts))
    ordered = layout.in_order(letters)
    there = layout.by_row(ordered) if is_residual else layout.cells(ordered) or []
    cells = _subjects_and_levels(there, ordered.index(over))
    if len(set(cells)) < len(cells):
        twice = next(cell for cell in cells if cells.count(cell) > 1)
        row = cells.index(twice) + 1
        again = cells.index(twice, row) + 1
        raise DataError(
            f"Rows {row} and {again} are one subject at one level of {over}: they would be one observation.",
            tip="Give the column that tells them apart an index.",
        )
    return replace(found, tree=in_groups(inner, [level for _, level in cells], [subject for subject, _ in cells]))


def _subjects_and_levels(cells: Sequence[tuple[int, ...]], place: int) -> list[tuple[tuple[int, ...], int]]:
    """Cells as the other indices, and the level from 0 of the one at this place."""
    return [((*cell[:place], *cell[place + 1 :]), cell[place] - 1) for cell in cells]

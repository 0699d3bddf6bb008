"""The projection A of each source of variation, of which y'Ay is the sum of squares, n × n.

In a balanced design it is a sum of Kronecker products of I − J/n and J/n over the factors of the design; in an
orthogonal one of letters the alternating sum of the projections on the cells of the factors in it; otherwise, from the
listed rows, P_k − P_{k−1} with the projections on the columns of the first k sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import sympy
from flint import fmpq, fmpq_mat
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.arithmetic import Exact
from tutor.algebra.evaluate import Instance
from tutor.algebra.laws.joining import negated, product_of, sum_of
from tutor.algebra.laws.projections import projection as onto
from tutor.algebra.laws.projections import residual_projection
from tutor.algebra.nodes import Explicit, Identity, Ones, Product, Scalar, Scaled, Symbol, Transpose
from tutor.algebra.sizes import same_size
from tutor.algebra.structure.conditions import is_zero
from tutor.algebra.structure.exchangeable import strata_symbols
from tutor.algebra.structure.forms import balanced, projection
from tutor.algebra.structure.strata import Balanced, Factor, Subset, subsets
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.effects import INTERCEPT
from tutor.models.inference.carryover_sources import is_beside_carryover
from tutor.models.inference.covariate_sources import is_beside_covariate, sequential_projections
from tutor.models.inference.error_contrasts import fixed_subsets, independent_columns
from tutor.models.inference.incomplete_units import is_incomplete, projections_of_incomplete
from tutor.models.inference.source_parts import RESIDUAL, Source, projection_symbol
from tutor.models.inference.sources import is_orthogonal
from tutor.models.inference.unequal_groups import unequal_groups
from tutor.models.strata import strata
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_LISTED = 240
"""Rows of a model whose projections are written down by their entries."""


def source_projections(model: MixedModel, sources: Sequence[Source]) -> dict[str, Symbol]:
    """A for each source by its name, named A_block.

    Raises
    ------
    TutorError
        For more than 240 rows without a balanced structure.
    """
    found = (
        _of_unequal_groups(model, sources)
        or _of_incomplete(model, sources)
        or _beside_covariate(model, sources)
        or _balanced(model, sources)
        or _by_cells(model, sources)
        or _listed(model, sources)
    )
    return {name: projection_symbol(model, name, tree) for name, tree in found.items()}


def expectation_of(source: Source) -> sympy.Expr:
    """Σ c σ², the part of an expected mean square that variances bring."""
    return sympy.Add(*(share * variance for variance, share in source.coefficients))


def _of_unequal_groups(model: MixedModel, sources: Sequence[Source]) -> dict[str, Tree] | None:
    """P_k − P_{k−1} of random groups within groups of n_i observations, P_0 = J/n, and I − P of the residual."""
    if unequal_groups(model) is None:
        return None
    before: Tree = Scaled(Scalar(1 / model.n), Ones(model.n, model.n))
    found: dict[str, Tree] = {}
    for source in sources[:-1]:
        after = onto(model.random[source.part.position].matrix)
        found[source.name] = sum_of([after, negated(before)])
        before = after
    return {**found, RESIDUAL: sum_of([Identity(model.n), negated(before)])}


def _of_incomplete(model: MixedModel, sources: Sequence[Source]) -> dict[str, Tree] | None:
    """Those of units that hold some of the treatments."""
    return projections_of_incomplete(model, sources) if is_incomplete(model) else None


def _beside_covariate(model: MixedModel, sources: Sequence[Source]) -> dict[str, Tree] | None:
    """Those of a complete layout with a covariate, and of a crossover with carry-over, and letters for sizes."""
    in_order = is_beside_covariate(model) or is_beside_carryover(model)
    return sequential_projections(model, sources) if in_order else None


# By strata


def _balanced(model: MixedModel, sources: Sequence[Source]) -> dict[str, Tree] | None:
    """Σ P_S over the sets S of factors that belong to a source; None unless all of them fill strata."""
    try:
        element = strata(model).element
    except TutorError:
        return None
    fixed = fixed_subsets(model, element.factors)
    of_terms = _subsets_of_terms(model, element.factors)
    if fixed is None or of_terms is None or any(source.part.is_fixed and not source.means for source in sources):
        return None
    found: dict[str, Tree] = {}
    for source in sources:
        own = of_terms[source.name] if source.part.is_fixed else _subsets_of(source, element, fixed)
        if own is None:
            return None
        found[source.name] = projection(element.factors, own)
    return found


def _subsets_of(source: Source, element: Balanced, fixed: Sequence[Subset]) -> list[Subset] | None:
    """The sets of factors in the space of the eigenvalue that is the mean square's expectation, less the fixed ones."""
    if source.means:
        return None
    for each in element.eigenvalues:
        if same_size(each.value, expectation_of(source)):
            return [subset for subset in each.subsets if subset not in fixed]
    return None


def _subsets_of_terms(model: MixedModel, factors: Sequence[Factor]) -> dict[str, list[Subset]] | None:
    """For each fixed term the sets of factors whose effects it has, and no term before it."""
    known: set[Subset] = set()
    found: dict[str, list[Subset]] = {}
    for term, block in model.fixed_blocks():
        square = balanced(Product((block, Transpose(block))), factors)
        if square is None:
            return None
        pairs = zip(subsets(len(factors)), square.values, strict=True)
        found[term.name] = [subset for subset, value in pairs if not is_zero(value) and subset not in known]
        known |= set(found[term.name])
    return found


# By cells


def _by_cells(model: MixedModel, sources: Sequence[Source]) -> dict[str, Tree] | None:
    """The projections of an orthogonal design with letters for sizes, as a Latin square: of a random source (I − P_X)P,
    of a fixed term from its cells and those of the terms in it."""
    if model.n.is_Integer or not is_orthogonal(model):
        return None
    try:
        levels = strata_symbols(strata(model).element)
    except TutorError:
        return None
    cells = {frozenset(term.variables): block for term, block in model.fixed_blocks()}
    sizes = {factor.name: factor.size for factor in model.factors}
    found: dict[str, Tree] = {}
    for source in sources:
        if source.part.is_fixed:
            tree = _alternating(model, source.part.variables, cells, sizes)
        else:
            own = [P for each, P in levels if same_size(each.value, expectation_of(source))]
            tree = product_of((residual_projection(independent_columns(model)), own[0])) if own else None
        if tree is None:
            return None
        found[source.name] = tree
    return found


def _alternating(
    model: MixedModel,
    variables: frozenset[str],
    cells: Mapping[frozenset[str], Tree],
    sizes: Mapping[str, sympy.Expr],
) -> Tree | None:
    """Σ (−1)^(|T| − |S|) P_S over the subsets S of a term's factors T, P_S the means of the cells of S."""
    names = sorted(variables)
    terms: list[Tree] = []
    for chosen in subsets(len(names)):
        margin = frozenset(name for name, inside in zip(names, chosen, strict=True) if inside)
        if margin not in cells:
            return None
        weight = sympy.Mul(*(sizes[name] for name in margin)) / model.n
        sign = (-1) ** (len(names) - len(margin))
        block = cells[margin]
        terms.append(Scaled(Scalar(sign * weight), Product((block, Transpose(block)))))
    return sum_of(reversed(terms))


# By the rows


def _listed(model: MixedModel, sources: Sequence[Source]) -> dict[str, Tree]:
    if not model.n.is_Integer or model.n > MOST_LISTED:
        raise TutorError(
            f"The projections of this model, {inline(model.n)} × {inline(model.n)}, are not written down.",
            tip="Ask for a design of fewer rows; m.anova() has the expected mean squares.",
        )
    instance = Instance(Exact())
    X = instance.value(model.X)
    place = {label: j for j, label in enumerate(model.X.column_labels or ())}
    of_terms = {term.name: [place[label] for label in term.columns or ()] for term in model.fixed}
    taken: list[list[fmpq]] = [[] for _ in range(X.nrows())]
    if INTERCEPT in of_terms:
        taken = _beside(taken, X, of_terms[INTERCEPT])
    before = _onto(taken)
    found: dict[str, Tree] = {}
    for source in sources:
        if source.name == RESIDUAL:
            continue
        if source.part.is_fixed:
            taken = _beside(taken, X, of_terms[source.name])
        else:
            Z = instance.value(model.random[source.part.position].matrix)
            taken = _beside(taken, Z, range(Z.ncols()))
        after = _onto(taken)
        found[source.name] = _explicit(after - before)
        before = after
    eye = fmpq_mat(X.nrows(), X.nrows())
    for i in range(X.nrows()):
        eye[i, i] = 1
    found[RESIDUAL] = _explicit(eye - before)
    return found


def _beside(taken: list[list[fmpq]], matrix: fmpq_mat, columns: Sequence[int]) -> list[list[fmpq]]:
    cells = matrix.tolist()
    return [[*row, *(cells[i][j] for j in columns)] for i, row in enumerate(taken)]


def _onto(columns: list[list[fmpq]]) -> fmpq_mat:
    """The projection on columns, W(W'W)⁻W'; 0 for none."""
    if not columns[0]:
        return fmpq_mat(len(columns), len(columns))
    W = fmpq_mat(columns)
    return W * Exact().generalized_inverse(W.transpose() * W) * W.transpose()


def _explicit(matrix: fmpq_mat) -> Tree:
    entries = [[sympy.Rational(int(x.p), int(x.q)) for x in line] for line in matrix.tolist()]
    return Explicit(ImmutableDenseMatrix(entries))

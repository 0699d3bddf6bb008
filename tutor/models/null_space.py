"""The null space of X: the sums of columns that are zero, which is why single effects cannot be estimated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import lcm
from typing import TYPE_CHECKING, Any, cast

import sympy
from flint import fmpq
from sympy.matrices.immutable import ImmutableDenseMatrix
from sympy.polys.matrices import DomainMatrix

from tutor.algebra.arithmetic import Exact
from tutor.algebra.evaluate import Instance
from tutor.algebra.sizes import Size
from tutor.algebra.walk import symbols_of
from tutor.display import Shown
from tutor.errors import SizeError, TutorError
from tutor.models.carryover import carryover_of
from tutor.models.column_relations import pivots_of, rational_rows
from tutor.models.element_names import letters_of, plain_name
from tutor.notation.style import Style
from tutor.notation.write import display, fitted, latex, markdown, unicode
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.pen import Pen, Piece, written
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.prose_math import sentence

if TYPE_CHECKING:
    from tutor.models.index import IndexTerm
    from tutor.models.mixed import MixedModel

MOST_SHOWN = 12
"""Relations that are written out."""


@dataclass(frozen=True, slots=False, repr=False)
class NullSpace(Shown):
    """The vectors c with Xc = 0. ``dimension`` is p − rank; ``relations`` tell the columns that are sums of others.

    ``matrix`` is X where its size is a number, p columns with ``labels``.
    """

    dimension: Size
    relations: tuple[str, ...]
    labels: tuple[str, ...] | None
    matrix: ImmutableDenseMatrix | None

    @cached_property
    def basis(self) -> ImmutableDenseMatrix:
        """Vectors that span the null space, the columns of a p × dimension matrix: of whole numbers, unless X has
        covariates that are letters, which count as numbers that fulfil no equation.

        Raises
        ------
        SizeError
            When a size of the model is a letter.
        TutorError
            When irrational numbers in X may fulfil an equation.
        """
        if self.matrix is None:
            raise SizeError("The columns of X cannot be listed while a size is a letter.",
                            tip="The dimension and the relations are known; give numbers for a basis.")  # fmt: skip
        return _basis(self.matrix)

    @property
    def told(self) -> tuple[str, ...]:
        """The relations, or for a matrix without a design each vector of the basis as an equation of columns."""
        return self.relations or (tuple(self._sums()) if self.matrix is not None else ())

    @property
    def lines(self) -> tuple[str, ...]:
        """What is said of it: a sentence, then a line for each relation."""
        if self.dimension == 0:
            return ("The columns of X are independent: no vector but 0 gives Xc = 0.",)
        told = Pen(UNICODE, Style()).whole(self.dimension)
        found = self.told
        more = [f"and {len(found) - MOST_SHOWN} more"] if len(found) > MOST_SHOWN else []
        return (f"The null space of X has dimension {told}. Among its columns", *found[:MOST_SHOWN], *more)

    def __repr__(self) -> str:
        return str(self)

    def _sums(self) -> list[str]:
        """Each vector of the basis as an equation of columns without a minus."""
        names = self.labels or tuple(f"column {j + 1}" for j in range(self.basis.rows))
        found = []
        for j in range(self.basis.cols):
            sides: tuple[list[str], list[str]] = ([], [])
            for name, value in zip(names, self.basis.col(j), strict=True):
                if value:
                    negative = value.could_extract_minus_sign()
                    size = -value if negative else value
                    sides[not negative].append(
                        name if size == 1 else f"({unicode(size)}) {name}" if size.is_Add else f"{unicode(size)} {name}"
                    )
            left, right = sorted(sides, key=len)
            found.append(f"{' + '.join(left) or '0'} = {' + '.join(right) or '0'}")
        return found


def null_space(model: MixedModel) -> NullSpace:
    """The null space of X, with the relations among its columns.

    A design's relations come from its terms: the columns of τ_1, τ_2, … add up to that of μ, those of (τα)_i1,
    (τα)_i2, … to that of τ_i. For a letter as size they are all that is known, beside the dimension, of effects of
    which none is 0.
    """
    listed = model.n.is_Integer and model.p.is_Integer and model.X.column_labels is not None
    drawn = {name for effects in model.index.effects for name in effects.names}
    fixed = [term for term in model.index.terms if term.coefficient not in drawn]
    of_design = model.plan is not None and not (model.index.zeros and listed)
    held = {zero.bases for zero in model.index.zeros}
    whole = [term for term in fixed if term.coefficient.bases not in held]
    return NullSpace(
        dimension=sympy.expand(model.p - model.rank),
        relations=(*_relations(whole), *_of_carryover(model)) if of_design else (),
        labels=model.X.column_labels,
        matrix=model.X.explicit() if listed else _of_smallest(model),  # pyright: ignore[reportArgumentType]
    )


def _of_smallest(model: MixedModel) -> ImmutableDenseMatrix | None:
    """X with 2 for each letter, where its columns are as many as ever and their rank is that of X.

    Its rows are rows of each larger design, so that a relation of the larger one holds here too; as many relations are
    the same ones.
    """
    definition = model.X.definition
    if not model.p.is_Integer or definition is None or any(s.definition is None for s in symbols_of(definition)):
        return None
    try:
        value = Instance(Exact(), dict.fromkeys(model.n.free_symbols, 2)).value(definition)  # pyright: ignore[reportArgumentType]
    except TutorError:  # 2 is none of the numbers that a letter stands for, as of blocks that share 7 entries
        return None
    if value.rank() != model.rank:
        return None
    return ImmutableDenseMatrix(
        value.nrows(), value.ncols(), [sympy.Rational(int(v.p), int(v.q)) for v in value.entries()]
    )


def _relations(terms: Sequence[IndexTerm]) -> list[str]:
    """For each term the largest terms among whose columns its own add up to."""
    found = []
    for outer in terms:
        inner = [t for t in terms if t.covariates == outer.covariates and _letters(t) < _letters(outer)]
        for term in inner:
            if any(_letters(term) < _letters(other) for other in inner):
                continue
            summed = ", ".join(c for c in letters_of(outer.coefficient) if c not in _letters(term))
            found.append(f"{_told(term)} = ∑_{summed} {_told(outer)}")
    return found


def _of_carryover(model: MixedModel) -> tuple[str, ...]:
    """That each row of a later period has one carry-over, which those of the first have not."""
    beside = carryover_of(model)
    return () if beside is None else (beside.relation,)


def _letters(term: IndexTerm) -> set[str]:
    return set(letters_of(term.coefficient))


def _told(term: IndexTerm) -> str:
    return " ".join(plain_name(name) for name in term.factors)


def _basis(matrix: ImmutableDenseMatrix) -> ImmutableDenseMatrix:
    if matrix.free_symbols:
        distinct = list(dict.fromkeys(tuple(row) for row in matrix.tolist()))
        of_letters = DomainMatrix.from_Matrix(sympy.Matrix(distinct)).to_field().nullspace(divide_last=True)
        return ImmutableDenseMatrix(of_letters.to_Matrix().T)
    rows = rational_rows(matrix)
    reduced, pivots = rows.rref()[0], pivots_of(rows)
    vectors = []
    for free in (j for j in range(matrix.cols) if j not in pivots):
        vector = [fmpq(0)] * matrix.cols
        vector[free] = fmpq(1)
        for i, pivot in enumerate(pivots):
            vector[pivot] = -reduced[i, free]
        scale = lcm(*(int(v.q) for v in vector))
        vectors.append([int((v * scale).p) for v in vector])
    return ImmutableDenseMatrix(matrix.cols, len(vectors), lambda i, j: vectors[j][i])


# Showing


@written.register
def write_null_space(thing: NullSpace, pen: Pen) -> Piece:
    """The sentence, or the relations, on one line."""
    told = thing.lines[1:] or thing.lines
    return Piece(pen.dialect.comma.join(pen.dialect.verbatim(line) for line in told))


@unicode.register
def _unicode(thing: NullSpace, style: Any = None) -> str:
    return "\n  ".join(thing.lines)


@fitted.register
def _fitted(thing: NullSpace, style: Any, width: int) -> str:
    return _unicode(thing)


@latex.register
def _latex(thing: NullSpace, style: Any = None) -> str:
    lines = [rf"&\text{{{text_to_latex(line)}}}" for line in thing.lines]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


@display.register
def _display(thing: NullSpace, pen: Pen) -> str:
    return cast(Setting, pen.dialect).stacked([sentence(line, pen.dialect) for line in thing.lines])


@markdown.register
def _markdown(thing: NullSpace, style: Any = None) -> str:
    head, *relations = map(text_to_latex, thing.lines)
    return "\n".join([head, *([""] if relations else []), *(f"- {line}" for line in relations)])

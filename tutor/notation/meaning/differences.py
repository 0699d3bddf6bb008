r"""Differences of plain letters that are vectors: what is transposed, (x_i - \mu)', is no number, and neither is what
stands behind an inverse or a transposed letter, S^{-1}(\bar x_1 - \bar x_2) and a'(x - \mu): a number stands in front.
A capital beside ⊗, the G_0 of G_0 ⊗ A, is a matrix for the same reason.

Only where names are open: the letters of a model are what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeGuard

from tutor.notation.meaning.context import Context
from tutor.notation.meaning.design_letters import numbered_designs
from tutor.notation.meaning.usage import Usage
from tutor.notation.names import GREEK
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling

_LONGEST = 5_000
"""Characters of a text that is searched; a longer one is a large matrix, or many statements."""

_OBSERVED = frozenset({"x", "y", "z", "w", "X", "Y", "Z", "mu", "theta", "beta", "eta", "xi", "u"})
"""Letters of observations, means and estimates, of which a difference behind an inverse is one of vectors."""

_COEFFICIENTS = frozenset({"beta", "gamma", "delta", "alpha", "theta", "lambda"})
_ROWS = frozenset("xzwh")
"""Letters of coefficients that are transposed, and of what they are multiplied with."""

_MULTIPLIERS = frozenset({"theta", "lambda", "nu", "mu", "eta"})
_CONSTANTS = frozenset({"delta", "c", "d", "r", "m", "h", "q", "xi"})
"""Letters of Lagrange's multipliers, and of what a restriction is equal to."""

_SOLVED = frozenset({"beta", "b"})
"""Letters of coefficients for which equations are solved."""

_TRANSPOSED = frozenset({"a", "c", "d", "k", "l", "ell", "q", "v", "w", "lambda", "h", "m"})
"""Small letters that are transposed; f', g' and b' are derivatives."""

_COVARIANCES = frozenset("ABCDEGHKPQRSTVW")
"""Capitals of matrices; X, Y and Z may be of observations, I and J have their sizes below them."""

_SHOWING = (syntax.Prime, syntax.Matrix, syntax.Chain)
"""Nodes that may show a difference to be one of vectors."""

_DESIGN = "X"
"""The capital that is one observation's row as a column where it stands on both sides of (X'X)⁻¹."""

_FUNCTIONS = frozenset({"F", "Phi", "I"})
"""Capitals of which the inverse before brackets is a function."""


def with_differences(display: syntax.Display, context: Context) -> Context:
    """The context that knows which letters of a display are vectors by the differences in which they stand."""
    is_open = context.vocabulary.takes_new_names and len(context.text) <= _LONGEST
    if not is_open or not _may_have_any(context.usage):
        return context
    nodes = list(_all_below(display, context))
    showing = [node for node in nodes if isinstance(node, _SHOWING)]
    columns = {of_letter(term.spelling) for node in showing for terms in _differences(node) for term in terms}
    designs = numbered_designs(context.usage)
    if designs:
        columns |= {of_letter(node.spelling) for node in nodes if _is_of_design(node, designs)}
    beside = (node for node in nodes if isinstance(node, syntax.Kronecker | syntax.Relation))
    crossed = {of_letter(factor.spelling) for node in beside for factor in _crossed(node)}
    if not columns and not crossed:
        return context
    return replace(context, columns=frozenset(columns), crossed=frozenset(crossed))


def _may_have_any(usage: Usage) -> bool:
    """Whether a text has what all these rules ask for: something transposed or inverted, a matrix, ⊗, or an index
    below β."""
    if usage.of(syntax.Kronecker) or usage.of(syntax.Matrix):
        return True
    return any(f.is_transposed or f.is_inverted or (f.letter == "beta" and f.below) for f in usage.factors)


def _is_of_design(node: syntax.Node, designs: Mapping[str, str]) -> TypeGuard[syntax.Named]:
    """Whether a node is the β_1 of X_1."""
    return _is_plain(node) and node.spelling.letters == "beta" and f"X_{node.spelling.subscript}" in designs


def _crossed(node: syntax.Node) -> Iterator[syntax.Named]:
    """The capitals with a number below them that stand beside ⊗."""
    for factor in node.factors if isinstance(node, syntax.Kronecker) else ():
        spelling = factor.spelling if isinstance(factor, syntax.Named) else Spelling("")
        if isinstance(factor, syntax.Named) and spelling.subscript.isalnum() and spelling.letters in _COVARIANCES:
            yield factor
    sides = node.sides if isinstance(node, syntax.Relation) else ()
    told = [side.inner if isinstance(side, syntax.Group) else side for side in sides]
    for side in sides if any(isinstance(side, syntax.Matrix) for side in told) else ():
        inner = side.inner if isinstance(side, syntax.Inverse) else None
        if isinstance(inner, syntax.Named) and inner.spelling.letters in _COVARIANCES and inner.spelling.subscript:
            yield inner  # G_0^{-1} = [ … ]


def _all_below(root: syntax.Node, context: Context) -> Iterator[syntax.Node]:
    """The nodes of a display, with those of what is added up."""
    for node in syntax.postorder(root, context.plain):
        yield node
        if isinstance(node, syntax.Operated) and node.body is not None:
            yield from _all_below(node.body, context)


def of_letter(spelling: Spelling) -> tuple[str, str, str]:
    """What tells a letter from others wherever it stands in a text."""
    return spelling.letters, spelling.accent, spelling.subscript


def _differences(node: syntax.Node) -> Iterator[list[syntax.Named]]:
    """The terms of each difference that a node shows to be one of vectors."""
    if isinstance(node, syntax.Prime):
        yield _terms(node.inner)
    yield _stacked(node)
    if isinstance(node, syntax.Chain):
        yield from ([factor] for factor in _coefficients(node))
        yield _of_form(node)
        for before, factor, sign in zip(node.factors, node.factors[1:], node.signs[1:], strict=False):
            yield _beside_coefficients(before, factor) if sign == "" else []
            terms = _terms(factor)
            if (
                sign == ""
                and _is_ahead_of_vectors(before)
                and all(term.spelling.letters in _OBSERVED for term in terms)
            ):
                yield terms


def _of_form(node: syntax.Chain) -> list[syntax.Named]:
    """The x_j at the end of x_i'(X'X)^{-1}x_j, and the X_h of X_h'(X'X)^{-1}X_h."""
    last = node.factors[-1]
    if not _is_plain(last) or not last.spelling.subscript or last.spelling.letters not in _ROWS | {_DESIGN}:
        return []
    rows = [factor.inner for factor in node.factors[:-2] if isinstance(factor, syntax.Prime)]
    same = [row for row in rows if _is_plain(row) and row.spelling.letters == last.spelling.letters]
    if last.spelling.letters == _DESIGN:
        below = [part.spelling for part in syntax.postorder(node.factors[-2]) if isinstance(part, syntax.Named)]
        is_of_all = any(spelling.letters == _DESIGN and not spelling.subscript for spelling in below)
        return [last] if is_of_all and any(row.spelling.subscript == last.spelling.subscript for row in same) else []
    return [last] if any(row.spelling.subscript for row in same) else []


def _beside_coefficients(before: syntax.Node, factor: syntax.Node) -> list[syntax.Named]:
    """The x_it of β'x_it, and the δ of θ'(P'b − δ): vectors as what is transposed before them."""
    letters = before.inner.spelling.letters if isinstance(before, syntax.Prime) and _is_plain(before.inner) else ""
    if letters in _COEFFICIENTS and _is_plain(factor) and factor.spelling.letters in _ROWS:
        return [factor]
    if letters not in _MULTIPLIERS or not (isinstance(factor, syntax.Group) and isinstance(factor.inner, syntax.Sum)):
        return []
    return [term for term in factor.inner.terms if _is_plain(term) and term.spelling.letters in _CONSTANTS]


def _is_plain(node: syntax.Node) -> TypeGuard[syntax.Named]:
    return isinstance(node, syntax.Named) and not (node.spelling.bold or node.spelling.run)


def _stacked(node: syntax.Node) -> list[syntax.Named]:
    """The plain letters in one column with an estimate or a vector of coefficients, (β̂, ĝ)' and (b, θ)'."""
    if not isinstance(node, syntax.Matrix) or len(node.rows) < 2 or any(len(row) != 1 for row in node.rows):
        return []
    cells = [row[0] for row in node.rows]
    named = [cell for cell in cells if isinstance(cell, syntax.Named)]
    if len(named) < len(cells) or not any(cell.spelling.letters in _SOLVED for cell in named):
        return []
    if any(cell.spelling.letters in {"a", "c", "d"} and not cell.spelling.accent for cell in named):
        return []  # numbers of an example, (a, b)'
    are_whole = all((not cell.spelling.subscript and len(cell.spelling.letters) == 1) or cell.spelling.letters in GREEK
                    for cell in named)  # fmt: skip
    others = [cell for cell in named if _is_plain(cell) and not cell.spelling.letters[0].isupper()]
    return others if are_whole and not any(cell.spelling.subscript for cell in named) else []


def _coefficients(node: syntax.Chain) -> Iterator[syntax.Named]:
    """The coefficients behind a matrix with a word or a capital below them, Gβ_gene and Z_Eβ_E: a number would stand in
    front. An estimate behind X, the β̂_OLS of Xβ̂_OLS, is as long as β in any case."""
    for before, factor, sign in zip(node.factors, node.factors[1:], node.signs[1:], strict=False):
        if sign or not (isinstance(before, syntax.Named) and isinstance(factor, syntax.Named)):
            continue
        matrix, spelling = before.spelling, factor.spelling
        is_label = len(spelling.subscript) > 2 or spelling.subscript.isupper()
        is_matrix = (
            len(matrix.letters) == 1 and matrix.letters.isupper() and matrix.subscript in {"", spelling.subscript}
        )
        is_estimate = matrix.letters == "X" and bool(spelling.accent)
        if spelling.letters == "beta" and spelling.subscript.isalpha() and is_label and is_matrix and not is_estimate:
            yield factor


def _terms(node: syntax.Node) -> list[syntax.Named]:
    """The plain letters of a difference in brackets; none of other brackets, and of y − ȳ, where ȳ may be a number."""
    inner = node.inner if isinstance(node, syntax.Group) else None
    if not isinstance(inner, syntax.Sum) or "-" not in inner.signs:
        return []
    terms = map(_mean_behind_number, inner.terms)
    named = [term for term in terms if isinstance(term, syntax.Named) and not term.spelling.run]
    if len(named) < len(inner.terms) or any(term.spelling.bold for term in named):
        return []
    whole = {term.spelling.letters for term in named if not (term.spelling.accent or term.spelling.subscript)}
    return [] if any(term.spelling.accent == "bar" and term.spelling.letters in whole for term in named) else named


def _is_ahead_of_vectors(node: syntax.Node) -> bool:
    """Whether a factor is the inverse of a capital, or a transposed small letter."""
    if not isinstance(node, syntax.Inverse | syntax.Prime) or not isinstance(node.inner, syntax.Named):
        return False
    letters = node.inner.spelling.letters
    if isinstance(node, syntax.Prime):
        return node.count == 1 and (letters in _TRANSPOSED or node.inner.spelling.bold)
    return letters[0].isupper() and letters not in _FUNCTIONS


def _mean_behind_number(term: syntax.Node) -> syntax.Node:
    """The x̄_i of θx̄_i; any other term as it is."""
    if not isinstance(term, syntax.Chain) or len(term.factors) != 2 or set(term.signs) - {"", "*"}:
        return term
    number, mean = term.factors
    is_number = isinstance(number, syntax.Number) or (_is_plain(number) and number.spelling.letters in GREEK)
    return mean if is_number and isinstance(mean, syntax.Named) and mean.spelling.accent == "bar" else term

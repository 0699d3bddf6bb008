"""A plain b that counts blocks or levels, as in rb, σ²/b and I_b, where elsewhere it is a vector of random effects.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, pairwise

from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import size
from tutor.notation.meaning.kinds import shown
from tutor.notation.meaning.linear_forms import moments
from tutor.notation.meaning.usage import Factor, Usage, elements
from tutor.notation.parsing import syntax
from tutor.notation.parsing.spelling import GREEK_COMMANDS
from tutor.notation.vocabulary import Name, Vocabulary

_GREEK = "|".join(GREEK_COMMANDS)
_WITH_B = re.compile(rf"[a-z]{{0,3}}b[a-z]{{0,2}}|(?:{_GREEK})b|b(?:{_GREEK})")
"""A name of letters side by side that has a b in it."""

_SIZED = frozenset("IJ10")
"""What has its size below it."""


def of_block_counts(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """A plain b that is no vector anywhere, is declared as none, and by which no style writes u, is a number, of blocks
    or of levels: rb, σ²/b, b = 4."""
    known = vocabulary.names.get("b")
    is_declared = known is not None and known.key == "b" and not known.tree.is_scalar
    if is_declared or "b" in vocabulary.by_style or not any(map(_may_count, chain(usage.factors, _in_cells(usage)))):
        return {}
    if any(rule(usage) for rule in _NO_COUNT):
        return {}
    return {"b": Name("b", Scalar(size("b")), "size")}


def _in_cells(usage: Usage) -> Iterator[Factor]:
    """The factors in cells with a b, also of matrices of numbers, [a, b; b, a]."""
    for matrix in usage.of(syntax.Matrix):
        for cell in matrix.parts:
            if "b" in usage.text[cell.start : cell.end]:
                yield from (factor for _, product in usage.terms(cell) for factor in product)


def _may_count(factor: Factor) -> bool:
    """b, the b below I_b, and that of products and interactions, rb and (τb)_ij."""
    if not isinstance(factor.node, syntax.Named):
        return False
    letters = factor.node.spelling.letters
    if letters in _SIZED:
        return "b" in factor.below
    if factor.bold:
        return False
    if len(letters) > 1:
        return letters not in GREEK_COMMANDS and _WITH_B.fullmatch(letters) is not None
    return letters == "b" and factor.above in {"", "-1"} and not (factor.below or factor.accent)


def _is_shown(usage: Usage) -> bool:
    return "b" in shown(usage).vectors


def _is_function(usage: Usage) -> bool:
    """b(θ) of an exponential family."""
    return any(usage.single(part).letter == "theta" for _, arguments in usage.arguments({"b"}) for part in arguments)


def _is_marked(usage: Usage) -> bool:
    """A bold b, b̂ and b'."""
    return any(
        factor.letter == "b" and (factor.bold or factor.accent or factor.is_transposed) for factor in usage.factors
    )


def _is_behind_matrix(usage: Usage) -> bool:
    """Z_ib and a'b."""
    return any(
        before.is_transposed or (before.letter in {"X", "Z"} and len(before.below) < 2)
        for before, behind in usage.beside
        if behind.letter == "b"
    )


def _is_random(usage: Usage) -> bool:
    """b ~ N(0, G) and (b, ε)' ~ N(0, V)."""
    subjects = [node.subject for node in usage.of(syntax.Distributed) if node.subject is not None]
    return any(_is_b(part, usage) for subject in subjects for part in (subject, *elements(subject)))


def _is_given(usage: Usage) -> bool:
    """f(y | b), and f(β, b | y)."""
    for node in (*usage.of(syntax.Conditional), *usage.of(syntax.Distributed)):
        if any(usage.single(given).letter == "b" for given in node.given):
            return True
    for call in usage.of(syntax.Call):
        for first, second in pairwise(call.arguments):
            is_second = isinstance(second, syntax.Conditional) and _is_b(second.inner, usage)
            if is_second and usage.single(first).letter == "beta":
                return True
    return False


def _has_moment(usage: Usage) -> bool:
    """E(b) and Cov(y, b)."""
    of = (part for arguments in moments(usage) for part in arguments)
    return any(_is_factor_b(product[-1]) for part in of for _, product in usage.terms(part))


def _has_length(usage: Usage) -> bool:
    """‖b‖."""
    norms = (call for call in usage.of(syntax.Call) if call.function == "norm")
    return any(_is_b(argument, usage) for call in norms for argument in call.arguments)


def _is_below_slopes(usage: Usage) -> bool:
    r"""\begin{bmatrix} β \\ b \end{bmatrix}."""
    for matrix in usage.of(syntax.Matrix):
        column = [row[-1] for row in matrix.rows[-2:]]
        if len(column) == 2 and usage.single(column[0]).letter == "beta" and _is_b(column[1], usage):
            return True
    return False


def _is_list(usage: Usage) -> bool:
    """b = (1, 2)' and b = (X'X)⁻¹X'y."""
    return any(
        _is_b(first, usage)
        and isinstance(usage.terms(second)[0][1][0].node, syntax.Matrix | syntax.Group | syntax.Listed)
        for first, second in usage.equations()
    )


def _is_b(node: syntax.Node, usage: Usage) -> bool:
    return _is_factor_b(usage.single(node))


def _is_factor_b(factor: Factor) -> bool:
    return factor.letter == "b" and not factor.below


_NO_COUNT = (
    _is_shown,
    _is_marked,
    _is_behind_matrix,
    _is_random,
    _is_given,
    _has_moment,
    _has_length,
    _is_below_slopes,
    _is_list,
    _is_function,
)

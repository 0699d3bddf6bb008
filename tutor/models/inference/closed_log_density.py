"""Log-likelihoods by the eigenvalues of V: Σ m_k log λ_k, and sums of squares each divided by its eigenvalue."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import sympy
from sympy.polys.matrices import DomainMatrix
from sympy.polys.polyerrors import HeuristicGCDFailed

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.chain import Chain
from tutor.algebra.laws.joining import multiplied, sum_of
from tutor.algebra.laws.logarithms import log
from tutor.algebra.laws.moments import definition_of
from tutor.algebra.nodes import Determinant, Explicit, Inverse, Product, Scalar, Scaled, Sum, Symbol, Transpose
from tutor.algebra.rules import Derivation
from tutor.algebra.structure.conditions import is_zero, normal
from tutor.algebra.structure.entries import with_plain_signs
from tutor.algebra.structure.exchangeable import spectral
from tutor.algebra.structure.forms import balanced
from tutor.algebra.structure.over_index import diagonal_over
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import TutorError
from tutor.models.inference.error_contrasts import log_gram_determinant
from tutor.models.inference.log_density import Pieces, log_two_pi, minus_half, quadratic
from tutor.models.inference.spectrum import Level, Spectrum, assumed
from tutor.models.solved import derive_solved
from tutor.models.structure_reasons import structure_reason

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_IN_LETTERS = 30
"""Rows of a model without strata of which |V| or |X'V⁻¹X| is worked out in letters."""

MOST_VARIANCES = 4
"""Parameters of such a model."""

ORTHOGONAL = "the columns of X lie in the spaces of the P_k"


def ml_derivation(pieces: Pieces) -> Derivation:
    """From the density of y to the closed form of the log-likelihood, as far as V has one."""
    chain = pieces.ml_chain()
    found = pieces.spectrum
    if found is None:
        return _by_blocks(chain, pieces, [log(Determinant(pieces.V)), Inverse(pieces.V)])
    _log_determinant(chain, pieces, found)
    _by_strata(chain, pieces.deviation, pieces, found)
    return chain.derivation


def profile_derivation(pieces: Pieces) -> Derivation:
    """ℓ at β̂, where it is largest for given variances."""
    n, V, r = pieces.model.n, pieces.V, pieces.residual
    chain = Chain(minus_half([log_two_pi(n), log(Determinant(V)), quadratic(r, V)]))
    found = pieces.spectrum
    if found is None:
        return _by_blocks(chain, pieces, [log(Determinant(V))])
    _log_determinant(chain, pieces, found)
    _residuals(chain, pieces, found)
    return chain.derivation


def reml_derivation(pieces: Pieces) -> Derivation:
    """From the density of error contrasts to the closed form, as far as the design has one."""
    chain = pieces.reml_chain()
    found = pieces.spectrum
    if found is None:
        _by_blocks(chain, pieces, [log(Determinant(pieces.V))])
        _information_in_letters(chain, pieces)
        return chain.derivation
    _log_determinant(chain, pieces, found)
    if found.is_orthogonal:
        _orthogonal_information(chain, pieces, found)
    else:
        _information_in_letters(chain, pieces)
    _residuals(chain, pieces, found)
    return chain.derivation


def invariance_derivation(pieces: Pieces) -> Derivation:
    """|(XT)'V⁻¹(XT)| = |T|² |X'V⁻¹X| for an invertible T, p × p."""
    X, p = pieces.X, pieces.X.columns
    T = Symbol("T", p, p, facts=frozenset({"invertible"}))
    inverse, chosen = Inverse(pieces.V), Product((X, T))
    whole, middle, square = Determinant(Transpose(T)), Determinant(pieces.information), Determinant(T)
    chain = Chain(Determinant(Product((Transpose(chosen), inverse, chosen))))
    chain.to("transpose-of-product", "(AB)' = B'A'", Determinant(Product((T.T, X.T, inverse, X, T))))
    chain.to("determinant-of-product", "|AB| = |A||B| for square A and B", multiplied([whole, middle, square]))
    power = Applied("power", (square, Scalar(sympy.Integer(2))))
    return chain.to("determinant-of-transpose", "|A'| = |A|", Scaled(power, middle)).derivation


def logarithms(pairs: list[tuple[sympy.Expr, sympy.Expr]]) -> list[Tree]:
    """c log λ for each λ and c that is not 0."""
    return [_multiple(normal(c), Scalar(sympy.log(value))) for value, c in pairs if not is_zero(c)]


def _log_terms(total: sympy.Expr) -> list[Tree]:
    """A sum of multiples of logarithms term by term, as t log b; of s (t log b + log c) as s t log b + s log c."""
    found: list[Tree] = []
    for term in sympy.Add.make_args(sympy.expand_mul(total, deep=False)):  # pyright: ignore[reportArgumentType]
        factors = sympy.Mul.make_args(term)
        logarithm = sympy.Mul(*(factor for factor in factors if isinstance(factor, sympy.log)))
        c = sympy.Mul(*(factor for factor in factors if not isinstance(factor, sympy.log)))
        is_sum = c.has(sympy.log) and sympy.expand_mul(term, deep=False).is_Add
        found += _log_terms(term) if is_sum else [_multiple(c, Scalar(logarithm))]
    return [term for term in found if term != Scalar(sympy.S.Zero)]


def _log_determinant(chain: Chain, pieces: Pieces, found: Spectrum) -> None:
    """log |V| = Σ m_k log λ_k."""
    inner = sum_of(logarithms([(level.value, level.multiplicity) for level in found.levels]))
    told = f"{_why_in_levels(pieces)}V = {in_levels(found)}"
    because = f"{told}: the eigenvalue λ_k of V counts as often as the dimension m_k of the space of P_k"
    chain.put("log-determinant", because, {log(Determinant(pieces.V)): inner})


def _why_in_levels(pieces: Pieces) -> str:
    """What the rows make of V, where there are random effects: Z = I_b ⊗ 1_t, so ZZ' = I_b ⊗ J_t."""
    if pieces.model.Z is None or pieces.V.definition is None:
        return ""
    return f"{structure_reason(pieces.model, pieces.V.definition)}, "


def in_levels(found: Spectrum) -> Tree:
    """Σ λ_k P_k."""
    return spectral([(level.value, level.projection) for level in found.levels])


def _by_strata(chain: Chain, x: Tree, pieces: Pieces, found: Spectrum) -> None:
    """x'V⁻¹x = Σ x'P_k x/λ_k."""
    squares = [Scaled(Scalar(1 / level.value), Product((Transpose(x), level.projection, x))) for level in found.levels]
    because = "V⁻¹ = ∑ λ_k⁻¹ P_k: the P_k are orthogonal idempotents that add up to I"
    chain.put("quadratic-form", because, {quadratic(x, pieces.V): sum_of(squares)})


def _residuals(chain: Chain, pieces: Pieces, found: Spectrum) -> None:
    """(y − Xβ̂)'V⁻¹(y − Xβ̂) by sums of squares where the design is orthogonal."""
    r = pieces.residual
    if not found.is_orthogonal:
        _by_strata(chain, r, pieces, found)
        return
    squares = [Scaled(Scalar(1 / level.value), _squares(level)) for level in found.left]
    because = (
        f"V⁻¹ = ∑ λ_k⁻¹ P_k, and GLS is least squares because {ORTHOGONAL}: the residuals in the space of P_k have the "
        "sum of squares SS_k"
    )
    total = sum_of(squares or [Scalar(sympy.S.Zero)])
    chain.put("sums-of-squares", because, {quadratic(r, pieces.V): total}, assumed(pieces.model))


def _squares(level: Level) -> Symbol:
    assert level.sum_of_squares is not None
    return level.sum_of_squares


def _orthogonal_information(chain: Chain, pieces: Pieces, found: Spectrum) -> None:
    """log |X'V⁻¹X| = log |X'X| − Σ (m_k − f_k) log λ_k, added to Σ m_k log λ_k."""
    X = pieces.X
    taken = [(level.value, -(level.multiplicity - level.free)) for level in found.levels if level.free is not None]
    told = log_gram_determinant(pieces.model)
    gram = [log(Determinant(pieces.gram))] if told is None else _log_terms(told)
    because = f"{ORTHOGONAL}: |{X}'V⁻¹{X}| = |{X}'{X}| ∏ λ_k^(−p_k) for the dimension p_k of the columns there"
    if told is not None:
        because += f", and log |{X}'{X}| = {sum_of(gram or [Scalar(sympy.S.Zero)])}"
    chain.put(
        "determinant-of-information",
        because,
        {log(Determinant(pieces.information)): sum_of([*gram, *logarithms(taken)])},
        assumed(pieces.model),
    )
    rest = logarithms([(level.value, level.free) for level in found.levels if level.free is not None])
    terms = [log_two_pi(pieces.free), *gram, *rest, quadratic(pieces.residual, pieces.V)]
    chain.to("like-terms", "m_k − p_k = f_k, what the fixed effects leave of the space of P_k", minus_half(terms))


# Without strata


def _by_blocks(chain: Chain, pieces: Pieces, goals: list[Tree]) -> Derivation:
    """Closed forms of log |V| and of V⁻¹ by the structure of V."""
    if not has_structure(pieces.model):
        return chain.derivation
    for goal in goals:
        try:
            told = derive_solved(goal, definition_of(pieces.V, "the model"), partial(structure_reason, pieces.model))
        except TutorError:
            continue
        chain.follow(_with_room(told))
    chain.to("like-terms", "each logarithm once", _each_logarithm_once(chain.line))
    return chain.derivation


MOST_OF_AN_ENTRY = 12
"""Operations of an entry of a matrix that a line of the log-likelihood has room for."""


def _with_room(told: Derivation) -> Derivation:
    """The steps before the first that writes a matrix out by entries for which no line has room."""
    kept = list(takewhile(lambda step: not _is_long(step.after), told.steps))
    return Derivation(told.goal, tuple(kept))


def _is_long(tree: Tree) -> bool:
    return any(
        isinstance(node, Explicit) and any(entry.count_ops() > MOST_OF_AN_ENTRY for entry in node.matrix.flat())
        for node in walk(tree)
    )


def has_structure(model: MixedModel) -> bool:
    """Whether the closed forms of a model without strata are short enough to be worked out."""
    if not model.n.is_Integer:
        return True
    if diagonal_over(model.V) is not None or balanced(model.V) is not None:
        return True
    return model.n <= MOST_IN_LETTERS and len(model.parameters) <= MOST_VARIANCES


def _information_in_letters(chain: Chain, pieces: Pieces) -> None:
    """|X'V⁻¹X| as an expression in the parameters, where the rows can be listed or X has one column."""
    found = determinant_of_information(pieces)
    if found is None:
        return
    goal = log(Determinant(pieces.information))
    chain.put("entries", f"{pieces.X}'V⁻¹{pieces.X} by its entries", {goal: found})
    chain.to("like-terms", "each logarithm once", _each_logarithm_once(chain.line))


def _each_logarithm_once(line: Tree) -> Tree:
    """−½ (…) with like terms c log λ added."""
    assert isinstance(line, Scaled) and isinstance(line.tree, Sum)
    found: dict[Tree, sympy.Expr] = {}
    for c, body in _multiples(line.tree):
        found[body] = found.get(body, sympy.S.Zero) + c
    return Scaled(line.scalar, sum_of([_multiple(normal(c), body) for body, c in found.items() if not is_zero(c)]))


def _multiples(tree: Tree) -> Iterator[tuple[sympy.Expr, Tree]]:
    """The terms of a sum as c times what it multiplies; 4 (3 log a + log |B|) as 12 log a + 4 log |B|."""
    if isinstance(tree, Sum):
        for term in tree.terms:
            yield from _multiples(term)
    elif isinstance(tree, Scaled) and isinstance(tree.scalar, Scalar):
        for c, body in _multiples(tree.tree):
            yield normal(tree.scalar.value * c), body
    elif isinstance(tree, Scalar) and tree.value.has(sympy.log):
        for term in _log_terms(tree.value):
            if isinstance(term, Scaled) and isinstance(term.scalar, Scalar):
                yield term.scalar.value, term.tree
            else:
                yield sympy.S.One, term
    else:
        yield sympy.S.One, tree


def _multiple(c: sympy.Expr, body: Tree) -> Tree:
    return body if c == 1 else Scaled(Scalar(c), body)


def determinant_of_information(pieces: Pieces) -> Tree | None:
    """log |X'V⁻¹X|; None where it is not worked out."""
    model = pieces.model
    if pieces.X.columns == 1:
        found = closed_form(pieces.information)
        if isinstance(found, Indexed):
            return log(found)
    if not model.n.is_Integer or model.n > MOST_IN_LETTERS or len(model.parameters) > MOST_VARIANCES:
        return None
    entries = Product((Transpose(pieces.X), closed_form(Inverse(pieces.V)), pieces.X)).explicit()
    if any(parameter.symbol in entries.free_symbols and not _is_rational(entries) for parameter in model.parameters):
        return None
    matrix = DomainMatrix.from_Matrix(sympy.Matrix(entries.applyfunc(sympy.together))).to_field()
    try:
        value = with_plain_signs(normal(matrix.domain.to_sympy(matrix.det())))
    except HeuristicGCDFailed:  # SymPy gives up on some polynomials of high degree
        return None
    return sum_of([_multiple(c, Scalar(sympy.log(base))) for base, c in _logarithm(value)])  # pyright: ignore[reportArgumentType]


def _logarithm(positive: sympy.Expr) -> list[tuple[sympy.Expr, sympy.Expr]]:
    """log of a positive product as Σ c log b, by its b and c, with log(1 − ρ²) in the place of log(ρ − 1) and
    log(ρ + 1). Factors whose sign is not known stay together, and a single one is positive since the rest is."""
    number, product = positive.as_coeff_Mul()
    powers: dict[Any, Any] = {abs(number): sympy.S.One, **product.as_powers_dict()}
    powers[sympy.S.NegativeOne] = sympy.S.One if number < 0 else sympy.S.Zero
    for base in list(powers):
        other = 2 + base
        if sympy.expand(base + 1).is_Symbol and powers.get(other) == powers[base]:
            power = powers.pop(base)
            powers[sympy.expand(-base * other)] = powers.pop(other)
            powers[sympy.S.NegativeOne] += power
    if powers[sympy.S.NegativeOne].is_even:
        del powers[sympy.S.NegativeOne]
    open_ = {base: power for base, power in powers.items() if not base.is_positive}
    found = [(base, power) for base, power in powers.items() if base.is_positive and base != 1]
    if len(open_) == 1:
        return [*found, *open_.items()]
    rest = sympy.Mul(*(base**power for base, power in open_.items()))
    if all(power.is_negative for power in open_.values()):
        return [*found, (1 / rest, sympy.S.NegativeOne)]
    return found if rest == 1 else [*found, (rest, sympy.S.One)]


def _is_rational(entries: sympy.ImmutableDenseMatrix) -> bool:
    letters = entries.free_symbols
    return all(entry.is_rational_function(*letters) for entry in entries.flat())

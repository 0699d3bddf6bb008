"""Letters that are elsewhere second names of others, b and γ of u, Σ of V, and of which a text shows that they are not.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE
from tutor.notation.meaning.error_covariances import is_of_errors
from tutor.notation.meaning.quantiles import DEGREES_OF_FREEDOM
from tutor.notation.meaning.usage import NOTHING, Factor, Usage, elements
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_EFFECTS = frozenset({"u", "b", "gamma", "beta", "theta"})
_OF_COVARIANCES = frozenset({"Sigma", "Omega", "ell", "V", "G", "R", "L", "H", "l"})
"""Functions of the parameters of covariance matrices."""


def of_names_apart(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """Σ in what V is, and b and γ beside u, are not the same: V = I ⊗ Σ; nor is the Σ of a few effects V."""
    apart: dict[str, Name | None] = {}
    if "Sigma" in usage.letters and any(rule(usage) for rule in (_is_beside_v, _is_of_effects, is_of_errors)):
        apart["Sigma"] = None
    if "b" in usage.letters and _has_bold_b_and_u(usage):
        apart["b"] = None
    if "gamma" in usage.letters:
        apart |= _of_gamma(vocabulary, usage)
    return apart | dict.fromkeys(_covariances_of_effects(usage))


def _is_beside_v(usage: Usage) -> bool:
    """V = I ⊗ Σ and Σ = Z'VZ, with a Σ that has nothing below it."""
    if not any(factor.letter == "Sigma" and not factor.below for factor in usage.factors):
        return False
    for first, second in usage.equations():
        whole = usage.single(first)
        if whole.letter == "V" and whole.is_bare and not whole.accent:
            return True
        factors = (factor for _, product in usage.terms(second) for factor in product)
        if whole.letter == "Sigma" and whole.is_bare and any(factor.letter == "V" for factor in factors):
            return True
    return False


def _is_of_effects(usage: Usage) -> bool:
    """b ~ N(0, Σ) and β̂ ~ N(β, Σ(θ)): the covariance matrix of the effects or the coefficients."""
    return any(
        node.subject is not None
        and len(node.arguments) > 1
        and _last(node.subject, usage).letter in _EFFECTS
        and _is_sigma(node.arguments[-1], usage)
        for node in usage.of(syntax.Distributed)
    )


def _last(node: syntax.Node, usage: Usage) -> Factor:
    """The last factor, that in the brackets of √n(β̂ − β)."""
    factor = usage.terms(node)[-1][1][-1]
    while isinstance(factor.node, syntax.Group):
        factor = usage.terms(factor.node.inner)[-1][1][-1]
    return factor


def _is_sigma(node: syntax.Node, usage: Usage) -> bool:
    """Whether this is Σ or Σ(θ)."""
    sigma, *brackets = usage.product(node)
    is_call = len(brackets) == 1 and isinstance(brackets[0].node, syntax.Group)
    return sigma.letter == "Sigma" and not sigma.below and (not brackets or is_call)


def _has_bold_b_and_u(usage: Usage) -> bool:
    bold = [factor for factor in usage.factors if factor.bold]
    return any(factor.letter == "u" for factor in bold) and any(factor.letter == "b" for factor in bold)


def _of_gamma(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The γ beside u, slopes or a number, and the γ of V(γ) and ℓ(β, γ), the parameters of a covariance matrix."""
    u, gamma = vocabulary.lookup("u"), vocabulary.lookup("gamma")
    if u is None or gamma is None or gamma.key != u.key:
        return {}
    is_integrated = any(_is_gamma(integral.variable, usage) for integral in usage.of(syntax.Integral))
    of = () if is_integrated else usage.arguments(_OF_COVARIANCES)
    if any(_is_gamma(part, usage) for _, parts in of for part in parts):
        return {"gamma": None}
    number = {"gamma": Name("gamma", Scalar(sympy.Symbol("gamma", real=True)))}
    quantiles = usage.arguments(DEGREES_OF_FREEDOM.keys())
    if _is_ratio(usage) or any(_is_gamma(part, usage) for _, parts in quantiles for part in parts):
        return number
    has_u = any("u" in {factor.letter, factor.below} for factor in usage.factors)
    if not has_u or not any(factor.letter == "gamma" and not factor.below for factor in usage.factors):
        return {}
    slopes = {"gamma": Name("gamma", Symbol("gamma", u.tree.rows, ONE, "unknown"))}
    return slopes if _is_vector_gamma(usage) else number


def _is_ratio(usage: Usage) -> bool:
    """γ = σ²_u/σ², and the γ of I + γZZ': no column stands before a matrix."""
    if any(first.letter == "gamma" and first.is_bare and second.is_capital for first, second in usage.beside):
        return True
    return any(
        usage.single(left).letter == "gamma" and isinstance(right, syntax.Fraction) for left, right in usage.equations()
    )


def _is_gamma(node: syntax.Node, usage: Usage) -> bool:
    return usage.single(node.inner if isinstance(node, syntax.Conditional) else node).letter == "gamma"


def _is_vector_gamma(usage: Usage) -> bool:
    """A bold γ, Dγ and z_i'γ."""
    if any(factor.letter == "gamma" and factor.bold for factor in usage.factors):
        return True
    beside = usage.beside
    return any(second.letter == "gamma" and (first.is_capital or first.is_transposed) for first, second in beside)


def _covariances_of_effects(usage: Usage) -> Iterator[str]:
    """The Σ of (u_0, u_1)' ~ N(0, Σ), and the R of N(0, SRS) with the correlations R: the covariance matrix of a few
    effects, and not the V of all observations."""
    for node in usage.of(syntax.Distributed):
        listed = () if node.subject is None else elements(node.subject)
        if len(listed) < 2 or len(node.arguments) < 2 or any(_is_observed(part, usage) for part in listed):
            continue
        named = (part for part in syntax.postorder(node.arguments[-1]) if isinstance(part, syntax.Named))
        if any(part.spelling.letters == "Sigma" and not part.spelling.subscript for part in named):
            yield "Sigma"
        product = usage.product(node.arguments[-1])
        _, middle, _ = product if len(product) == 3 else (NOTHING, NOTHING, NOTHING)
        if middle.letter == "R" and middle.bold:
            yield "R"


def _is_observed(node: syntax.Node, usage: Usage) -> bool:
    return any(factor.letter in {"y", "Y"} for _, product in usage.terms(node) for factor in product)


def of_integrals(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The b of ∫ f(y | b) f(b) db is a variable of its own, and no second name of u."""
    over = (usage.single(integral.variable) for integral in usage.of(syntax.Integral))
    return {"b": None} if any(of.letter == "b" and not (of.below or of.bold) for of in over) else {}

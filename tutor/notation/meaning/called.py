r"""A name with brackets behind it: what varies with something, no factor of it.

Whether \mathbf{V}(\boldsymbol\theta), M(t) and C(0) are products or values of a function no grammar can tell. Who
multiplies puts no single letter in brackets; so where names are open a number before one is a function of it, and a
matrix before the name of a parameter is that matrix, which depends on it. What stays open is refused. In an answer
about a model, whose letters all have a meaning, brackets are brackets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tutor.algebra.affine import is_random
from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Identity, Inverse, Scalar, Symbol, Variance, Zero
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.called_with_several import (
    COEFFICIENTS,
    ambiguous,
    is_only_called,
    is_round,
    of_several,
)
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.declare import element_of
from tutor.notation.meaning.defined_functions import is_defined
from tutor.notation.meaning.dependences import (
    at_estimate,
    is_curvature,
    is_of_covariances,
    is_parameter,
    says_dependence,
    says_dependence_of_transpose,
)
from tutor.notation.meaning.elaborate import Value, elaborate
from tutor.notation.meaning.lags import is_at_lag
from tutor.notation.meaning.letters import is_lag_beside_nought
from tutor.notation.meaning.penalties import penalized_estimate
from tutor.notation.meaning.processes import FIELDS, at_place, at_time, is_distance, is_place, is_process
from tutor.notation.meaning.quantiles import is_quantile, quantile_of
from tutor.notation.meaning.response_functions import (
    derivative,
    has_step,
    is_derived,
    is_logistic_function,
    is_response_function,
    spread_of,
    without_step,
)
from tutor.notation.meaning.variance_letters import variance_by_letter
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import INFORMATION, STATISTICS
from tutor.notation.parsing.token import Spelling

_ARGUMENTS_BY_CUSTOM = {
    "V": {"mu"}, "v": {"mu"}, "b": {"theta", "mu", "Theta"}, "a": {"phi", "psi", "theta", "Theta"},
    "h": {"mu", "eta"}, "gamma": {"h", "d"}, "kappa": {"A", "X", "V", "M"},
    "rho": {"h", "d"}, "C": {"h", "d", "X", "Z"}, "M": {"t"}, "mu": {"x", "t", "s"},
    "Q": {"tau", "alpha", "beta", "gamma", "rho", "taualpha", "alphabeta", "A", "B", "AB", "T"},
    "S": {"t", "theta", "beta"}, "U": {"theta", "beta"}, "K": {"t"}, "H": {"t"}, "F": {"y", "x", "t"},
}  # fmt: skip
"""Letters that are functions where just this stands in brackets behind them: V(μ), b(θ), a(φ), ρ(h), Q(τ), F(y)."""

_COVARIATES = frozenset("xzw")
"""Letters of vectors of covariates that vary with time, x(t)'β."""

_BY_DISTANCE = frozenset({"C", "K", "k", "c", "gamma", "Gamma", "rho"})
"""Letters of functions of the distance between two places, γ(0) and ρ(|i − j|); those of both places are C(s, t) and
K(s, t)."""

_SCORES = frozenset("SU")
"""Letters of score functions, U(β), which are as long as β."""

_OF_VALUES = frozenset({"BLUP", "BLUE", "EBLUP", "Bias", "bias"})
"""What is estimated of anything that stands in brackets, BLUE(k'β)."""

_OF_TERMS = _OF_VALUES | {"SS", "MS", "EMS"}
"""Statistics of what stands in brackets behind them: SS(A), BLUP(u_j)."""

_PRIME = "'"

_REDUCTIONS = frozenset({"R", "SS", "SSR", "SSE"})
"""Letters of reductions in a sum of squares, R(τ | μ)."""

_EFFECTS = frozenset({"mu", "tau", "alpha", "beta", "gamma", "rho", "delta", "theta"})

_OF_EFFECTS = re.compile(r"(?<![A-Za-z\\])R\s*(?:\\left\s*)?\([^()]*(?:[,|∣]|\\(?:mid|vert)(?![A-Za-z]))")
"""A reduction by several effects, beside which R(μ) is one too."""


def called(
    name: syntax.Node | None, brackets: syntax.Node, sign: str, value: Value, before: Sequence[tuple[str, Tree]],
    context: Context,
) -> Tree | None:  # fmt: skip
    """What a name and the brackets behind it are together, in the place of the name; None where they are factors.

    ``value`` is the meaning of the brackets, ``before`` the factors so far, the last of which is the name.

    Raises
    ------
    ReadError
        "distribution", or "ambiguous-call" where a function was as likely meant as a product.
    """
    if sign or name is None or not before or not isinstance(value, Tree):
        return None
    if (variance := variance_by_letter(name, brackets, value, before, context)) is not None:
        return variance
    if isinstance(brackets, syntax.Listed):
        if not isinstance(name, syntax.Named):
            return None
        return of_several(
            name, _spelling(name, before[-1][1]) or name.spelling, brackets, value, before[-1][1], context
        )
    if isinstance(brackets, syntax.Inverse | syntax.Prime | syntax.Power):
        return _with_suffix(name, brackets, before[-1][1], context)
    if says_dependence_of_transpose(name, brackets):
        return before[-1][1]
    if (penalized := penalized_estimate(name, brackets, value, before[-1][1])) is not None:
        return penalized
    if is_of_covariances(name, brackets, value, context):
        return before[-1][1]
    if says_dependence(name, brackets, before[-1][1]):
        return at_estimate(before[-1][1], brackets, context)
    found = _function_by_custom(name, brackets, value, context)
    return found if found is not None else _of_one(name, brackets, value, before[-1][1], context)


# By custom


def _function_by_custom(name: syntax.Node, brackets: syntax.Node, value: Tree, context: Context) -> Tree | None:
    """V(μ), the variance function, and b(θ), a(φ) of an exponential family: functions of just these."""
    if isinstance(name, syntax.Named) and isinstance(brackets, syntax.Conditional):
        if name.spelling == Spelling("V") and is_random(value):
            return Variance(value)
        return _reduction(name.spelling, value)
    primes = ""
    if isinstance(name, syntax.Prime) and not name.letter:
        if isinstance(name.inner, syntax.Named) and (derived := derivative(name, name.inner, brackets, value, context)):
            return derived
        name, primes = name.inner, "'" * name.count  # b'(θ) and b''(θ), derivatives of such a function
    if not (isinstance(name, syntax.Named) and isinstance(brackets, syntax.Group)):
        return None
    of, spelling = without_step(brackets.inner), name.spelling
    if _is_nought(of) and primes and spelling.letters in _ARGUMENTS_BY_CUSTOM and not spelling.bold:
        return Applied(spelling.letters + primes, (value,), spelling.subscript)  # M''(0), a second moment
    if (
        (spelling.letters, spelling.accent) == ("y", "hat")
        and isinstance(of, syntax.Named)
        and of.spelling.letters == "x"
    ):
        return Applied("yhat", (value,), spelling.subscript)  # what is fitted at x
    if spelling.letters in _SCORES and _is_slope(of) and value.columns == ONE and not (primes or spelling.accent):
        return Applied(spelling.letters, (value,), spelling.subscript, value.rows, ONE)
    if spelling.bold or spelling.subscript:
        return None
    if not primes and is_response_function(spelling, of, context):
        return Applied("h", (value,), "", *value.shape)
    if not primes and is_logistic_function(spelling, value, context):
        return Applied("sigma", (value,), "", *value.shape)
    is_far = is_place(of) or is_at_lag(spelling.letters, of, context)
    is_field = spelling.letters in FIELDS and not primes and is_far and context.vocabulary.takes_new_names
    if is_field:
        return Applied(f"{spelling.letters}{spelling.accent}", (value,))
    if spelling.accent or not isinstance(of, syntax.Named):
        return None
    if spelling.letters in _OF_TERMS and not primes:
        return Applied(spelling.letters, (value,))
    if spelling.letters == "R" and of.spelling.letters in _EFFECTS and stands_in(context.text, _OF_EFFECTS):
        return Applied("R", (value,))
    if of.spelling.letters not in _ARGUMENTS_BY_CUSTOM.get(spelling.letters, ()):
        return None
    if of.spelling.bold or of.spelling.letters.isupper():
        return Applied(spelling.letters + primes, (value,)) if context.vocabulary.takes_new_names else None
    is_element = value.columns == ONE or of.spelling.letters == "Theta"
    return Applied(spelling.letters + primes, (element_of(value),)) if is_element else None


def _is_slope(of: syntax.Node) -> bool:
    return isinstance(of, syntax.Named) and (of.spelling.letters, of.spelling.subscript) == ("beta", "")


def _reduction(spelling: Spelling, value: Tree) -> Tree | None:
    """R(τ | μ) and SS(τ | μ), by how much the sum of squares of the residuals falls with τ after μ; None for others."""
    is_plain = not (spelling.bold or spelling.subscript or spelling.accent)
    return Applied(spelling.letters, (value,)) if is_plain and spelling.letters in _REDUCTIONS else None


# By what stands in the brackets


def _of_one(name: syntax.Node, brackets: syntax.Node, value: Tree, known: Tree, context: Context) -> Tree | None:
    """A name before one letter, or nought, or a distance, in round brackets, where names are open."""
    if not (isinstance(brackets, syntax.Group) and is_round(brackets, context) and context.vocabulary.takes_new_names):
        return None
    of = without_step(brackets.inner) if has_step(value) else brackets.inner
    spelling = _spelling(name, known)
    if spelling is None:
        return _of_power(name, brackets, value, known, context)
    if (quantile := quantile_of(spelling, (value,))) is not None:
        return quantile
    if isinstance(known, Identity) and spelling.letters == "I" and not spelling.subscript and is_parameter(of):
        return Applied(INFORMATION, (value,), "", value.rows, value.rows)
    is_lag = _is_nought(of) or is_distance(of) or is_lag_beside_nought(spelling.letters, of, context)
    is_coefficient = spelling.letters in COEFFICIENTS and spelling.subscript.isdigit()  # γ_10 (x_ij − x̄_·j)
    if spelling.letters in _BY_DISTANCE and not spelling.bold and is_lag and not is_coefficient:
        value = Zero(*at_place(context)) if _spelling(of) == Spelling("0", bold=True) else value
        return Applied(spelling.letters, (value,), spelling.subscript)
    if isinstance(known, Symbol) and (known.columns != ONE or (known.name.endswith("hat") and is_parameter(of))):
        if is_parameter(of) or is_curvature(spelling, of):
            return known if spelling.accent else at_estimate(known, brackets, context)
        is_new = not spelling.bold and spelling.letters not in context.vocabulary
        is_random = isinstance(value, Symbol) and value.role == "random"
        if is_new and isinstance(of, syntax.Named) and isinstance(value, Scalar) and is_only_called(spelling, context):
            return Applied(spelling.letters, (value,), spelling.subscript)
        if isinstance(of, syntax.Named) and (isinstance(value, Scalar) or (is_new and is_random)):
            raise ambiguous(name, brackets, context)  # D(y) may be its dispersion
        return None
    key = f"{spelling.letters}{spelling.accent}"
    if is_process(spelling, of, known):
        return at_time(key, spelling.subscript, value, known, context)
    if spelling.letters in {"SS", "MS"} and spelling.subscript in {"I", "II", "III", "IV"}:
        return Applied(spelling.letters, (value,), spelling.subscript)  # of one of the types of sums of squares
    if spelling.letters in STATISTICS and not spelling.subscript:
        return _statistic_of(spelling, of, value, context)
    if spelling.bold or spelling.letters in STATISTICS:
        return None
    if _is_nought(of):
        return Applied(key, (value,), spelling.subscript)
    if spelling == Spelling("pi") and _is_variance(of):
        return Applied(key, (value,))  # a prior
    if not isinstance(of, syntax.Named):
        return None
    if spelling.subscript[:1].isdigit() and spelling.letters in COEFFICIENTS and of.spelling.subscript:
        return None  # γ_10 (Session_ij), a coefficient and its covariate
    if spelling.letters == "r" and value.columns != ONE and not spelling.subscript:
        return Applied("rank", (value,))
    is_column = isinstance(value, Symbol) and value.columns == ONE and known.is_scalar
    if of.spelling.letters in _OF_VALUES:
        raise ambiguous(name, brackets, context)  # α_i (Bias), a coefficient and what it is one of
    if isinstance(value, Scalar) or is_column or is_defined(name, brackets, key, context):
        return Applied(key, (value,), spelling.subscript)
    if isinstance(value, Symbol) and known.is_scalar:
        raise ambiguous(name, brackets, context)  # δ_ζ(X)
    return None


def _statistic_of(spelling: Spelling, of: syntax.Node, value: Tree, context: Context) -> Tree | None:
    r"""PEV(\hat u) and RSS(V_0), a statistic of one name; None before a count, SSE(n), and before what is no one name:
    of what is estimated, and of an effect, there are as many as it is long."""
    if spelling.letters in _OF_VALUES:
        return Applied(spelling.letters, (value,))
    if not isinstance(of, syntax.Named) or of.spelling.run:
        return None
    known = context.vocabulary.lookup(of.spelling.letters)
    is_count = of.spelling.letters.isascii() and len(of.spelling.letters) == 1 and not of.spelling.accent
    if is_count and value.is_scalar and (known is None or known.about == "size"):
        return (
            None if not of.spelling.subscript or of.spelling.letters.islower() else Applied(spelling.letters, (value,))
        )
    shape = (value.rows, value.rows) if spelling.letters == "PEV" else (ONE, ONE)
    return Applied(spelling.letters, (value,), "", *shape)


def _is_variance(of: syntax.Node) -> bool:
    """Whether this is σ²_u or τ², a parameter written as a square."""
    base = of.base if isinstance(of, syntax.Power) and isinstance(of.exponent, syntax.Number) else None
    return isinstance(base, syntax.Named) and base.spelling.letters in {"sigma", "tau"}


def _with_suffix(
    name: syntax.Node, suffixed: syntax.Inverse | syntax.Prime | syntax.Power, known: Tree, context: Context
) -> Tree | None:  # fmt: skip
    """V(θ)⁻¹ and μ(x)²: what stands behind the brackets of a function belongs to all of it."""
    group = suffixed.base if isinstance(suffixed, syntax.Power) else suffixed.inner
    if isinstance(suffixed, syntax.Power) and isinstance(group, syntax.Group) and is_derived(name, group, context):
        of = syntax.Chain(name.start, group.end, ("", ""), (name, group))
        return elaborate(replace(suffixed, base=of), context)  # g'(μ)²
    if not (isinstance(name, syntax.Named) and isinstance(group, syntax.Group)):
        return None
    is_called = is_quantile(name.spelling) or (name.spelling.letters in FIELDS and is_place(group.inner))
    if not (is_called or isinstance(group.inner, syntax.Named | syntax.Number | syntax.Power)):
        return None
    value = elaborate(group, context)
    if not isinstance(value, Tree) or _of_one(name, group, value, known, context) is None:
        return None
    last = _spelling(name, known) or name.spelling  # of letters side by side the others are factors of their own
    if isinstance(suffixed, syntax.Prime) and last.letters in _COVARIATES:
        last = replace(last, bold=True)  # x(t)'β
    pair = (syntax.Named(name.start, name.end, last, name.sizes), group)
    whole = syntax.Chain(name.start, group.end, ("", ""), pair)
    if isinstance(suffixed, syntax.Power):
        return elaborate(replace(suffixed, base=whole, start=whole.start), context)
    return elaborate(replace(suffixed, inner=whole, start=whole.start), context)


def _of_power(name: syntax.Node, brackets: syntax.Node, value: Tree, known: Tree, context: Context) -> Tree | None:
    r"""I⁻¹(θ), the inverse of Fisher's information, and σ²(x), the square of a function. Raises ReadError
    for F⁻¹(p)."""
    of = without_step(brackets.inner if isinstance(brackets, syntax.Group) else brackets)
    if isinstance(name, syntax.Inverse) and isinstance(name.inner, syntax.Named):
        inner = name.inner.spelling
        if is_response_function(inner, of, context):
            return Applied("hinv", (value,), "", *value.shape)
        if inner.letters in {"I", INFORMATION} and not inner.subscript and is_parameter(of):
            return Inverse(Applied(INFORMATION, (value,), "", value.rows, value.rows))
        if isinstance(known, Inverse) and is_parameter(of):
            return Inverse(at_estimate(known.tree, brackets, context))
        power = None
    elif isinstance(name, syntax.Power) and isinstance(name.base, syntax.Named):
        power = name
    else:
        return None
    is_inverse = power is None and isinstance(known, Scalar) and isinstance(brackets, syntax.Group)
    if is_inverse and value.is_scalar and not isinstance(value, Scalar):
        raise ambiguous(name, brackets, context)  # h⁻¹(x'β), the inverse of a link
    is_at_place = isinstance(of, syntax.Named) and of.spelling.bold and is_place(of)
    squared = power.base.spelling if power is not None and isinstance(power.base, syntax.Named) else Spelling("")
    if power is not None and (squared.letters in _OF_VALUES or quantile_of(squared, (value,)) is not None):
        return _power_of_call(power, brackets, context)  # χ²_{0.95}(n − p), Bias²(θ̂)
    if not (known.is_scalar and (isinstance(value, Scalar) or is_at_place) and isinstance(of, syntax.Named)):
        return None
    exponent = power.exponent if power is not None else None
    if power is not None and of.spelling.accent and (found := spread_of(power, value, context)) is not None:
        return found
    is_label = isinstance(exponent, syntax.Named) and exponent.spelling.letters in context.bound  # a_l f^l(s), added up
    if power is None or of.spelling.accent or is_label:
        raise ambiguous(name, brackets, context)
    return _power_of_call(power, brackets, context)


def _power_of_call(power: syntax.Power, brackets: syntax.Node, context: Context) -> Tree:
    """What is written as the power of a function before its argument: the power of its value."""
    whole = syntax.Chain(power.start, brackets.end, ("", ""), (power.base, brackets))
    return elaborate(replace(power, base=whole), context)


def _spelling(name: syntax.Node, known: Tree | None = None) -> Spelling | None:
    """The spelling of a name, of letters side by side that of the last unless all of them are the name of a number."""
    if not isinstance(name, syntax.Named):
        return None
    spelling = name.spelling
    is_whole = isinstance(known, Scalar) and known.value.is_Symbol and str(known.value) == spelling.letters
    is_run = spelling.run and spelling.letters not in STATISTICS and not spelling.subscript and not is_whole
    return Spelling(spelling.letters[-1], False, spelling.bold, spelling.accent) if is_run else spelling


def _is_nought(node: syntax.Node) -> bool:
    """Whether a node is 0, also the bold one of a place."""
    is_named = isinstance(node, syntax.Named) and node.spelling.letters == "0"
    return is_named or (isinstance(node, syntax.Number) and node.digits == "0")

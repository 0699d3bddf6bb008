r"""What brackets behind a name say of it, and are no factor: \mathbf{V}(\boldsymbol\theta) depends on θ, R(μ, τ) is the
reduction in a sum of squares by μ and τ."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tutor.notation.parsing import syntax
from tutor.notation.parsing.arguments import with_conditions, with_data, with_effects
from tutor.notation.parsing.token import Spelling

COVARIANCES = frozenset({"V", "R", "G", "B", "Sigma", "D", "W", "Omega"})
"""Letters of covariance matrices."""

_ESTIMATED = frozenset({"beta", "u", "b", "e", "y", "mu"})
"""Letters of vectors whose estimates depend on them."""

_REDUCTIONS = frozenset({"R", "SS", "SSR", "SSE"})
"""Letters of reductions in a sum of squares, and of the sums of squares of several terms together."""

PARAMETERS = frozenset(
    {"sigma", "sigma2", "theta", "phi", "rho", "psi", "gamma", "lambda", "omega", "xi", "kappa", "alpha", "delta", "nu"}
)
"""Letters for the parameters of a covariance matrix, or for all of them together."""

_METHODS = frozenset({"OLS", "GLS", "WLS", "FGLS", "EGLS", "ML", "MLE", "REML", "BLUE", "BLUP", "LS"})
"""Methods of estimation, which multiply nothing."""

_PLACES = {"x": "st", "z": "st", "f": "stxz"}
"""Letters of vectors that are functions, and where these are taken: times, places, and what a curve is fitted to."""

_OF_SOURCES = frozenset({"SS", "MS", "df", "EMS"})
"""Statistics of an analysis of variance, one for each source of variation."""


def is_dependent(matrix: syntax.Node | None, brackets: syntax.Node) -> bool:
    """Whether brackets behind a matrix, or an estimate, hold the name of its parameters, and no factor: one of the two
    is bold."""
    if not (isinstance(matrix, syntax.Named) and isinstance(brackets, syntax.Group)):
        return False
    is_estimate = matrix.spelling.accent in {"hat", "tilde"} and matrix.spelling.letters in _ESTIMATED
    if not isinstance(brackets.inner, syntax.Named) or not (is_estimate or matrix.spelling.letters in COVARIANCES):
        return False
    of = brackets.inner.spelling
    is_whole = not of.subscript or (bool(of.accent) and of.subscript.isupper())  # θ, and θ̂_ML
    return of.letters in PARAMETERS and is_whole and (of.bold or matrix.spelling.bold)


def regrouped(factors: list[Any]) -> list[Any]:
    r"""The factors of a product in which a suffix of such brackets is one of the matrix, \mathbf{V}(\theta)^{-1}, and
    R(μ, τ) is one factor."""
    result: list[Any] = []
    for factor in factors:
        before = result[-1] if result else None
        factor = with_effects(before, factor) if isinstance(factor, syntax.Node) else factor
        if isinstance(factor, syntax.Listed) and isinstance(before, syntax.Named) and _is_reduction(before.spelling):
            items = with_conditions(factor.items)
            keywords = ("",) * len(items)
            result[-1] = syntax.Call(before.start, factor.end, "reduction", before.spelling, items, keywords)
            continue
        if isinstance(factor, syntax.Node) and (of_data := with_data(before, factor)) is not None:
            result[-1] = of_data
            continue
        if isinstance(before, syntax.Call) and isinstance(factor, syntax.Group) and _is_of_function(before, factor):
            result[-1] = _with_brackets(before, factor)
            continue
        if isinstance(before, syntax.Derivative) and _is_taken_at_itself(before, factor):
            continue  # ∂ℓ/∂β (β), the derivative as a function of β
        if (estimate := _by_method(before, factor)) is not None:
            result[-1] = estimate
            continue
        if (named := _of_source(before, factor)) is not None:
            result[-1] = named
            continue
        if (dependent := _of_parameters(before, factor)) is not None:
            result[-1] = dependent
            continue
        if (row := _row_of_function(before, factor)) is not None:
            result[-1:], factor = row[:-1], row[-1]
        if before is not None and isinstance(factor, syntax.Evaluated) and _are_beside(before, factor.inner):
            result.pop()
            chain = syntax.Chain(before.start, factor.inner.end, ("", ""), (before, factor.inner))
            factor = replace(factor, inner=chain, start=chain.start)
        if isinstance(factor, syntax.Inverse | syntax.Prime) and (
            is_dependent(before, factor.inner) or _depends_on_several(before, factor.inner)
        ):
            pair = (result.pop(), factor.inner)
            chain = syntax.Chain(pair[0].start, pair[1].end, ("", ""), pair)
            factor = replace(factor, inner=chain, start=chain.start)
        result.append(factor)
    return result


def _row_of_function(row: Any, brackets: Any) -> tuple[syntax.Node, ...] | None:
    r"""\mathbf{x}'(t) as \mathbf{x}(t)': brackets right behind a row that say where its function is taken. An f is a
    function by its letter."""
    if not (isinstance(row, syntax.Prime) and isinstance(row.inner, syntax.Named) and row.inner.spelling.bold):
        return None
    inner = brackets.inner if isinstance(brackets, syntax.Group) and row.end == brackets.start else None
    name = row.inner
    if not isinstance(inner, syntax.Named) or inner.spelling.letters not in _PLACES.get(name.spelling.letters, ""):
        return None
    if name.spelling.letters == "f":
        called = syntax.Call(name.start, brackets.end, "density", name.spelling, (inner,), ("",))
        return (replace(row, end=brackets.end, inner=called),)
    return name, replace(row, start=brackets.start, end=brackets.end, inner=brackets)


def _is_taken_at_itself(derivative: syntax.Derivative, brackets: Any) -> bool:
    """Whether brackets right behind a derivative hold just what it is by."""
    by = derivative.by
    inner = brackets.inner if isinstance(brackets, syntax.Group) else None
    return isinstance(inner, syntax.Named) and isinstance(by, syntax.Named) and inner.spelling == by.spelling


def _depends_on_several(matrix: Any, brackets: syntax.Node) -> bool:
    """Whether brackets behind a covariance matrix hold the names of several parameters, V(σ²_u, σ²)."""
    if not (isinstance(matrix, syntax.Named) and isinstance(brackets, syntax.Listed)):
        return False
    names = [item.base if isinstance(item, syntax.Power) else item for item in brackets.items]
    told = [name for name in names if not isinstance(name, syntax.Ellipsis)]
    are_parameters = all(isinstance(name, syntax.Named) and name.spelling.letters in PARAMETERS for name in told)
    return are_parameters and matrix.spelling.letters in COVARIANCES


def _of_parameters(name: Any, brackets: Any) -> syntax.Named | None:
    r"""\mathbf{V}_i(\beta, \alpha, \phi) as \mathbf{V}_i: a bold matrix with the names of several parameters behind it,
    of which no row is made; and \mu_i(\beta) as \mu_i. With their estimates it is an estimate itself."""
    if not isinstance(name, syntax.Named):
        return None
    if isinstance(brackets, syntax.Listed):
        items = brackets.items
    elif isinstance(brackets, syntax.Group) and _is_mean(name.spelling):
        items = (brackets.inner,)
    else:
        return None
    told = [item.base if isinstance(item, syntax.Power) else item for item in items]
    names = [item.spelling for item in told if isinstance(item, syntax.Named)]
    if len(names) < len(told) or not _may_depend(name.spelling, {name.letters for name in names}):
        return None
    if len(names) == 1 and names[0].subscript:
        return None
    accent = name.spelling.accent or ("hat" if any(name.accent == "hat" for name in names) else "")
    return replace(name, end=brackets.end, spelling=replace(name.spelling, accent=accent))


def _is_mean(spelling: Spelling) -> bool:
    """Whether this is the mean of observations, or what a link makes of it, as a vector: bold, or that of a unit."""
    is_mean = spelling.letters == "mu" and (spelling.bold or bool(spelling.subscript))
    return (is_mean or spelling == Spelling("eta", bold=True)) and spelling.accent in {"", "hat"}


def _may_depend(spelling: Spelling, on: set[str]) -> bool:
    if _is_mean(spelling):
        return "beta" in on and PARAMETERS | {"beta", "b", "u"} >= on
    is_capital = spelling.bold and spelling.letters[:1].isupper() and spelling.letters not in {"X", "Z"}
    return is_capital and PARAMETERS | {"beta"} >= on


def _of_source(statistic: Any, brackets: Any) -> syntax.Named | None:
    """SS(Block) as SS_Block: a statistic of an analysis of variance with the source of variation in brackets."""
    if not (isinstance(statistic, syntax.Named) and isinstance(brackets, syntax.Group)):
        return None
    spelling, inner = statistic.spelling, brackets.inner
    plain = spelling.letters in _OF_SOURCES and not (spelling.bold or spelling.subscript or spelling.accent)
    nested = _nested_source(inner) if plain else ""
    if nested:
        return replace(statistic, end=brackets.end, spelling=replace(spelling, subscript=nested))
    if not (plain and isinstance(inner, syntax.Named)) or inner.spelling.subscript or len(inner.spelling.letters) < 3:
        return None
    return replace(statistic, end=brackets.end, spelling=replace(spelling, subscript=inner.spelling.letters))


def _nested_source(source: syntax.Node) -> str:
    """Leaf(Plant) and B(A), a factor within the levels of another; "" for any other source."""
    if isinstance(source, syntax.Call):
        names: tuple[Any, ...] = (source, *source.arguments)  # B( ) is a function elsewhere
    elif isinstance(source, syntax.Chain) and isinstance(source.factors[-1], syntax.Group):
        names = (*source.factors[:-1], source.factors[-1].inner)
    else:
        return ""
    if len(names) != 2 or not isinstance(names[1], syntax.Named):
        return ""
    told = [name.spelling for name in names if isinstance(name, syntax.Named | syntax.Call)]
    are_plain = len(told) == 2 and not any(name.subscript or name.accent or name.bold for name in told)
    letters = [name.letters for name in told]
    are_factors = all(len(name) > 2 for name in letters) or all(len(name) == 1 and name.isupper() for name in letters)
    return f"{letters[0]}({letters[1]})" if are_plain and are_factors else ""


def _by_method(estimate: Any, method: Any) -> syntax.Named | None:
    """β̂ GLS as β̂_GLS: an estimate with the method behind it that lost its place below."""
    if not (isinstance(estimate, syntax.Named) and isinstance(method, syntax.Named)):
        return None
    spelling, label = estimate.spelling, method.spelling
    if spelling.accent not in {"hat", "tilde"} or spelling.subscript or label != Spelling(label.letters, run=True):
        return None
    is_method = label.letters in _METHODS
    return replace(estimate, end=method.end, spelling=replace(spelling, subscript=label.letters)) if is_method else None


def _are_beside(name: Any, brackets: syntax.Node) -> bool:
    """Whether brackets follow right upon a name, M(t) or M'(t): a bar behind them belongs to both."""
    named = name.inner if isinstance(name, syntax.Prime) else name
    return isinstance(named, syntax.Named) and isinstance(brackets, syntax.Group) and name.end == brackets.start


def _is_of_function(call: syntax.Call, brackets: syntax.Group) -> bool:
    """Whether a function without brackets of its own stands before one with a single letter in its, log M(t)."""
    if len(call.arguments) != 1:
        return False
    argument = call.arguments[0]
    if isinstance(argument, syntax.Call):
        return argument.end == call.end and _is_of_function(argument, brackets)
    is_bare = isinstance(argument, syntax.Named) and argument.end == call.end == brackets.start
    return is_bare and isinstance(brackets.inner, syntax.Named | syntax.Number)


def _with_brackets(call: syntax.Call, brackets: syntax.Group) -> syntax.Call:
    """The call of a function whose last name has these brackets."""
    (inner,) = call.arguments
    if isinstance(inner, syntax.Call):
        argument: syntax.Node = _with_brackets(inner, brackets)
    else:
        argument = syntax.Chain(inner.start, brackets.end, ("", ""), (inner, brackets))
    return replace(call, end=brackets.end, arguments=(argument,))


def _is_reduction(spelling: Spelling) -> bool:
    plain = not (spelling.bold or spelling.subscript or spelling.accent)
    return plain and spelling.letters in _REDUCTIONS

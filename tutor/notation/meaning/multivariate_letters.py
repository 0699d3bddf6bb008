r"""Letters of multivariate statistics by where they stand: the X and the μ_X of E((X − μ_X)(Y − μ_Y)'), and the x,
the z and the μ of x = Wz + μ + ε.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.linear_forms import moments
from tutor.notation.meaning.usage import Factor, Product, Usage
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import family
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_LATENT = frozenset("zhsfw")
_LOADINGS = frozenset("ABCDEFGHKLMNOPQRSTUVW") | {"Lambda"}


def of_deviations(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The X and the μ_X of E((X − μ_X)(Y − μ_Y)'): vectors of one length each."""
    y = vocabulary.lookup("y")
    if y is None or not moments(usage):
        return {}
    told: list[tuple[str, str]] = []
    for first, second in usage.beside:
        deviations = [each for each in (_deviation(first, usage), _deviation(second, usage)) if each is not None]
        told += deviations if second.is_transposed and len(deviations) == 2 else []
    rows = y.tree.rows
    variables = {key: Name(key, Symbol(key, rows, ONE, role="random")) for key, _ in told}
    return variables | {key: Name(key, Symbol(key, rows, ONE)) for _, key in told if key}


def _deviation(factor: Factor, usage: Usage) -> tuple[str, str] | None:
    """The keys of X and μ_X in (X − μ_X), the second one empty in (X − E(X)); None of any other factor."""
    inner = factor.node.inner if isinstance(factor.node, syntax.Group) else None
    if not isinstance(inner, syntax.Sum) or inner.signs[1:] != ("-",):
        return None
    variable, mean = usage.single(inner.terms[0]), inner.terms[1]
    if variable.letter not in {"X", "Y", "Z"} or not variable.is_bare or variable.bold:
        return None
    if isinstance(mean, syntax.Call):
        is_own = mean.function == "E" and usage.single(mean.arguments[0]).letter == variable.letter
        return (variable.letter, "") if is_own else None
    letter = usage.single(mean)
    is_mean = letter.letter == "mu" and letter.below in {"", "X", "Y", "Z"}
    return (variable.letter, letter.key) if is_mean else None


def of_latent_variables(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The x, z and μ of x = Wz + μ + ε, and of x ~ N(μ, WW' + Ψ): vectors; Ψ is a matrix."""
    y = vocabulary.lookup("y")
    if y is None:
        return {}
    n = y.tree.rows
    names: dict[str, Name | None] = {}
    for observed, latent, mean in _factor_models(usage):
        for key, rows in ((observed, n), (mean, n), (latent, size("q"))):
            names[key] = Name(key, Symbol(key, rows, ONE))
    for observed, mean, spread in _marginal_factor_models(usage) if not names else ():
        names |= {key: Name(key, Symbol(key, n, ONE)) for key in (observed, mean)}
        if spread:
            names[spread] = Name(spread, Symbol(spread, n, n, "unknown", frozenset({"symmetric"})))
    return names


def _factor_models(usage: Usage) -> Iterator[tuple[str, str, str]]:
    """The observations, the latent variables and the mean in x = Wz + μ + ε, of factor analysis and of probabilistic
    principal components."""
    for left, right in usage.equations():
        observed, terms = usage.single(left), usage.terms(right)
        if not _is_observed(observed) or len(terms) < 2 or len(terms[0][1]) != 2:
            continue
        (loadings, latent), (sign, mean) = terms[0][1], terms[1]
        is_product = loadings.letter in _LOADINGS and loadings.is_bare and latent.letter in _LATENT and latent.is_bare
        if is_product and sign == "+" and _is_mean_vector(mean):
            yield observed.letter, latent.letter, mean[0].letter


def _marginal_factor_models(usage: Usage) -> Iterator[tuple[str, str, str]]:
    """The observations, their mean, and the covariance matrix that is added, if it is a letter, in
    x ~ N(μ, WW' + Ψ)."""
    for node in usage.of(syntax.Distributed):
        observed = usage.single(node.subject)
        if not _is_observed(observed) or family(node.family.letters) != "N" or len(node.arguments) != 2:
            continue
        mean, terms = usage.product(node.arguments[0]), usage.terms(node.arguments[1])
        if not _is_mean_vector(mean) or len(terms) < 2 or len(terms[0][1]) != 2:
            continue
        (loadings, row), spread = terms[0][1], terms[1][1][0]
        is_square = row.letter == loadings.letter and row.is_transposed and loadings.is_bare
        if is_square and loadings.letter in _LOADINGS:
            yield observed.letter, mean[0].letter, spread.letter if spread.letter in {"Psi", "psi"} else ""


def _is_observed(factor: Factor) -> bool:
    return factor.letter in {"x", "t", "y"} and factor.is_bare and not (factor.bold or factor.accent)


def _is_mean_vector(product: Product) -> bool:
    return len(product) == 1 and product[0].letter in {"mu", "b"} and product[0].is_bare and not product[0].bold

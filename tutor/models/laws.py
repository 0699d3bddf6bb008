"""The distribution of a response that is not normal: its family, its link and its constants, as a text tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import sympy

from tutor.algebra.nodes import Scalar
from tutor.errors import nearest
from tutor.models.element_names import element_name, key_of, letters_of
from tutor.models.glmm.families import FAMILIES, Family, family_named
from tutor.models.linked import UNTOLD, inverse_link
from tutor.models.told import Told
from tutor.notation.names import unicode_name
from tutor.notation.statement import Distribution, Equation, Term

_STAND_IN = sympy.Symbol("sigma2", positive=True)
"""The variance of the residual of the linear model, which the family takes the place of."""


@dataclass(frozen=True, slots=True)
class Law:
    """The family of y given u, the key of its link, and its constants where they are no letters of the family."""

    family: str
    link: str
    numbers: tuple[tuple[str, sympy.Expr], ...]


Arguments = Sequence[sympy.Expr]
Constants = Callable[[Arguments, sympy.Expr], Mapping[str, sympy.Expr] | None]


def _with_dispersion(key: str) -> Constants:
    """Of (μ, φ): what stands beside the mean."""
    return lambda args, mean: {key: args[1]} if len(args) == 2 and args[0] == mean else None


def _of_gamma(args: Arguments, mean: sympy.Expr) -> Mapping[str, sympy.Expr] | None:
    """(μ, φ), or the shape α with the scale μ/α or the rate α/μ: Var = μ²/α, so that φ = 1/α."""
    by_shape = len(args) == 2 and args[1] in (mean / args[0], args[0] / mean)
    return {"phi": 1 / args[0]} if by_shape else _with_dispersion("phi")(args, mean)


def _of_beta(args: Arguments, mean: sympy.Expr) -> Mapping[str, sympy.Expr] | None:
    """(μ, φ), or μφ and (1 − μ)φ."""
    phi = sympy.cancel(args[0] / mean) if len(args) == 2 else mean
    by_sum = not phi.has(mean) and sympy.expand(args[1] - (1 - mean) * phi) == 0
    return {"phi": phi} if by_sum else _with_dispersion("phi")(args, mean)


def _of_trials(args: Arguments, mean: sympy.Expr) -> Mapping[str, sympy.Expr] | None:
    """(n, π), or (π) with the number of trials left open."""
    if len(args) == 2 and args[1] == mean:
        return {"N": args[0]}
    return {} if list(args) == [mean] else None


def _of_mean(args: Arguments, mean: sympy.Expr) -> Mapping[str, sympy.Expr] | None:
    return {} if list(args) == [mean] else None


_CONSTANTS: dict[str, tuple[Constants, str]] = {
    "Poisson": (_of_mean, "Poisson(μ)"),
    "Bernoulli": (_of_mean, "Bernoulli(π)"),
    "Binomial": (_of_trials, "Binomial(n, π)"),
    "negative binomial": (_with_dispersion("phi"), "NB(μ, φ)"),
    "Gamma": (_of_gamma, "Gamma(μ, φ)"),
    "Beta": (_of_beta, "Beta(μ, φ)"),
    "normal": (_with_dispersion("sigma2"), "N(μ, σ²)"),
    "t": (_with_dispersion("sigma2"), "t_ν(μ, σ²)"),
    "lognormal": (_with_dispersion("sigma2"), "Lognormal(μ, σ²)"),
}
"""Key of a family: its constants from its arguments and the mean among them, and how it is written."""


def law_of(told: Told) -> Law | None:
    """The law of the response where it is not normal or has a link; the linear predictor becomes its mean in ``told``.

    Raises
    ------
    ReadError
        "not-normal" for effects that are not normal and for a family that there is not, "link-missing" and
        "distribution-missing" where a link or the distribution of the response is not told, "parametrization" for
        arguments of which the mean cannot be told.
    """
    used = {str(s) for e in told.equations.values() for t in e.terms for f in t.factors for s in _letters(f)}
    for part in told.laws:
        if _subject(part) in used or not _subject(part) or part.family not in {"", *_known_families()}:
            raise _not_normal(part, told)
    if len(told.laws) > 1:
        raise told.error("Two distributions are told of the response.", "no-index-model", "Write one.", told.laws[1])
    if told.laws:
        return _law(told.laws[0], told)
    for mean, _, place in told.means.values():
        if {str(letter) for letter in _letters(mean)} & told.links.keys() and isinstance(place, Distribution):
            return _law(place, told)
    for element, (_, predictor) in told.links.items():
        below = element.partition("_")[2]
        shown = unicode_name(element)
        if element.startswith("y") or _has_residual(predictor, below, told):
            raise told.error(f"The left side is no single element: a function of {shown} is the response.",
                             "no-index-model", f"Give it a letter of its own, as z_{below} for log {shown}, and write "
                             f"z_{below} = μ + ….", predictor)  # fmt: skip
        raise told.error(f"{shown} has a link, and the response has no distribution: of what is {shown} the mean?",
                         "distribution-missing", f"Write y_{below} ~ Poisson({shown}), or what it is.",
                         predictor)  # fmt: skip
    return None


def _has_residual(predictor: Equation, below: str, told: Told) -> bool:
    """Whether a term is an element of all indices that is a residual by its name, or has a distribution."""
    drawn = {(key_of(name)) for effects in told.random for name in effects.names}
    alone = {
        str(t.factors[0].value) for t in predictor.terms if len(t.factors) == 1 and isinstance(t.factors[0], Scalar)
    }
    return any(key in drawn or key == f"e_{below}" for key in alone if key.partition("_")[2] == below)


def _law(part: Distribution, told: Told) -> Law:
    family = family_named("Lognormal" if part.family == "LogNormal" else part.family)
    args = [tree.value for tree in part.arguments if isinstance(tree, Scalar)]
    mean, link = _mean(part, args, told)
    constants, written = _CONSTANTS[family.key]
    found = constants(args, mean)
    if found is None or len(args) < len(part.arguments):
        raise told.error(f"The mean and the other constants of {part.family} cannot be told from this.",
                         "parametrization", f"Write {written}, with the mean that the link is of.", part)  # fmt: skip
    if part.below:
        found = {**found, "nu": _constant(part.below)}
    numbers = tuple((key, _checked(key, value, family, part, told)) for key, value in found.items())
    return Law(family.key, link, tuple((key, value) for key, value in numbers if str(value) != key))


def _mean(part: Distribution, args: Arguments, told: Told) -> tuple[sympy.Expr, str]:
    """The mean among the arguments and the key of its link; its equation becomes that of the linear predictor.

    Raises
    ------
    ReadError
        "link-missing", where nothing says how the mean depends on effects.
    """
    response = _subject(part)
    plain = [value for value in args if value.is_Symbol]
    for value in args:
        inverse = inverse_link(value)
        if inverse is not None and not any(_is_told(letter, told) for letter in plain):
            key = f"mu_{response.partition('_')[2]}"
            predictor = Equation((), part.start, part.end, (Term((Scalar(inverse[1]),), part.start, part.end),))
            return value, _told(key, inverse[0], predictor, response, part, told)
    for letter in (*plain, *sorted((letter for value in args for letter in value.free_symbols), key=str)):
        if _is_told(letter, told) and isinstance(letter, sympy.Expr):
            link, predictor = told.links.get(str(letter)) or ("identity", told.equations[str(letter)])
            return letter, _told(str(letter), link, predictor, response, part, told)
    given = next((e for e in told.links if e.partition("|")[0] == response), None)
    own = [value for value in args if value.is_Symbol and letters_of(element_name(str(value)))]
    if given is not None and own:  # log(E(y_ij | u_j)) is that of the parameter with an index
        link, predictor = told.links[given]
        return own[-1], _told(str(own[-1]), link, predictor, response, part, told)
    raise _no_link(unicode_name(str((own or list(args) or [response])[-1])), part, told)


def _is_told(letter: sympy.Basic, told: Told) -> bool:
    return str(letter) in told.links or str(letter) in told.equations


def _told(key: str, link: str, predictor: Equation, response: str, part: Distribution, told: Told) -> str:
    """The key of the link, after its linear predictor was put in the place of the mean."""
    inverse = _inverse(predictor) if link == "identity" else None
    if inverse is not None:
        link, eta = inverse
        predictor = Equation((), predictor.start, predictor.end,
                             (Term((Scalar(eta),), predictor.start, predictor.end),))  # fmt: skip
    if link == UNTOLD:
        raise _no_link(unicode_name(key), part, told)
    told.equations[key] = predictor
    told.means[response] = (Scalar(sympy.Symbol(key, real=True)), _STAND_IN, part)
    return link


def _inverse(predictor: Equation) -> tuple[str, sympy.Expr] | None:
    """The link and η of μ_ij = exp(η_ij); None for a sum of terms."""
    last = predictor.sides[-1] if predictor.sides else None
    return inverse_link(last.value) if isinstance(last, Scalar) else None


def _no_link(mean: str, part: Distribution, told: Told) -> Exception:
    return told.error(f"How does {mean} depend on the effects? No link is told.", "link-missing",
                      f"Write log({mean}) = μ + τ_i + u_j, with the link that is meant.", part)  # fmt: skip


def _not_normal(part: Distribution, told: Told) -> Exception:
    if part.family == "N":
        return told.error("N has a mean and a variance.", "distribution", "Write N(0, σ²_u).", part)
    meant = nearest(part.family, [*FAMILIES, *_known_families()], cutoff=0.8) if part.family else None
    if meant is not None and meant != part.family:
        return told.error(f"{part.family} is no distribution that is known.", "not-normal", f"Did you mean {meant}?",
                          part)  # fmt: skip
    name = part.family or "A distribution without a name"
    return told.error(f"{name} is not the normal distribution, which random effects and residuals have.", "not-normal",
                      f"Write N(mean, variance); a response given u may be {', '.join(FAMILIES)}.", part)  # fmt: skip


def _known_families() -> set[str]:
    return {"Poisson", "Bernoulli", "Binomial", "NegativeBinomial", "Gamma", "Beta", "t", "LogNormal", "Lognormal"}


def _subject(part: Distribution) -> str:
    subject = part.subject
    return str(subject.value) if isinstance(subject, Scalar) and subject.value.is_Symbol else ""


def _letters(tree: object) -> set[sympy.Basic]:
    return tree.value.free_symbols if isinstance(tree, Scalar) else set()


def _constant(below: str) -> sympy.Expr:
    return sympy.Integer(int(below)) if below.isdecimal() else sympy.Symbol(below, positive=True)


def _checked(key: str, value: sympy.Expr, family: Family, part: Distribution, told: Told) -> sympy.Expr:
    """A constant of the family: a number, an expression in letters that all rows share, or the trials of each row."""
    below = _subject(part).partition("_")[2]
    own = [s for s in value.free_symbols if key == "N" and value == s and str(s).partition("_")[2] == below]
    letters = value.free_symbols.difference(own)  # n_ij trials of y_ij are a number of each observation
    indexed = [s for s in letters if "_" in str(s) and letters_of(element_name(str(s)))]
    if indexed:
        shown = unicode_name(str(indexed[0]))
        what = next(constant.meaning for constant in family.constants if constant.key == key)
        raise told.error(f"{shown} differs from one observation to another, and here all have the same "
                         f"{what.partition(':')[0].removesuffix(' of one observation')}.", "parametrization",
                         f"Write a letter without an index for {shown}.", part)  # fmt: skip
    rule = {s: sympy.Symbol(str(s), positive=True, integer=True if key == "N" else None) for s in value.free_symbols}
    return value.xreplace(rule)  # pyright: ignore[reportReturnType]

r"""Letters that are numbers by the distributions in a text: π beside 1 − π, the β of Gamma(α, β), the X of P(X > x).

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import pairwise

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.linear_forms import moments
from tutor.notation.meaning.named_numbers import named_number
from tutor.notation.meaning.usage import BRACKET, NOTHING, Factor, Product, Usage, pairs
from tutor.notation.names import STAR
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import family
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_ORDER = frozenset("<>≤≥")
_LINKS = frozenset({"logit", "probit", "cloglog", "odds"})
_OF_SUCCESSES = frozenset({"Binomial", "Bernoulli"})
_WITH_RATES = frozenset({"Gamma", "InverseGamma", "NIG", "Beta"})
_OF_NUMBERS = frozenset({"Gamma", "InverseGamma", "Exponential", "Beta", "Uniform", "chi2"})
_COVARIANCES = frozenset({"Sigma", "Omega", "Lambda"})
_SCALES = frozenset("ABCDEFGHKLMNOPQRSTUVWXYZ")
_VARIATES = frozenset("XYZ")
_DESIGNS = frozenset("XZ")
"""Capitals of random variables, and those of them that are more often designs."""


def of_scales(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The W of X | W ~ N(0, W) with W ~ Gamma(a, b), a number, which is elsewhere a matrix."""
    of_numbers = (node.subject for node in usage.of(syntax.Distributed) if family(node.family.letters) in _OF_NUMBERS)
    letters = set(_letters(of_numbers, _SCALES, usage))
    return {**_numbers(letters), "Sigma": None} if "V" in letters else _numbers(letters)


def of_priors(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The β_0 and B_0 of β ~ N(β_0, σ²B_0): a vector and a matrix, for the variance of a number is no capital."""
    beta = vocabulary.lookup("beta")
    if beta is None:
        return {}
    rows, changes = beta.tree.rows, {}
    for mean, variance in _priors(usage):
        matrix = Symbol(f"{variance}_0", rows, rows, "known", frozenset({"symmetric", "positive definite"}))
        vector = Symbol(f"{mean}_0", rows, ONE, "known")
        changes |= {tree.name: Name(tree.name, tree) for tree in (vector, matrix)}
    return changes


def _priors(usage: Usage) -> Iterator[tuple[str, str]]:
    """The letters of the mean and the variance of each prior of the coefficients."""
    for node in usage.of(syntax.Distributed):
        is_normal = family(node.family.letters) == "N" and len(node.arguments) == 2
        if not is_normal or usage.single(node.subject).letter != "beta":
            continue
        mean, product = usage.single(node.arguments[0]), usage.product(node.arguments[1])
        variance = product[-1] if len(product) == 1 or product[0].letter == "sigma" else NOTHING
        is_matrix = variance.is_capital or variance.letter in _COVARIANCES
        if mean.below == variance.below == "0" and mean.letter in {"beta", "mu", "b", "m"} and is_matrix:
            yield mean.letter, variance.letter


def of_probabilities(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """π is a probability where 1 − π, a logit of it or a binomial distribution stands, and nowhere 2π."""
    return _numbers({"pi"}) if any(_probabilities(usage)) and not any(_parts_of_circle(usage)) else {}


def _is_pi(node: syntax.Node | None) -> bool:
    return isinstance(node, syntax.Named) and node.spelling.letters == "pi" and not node.spelling.bold


def _probabilities(usage: Usage) -> Iterator[bool]:
    r"""Whether a place tells that π is a probability: 1 − π, logit(π), Φ⁻¹(π), y ~ Bin(n, π), π ∈ (0, 1), 0 < π < 1."""
    cells = (cell for matrix in usage.of(syntax.Matrix) for row in matrix.rows for cell in row)
    in_cells = (part for cell in cells for part in syntax.postorder(cell) if isinstance(part, syntax.Sum))
    for node in (*usage.of(syntax.Sum), *in_cells):
        for (_, first), (sign, second) in pairwise(usage.terms(node)):
            yield first[-1].letter == "1" and sign == "-" and _is_pi(second[0].node)
    for call in usage.of(syntax.Call):
        is_link = call.function in _LINKS or (call.function == "Phi" and call.power == "-1")
        yield is_link and any(_is_pi(usage.product(argument)[0].node) for argument in call.arguments[:1])
    for node in usage.of(syntax.Distributed):
        parts = (part for argument in node.arguments for part in syntax.postorder(argument))
        yield family(node.family.letters) in _OF_SUCCESSES and any(map(_is_pi, parts))
    yield from (_is_pi(node.subject) for node in usage.of(syntax.Membership))
    for node in usage.of(syntax.Relation):
        between = zip(node.signs, node.sides[1:], node.signs[1:], strict=False)
        yield any({first, second} <= {"<", "≤"} and _is_pi(side) for first, side, second in between)


def _parts_of_circle(usage: Usage) -> Iterator[bool]:
    """Whether a place tells that π is the number of the circle: 2π, √π, and π²/3, the variance of the logistic
    distribution."""
    yield "np.pi" in usage.text or "sympy.pi" in usage.text  # programs say so by the name
    yield from (_is_pi(factor.node) and factor.above.startswith("2") for factor in usage.factors)
    yield from (_is_pi(root.inner) for root in usage.of(syntax.Root))
    yield from (first.letter[-1:].isdigit() and _is_pi(second.node) for first, second in usage.beside)


def of_rates(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The β of Gamma(α, β) and of its mean β/(α − 1) is a number, where none is the slopes of a regression, Xβ."""
    return _numbers({"beta"}) if any(_rates(usage)) and not any(_slopes(usage)) else {}


def _rates(usage: Usage) -> Iterator[bool]:
    """Whether a place tells that β is a rate: Gamma(α, β) and β/(α − 1)."""
    for node in usage.of(syntax.Distributed):
        factors = (factor for argument in node.arguments for factor in usage.product(argument))
        is_rate = any(factor.letter == "beta" and not factor.below for factor in factors)
        yield is_rate and family(node.family.letters) in _WITH_RATES
    for fraction in usage.of(syntax.Fraction):
        is_mean = isinstance(fraction.below, syntax.Sum) and usage.terms(fraction.below)[0][1][0].letter == "alpha"
        yield is_mean and usage.single(fraction.above).letter == "beta"


def _slopes(usage: Usage) -> Iterator[bool]:
    """Whether a place tells that β are slopes: Xβ, and a bold β."""
    yield from (factor.letter == "beta" and factor.bold for factor in usage.factors)
    yield from (first.letter in {"X", "Z", "x", "z"} and second.letter == "beta" for first, second in usage.beside)


def of_variates(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """X and Z of which something is more likely than a matrix: P(Z > z), X ~ N(μ, σ²), E(Y | X = x)."""
    if not any(factor.letter in _VARIATES for factor in usage.factors):
        return {}
    letters = set(_variates(usage)) | (set() if _has_model(usage) else set(_in_events(usage)))
    if not letters or any(map(_has_designs, usage.products)) or _random_vectors(usage):
        return {}
    return _numbers(usage.letters & _VARIATES)


def _numbers(letters: Iterable[str]) -> Changes:
    """The letters as numbers."""
    return {letter: named_number(letter) for letter in sorted(letters)}


def _variates(usage: Usage) -> Iterator[str]:
    """The letters of random variables by what they stand in."""
    for rule in (_ordered, _distributed, _given, _correlated, _multiplied, _squared, _in_generating_functions):
        yield from rule(usage)


def _ordered(usage: Usage) -> Iterator[str]:
    """The X of P(X > x) and of P(|X| > x)."""
    for node in (*usage.of(syntax.Relation), *usage.of(syntax.Compared)):
        sides = (side for side, sign in zip(node.sides, node.signs, strict=False) if sign in _ORDER)
        yield from _letters(sides, _VARIATES, usage)


def _distributed(usage: Usage) -> Iterator[str]:
    """The X of X ~ N(μ, σ²); a Y is a vector as often."""
    yield from _letters((node.subject for node in usage.of(syntax.Distributed)), _DESIGNS, usage)


def _given(usage: Usage) -> Iterator[str]:
    """The X of E(Y | X = x)."""
    for node in usage.of(syntax.Conditional):
        events = (part.sides[0] for part in node.given if isinstance(part, syntax.Compared) and part.signs[0] == "=")
        yield from _letters(events, _DESIGNS, usage)


def _correlated(usage: Usage) -> Iterator[str]:
    """The X of Cov(X, Y) and Cov(X, Y^*)."""
    for call in usage.of(syntax.Call):
        if call.function in {"Cov", "Var", "Corr"} and len(call.arguments) == 2:
            first, second = map(usage.single, call.arguments)
            if first.is_bare and first.letter in _DESIGNS and second.letter in _VARIATES and second.below in {"", STAR}:
                yield first.letter


def _multiplied(usage: Usage) -> Iterator[str]:
    """The X and Y of E(XY) beside E(X)."""
    means = [usage.product(call.arguments[0]) for call in usage.of(syntax.Call) if call.function == "E"]
    alone = {product[0].letter for product in means if len(product) == 1 and product[0].is_bare}
    for product in means:
        letters = {factor.letter for factor in product if factor.is_bare and not factor.bold}
        if len(product) == len(letters) == 2 and letters <= _VARIATES and letters & alone:
            yield from letters


def _squared(usage: Usage) -> Iterator[str]:
    """The X of E(X²)."""
    means = (call for call in usage.of(syntax.Call) if call.function == "E")
    squares = (usage.single(argument) for call in means for argument in call.arguments)
    yield from (factor.letter for factor in squares if factor.above == "2" and factor.letter in _VARIATES)


def _in_generating_functions(usage: Usage) -> Iterator[str]:
    """The X of e^{tX} and e^{itX}."""
    for power in usage.of(syntax.Power):
        exponent = usage.product(power.exponent) if usage.single(power.base).letter == "e" else ()
        for argument, variate in pairs(exponent[-2:]):
            if argument.letter in {"t", "s", "u"} and variate.letter in _VARIATES:
                yield variate.letter


def _letters(nodes: Iterable[syntax.Node | None], among: Container[str], usage: Usage) -> Iterator[str]:
    """The nodes that are one plain letter among some, or its absolute value."""
    for node in nodes:
        factor = usage.single(node.inner if isinstance(node, syntax.Bars) else node)
        if factor.letter in among and factor.is_bare and not factor.bold:
            yield factor.letter


def _in_events(usage: Usage) -> Iterator[str]:
    """The X of E(X), Var(X − Y) and P(X = x), which may be a design too."""
    for call in usage.of(syntax.Call):
        events = call.arguments if call.function == "probability" else ()
        sides = (event.sides[0] for event in events if isinstance(event, syntax.Compared))
        yield from _letters(sides, _DESIGNS, usage)
    for first, *_ in _in_moments(usage):
        yield from {first.letter} & _DESIGNS


def _in_moments(usage: Usage) -> Iterator[Product]:
    """The one or two random variables of each moment: E(X), Var(X − Y), Cov(X, Y)."""
    for arguments in moments(usage):
        terms = [term for argument in arguments for _, term in usage.terms(argument)]
        factors = tuple(factor for term in terms for factor in term)
        if len(terms) == len(factors) <= 2 and all(f.letter in _VARIATES and f.is_bare for f in factors):
            yield factors


def _has_designs(product: Product) -> bool:
    """X', X_1, Xβ and a bold X: as matrices of the model."""
    is_matrix = any(
        f.letter in _DESIGNS and (f.bold or f.above not in {"", "2"} or f.below not in {"", STAR}) for f in product
    )
    return is_matrix or any(first.letter in _DESIGNS and _is_effect(second) for first, second in pairs(product))


def _is_effect(factor: Factor) -> bool:
    return factor.letter in {"beta", "b", "u"} or factor.bold


def _has_model(usage: Usage) -> bool:
    """Whether X and Z may be designs: beside coefficients, Xb, X', or before another matrix."""
    for product in usage.products:
        if any(
            f.letter in {"beta", "gamma"} or (f.letter in _DESIGNS and (f.above or f.below == STAR)) for f in product
        ):
            return True
        if any(
            x.letter in _DESIGNS and (behind.letter in {"b", "u"} or behind.is_capital) for x, behind in pairs(product)
        ):
            return True
    return False


def _random_vectors(usage: Usage) -> set[str]:
    """The letters of random vectors, the X of Var(X) = Σ and of a bold E(X): capitals of which a moment is taken."""
    if _has_model(usage):
        return set()
    has_matrix = bool(usage.of(syntax.Matrix)) or any(map(_is_of_vectors, usage.products))
    letters = {f.letter for factors in _in_moments(usage) if factors[0].bold or has_matrix for f in factors}
    return letters if letters - {"Y"} else set()


def _is_of_vectors(product: Product) -> bool:
    """A covariance matrix, Σ and Σ_X, and a deviation that is transposed, (X − μ)'."""
    is_covariance = any(f.letter == "Sigma" and (not f.below or f.below[0] in _VARIATES) for f in product)
    return is_covariance or any(factor.letter == BRACKET and factor.is_transposed for factor in product)


def of_random_vectors(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The X of Var(X) = Σ and of a bold E(X), n random variables, where no X is a design; and their mean μ."""
    y = vocabulary.lookup("y")
    letters = _random_vectors(usage) if y is not None else set()
    names = {letter: Name(letter, Symbol(letter, size("n"), ONE, role="random")) for letter in letters}
    if y is None or not _has_moment("E", _is_mean, usage) or not (letters or _has_moment("Var", _is_covariance, usage)):
        return names
    return {**names, "mu": Name("mu", Symbol("mu", size("n") if letters else y.tree.rows, ONE))}


def _has_moment(function: str, is_value: Callable[[Product], bool], usage: Usage) -> bool:
    """Whether a moment of a plain letter is told: E(Y) = μ, Var(Y) = Σ."""
    for relation in usage.of(syntax.Relation):
        for call, side in pairwise(relation.sides):
            if isinstance(call, syntax.Call) and call.function == function and len(call.arguments) == 1:
                of = usage.single(call.arguments[0])
                if of.letter in {"X", "Y", "Z", "y"} and of.is_bare and is_value(usage.terms(side)[0][1]):
                    return True
    return False


def _is_mean(product: Product) -> bool:
    return len(product) == 1 and product[0].letter == "mu" and product[0].is_bare


def _is_covariance(product: Product) -> bool:
    """Σ, V, σ²I and σ²V."""
    matrix = product[-1] if len(product) == 1 or (len(product) == 2 and product[0].letter == "sigma") else NOTHING
    return matrix.letter in ({"Sigma", "V"} if len(product) == 1 else {"I", "V"}) and not matrix.above

r"""What X, Z, b and γ are by the equation in which they stand: the b of Xb are the fixed effects, the Z of Z − Xβ the
observations, the u of y = Xβ + u the error, and the γ beside σ² a number.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, pairwise

from tutor.algebra.nodes import Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.named_numbers import named_number
from tutor.notation.meaning.usage import BRACKET, NOTHING, Factor, Product, Usage, pairs
from tutor.notation.parsing import syntax
from tutor.notation.parsing.arguments import Parted
from tutor.notation.vocabulary import Name, Vocabulary

Changes = Mapping[str, Name | None]

_ERRORS = frozenset({"nu", "xi", "omega", "zeta", "v"})
"""Letters of errors that are elsewhere numbers."""

_OF_SELECTION = frozenset({"i", "r", "h", "sigma", "S", "L"})
"""Letters of what a response to selection is a product of."""


def _is_mean(product: Product) -> bool:
    """Xβ, for all observations."""
    design, coefficients = product if len(product) == 2 else (NOTHING, NOTHING)
    return design.letter == "X" and design.is_bare and coefficients.letter == "beta"


def of_fixed_effects(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The b of Xb in a text that has no β and no Zb, and of b̂_OLS."""
    beta = vocabulary.lookup("beta")
    if beta is None or not any(f.letter == "b" for f in usage.factors):
        return {}
    designs = {design.letter for design, factor in usage.beside if factor.letter == "b" and design.is_bare}
    is_random = any(usage.single(node.subject).letter == "b" for node in usage.of(syntax.Distributed))
    if is_random or any(f.letter == "beta" for f in usage.factors):
        return {}
    is_fixed = designs & {"X", "U"} or _is_by_method(usage) or _is_solved(usage)
    return {"b": beta} if is_fixed else {}


def _is_by_method(usage: Usage) -> bool:
    """b̂_OLS, by the least squares of its subscript."""
    return any(f.letter == "b" and f.accent in {"hat", "tilde"} and f.below.endswith("LS") for f in usage.factors)


def _is_solved(usage: Usage) -> bool:
    """(X'X + λI)b = X'y, of fixed effects alone."""
    if usage.letters & {"u", "Z"}:
        return False
    return any(
        factor.letter == "b" and isinstance(matrix.node, syntax.Group) and _has_cross_products(matrix.node, usage)
        for matrix, factor in usage.beside
    )


def _has_cross_products(group: syntax.Group, usage: Usage) -> bool:
    """X'X, alone or as a term of a sum in brackets."""
    return any(
        row.letter == design.letter == "X" and row.is_transposed
        for _, product in usage.terms(group.inner)
        for row, design in pairs(product)
    )


def of_observations(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The Z of Z − Xβ and of Z = Xβ + …, as long as y: its letter elsewhere is a matrix."""
    y = vocabulary.lookup("y")
    if y is None:
        return {}
    has_y = any(f.letter == "y" for f in usage.factors)
    rules = (_less_their_mean, _equal_to_their_mean, *(() if has_y else (_estimated_from, _fields)))
    told = {factor.letter for rule in rules for factor in rule(usage) if factor.letter in {"Y", "Z"}}
    return {letter: Name(letter, Symbol(letter, y.tree.rows, ONE, role="random")) for letter in told}


def _less_their_mean(usage: Usage) -> Iterator[Factor]:
    """The Z of Z − Xβ."""
    for node in usage.of(syntax.Sum):
        for (_, first), (sign, second) in pairwise(usage.terms(node)):
            if sign == "-" and _is_mean(second) and len(first) == 1 and first[0].is_bare:
                yield first[0]


def _equal_to_their_mean(usage: Usage) -> Iterator[Factor]:
    """The Z of Z = Xβ + ε."""
    for left, right in usage.equations():
        observed = usage.single(left)
        if not (observed.above or observed.accent) and _is_mean(usage.terms(right)[0][1]):
            yield observed


def _estimated_from(usage: Usage) -> Iterator[Factor]:
    """The Z of β̂ = (X'V⁻¹X)⁻¹X'V⁻¹Z."""
    for left, right in usage.equations():
        estimate, product = usage.single(left), usage.product(right)
        weight, observed = product[-2:] if len(product) > 1 else (NOTHING, NOTHING)
        is_weight = weight.letter in {"V", "Sigma"} and weight.is_inverted
        if estimate.letter == "beta" and estimate.accent == "hat" and is_weight and observed.is_bare:
            yield observed


def _fields(usage: Usage) -> Iterator[Factor]:
    """The Z of Ẑ(s_0), what is predicted for a place."""
    yield from (field for field, place in usage.beside if field.accent == "hat" and place.letter == BRACKET)


def of_common_mean(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The μ of 1μ and the β of β1, one number also in bold: it stands beside nothing else."""
    beside = [
        pair for first, second in usage.beside for pair in ((first.letter, second.key), (second.letter, first.key))
    ]
    numbers = {key: named_number(key) for key in ("beta", "mu")}
    return {
        key: replace(number, bold=number.tree)
        for key, number in numbers.items()
        if {letter for letter, told in beside if told == key} == {"1"}
    }


def of_parameters(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The γ in a list behind σ², a parameter as it is, and of γ⁻¹I."""
    is_number = _is_divisor(usage) or any(map(_is_listed, _lists(usage)))
    return {"gamma": named_number("gamma")} if is_number else {}


def _is_divisor(usage: Usage) -> bool:
    """γ⁻¹ and 1/γ: the inverse of a number."""
    if any(f.letter == "gamma" and f.above == "-1" and not f.below for f in usage.factors):
        return True
    divisors = [usage.single(fraction.below) for fraction in usage.of(syntax.Fraction)]
    divisors += [
        usage.single(factor)
        for node in usage.of(syntax.Chain)
        for sign, factor, before in zip(node.signs[1:], node.factors[1:], node.factors, strict=False)
        if sign == "/" and isinstance(before, syntax.Number)
    ]
    return any(factor.letter == "gamma" and factor.is_bare for factor in divisors)


def _lists(usage: Usage) -> Iterator[list[Factor]]:
    """The items of each list, of which the last may stand before a bar."""
    lists = chain(
        (node.items for kind in (syntax.Listed, Parted) for node in usage.of(kind)),
        (node.arguments for node in usage.of(syntax.Call)),
        (node.statements for node in usage.of(syntax.Display)),
        ([cell for row in node.rows for cell in row] for node in usage.of(syntax.Matrix)),
    )
    for items in lists:
        yield [usage.single(item.inner if isinstance(item, syntax.Conditional) else item) for item in items]


def _is_listed(items: list[Factor]) -> bool:
    """σ², γ: parameters of one list."""
    return any(
        first.letter == "sigma" and first.above == "2" and second.letter == "gamma" and not second.below
        for first, second in pairs(tuple(items))
    )


def of_errors(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The u of y = Xβ + u, as long as y, and the u_i of y_i = X_iβ + u_i, as long as y_i."""
    y = vocabulary.lookup("y")
    if y is None or any(f.letter == "Z" for f in usage.factors):
        return {}
    names = {"u": Name("u", Symbol("u", y.tree.rows, ONE, role="random"))} if _has_error(usage) else {}
    for design in _designs_before_errors(usage):
        key = f"u_{design.unit}"
        block = Symbol(key, size(f"n_{design.unit}"), ONE, role="random")
        names[key] = Name(key, named_number(key).tree if design.bold else block, bold=block)
    return names


def _has_error(usage: Usage) -> bool:
    """y = Xβ + u of econometrics, where u is the error and there is nothing behind it."""
    for left, right in usage.equations():
        observed, (*products, last) = usage.single(left), [product for _, product in usage.terms(right)]
        is_error = len(last) == 1 and last[0].letter == "u" and last[0].is_bare
        if observed.letter in {"y", "Y"} and observed.is_bare and is_error and any(map(_is_systematic, products)):
            return True
    return False


def _is_systematic(product: Product) -> bool:
    """Xβ and X_kβ_k."""
    return any(
        design.letter in {"X", "D", "H"} and not design.above and coefficients.letter == "beta"
        for design, coefficients in pairs(product)
    )


def _designs_before_errors(usage: Usage) -> Iterator[Factor]:
    """The X_i of X_iβ + u_i, also where its letters have a star, X_i^*β + u_i^*."""
    for node in usage.of(syntax.Sum):
        products = [product for _, product in usage.terms(node)]
        errors = {product[-1].unit for product in products if product[-1].letter == "u"}
        for design, coefficients in chain.from_iterable(map(pairs, products)):
            is_of_unit = design.letter == "X" and design.unit in {"g", "i"} and design.unit in errors
            if is_of_unit and coefficients.letter == "beta":
                yield design


def of_further_errors(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The ν of Xβ + ν, an error as long as y by a letter that is elsewhere a number."""
    y = vocabulary.lookup("y")
    keys = set(_errors_behind_means(usage)) if y is not None else set()
    return {} if y is None else {key: Name(key, Symbol(key, y.tree.rows, ONE, role="random")) for key in keys}


def _errors_behind_means(usage: Usage) -> Iterator[str]:
    """The ν of Xβ + ν and of Zδ + ν."""
    for node in usage.of(syntax.Sum):
        for (_, mean), (sign, error) in pairwise(usage.terms(node)):
            design, coefficients = mean[-2:] if len(mean) > 1 else (NOTHING, NOTHING)
            is_mean = design.letter in {"X", "Z"} and design.is_bare and coefficients.letter in {"beta", "delta"}
            if is_mean and sign == "+" and len(error) == 1 and error[0].letter in _ERRORS and error[0].is_bare:
                yield error[0].letter


def of_selection(vocabulary: Vocabulary, usage: Usage) -> Changes:
    """The G, R, S and L of the breeder's equation, ΔG = irσ_A/L and R = h²S, by how much selection changes a mean:
    numbers."""
    told = set(_responses(usage))
    told |= {"L", "S"} if told else set()
    return {letter: named_number(letter) for letter in told}


def _responses(usage: Usage) -> Iterator[str]:
    """The Δ and the G of ΔG = irσ_A/L, and the R of R = h²S."""
    for left, right in usage.equations():
        subject = usage.product(left)
        factors = {factor.letter for factor in usage.within(right)} - {""}  # of a fraction or a root what is in it
        if not factors <= _OF_SELECTION:
            continue
        if len(subject) == 2 and subject[0].letter == "Delta" and subject[1].letter in {"G", "R"}:
            yield from ("Delta", subject[1].letter)
        if len(subject) == 1 and subject[0].letter == "R" and subject[0].is_bare and "h" in factors:
            yield "R"

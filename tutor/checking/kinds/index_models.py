"""A model by elements as data: y_ij = μ + τ_i + u_j + ε_ij with what is said of its effects and its indices.

It may be said in one equation, in levels (β_0j = γ_00 + u_0j), or as the distribution of y_ij for given effects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import sympy

from tutor.algebra.nodes import Block, Explicit, Identity, Scalar, Scaled, Symbol, Transpose, Variance
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.checking.kinds.claims import MOMENTS
from tutor.errors import TutorError
from tutor.notation.names import GREEK, unicode_name
from tutor.notation.statement import Definition, Distribution, Equation, Range, Statement, Term

RESIDUALS = frozenset({"e", "epsilon", "varepsilon", "eps", "E"})
"""Letters of a residual, which are one."""

MOST_STEPS = 200

MOST_POWER = 6
"""The highest power of a covariate in a term."""

_KEY = re.compile(
    r"(?P<base>[A-Za-z]+?)(?:_(?P<number>\d*)[_,]?(?:\((?P<first>[a-z,_]+)\)(?=[a-z]))?(?P<own>[a-z_,'.]*)"
    r"(?:[(|](?P<within>[a-z,_]+)\)?)?)?"
)
_CELL = re.compile(r"(?P<base>[A-Za-z]+)_[a-z0-9_,]+")


@dataclass(frozen=True, slots=True)
class Element:
    """A name with indices: ``indices`` are all of them, those in brackets too; ``number`` tells coefficients apart."""

    base: str
    indices: frozenset[str] = frozenset()
    number: str = ""
    key: str = ""

    @property
    def letter(self) -> str:
        """The base, one for all letters of a residual."""
        return "e" if self.base in RESIDUALS else self.base

    @property
    def name(self) -> str:
        return unicode_name(self.key)

    def with_indices(self, letters: Mapping[str, str]) -> frozenset[str]:
        """The indices by other letters; one that is not among them keeps a name that no other has."""
        return frozenset(letters.get(index, f"?{index}") for index in self.indices)


@dataclass(frozen=True, slots=True)
class Effect:
    """A term: an effect or coefficient, the covariates by which it is multiplied, and a number, 1 as a rule."""

    element: Element
    covariates: tuple[Element, ...] = ()
    factor: sympy.Expr = sympy.S.One

    @property
    def name(self) -> str:
        return " ".join(each.name for each in (self.element, *self.covariates))

    @property
    def is_intercept(self) -> bool:
        return not self.element.indices and not self.covariates


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is said of the distribution of effects: ``elements`` are one, or several that are correlated; the variance
    is a scalar, or a matrix for several and for residuals over an index."""

    elements: tuple[Element, ...]
    family: str
    mean: Tree
    variance: Tree


@dataclass(frozen=True, slots=True)
class IndexModel:
    """A model by elements.

    ``residual`` is None where the equation has none; ``ranges`` hold the last value of an index. ``drawn`` is what is
    said of distributions, each by the letter and the number of its elements.
    """

    response: Element
    effects: tuple[Effect, ...]
    residual: Effect | None
    drawn: Mapping[tuple[str, str], Drawn] = field(default_factory=dict)
    ranges: Mapping[str, Size | None] = field(default_factory=dict)

    def distribution(self, effect: Effect) -> Drawn | None:
        """What is said of the distribution of an effect."""
        element = effect.element
        return self.drawn.get((element.letter, element.number)) or self.drawn.get((element.letter, ""))

    def is_deviation(self, name: str) -> bool:
        """Whether a name is that of a standard deviation: σ_u, and s_u where another variance is written s_b²."""
        variances = (told.variance.value for told in self.drawn.values() if isinstance(told.variance, Scalar))
        squared = {_letter(each.base) for each in variances if isinstance(each, sympy.Pow) and each.exp == 2}
        letter = _letter(name)
        return letter == "sigma" or letter in squared


def _letter(name: object) -> str:
    return str(name).partition("_")[0]


def element_of(key: str) -> Element:
    """A key as a name with indices. Raises TutorError for one with other things below it.

    >>> sorted(element_of("v_i(k)").indices), element_of("u_0j").number, element_of("mu").indices
    (['i', 'k'], '0', frozenset())
    """
    told = _KEY.fullmatch(key)
    if told is None:
        raise TutorError(f"{unicode_name(key)} is no name with index letters.", tip="Write τ_i, v_i(k), u_0j.")
    letters = re.sub(r"[_,'.]", "", "".join(told[group] or "" for group in ("own", "within", "first")))
    return Element(told["base"], frozenset(letters), told["number"] or "", key)


def index_model(parts: Iterable[Statement]) -> IndexModel:
    """The model that statements make.

    Raises
    ------
    TutorError
        When none of them is the equation of a response, or a term is no product of names.
    """
    told = tuple(parts)
    equations = {str(_head(part)): part for part in told if isinstance(part, Equation) and _head(part) is not None}
    drawn = dict(_drawn(told))
    response, terms, own = _response(told, equations)
    random = set(drawn)
    effects = _centred([_effect(term, random) for term in terms], drawn)
    residual = own or _residual(response, effects, random)
    if own is not None:
        variance = next(part.arguments[1] for part in told if isinstance(part, Distribution) and _is_of(part, response))
        drawn[("e", "")] = Drawn((own.element,), "N", Scalar(sympy.S.Zero), variance)
    ranges = {part.index: part.last for part in told if isinstance(part, Range)}
    return IndexModel(response, tuple(each for each in effects if each is not residual), residual, drawn, ranges)


def _centred(effects: Sequence[Effect], drawn: dict[tuple[str, str], Drawn]) -> list[Effect]:
    """The effects with μ + (μ_i − μ) for a μ_i ~ N(μ, σ²_u), where μ stands nowhere else; in ``drawn`` the deviation
    takes the place of μ_i."""
    found: list[Effect] = []
    for effect in effects:
        element = effect.element
        told = drawn.get((element.letter, element.number))
        mean = None if told is None or len(told.elements) > 1 else _effects_of(told.mean)
        if told is None or not mean or any(each.element.key == other.element.key for each in mean for other in effects):
            found.append(effect)
            continue
        deviation = replace(element, base=f"{element.base}_")
        del drawn[element.letter, element.number]
        drawn[deviation.letter, deviation.number] = replace(told, elements=(deviation,), mean=Scalar(sympy.S.Zero))
        found += [
            replace(each, covariates=each.covariates + effect.covariates, factor=each.factor * effect.factor)
            for each in mean
        ]
        found.append(replace(effect, element=deviation))
    return found


def _effects_of(mean: Tree) -> list[Effect]:
    """The effects that a mean is a sum of; [] for 0, another number, and what is no such sum."""
    if not isinstance(mean, Scalar) or not mean.value.free_symbols:
        return []
    try:
        return [_effect(factors, set()) for factors in _expanded([Term((mean,), 0, 0)], {})]
    except TutorError:
        return []


def _head(equation: Equation) -> sympy.Symbol | None:
    left = equation.sides[0]
    return left.value if isinstance(left, Scalar) and isinstance(left.value, sympy.Symbol) else None


Factors = tuple[sympy.Expr, ...]


def _response(
    told: tuple[Statement, ...], equations: Mapping[str, Equation]
) -> tuple[Element, list[Factors], Effect | None]:
    """The response, the terms of its mean or of itself, and its residual where that is only a variance."""
    used = {str(letter) for equation in equations.values() for term in equation.terms for tree in term.factors
            if isinstance(tree, Scalar) for letter in tree.value.free_symbols}  # fmt: skip
    heads = [key for key in equations if key not in used and "_" in key and equations[key].terms]
    if heads:
        head = max(heads, key=lambda key: (len(element_of(key).indices), key[0] in "yY"))
        return element_of(head), list(_expanded(equations[head].terms, equations)), None
    for part in told:
        if isinstance(part, Distribution) and isinstance(part.subject, Scalar) and len(part.arguments) == MOMENTS:
            response, mean = element_of(str(part.subject.value)), part.arguments[0]
            if part.family == "N" and isinstance(mean, Scalar) and mean.value.free_symbols:
                residual = Effect(Element("e", response.indices, "", f"e_{''.join(sorted(response.indices))}"))
                return response, list(_expanded([Term((mean,), 0, 0)], equations)), residual
    raise TutorError("There is no equation of a response here.", tip="Write y_ij = μ + τ_i + u_j + ε_ij.")


def _is_of(part: Distribution, response: Element) -> bool:
    return isinstance(part.subject, Scalar) and str(part.subject.value) == response.key


def _expanded(terms: Iterable[Term], equations: Mapping[str, Equation]) -> Iterator[Factors]:
    """The terms as factors, brackets multiplied out, and names that another equation defines replaced by it."""
    pending: list[Factors] = []
    for term in terms:
        factors = [value for tree in term.factors for value in _factors_of(tree)]
        pending.append(tuple(factors))
    steps = 0
    while pending:
        factors = pending.pop(0)
        steps += 1
        if steps > MOST_STEPS:
            raise TutorError("These equations define each other in a circle.", tip="Define each name once.")
        for at, value in enumerate(factors):
            inner = _inner(value, equations)
            if inner is not None:
                pending = [(*factors[:at], *part, *factors[at + 1 :]) for part in inner] + pending
                break
        else:
            yield factors


def _factors_of(tree: Tree) -> Iterator[sympy.Expr]:
    if not isinstance(tree, Scalar):
        raise TutorError(f"{tree} is no effect of a model by elements.", tip="Write τ_i, u_j, β_1 x_ij.")
    for value in sympy.Mul.make_args(tree.value):
        if isinstance(value, sympy.Pow) and _is_covariate(value.base) and value.exp in range(2, MOST_POWER + 1):
            yield from [value.base] * int(value.exp)
        elif isinstance(value, sympy.Expr):
            yield value


def _is_covariate(value: sympy.Basic) -> bool:
    """Whether a name may be a covariate, of which there are powers: a Latin letter, as x_ij."""
    return value.is_Symbol and str(value).partition("_")[0] not in GREEK


def _inner(value: sympy.Expr, equations: Mapping[str, Equation]) -> list[Factors] | None:
    equation = equations.get(str(value))
    if equation is not None and equation.terms:
        return [tuple(each for tree in term.factors for each in _factors_of(tree)) for term in equation.terms]
    if isinstance(value, sympy.Add):
        return [
            tuple(each for each in sympy.Mul.make_args(part) if isinstance(each, sympy.Expr)) for part in value.args
        ]
    return None


def _effect(factors: Factors, drawn: set[tuple[str, str]]) -> Effect:
    """A term as its coefficient and covariates: the coefficient is random, or Greek, or the first.

    Raises
    ------
    TutorError
        For a number alone, and for a factor that is no name.
    """
    names = [element_of(str(value)) for value in factors if not value.is_number]
    if not names:
        raise TutorError("A term of the equation is a number.", tip="Each term is an effect, as μ, τ_i, u_j.")

    def rank(each: Element) -> tuple[bool, bool, bool]:
        is_fixed = (each.letter, each.number) not in drawn and (each.letter, "") not in drawn
        return is_fixed, each.base not in GREEK and each.letter != "e", bool(each.indices)

    ranked = sorted(names, key=rank)
    rest = list(names)
    rest.remove(ranked[0])
    return Effect(ranked[0], tuple(rest), sympy.Mul(*(value for value in factors if value.is_number)))


def _residual(response: Element, effects: Iterable[Effect], drawn: set[tuple[str, str]]) -> Effect | None:
    """The last term with every index of the response that is one by its letter, or has a distribution."""
    whole = [each for each in effects if not each.covariates and each.element.indices == response.indices]
    lettered = [each for each in effects if each.element.letter == "e" and not each.covariates]
    of_drawn = [each for each in whole if (each.element.letter, each.element.number) in drawn]
    return next(iter([*reversed(lettered), *reversed(of_drawn)]), None)


# Distributions


def _drawn(told: Iterable[Statement]) -> Iterator[tuple[tuple[str, str], Drawn]]:
    parts = tuple(told)
    values = {}
    for part in parts:
        if isinstance(part, Equation) and len(part.sides) > 1:
            values[str(part.sides[0])] = part.sides[-1]
        elif isinstance(part, Definition) and part.value is not None:
            values[str(part.subject)] = part.value
    for part in parts:
        # Var(u_j) = σ²_u tells the variance and no family.
        if isinstance(part, Equation) and isinstance(part.sides[0], Variance):
            for element in _elements(part.sides[0].tree):
                yield (
                    (element.letter, element.number),
                    Drawn((element,), "", Scalar(sympy.S.Zero), _plain(part.sides[-1])),
                )
    for part in parts:
        if not isinstance(part, Distribution) or part.subject is None or part.given or len(part.arguments) != MOMENTS:
            continue
        elements = tuple(_elements(part.subject))
        if not elements:
            continue
        mean, variance = part.arguments[0], part.arguments[1]
        variance = values.get(str(variance), variance)
        for element in elements:
            yield (element.letter, element.number), Drawn(elements, part.family, mean, _plain(variance))


def _elements(subject: Tree) -> Iterator[Element]:
    """The elements of which a distribution speaks: u_j, all of u, or (u_0j, u_1j)'."""
    if isinstance(subject, Transpose):
        subject = subject.tree
    if isinstance(subject, Scalar) and isinstance(subject.value, sympy.Symbol):
        yield element_of(str(subject.value))
    elif isinstance(subject, Symbol):
        yield Element(subject.name.partition("_")[0], key=subject.name)
    elif isinstance(subject, Explicit | Block):
        cells = subject.matrix.flat() if isinstance(subject, Explicit) else [
            part.value for row in subject.grid for part in row if isinstance(part, Scalar)]  # fmt: skip
        for cell in dict.fromkeys(map(str, cells)):
            told = _CELL.fullmatch(cell)
            if told is None:
                return
            if re.fullmatch(r"[A-Za-z]+_\d[a-z_,]*", cell):
                yield element_of(cell)
            else:
                yield Element(told["base"], key=cell)  # ε_i1k: one of the residuals over an index
                return


def _plain(variance: Tree) -> Tree:
    """σ²_u of σ²_u I, which a vector of effects has; a matrix as it is."""
    if isinstance(variance, Scaled) and isinstance(variance.tree, Identity):
        return variance.scalar
    if isinstance(variance, Explicit) and variance.shape == (1, 1):
        return Scalar(variance.matrix.flat()[0])
    return variance


def is_capital(variance: Tree) -> bool:
    """Whether a variance is one capital letter, Σ_u or G, a matrix or, as names of elements are read, a number."""
    if isinstance(variance, Scalar):
        return bool(variance.value.is_Symbol) and str(variance.value)[0].isupper()
    return isinstance(variance, Symbol)

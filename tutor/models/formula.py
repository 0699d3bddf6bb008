"""What a formula means: a response, fixed terms, and random terms, expanded as R and lme4 expand them.

Sources: Chambers and Hastie (1992), Statistical Models in S; Bates, Mächler, Bolker and Walker (2015),
Journal of Statistical Software 67(1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tutor.errors import FormulaError
from tutor.models.expressions import (
    COMPARISONS,
    Bar,
    Call,
    Expression,
    Named,
    Number,
    Operation,
    Sign,
    Source,
    Span,
    Text,
    Variable,
    parse,
)
from tutor.models.numbers import number_of_text, plain_text
from tutor.models.product_terms import factors_of
from tutor.models.wrapper_names import KRONECKER, bars_of, check_wrapper, homogeneous_of, structure_key

MOST_TERMS = 500
"""a * b * c * … has 2^k − 1 terms; no data could tell as many apart."""

FACTOR_CALLS = frozenset({"factor", "as.factor", "ordered", "as.ordered", "relevel"})
"""Calls that make a factor of a column: of numbers, with levels in an order, with another reference level."""

_TIGHTNESS = {**dict.fromkeys(COMPARISONS, 0), "+": 1, "-": 1, "*": 2, "/": 2, "%in%": 3, ":": 4, "^": 6}
_SIGN = 5
_LONGEST_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms with or without the intercept, each the labels of its variables, lower order first, as in R.

    Within a term the variables stand in the order in which the fixed part, or this random term, names them first.
    """

    intercept: bool
    terms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RandomPart:
    """One random term after expansion: its coefficients, the columns that make its groups, and its place.

    ``nested`` tells that the last column was written below the others, as in a/b; ``wrapper`` is the name of the
    structure of its coefficients, as in ar1(… | g), and ``homogeneous`` the value of its ``hom``, "" without one;
    ``factors`` are the keys of those of a Kronecker product.
    """

    effects: Terms
    group: tuple[str, ...]
    nested: bool
    span: Span
    wrapper: str = ""
    homogeneous: str = ""
    factors: tuple[str, ...] = ()

    @property
    def structure(self) -> str:
        """The key of the structure of its coefficients, "" where they covary freely."""
        return structure_key(self.wrapper, self.homogeneous)

    @property
    def group_name(self) -> str:
        """The columns joined by colons."""
        return ":".join(self.group)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula expanded; ``variables`` tells what stands behind each label of a term."""

    source: Source
    response: Expression
    fixed: Terms
    random: tuple[RandomPart, ...]
    variables: Mapping[str, Expression]


def read_formula(text: str) -> Formula:
    """The meaning of a formula of lme4.

    Raises
    ------
    FormulaError
        For everything that lme4 would reject or silently mangle, with the place and what was probably meant.

    >>> formula = read_formula("yield ~ nitro * Variety + (1 | Block/Variety)")
    >>> formula.fixed.terms
    (('nitro',), ('Variety',), ('nitro', 'Variety'))
    >>> [part.group for part in formula.random]
    [('Block',), ('Block', 'Variety')]
    """
    parsed = parse(text)
    expansion = _Expansion(parsed.source)
    for bar in (*bars_of(parsed.response), *bars_of(parsed.predictor)):
        check_wrapper(bar, parsed.source)
    if isinstance(parsed.response, Number):
        raise parsed.source.error("no-response", "The response is a column, or log() of one.", parsed.response.span)
    for bar in bars_of(parsed.response):
        raise parsed.source.error("random-response", "A random term stands right of ~.", bar.span)
    expansion.label(parsed.response)
    response = label_of(parsed.response)
    fixed, bars = expansion.predictor(parsed.predictor)
    for term in fixed.terms:
        if response in term:
            place = expansion.places[response]
            raise parsed.source.error("response-as-term", f"The response {response} stands on both sides of ~.", place)
    variables = dict(expansion.variables)
    random: list[RandomPart] = []
    for bar in bars:
        # lme4 makes a model matrix of each random term by itself: the order of its variables is its own.
        alone = _Expansion(parsed.source)
        random += alone.random(bar)
        variables |= {label: found for label, found in alone.variables.items() if label not in variables}
    _check_repeats(parsed.source, random)
    return Formula(parsed.source, parsed.response, fixed, tuple(random), variables)


def label_of(expression: Expression, tightness: int = 0) -> str:
    """An expression as R writes it: I(x^2), log(x + 1).

    >>> label_of(parse("log(y) ~ I( x**2 )").predictor)
    'I(x^2)'
    """
    match expression:
        case Variable(name=name):
            return name
        case Number(text=text):
            return _number_label(text)
        case Text(text=text):
            return f'"{text}"'
        case Named(name=name, value=value):
            return f"{name} = {label_of(value)}"
        case Call(function=function, arguments=arguments):
            return f"{function}({', '.join(label_of(argument) for argument in arguments)})"
        case Sign(sign=sign, operand=operand):
            text, own = f"{sign}{label_of(operand, _SIGN)}", _SIGN
        case Operation(operator=operator, left=left, right=right):
            own = _TIGHTNESS[operator]
            blank = "" if operator in "/:^" else " "
            # Powers are read from the right, and take a sign there without brackets; all others from the left.
            before, after = (own + 1, _SIGN) if operator == "^" else (own, own + 1)
            text = f"{label_of(left, before)}{blank}{operator}{blank}{label_of(right, after)}"
        case Bar(effects=effects, group=group, correlated=correlated):
            option = f", {' = '.join(expression.option[:2])}" if expression.option else ""
            return f"{expression.wrapper}({label_of(effects)} {'|' if correlated else '||'} {label_of(group)}{option})"
    return f"({text})" if own < tightness else text


def _number_label(text: str) -> str:
    """A number without needless zeros, as R writes it: 0.5 for .50, and 1000 for 1e3."""
    number = number_of_text(text)
    plain = text if number is None else plain_text(number)
    return plain if len(plain) <= _LONGEST_NUMBER else text


Expanded = dict[frozenset[str], None]
"""An ordered set of terms, each a set of labels."""


class _Expansion:
    """The expansion of the fixed part or of one random term; collects the variables on its way."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.variables: dict[str, Expression] = {}
        self.places: dict[str, Span] = {}

    def label(self, expression: Expression) -> str:
        label = label_of(expression)
        if isinstance(expression, Variable) and label == ".":
            raise self.source.error("dot", "The dot for all other columns is not known here.", expression.span,
                               "Write the columns.")  # fmt: skip
        self.variables.setdefault(label, expression)
        self.places[label] = expression.span
        return label

    # The fixed part

    def predictor(self, expression: Expression) -> tuple[Terms, list[Bar]]:
        """The fixed terms and the random terms of a right-hand side."""
        bars: list[Bar] = []
        return self._ordered(self._sum(expression, bars)), bars

    def _ordered(self, expanded: tuple[Expanded, bool | None]) -> Terms:
        terms, intercept = expanded
        order = {label: number for number, label in enumerate(self.variables)}
        named = [tuple(sorted(term, key=order.__getitem__)) for term in terms]
        return Terms(intercept is not False, tuple(sorted(named, key=len)))

    def _sum(self, expression: Expression, bars: list[Bar] | None, taken: bool = False) -> tuple[Expanded, bool | None]:
        """The terms of a sum, and whether it asks for an intercept (None: it does not say).

        Random terms go to ``bars``, or are refused where that is None, or where the sum is ``taken`` away. As in R, a
        minus sign takes away the terms of what follows, and turns round what it says of the intercept.
        """
        match expression:
            case Operation(operator="+" | "-" as operator, left=left, right=right):
                terms, intercept = self._sum(left, bars, taken)
                further, further_intercept = self._sum(right, bars, taken or operator == "-")
                terms = terms | further if operator == "+" else _without(terms, further)
                if further_intercept is not None:
                    intercept = further_intercept == (operator == "+")
            case Sign(sign=sign, operand=operand):
                terms, intercept = self._sum(operand, bars, taken or sign == "-")
                if sign == "-":
                    terms, intercept = {}, None if intercept is None else not intercept
            case Bar():
                if bars is None:
                    raise self._nested(expression)
                if taken:
                    raise self.source.error("subtracted-random", "A random term cannot be taken away.", expression.span)
                bars.append(expression)
                terms, intercept = {}, None
            case Number(text=text):
                if text not in ("0", "1"):
                    raise self.source.error(
                        "number", f"{text} is no term: only 1 and 0 can stand alone.", expression.span,
                        f"For arithmetic write I(…), as I(x * {text}).",
                    )  # fmt: skip
                terms, intercept = {}, text == "1"
            case _:
                terms, intercept = self._terms(expression), None
        self._check_number(terms, expression)
        return terms, intercept

    def _terms(self, expression: Expression) -> Expanded:
        """The terms of an expression of factors and covariates."""
        match expression:
            case Variable() | Call():
                return {frozenset({self.label(expression)}): None}
            case Operation(operator="+", left=left, right=right):
                return self._terms(left) | self._terms(right)
            case Operation(operator="-", left=left, right=right):
                return _without(self._terms(left), self._terms(right))
            case Operation(left=Bar() as bar, right=beside) | Operation(left=beside, right=Bar() as bar):
                raise self._inside(bar, beside)
            case Operation(operator="*", left=left, right=right):
                first, second = self._terms(left), self._terms(right)
                return first | second | self._crossed(first, second, expression)
            case Operation(operator=":" | "%in%", left=left, right=right):
                return self._crossed(self._terms(left), self._terms(right), expression)
            case Operation(operator="/", left=left, right=right):
                first, second = self._terms(left), self._terms(right)
                whole = frozenset().union(*first)
                return first | {whole | term: None for term in second}
            case Operation(operator="^", left=left, right=right):
                return self._power(left, right, expression)
            case Bar():
                raise self._inside(expression)
            case Number():
                raise self.source.error("number", f"{expression.text} cannot be part of a term.", expression.span)
            case _:
                raise self.source.error("sign", "A sign cannot stand here.", expression.span)

    def _crossed(self, first: Iterable[frozenset[str]], second: Iterable[frozenset[str]], at: Expression) -> Expanded:
        crossed: Expanded = {}
        for left in first:
            for right in second:
                crossed[left | right] = None
            self._check_number(crossed, at)
        return crossed

    def _power(self, base: Expression, exponent: Expression, at: Expression) -> Expanded:
        if not isinstance(exponent, Number) or not exponent.text.isdigit() or not 1 <= int(exponent.text[:6]) <= 50:
            raise self.source.error(
                "power", "The power of a sum of terms is a small whole number.", exponent.span,
                f"For arithmetic write I({label_of(at)}).",
            )  # fmt: skip
        terms = self._terms(base)
        result = terms
        for _ in range(int(exponent.text) - 1):
            result = result | self._crossed(result, terms, at)
        return result

    def _check_number(self, terms: Expanded, at: Expression) -> None:
        if len(terms) > MOST_TERMS:
            raise self.source.error("terms", f"This stands for more than {MOST_TERMS} terms.", at.span)

    def _inside(self, bar: Bar, beside: Expression | None = None) -> FormulaError:
        group = label_of(bar.group)
        tip = f"Add it: + {label_of(bar)}."
        if isinstance(beside, Variable | Call):
            name = label_of(beside)
            tip = f"Write {name} + {label_of(bar)}, or {name} + ({name} | {group}) if its slope varies over {group}."
        return self.source.error(
            "random-in-product",
            "A random term is added, never multiplied or nested in another operation.",
            bar.span,
            tip,
        )

    # Random terms

    def random(self, bar: Bar) -> list[RandomPart]:
        """The random terms that (effects | group) stands for."""
        if bar.wrapper == KRONECKER:
            keys, (rows, columns) = factors_of(bar, self.source)
            cells = Terms(False, ((self.label(columns), self.label(rows)),))  # R varies the first factor fastest
            return [RandomPart(cells, *group, bar.span, KRONECKER, "", keys) for group in self._groups(bar.group, bar)]
        effects = self._ordered(self._sum(bar.effects, None))
        if not effects.intercept and not effects.terms:
            raise self.source.error(
                "no-coefficient", "This random term has no coefficient left.", bar.span,
                f"Write (1 | {label_of(bar.group)}) for a random intercept.",
            )  # fmt: skip
        split = [effects] if bar.correlated else _uncorrelated(effects)
        groups = self._groups(bar.group, bar)
        return [
            RandomPart(part, tuple(dict.fromkeys(names)), nested, bar.span, bar.wrapper, homogeneous_of(bar))
            for names, nested in groups
            for part in split
        ]

    def _groups(self, expression: Expression, bar: Bar) -> list[tuple[tuple[str, ...], bool]]:
        """The groups of an expression right of the bar: the columns of each, and whether it came by nesting."""
        match expression:
            case Variable():
                return [((self.label(expression),), False)]
            case Call(function=function, arguments=arguments) if function in FACTOR_CALLS:
                is_plain = len(arguments) == 1 and isinstance(arguments[0], Variable) and function != "relevel"
                return [((self.label(arguments[0] if is_plain else expression),), False)]
            case Call(function="interaction", arguments=(first, second)):
                return self._groups(Operation(":", first, second, expression.span), bar)
            case Operation(operator=":", left=left, right=right):
                first, second = self._groups(left, bar), self._groups(right, bar)
                if len(first) == len(second) == 1:
                    return [(first[0][0] + second[0][0], False)]
            case Operation(operator="/", left=left, right=right):
                outer, inner = self._groups(left, bar), self._groups(right, bar)
                return [*outer, *((outer[-1][0] + names, True) for names, _ in inner)]
            case Operation(operator="*" | "+" as operator, left=Variable(name=left), right=Variable(name=right)):
                effects = label_of(bar.effects)
                interaction = f" + ({effects} | {left}:{right})" if operator == "*" else ""
                raise self.source.error(
                    "group", f"{operator} cannot stand in the group of a random term.", expression.span,
                    f"Write ({effects} | {left}) + ({effects} | {right}){interaction}.",
                )  # fmt: skip
            case Bar():
                raise self._nested(expression)
            case _:
                pass
        raise self.source.error(
            "group", f"{label_of(expression)} is no group: columns joined by : or / are.", expression.span
        )

    def _nested(self, bar: Bar) -> FormulaError:
        return self.source.error(
            "nested-random", "One random term cannot contain another.", bar.span, "Add them: (1 | a) + (1 | b)."
        )


def _without(terms: Expanded, taken: Expanded) -> Expanded:
    return {term: None for term in terms if term not in taken}


def _uncorrelated(effects: Terms) -> list[Terms]:
    """Each coefficient of (x || g) on its own: (1 | g) + (0 + x | g)."""
    alone = [Terms(True, ())] if effects.intercept else []
    return [*alone, *(Terms(False, (term,)) for term in effects.terms)]


def _check_repeats(source: Source, random: Iterable[RandomPart]) -> None:
    """Refuse two variances for one coefficient of one group: no data can tell them apart."""
    seen: set[tuple[frozenset[str], tuple[str, ...]]] = set()
    for part in random:
        for coefficient in ((), *part.effects.terms) if part.effects.intercept else part.effects.terms:
            what = (frozenset(part.group), coefficient)
            if what in seen:
                name = " : ".join(coefficient) if coefficient else "intercept"
                raise source.error(
                    "repeated-random", f"The {name} varies over {part.group_name} a second time.", part.span,
                    "Two variances of one effect cannot be told apart; for uncorrelated ones write "
                    f"(1 | {part.group_name}) + (0 + x | {part.group_name}).",
                )  # fmt: skip
            seen.add(what)

"""The text of a formula as a tree of what was written, with positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, v_args
from lark.exceptions import UnexpectedToken

from tutor.errors import FormulaError, TutorError

LONGEST = 20_000
"""A longer formula is no formula; the limit keeps hostile text from costing anything."""

MOST_OPERATORS = 200
"""More operators than any model has; what follows may take a formula apart by recursion."""


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the formula: ``text[start:end]``."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """From the start of this place to the end of the other."""
        return Span(self.start, other.end)


@dataclass(frozen=True, slots=True)
class Variable:
    """The name of a column."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """A text between quotes, as the level "p" of a factor."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Named:
    """An argument by its name, as raw = TRUE."""

    name: str
    value: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """A function of expressions, as log(x)."""

    function: str
    arguments: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Sign:
    """A leading + or −."""

    sign: str
    operand: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions with an operator between them."""

    operator: str
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Bar:
    """A random term: (effects | group), or (effects || group) without correlation.

    ``wrapper`` is the name before the bracket, as in ar1(effects | group), and ``bracket`` the place of the bracket.
    ``option`` is a name with its value after the group, as in cs(effects | group, hom = TRUE), and where it stands.
    """

    effects: Expression
    group: Expression
    correlated: bool
    span: Span
    wrapper: str = ""
    bracket: int = 0
    option: tuple[str, str, Span] | None = None


Expression = Variable | Number | Text | Named | Call | Sign | Operation | Bar

COMPARISONS = frozenset({"<", ">", "<=", ">=", "==", "!="})
"""Operators whose result is TRUE or FALSE: they stand inside the brackets of a function."""


@dataclass(frozen=True, slots=True)
class Source:
    """A formula as it was written; errors about it are made here, so that each has its place marked."""

    text: str

    def of(self, span: Span) -> str:
        """The text at a place."""
        return self.text[span.start : span.end]

    def error(self, kind: str, problem: str, span: Span, tip: str | None = None) -> FormulaError:
        """A FormulaError about a place, to be raised."""
        return FormulaError(problem, text=self.text, start=span.start, end=span.end, kind=kind, tip=tip)


def arguments_of(call: Call, names: tuple[str, ...], source: Source) -> dict[str, Expression]:
    """The arguments of a call by name: those without one in the order of ``names``."""
    found: dict[str, Expression] = {}
    plain = iter(names)
    for argument in call.arguments:
        name = argument.name if isinstance(argument, Named) else next((n for n in plain if n not in found), "")
        if name not in names or name in found:
            raise source.error("arguments", f"{source.of(argument.span)} is no argument of {call.function}().",
                               argument.span, f"{call.function}() takes {', '.join(names)}.")  # fmt: skip
        found[name] = argument.value if isinstance(argument, Named) else argument
    return found


def is_true(given: Mapping[str, Expression], name: str, default: bool, source: Source) -> bool:
    """The value of an argument that is TRUE or FALSE."""
    if name not in given:
        return default
    match given[name]:
        case Variable(name="TRUE" | "T"):
            return True
        case Variable(name="FALSE" | "F"):
            return False
    raise source.error("arguments", f"{name} is TRUE or FALSE.", given[name].span)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The two sides of a formula."""

    source: Source
    response: Expression
    predictor: Expression


def parse(text: str) -> Parsed:
    """Both sides of a formula as expressions.

    Raises
    ------
    FormulaError
        For text that is no formula, with the place and what was probably meant.
    """
    if not isinstance(text, str):
        raise TutorError(f"A formula is text, not {type(text).__name__}.", tip="For example 'y ~ x + (1 | g)'.")
    source = Source(text)
    _check_outline(source)
    try:
        response, predictor = cast("tuple[Expression, Expression]", _parser().parse(text))
    except UnexpectedToken as error:
        raise _token_error(source, error) from None
    except UnexpectedCharacters as error:
        place = error.pos_in_stream
        raise source.error(
            "character", f"{text[place]!r} has no meaning in a formula.", _at(place), _character_tip(source)
        ) from None
    return Parsed(source, response, predictor)


@cache
def _parser() -> Lark:
    grammar = Path(__file__).with_name("formula.lark").read_text(encoding="utf-8")
    # With the transformer inside the parser no tree is built, so long sums need no recursion.
    return Lark(grammar, start="formula", parser="lalr", transformer=_Reader())


def _check_outline(source: Source) -> None:
    """Refuse what can be told without a grammar: an empty text, brackets that do not close, a missing ~."""
    text = source.text
    everything = Span(0, max(1, len(text)))
    if not text.strip():
        raise source.error("empty", "The formula is empty.", everything, "For example 'y ~ x + (1 | g)'.")
    if len(text) > LONGEST:
        raise source.error(
            "length", f"The formula has {len(text)} characters; {LONGEST} are enough for any.", Span(0, 1)
        )
    opened: list[int] = []
    tildes: list[int] = []
    quote = ""
    for place, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character == "`" or (character in "\"'" and character in text[place + 1 :]):
            quote = character
        elif character == "(":
            opened.append(place)
        elif character == ")":
            if not opened:
                raise source.error("unbalanced", "This bracket closes nothing.", Span(place, place + 1))
            opened.pop()
        elif character == "~":
            tildes.append(place)
    if quote:
        raise source.error("unbalanced", "This backtick opens a name that is never closed.", _at(text.rindex("`")))
    if opened:
        raise source.error("unbalanced", "This bracket is never closed.", _at(opened[-1]))
    if not tildes:
        raise source.error(
            "no-tilde", "There is no ~ between the response and the terms.", everything, _tilde_tip(source)
        )
    if len(tildes) > 1:
        raise source.error("two-tildes", "There is a second ~.", _at(tildes[1]), "A formula is 'response ~ terms'.")
    _check_size(source)
    if not text[: tildes[0]].strip():
        raise source.error("no-response", "The response is missing before ~.", _at(tildes[0]), "Write 'y ~ …'.")
    if not text[tildes[0] + 1 :].strip():
        raise source.error("no-terms", "There are no terms after ~.", _at(tildes[0]), "Write 'y ~ 1' for a mean alone.")


def _check_size(source: Source) -> None:
    operators = [place for place, character in enumerate(source.text) if character in "+-*:/^(|%"]
    if len(operators) > MOST_OPERATORS:
        place = _at(operators[MOST_OPERATORS])
        raise source.error("length", f"The formula has {len(operators)} operators; {MOST_OPERATORS} are read.", place)


def _at(place: int) -> Span:
    return Span(place, place + 1)


def _tilde_tip(source: Source) -> str:
    if "=" in source.text:
        return "Write ~ in place of =."
    return "Write 'response ~ terms', for example 'y ~ x + (1 | g)'."


COMPARISON_TIP = "A comparison stands in I(), as I(x > 3)."

_BINARY = {"PLUS", "MINUS", "STAR", "SLASH", "COLON", "CARET", "IN"}
_STARTS = {"NAME", "QUOTED_NAME", "NUMBER", "LPAR"}


def _token_error(source: Source, error: UnexpectedToken) -> FormulaError:
    """What is wrong about a token that does not fit."""
    token = error.token
    before = next((t for t in (error.token_history or []) if t is not None), None)
    if token.type == "$END":
        end = len(source.text.rstrip())
        return source.error(
            "trailing", f"The formula ends with {source.text[end - 1]!r}: a term is missing.", _at(end - 1)
        )
    place = Span(token.start_pos or 0, token.end_pos or 1)
    if token.type == "COMPARISON":
        return source.error("comparison", f"{str(token)!r} stands outside a function.", place, COMPARISON_TIP)
    if token.type == "TEXT":
        return source.error("character", f"{str(token)!r} cannot stand here.", place, _character_tip(source))
    if token.type == "EQUALS":
        return source.error("character", "'=' has no meaning here.", place, _character_tip(source))
    last = str(before) if before is not None else ""
    if token.type in ("BAR", "DOUBLE_BAR"):
        if last == "(":
            return source.error(
                "empty-random", f"Nothing stands before {token}.", place, "Write (1 | g) for a random intercept."
            )
        opened = _called_with(source.text, place.start)
        if opened is not None:
            return source.error(
                "missing-operator",
                "An operator is missing before this bracket.",
                _at(opened),
                "A random term is added: … + (1 | g).",
            )
        return source.error(
            "bare-bar",
            f"{token} stands in brackets, and once only.",
            place,
            "Write a random term as (1 | g); one random term cannot contain another.",
        )
    if token.type == "RPAR" and last in ("|", "||"):
        return source.error("empty-random", f"No group stands after {last}.", place, "Write (1 | g), g being a column.")
    if token.type == "RPAR" and last == "(":
        return source.error("empty-brackets", "These brackets are empty.", Span(place.start - 1, place.end))
    if token.type in ("RPAR", "COMMA", "TILDE") or token.type in _BINARY:
        what = f"after {last!r}" if last else "here"
        return source.error("missing-term", f"A term is missing {what}, before {str(token)!r}.", place)
    if token.type in _STARTS and last not in ("", "("):
        return source.error(
            "missing-operator",
            f"An operator is missing between {last!r} and {str(token)!r}.",
            place,
            "Terms are joined by +, and names with a blank stand in backticks: `plot number`.",
        )
    return source.error("unreadable", f"{str(token)!r} cannot stand here.", place)


def _called_with(text: str, end: int) -> int | None:
    """The bracket that is open at a place if a name stands before it, as in ``x (1|g)``; otherwise None."""
    depth = 0
    for place in range(end - 1, -1, -1):
        depth += (text[place] == ")") - (text[place] == "(")
        if depth < 0:
            before = text[:place].rstrip()
            return place if before and (before[-1].isalnum() or before[-1] in "._`") else None
    return None


def _character_tip(source: Source) -> str:
    if any(quote in source.text for quote in "\"'"):
        return "Names of columns stand without quotes, or in backticks: `plot number`."
    if "==" in source.text or "<" in source.text or ">" in source.text:
        return COMPARISON_TIP
    return "A formula has names, + - * : / ^ %in%, brackets and |."


@v_args(inline=True)
class _Reader(Transformer[Token, Any]):
    """What each rule of the grammar becomes; the methods are named as the rules."""

    def formula(self, response: Expression, predictor: Expression) -> tuple[Expression, Expression]:
        return response, predictor

    def variable(self, name: Token) -> Variable:
        return Variable(str(name), _span(name))

    def quoted_variable(self, name: Token) -> Variable:
        return Variable(str(name)[1:-1], _span(name))

    def text(self, text: Token) -> Text:
        return Text(str(text)[1:-1], _span(text))

    def named(self, name: Token, equals: Token, value: Expression) -> Named:
        return Named(str(name), value, _span(name).to(value.span))

    def number(self, number: Token) -> Number:
        return Number(str(number).removesuffix("L"), _span(number))

    def call(self, function: Token, opening: Token, *rest: Any) -> Call:
        *arguments, closing = rest
        given = tuple(argument for argument in arguments if argument is not None)
        return Call(str(function), given, _span(function).to(_span(closing)))

    def signed(self, sign: Token, operand: Expression) -> Sign:
        return Sign(str(sign), operand, _span(sign).to(operand.span))

    def binary(self, left: Expression, operator: Token, right: Expression) -> Operation:
        sign = "^" if operator.type == "CARET" else str(operator)
        return Operation(sign, left, right, left.span.to(right.span))

    def bracketed(self, opening: Token, inner: Expression, closing: Token) -> Expression:
        return replace(inner, span=_span(opening).to(_span(closing)))

    def random(self, opening: Token, effects: Expression, bar: Token, group: Expression, closing: Token) -> Bar:
        return Bar(effects, group, bar.type == "BAR", _span(opening).to(_span(closing)))

    def wrapped(
        self,
        name: Token,
        opening: Token,
        effects: Expression,
        bar: Token,
        group: Expression,
        option: Token | None,
        equals: Token | None,
        value: Token | None,
        closing: Token,
    ) -> Bar:
        span = _span(name).to(_span(closing))
        told = None
        if option is not None and value is not None:
            told = str(option), str(value), _span(option).to(_span(value))
        return Bar(effects, group, bar.type == "BAR", span, str(name), _span(opening).start, told)


def _span(token: Token) -> Span:
    return Span(token.start_pos or 0, token.end_pos or 0)

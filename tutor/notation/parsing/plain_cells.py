r"""The syntax of a cell that is a plain sum, 2\sigma^2_{17} + \frac{1}{2}(\rho^{3} - 0.5)\sigma_u^2, by its looks.

A matrix has hundreds of such cells, each another one, of few names. What the lexer and the grammar would make of a cell
is made here without them, and a name that was seen before is spelled as it was then; any other cell is left to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import FUNCTIONS
from tutor.notation.parsing.spelling import GREEK_COMMANDS, GREEK_LETTERS, SUPERSCRIPT_CHARACTERS
from tutor.notation.parsing.subscripts import normal_subscript
from tutor.notation.parsing.token import Span, Spelling

MOST_NESTED = 6
"""Brackets and fractions within each other."""

_POWER = r"(?:\^(?:([0-9])(?![0-9.])|\{([0-9]{1,3})\})|([²³]))"
_NO_SUFFIX = r"(?!\s*(?:[\^_'′²³!|.{]|\\(?:left|prime|top)(?![A-Za-z])))"
_NO_BRACKET = r"(?!\s*[(\[])"
_SCRIPT = r"(?:\{\s*\\?[A-Za-z0-9]+(?:\s*,\s*[A-Za-z0-9]+)?\s*\}|\\[a-z]+|[A-Za-z0-9α-ω]+)"
_PIECE = re.compile(
    rf"""\s*(?:
     (?P<sign>[+\-−])
    |(?P<number>[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?(?![0-9.eE{{,]|\s*[0-9^_!'′²³]))
    |(?P<times>\\cdot(?![A-Za-z])|[·*])
    |(?P<usual>(?:\\([a-z]+)(?![A-Za-z*])|([mqrxzw](?=_))|([α-ω]))
        (?:{_POWER}(?=_))?
        (?:_(?:([a-z0-9])(?![A-Za-z0-9.({{_]|\s*[_(])|\{{([a-z0-9]{{1,4}}(?:,\ ?[a-z0-9]{{1,4}})?)\}}
            |([0-9]{{2,4}})(?![A-Za-z0-9.({{_]|\s*[_(])))?
        (?:{_POWER})?(?![\w²³]){_NO_SUFFIX}{_NO_BRACKET})
    |\\frac\{{(?P<fraction>)
    |(?P<spelled>(?:\\[a-z]+(?![A-Za-z*])|[A-Za-zα-ω][A-Za-z0-9α-ω]*)[²³₀-₉ᵢⱼᵤ]*(?:[_^]{_SCRIPT})*[²³]?
        (?![\w²³]){_NO_SUFFIX}{_NO_BRACKET})
    |(?P<slash>/)
    |(?P<opens>\()
    |(?P<closes>\)(?:\^(?P<raised>[0-9])(?![0-9.]))?{_NO_SUFFIX})
    |(?P<over>\}}\{{)
    |(?P<ends>\}}(?!\s*[0-9]){_NO_SUFFIX})
    )\s*""",
    re.X,
)
_COMMAND, _LATIN, _GREEK, _FIRST, _LOW, _LAST = 5, 6, 7, 8, 11, 14
"""Groups within a name: its letter, its power and its subscript; of the last two a second one is for what is in braces,
and a third for a small digit and for digits without braces."""

_NOTHING = (None, None, None)

Read = Callable[[int, int], syntax.Node | None]
"""Gives the node of a part of a text that is a name in no usual form, or the power of one; None for any other part."""


class PlainCells:
    """The plain cells of one text, ``seen`` the names in them so far; ``found`` is the last piece that was read."""

    __slots__ = ("end", "found", "position", "read", "seen", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.seen: dict[str, syntax.Node | None] = {}

    def cell(self, start: int, end: int, read: Read) -> syntax.Node | None:
        """The syntax of a part of the text that is a plain sum; None for anything else."""
        self.position, self.end, self.read = start, end, read
        self.found: re.Match[str] | None = None
        told = self.sum("", 0)
        del self.read  # it may belong to who keeps this
        return told

    def sum(self, closing: str, depth: int) -> syntax.Node | None:
        """The sum from here to a ``closing`` piece, or to the end; None where there is none."""
        signs: list[str] = []
        terms: list[syntax.Node] = []
        factors: list[syntax.Node] = []
        between: list[str] = []
        sign, first, text = "", None, self.text
        while self.position < self.end:
            found = _PIECE.match(text, self.position, self.end)
            if found is None:
                return None
            self.position = found.end()
            kind = found.lastgroup
            if kind == "sign":
                if factors and not sign:
                    terms.append(_term(factors, between))
                    signs = signs or ["+"]
                elif signs or sign:
                    return None  # two signs
                else:
                    first = found.start(kind)  # a sign leads
                signs.append("+" if found[kind] == "+" else "-")
                factors, between = [], []
            elif kind == closing:
                self.found = found
                break
            elif kind == "times" or kind == "slash":
                if sign or not factors or (found[kind] == "*" and "\\" in text):
                    return None
                sign = "/" if kind == "slash" else "*"
            else:
                factor = self._factor(found, sign, factors, depth)
                if factor is None:
                    return None
                factors.append(factor)
                between.append(sign)
                sign = ""
        else:
            if closing:
                return None
        if not factors or sign:
            return None
        terms.append(_term(factors, between))
        if not signs:
            return terms[0]
        begin = terms[0].start if first is None else first
        return syntax.Sum(begin, terms[-1].end, tuple(signs), tuple(terms))

    def _factor(
        self, found: re.Match[str], sign: str, before: list[syntax.Node], depth: int
    ) -> syntax.Node | None:  # fmt: skip
        """One factor; None where it is none that can be told from its looks behind those before it."""
        kind = found.lastgroup
        last = before[-1] if before and not sign else None  # side by side with it
        if kind == "number":
            return None if last is not None else syntax.Number(*found.span(kind), found[kind])
        if kind == "usual":
            name = self._name(found)
            # two letters with one subscript may be one name, an interaction
            may_be_one = isinstance(last, syntax.Named) and not last.spelling.subscript
            return None if may_be_one and isinstance(name, syntax.Named) and name.spelling.subscript else name
        if last is not None and (kind == "fraction" or isinstance(last, syntax.Named | syntax.Power)):
            return None
        if kind == "spelled":
            return self._name(found)
        if depth == MOST_NESTED:
            return None
        if kind == "fraction":
            return self._fraction(found.start(kind) - len(r"\frac{"), depth + 1)
        return self._group(found.start(kind), depth + 1) if kind == "opens" else None

    def _name(self, found: re.Match[str]) -> syntax.Node | None:
        """A letter of the usual form, or a name of another, as the lexer and the grammar read it."""
        kind = found.lastgroup
        assert kind is not None
        key, start = found[kind], found.start(kind)
        seen = self.seen
        if key not in seen:
            seen[key] = _usual_name(found) if kind == "usual" else self.read(*found.span(kind))
            return seen[key]
        name = seen[key]
        return None if name is None else _moved(name, start - name.start)

    def _fraction(self, start: int, depth: int) -> syntax.Node | None:
        above = self.sum("over", depth)
        below = None if above is None else self.sum("ends", depth)
        if above is None or below is None or self.found is None:
            return None
        return syntax.Fraction(start, self.found.end("ends"), above, below)

    def _group(self, start: int, depth: int) -> syntax.Node | None:
        inner = self.sum("closes", depth)
        if inner is None or self.found is None or isinstance(inner, syntax.Named):
            return None
        closing = self.found.start("closes")
        group = syntax.Group(start, closing + 1, inner)
        if self.found["raised"] is None:
            return group
        exponent = syntax.Number(*self.found.span("raised"), self.found["raised"])
        return syntax.Power(start, exponent.end, group, exponent)


def _moved(name: syntax.Node, by: int) -> syntax.Node:
    """A name, or the power of one, in another place; the spelling is the same one."""
    if isinstance(name, syntax.Named):
        return syntax.Named(name.start + by, name.end + by, name.spelling)
    assert isinstance(name, syntax.Power)
    # Of the exponent, one or two digits, there is nothing to tell that would need its place.
    return syntax.Power(name.start + by, name.end + by, _moved(name.base, by), name.exponent)


def _term(factors: list[syntax.Node], signs: list[str]) -> syntax.Node:
    if len(factors) == 1:
        return factors[0]
    return syntax.Chain(factors[0].start, factors[-1].end, tuple(signs), tuple(factors))


def _usual_name(found: re.Match[str]) -> syntax.Node | None:
    r"""\sigma, x_{12}, \sigma^2_u, \sigma_u^{2} or σ²_12; None for a command that is no letter."""
    groups = (None, *found.groups())  # once: there are thousands of names
    command = groups[_COMMAND]
    letters = GREEK_COMMANDS.get(command) if command else groups[_LATIN] or GREEK_LETTERS.get(groups[_GREEK] or "")
    if letters is None or letters in FUNCTIONS:
        return None
    start = found.start("usual")
    end = found.end(_COMMAND) if command else start + 1
    below, subscript = None, ""
    lows = groups[_LOW : _LOW + 3]
    if lows != _NOTHING:
        low = next(at for at, text in enumerate(lows) if text is not None)
        below, subscript = Span(*found.span(_LOW + low)), lows[low] or ""
        end = below.end + (low == 1)
        if "," in subscript:
            subscript = normal_subscript(subscript)
    spelling = Spelling(letters, subscript=subscript, below=below, loose=lows[2] is not None)
    named = syntax.Named(start, end, spelling)
    if groups[_FIRST : _FIRST + 3] == _NOTHING == groups[_LAST : _LAST + 3]:
        return named
    raised = [at for at in (*range(_FIRST, _FIRST + 3), *range(_LAST, _LAST + 3)) if groups[at] is not None]
    power = raised[0]
    if len(raised) > 1 or groups[_FIRST] in {"0", "1"}:  # 0 and 1 may have a subscript, as matrices
        return None
    exponent = syntax.Number(*found.span(power), found[power].translate(SUPERSCRIPT_CHARACTERS))
    return syntax.Power(start, exponent.end + (power in {_FIRST + 1, _LAST + 1}), named, exponent)

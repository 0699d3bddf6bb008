r"""Integrals, limits and derivatives of scalars, by latex2sympy2, which is imported when the first one is read.

Nothing that a student wrote reaches that library: it sees structure only. Every number and every name is replaced by
a letter of ours before, and put back afterwards, numbers in powers within the bounds of `arithmetic`. Names of vectors
and matrices, environments, and commands that are none of calculus are refused here.

The library is the fork latex2sympy2_extended: latex2sympy2 1.9.1 asks for a parser runtime that does not start on
Python 3.13.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

import sympy
from sympy.core.function import AppliedUndef

from tutor.algebra.nodes import Scalar
from tutor.errors import ReadError
from tutor.notation.meaning.arithmetic import power
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import Value, meaning
from tutor.notation.meaning.numbers import numbers
from tutor.notation.parsing import syntax
from tutor.notation.parsing.calculus import DERIVATIVE, DIFFERENTIAL, INTEGRAL
from tutor.notation.parsing.spelling import GREEK_LETTERS, SUBSCRIPT_CHARACTERS, SUPERSCRIPT_CHARACTERS
from tutor.notation.parsing.symbols import symbol_at

MOST_CALCULUS = 500
"""Characters of one integral, limit or derivative."""

_DUMMIES = "tuvwzabchkmnpqrs"
"""Letters that stand for the variables of integrals and limits: d, e, i, f and g mean something else there."""

_COMMANDS = {
    "int": r"\int", "intop": r"\int", "lim": r"\lim", "to": r"\to", "rightarrow": r"\to", "frac": r"\frac",
    "dfrac": r"\frac", "tfrac": r"\frac", "sqrt": r"\sqrt", "infty": r"\infty", "cdot": r"\cdot", "times": r"\cdot",
    "exp": r"\exp", "ln": r"\ln", "log": r"\ln", "sin": r"\sin", "cos": r"\cos", "tan": r"\tan", "left": "",
    "right": "", "limits": "", "quad": "", "displaystyle": "",
}  # fmt: skip
"""Command: what the library is given for it; its \\log has base 10, the lecture's base e."""

_WORDS = {"lim": r"\lim", "log": r"\ln", "ln": r"\ln", "exp": r"\exp", "sin": r"\sin", "cos": r"\cos", "tan": r"\tan"}
"""Functions by their plain names, and what the library is given for them."""

_SIGNS = {
    **{sign: sign for sign in "+-/^_(){}|"}, "*": r"\cdot", "·": r"\cdot", "⋅": r"\cdot", "−": "-", "[": "(", "]": ")",
    "∫": r"\int", "∞": r"\infty", "→": r"\to", "√": r"\sqrt",
}  # fmt: skip
_TAKES_BRACES = frozenset({"^", "_", r"\sqrt"})
"""What round brackets after them stand for braces: x^(t + 1), √(2π)."""

_PIECE = re.compile(
    r"(?P<blank>(?:\s|~|\\[,;:! ])+)|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<sign>[-+−*·⋅/^_(){}|\[\]∫∞→√])"
    r"|(?P<raised>[⁰¹²³⁴-⁹⁺⁻]+)|(?P<lowered>[₀-₉₊₋]+)|(?P<word>(?:lim|log|ln|exp|sin|cos|tan)(?![A-Za-z])"
    r"|\\(?:text|mathrm|operatorname|mbox)\s*\{\s*(?:log|ln|exp|sin|cos|tan)\s*\})"
    r"|(?P<command>\\[A-Za-z]+)|(?P<other>.)", re.S
)  # fmt: skip
_APPROACH = re.compile(
    r"(?:\\lim(?:\\limits)?|lim)\s*_\s*[{(]\s*(\\[a-z]+|[a-zA-Zα-ωΑ-Ω])\s*(?:\\(?:to|rightarrow)(?![A-Za-z])|→)"
)
_DIRECTIONS = frozenset({"+", "-", "+-"})
"""From where SymPy's limits come, each told by a symbol of that name."""

_FROM_ONE_SIDE = re.compile(r"lim(?:\\limits)?\s*_\s*[{(][^{}()]*(?:\^\s*(?:\{\s*[-+−]\s*\}|[-+−])|[⁺⁻])\s*[})]")


def _library() -> Callable[..., Any]:
    """The parser. Raises ImportError where it is not installed."""
    parse: Callable[..., Any] = import_module("latex2sympy2_extended").latex2sympy
    return parse


@meaning.register
def calculus_meaning(node: syntax.Calculus, parts: list[Value], context: Context) -> Value:
    if node.end - node.start > MOST_CALCULUS:
        raise context.error(f"Calculus of more than {MOST_CALCULUS} characters cannot be read.", "too-long", node)
    structure = _Structure(node, context)
    given = structure.written()
    try:
        found = _library()(given, normalization_config=None)
    except ImportError:
        raise context.error("Integrals, limits and derivatives need a parser that is not installed.",
                            "calculus-not-installed", node,
                            'Install it: pip install "mixed-model-tutor[calculus]".') from None  # fmt: skip
    except Exception:
        # Whatever that parser raises, it could not read this.
        found = None
    if not isinstance(found, sympy.Expr):
        raise context.error("This is no integral, limit or derivative that can be read.", "calculus", node)
    return Scalar(structure.restored(found))


def _key(letter: str) -> str:
    """The key of a letter as a command or as a character."""
    return GREEK_LETTERS.get(letter, letter.lstrip("\\"))


class _Structure:
    """One text of calculus with letters of ours for its numbers and names."""

    def __init__(self, node: syntax.Calculus, context: Context) -> None:
        self.node = node
        self.context = context
        self.values: dict[str, sympy.Expr] = {}
        self.bound: dict[str, str] = {}
        self.brackets: list[bool] = []  # of each that is open, whether a brace stands for it
        text = context.text
        for found in (*_APPROACH.finditer(text, node.start, node.end), *self._differentials()):
            self._bind(found[1], sympy.Symbol(_key(found[1]), real=True))
        for found in DERIVATIVE.finditer(text, node.start, node.end):
            self._bind(found["tex"] or found["plain"], self._scalar(*found.span("tex" if found["tex"] else "plain")))

    def _differentials(self) -> Iterator[re.Match[str]]:
        """The differentials of integrals, dt of ∫ t dt; that of d/dt is none."""
        text = self.context.text
        if INTEGRAL.search(text, self.node.start, self.node.end) is None:
            return
        for found in DIFFERENTIAL.finditer(text, self.node.start, self.node.end):
            if not text[found.start() - 1 : found.start()].isalpha():
                yield found

    def _bind(self, letter: str, value: sympy.Expr) -> None:
        if letter in self.bound and isinstance(self.values[self.bound[letter]], sympy.Symbol):
            self.values[self.bound[letter]] = value
            return
        if len(self.bound) == len(_DUMMIES) or not isinstance(value, sympy.Symbol):
            raise self.context.error("These are too many variables.", "too-large", self.node)
        dummy = _DUMMIES[len(self.bound)]
        self.bound[letter] = dummy
        self.values[dummy] = value

    def _error(self, problem: str, start: int, end: int, tip: str | None = None) -> ReadError:
        return ReadError(problem, text=self.context.text, start=start, end=end, kind="calculus", tip=tip)

    def written(self) -> str:
        """What the library is given."""
        text, at, end = self.context.text, self.node.start, self.node.end
        told: list[str] = []
        while at < end:
            derivative = DERIVATIVE.match(text, at, end)
            differential = None if text[at - 1 : at].isalpha() else DIFFERENTIAL.match(text, at, end)
            if derivative is not None:
                once = rf"\frac{{d}}{{d{self.bound[derivative['tex'] or derivative['plain']]}}}"
                told += [once] * int(derivative["above"] or derivative["order"] or 1)
                at = derivative.end()
            elif differential is not None and differential["variable"] in self.bound:
                told.append(f" d{self.bound[differential['variable']]} ")
                at = differential.end()
            else:
                piece = _PIECE.match(text, at, end)
                assert piece is not None  # its last group takes any character
                at = self._take(piece, told)
        return " ".join(told)

    def _take(self, piece: re.Match[str], told: list[str]) -> int:
        """Add what the library is given for a piece; returns where the next one starts."""
        found = piece[0]
        match piece.lastgroup:
            case "blank":
                pass
            case "sign":
                self._take_sign(piece, told)
            case "number":
                self._add(sympy.Rational(found), told)
            case "raised" | "lowered":
                self._take_small(piece, told)
            case "word":
                told.append(_WORDS[found.rpartition("{")[2].strip("} ")])
            case "command" if found[1:] in _COMMANDS:
                told.append(_COMMANDS[found[1:]])
            case _ if found in self.bound:
                told.append(self.bound[found])
            case _ if found == "e" and self.context.text[piece.end() : piece.end() + 1] == "^":
                told.append("e")
            case _:
                return self._take_symbol(piece, told)
        return piece.end()

    def _take_sign(self, piece: re.Match[str], told: list[str]) -> None:
        """A sign; round brackets after ^, _ and √ stand for braces, and a sign after a limit's ^ for a direction."""
        sign = piece[0]
        if sign in "([":
            braced = told[-1:] != [] and told[-1] in _TAKES_BRACES
            self.brackets.append(braced)
            told.append("{" if braced else "(")
        elif sign in ")]":
            told.append("}" if self.brackets and self.brackets.pop() else ")")
        elif sign in "+-−" and told[-1:] == ["^"] and self.context.text[piece.end() :].lstrip()[:1] in {"}", ")"}:
            told.append(f"{{{_SIGNS[sign]}}}")
        else:
            told.append(_SIGNS[sign])

    def _take_small(self, piece: re.Match[str], told: list[str]) -> None:
        """Raised and lowered characters: ², ⁻¹, the limits of ∫₀¹, the direction of 0⁺."""
        raised = piece.lastgroup == "raised"
        plain = piece[0].translate(SUPERSCRIPT_CHARACTERS if raised else SUBSCRIPT_CHARACTERS)
        told.append("^" if raised else "_")
        if plain in {"+", "-"}:
            told.append(f"{{{plain}}}")
            return
        sign, digits = (plain[0], plain[1:]) if plain[0] in "+-" else ("", plain)
        if not digits.isdecimal():
            raise self._error("This power cannot be read in calculus.", *piece.span())
        self._add(sympy.Integer(f"{sign}{digits}"), told)

    def _take_symbol(self, piece: re.Match[str], told: list[str]) -> int:
        """A name of the vocabulary, with a power that stands in it; returns where it ends."""
        found = piece[0]
        symbol = symbol_at(self.context.text, piece.start(), self.node.end)
        if symbol is None:
            raise self._error(f"{found if found.isprintable() else 'This'} has no place in calculus.", piece.start(),
                              piece.end(), "Integrals, limits and derivatives are of scalars.")  # fmt: skip
        stop, first = symbol.end, symbol.spelling.letters[:1]
        if symbol.spelling.run and not symbol.spelling.subscript and first in self.bound:
            told.append(self.bound[first])  # ty: the variable, and a name beside it
            return piece.start() + 1
        self._add(self._scalar(piece.start(), stop), told)
        if symbol.superscript is not None:
            above = self.context.text[symbol.superscript.start : symbol.superscript.end]
            raised = re.sub(r"[\s^{}*]", "", above.translate(SUPERSCRIPT_CHARACTERS))
            if not raised.isdecimal():
                raise self._error("This power cannot be read in calculus.", piece.start(), stop)
            told.append("^")
            self._add(sympy.Integer(int(raised)), told)
        return stop

    def _scalar(self, start: int, end: int) -> sympy.Expr:
        symbol = symbol_at(self.context.text, start, end)
        assert symbol is not None
        named = syntax.Named(start, end, symbol.spelling)
        trees = numbers(named, [], self.context)
        if not all(isinstance(tree, Scalar) for tree in trees):
            raise self._error("This is a vector or a matrix; integrals, limits and derivatives are of scalars.", start,
                              end, "Write them of its elements.")  # fmt: skip
        return sympy.Mul(*(tree.value for tree in trees if isinstance(tree, Scalar)))

    def _add(self, value: sympy.Expr, told: list[str]) -> None:
        name = f"x_{{{len(self.values) + 1}}}"
        self.values[name] = value
        told.append(f"{{{name}}}" if told and told[-1] in {"^", "_"} else name)

    def restored(self, found: sympy.Expr) -> sympy.Expr:
        """What the library made, with our numbers and names in it. Raises ReadError "too-large" for a huge power."""
        made: dict[sympy.Basic, sympy.Basic] = {}
        two_sided = not _FROM_ONE_SIDE.search(self.context.text, self.node.start, self.node.end)
        for node in sympy.postorder_traversal(found):
            if isinstance(node, sympy.Symbol) and node.name in _DIRECTIONS:
                made[node] = node
            elif isinstance(node, sympy.Symbol):
                name = node.name if node.name in self.values else re.sub(r"_\{?(\d+)\}?", r"_{\1}", node.name)
                if name not in self.values:
                    raise self._error("This cannot be read as calculus.", self.node.start, self.node.end)
                made[node] = self.values[name]
            elif isinstance(node, AppliedUndef):
                raise self._error("A function of which only the name is known has no place in calculus.",
                                  self.node.start, self.node.end)  # fmt: skip
            elif isinstance(node, sympy.Limit) and two_sided and not node.args[2].is_infinite:
                made[node] = _rebuilt(node, [*(made[part] for part in node.args[:3]), sympy.Symbol("+-")])
            elif isinstance(node, sympy.Pow):
                base, exponent = (made[part] for part in node.args)
                made[node] = power(base, exponent, self.node, self.context)  # pyright: ignore[reportArgumentType]
            elif node.args:
                made[node] = _rebuilt(node, [made[part] for part in node.args])
            else:
                made[node] = node
        told = made[found]
        assert isinstance(told, sympy.Expr)
        return told


def _rebuilt(node: sympy.Basic, parts: Sequence[sympy.Basic]) -> sympy.Basic:
    """The same kind of expression over other parts."""
    make: Any = node.func
    return make(*parts)

r"""Operators that take what stands behind them: \sum_{i=1}^{n}, \prod, \bigoplus_{j=1}^{b}, argmin_β, \int, lim."""

from __future__ import annotations

import re
from dataclasses import replace

from tutor.errors import ReadError
from tutor.notation.light_value import light_value
from tutor.notation.parsing.brackets import closing_brace
from tutor.notation.parsing.calculus import INTEGRAL, Calculus, calculus_at, is_of_vectors, variable_of
from tutor.notation.parsing.derivative_patterns import (
    DERIVATION,
    DERIVATIVE_OF_CALL,
    IN_LINE,
    NAME_OR_MATRIX,
    ORDER,
    SECOND_DERIVATION,
    TOTAL_DERIVATIVE,
)
from tutor.notation.parsing.enclosures import Enclosures
from tutor.notation.parsing.functions import FUNCTIONS, GLUED, MOMENTS, STATISTICS
from tutor.notation.parsing.members import Members, members_at
from tutor.notation.parsing.scanner import Planned
from tutor.notation.parsing.set_labels import label_at
from tutor.notation.parsing.spelling import (
    ORDER_SIGNS,
    RAISED,
    SIGNS,
    SUBSCRIPT_CHARACTERS,
    SUPERSCRIPT_CHARACTERS,
)
from tutor.notation.parsing.subscripts import normal_subscript
from tutor.notation.parsing.symbols import symbol_at
from tutor.notation.parsing.token import OPERAND_END, Span

MOST_OPERATORS = 20
"""Operators of this kind in one text: each may stand in what the one before it takes."""

_OPERATIONS: dict[str, tuple[str, ...]] = {
    "sum": (r"\sum", "∑", "Σ", r"\Sigma", "sum"),
    "product": (r"\prod", "∏", "prod"),
    "direct sum": (r"\bigoplus", "⨁", r"\oplus", "⊕"),
    "min": (r"\min", "min"),
    "max": (r"\max", "max"),
}

_KINDS = {spelling: key for key, spellings in _OPERATIONS.items() for spelling in spellings}
# argmin and argmax are told by what stands in their many spellings.
_SIGN = re.compile(
    r"""\\(?:sum|prod|bigoplus|argmin|argmax|min|max)(?![A-Za-z])|[∑∏⨁]
    |(?:\\oplus(?![A-Za-z])|⊕)(?=\s*(?:\\limits\s*)?[_ᵢⱼₖₗₘₙₒ]) # the small sign with limits, as the large one
    |\\arg\s*(?:\\[,!]\s*)?\\(?:min|max)(?![A-Za-z])
    |\\(?:text|mathrm|operatorname\*?)\s*\{\s*arg\ ?(?:\\[,!;:]\ ?)?(?:min|max)\s*\}
    |arg\ ?(?:min|max)(?![A-Za-z])
    |(?:min|max|sum|prod)(?=_)
    |Σ(?=\s*(?:_(?:[i-o](?![A-Za-z0-9])|\{[i-o](?:\s*[=≠<>≤≥∈][^{}]*)?\})|[ᵢⱼₖₗₘ])(?:\^(?:\w|\{[^{}]*\}))?\s*
        (?:[a-zα-ωȳ][̂̄̃]?(?:²|\^2)?(?:_|[ᵢⱼₖₗ])|\([a-zα-ωȳ]|[Σ∑]\s*[_ᵢⱼ]         # as a sum, Σ_i τ_i
        |[XZ][̂̃]?(?:_\{?[i-o]\}?|[ᵢⱼ])\s*['′ᵀ]|(?:log|ln|tr|exp)(?![a-z])))       # Σ_i X_i'X_i, Σ_i log|V_i|
    |(?:Σ|\\Sigma(?![A-Za-z]))(?=\s*_\s*\{\s*[i-o]\s*(?:=\s*\w|≠|\\neq?(?![A-Za-z])))  # a limit is one of a sum
    |Σ(?=[ᵢⱼₖₗₘₙ]₌)
    |\\Sigma(?=\s*_\s*(?:(?P<bare>[i-o])(?![A-Za-z0-9])|\{\s*(?P<index>[i-o])\s*\})\s*(?:\\left\s*)?[(\[]\s*
        (?:[a-z]|\\(?:[a-z]+|bar\s*\{?\s*[a-z]\}?))\s*_\s*\{?[a-z]*?(?:(?P=bare)|(?P=index))[^()\[\]=]{0,60}
        [)\]]\s*(?:\^|²))                                                                # Σ_i (y_i - μ)²
    |\\Sigma(?=\s*_\s*\{?\s*[i-o]\s*\}?\s*[a-z]\s*                                       # Σ_i y_i²
        (?:\^\s*\{?\s*2\s*\}?\s*_|_\s*\{?\s*[i-o]{1,3}\s*\}?\s*\^\s*\{?\s*2))""",
    re.X,
)
_DERIVATIVE = re.compile(
    r"\\[dtc]?frac\s*(?P<opens>\{)\s*\\partial(?![A-Za-z])"
    r"\s*(?:\^\s*(?P<braced>\{\s*)?(?P<order>[2-9])\s*(?(braced)\}))?\s*(?P<ends>\}?)"
)
_CHOICE = re.compile(
    r"\{(?P<of>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*?)\\(?P<sign>choose|over)(?![A-Za-z])"
    r"(?P<by>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
_STARTS_SIDE = frozenset({"REL", "DEFINES", "SEP"})
_OVER = re.compile(
    r"\{(?P<of>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}\s*\\(?P<sign>choose|over)(?![A-Za-z])\s*"
    r"\{(?P<by>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
)
r"""{a} \over {b}: TeX takes all before it for what is above, which at the start of a side is the group alone."""

_UNDERSET = re.compile(r"\\underset\s*(?=\{)")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
_LIMIT = re.compile(r"\s*(?:\\(?:no)?limits\s*)?([_^])\s*")
_SMALL_INDEX = re.compile(r"[ᵢⱼₖₗₘₙₒ]+(?:₌[₀-₉]+(?![₊₋]))?(?![₌₊₋])")
_SINGLE = re.compile(r"\\[A-Za-z]+|\S")
_START = re.compile(r"\s*([A-Za-z])\s*=\s*")
_INDICES = re.compile(r"\s*[a-z](?:[\s,]*[a-z])*\s*")
_BRACKET = re.compile(r"\s*(?:\\[!,;:]\s*)?(?:\\left\s*)?\(")
_ANY_BRACKET = re.compile(r"\s*(?:\\left\s*)?[(\[]")
_COMPARES = re.compile(
    r"\s*(\\(?:neq?|[lg]eq?(?:slant)?|lt|gt|in|sim)(?![A-Za-z])|[<>!]=|[<>≤≥≠∈∼,]"
    r"|(?<=[a-z])~(?=[a-z])|(?<=[a-z] )~(?= [a-z]))\s*"
)
"""A sign in a condition below an operator, as in i < j and in j ∼ i of neighbours, and the comma between two."""

_CONDITION_SIGNS = ORDER_SIGNS | {"∼": "~"}
_SET_BRACES = re.compile(r"\\[{}]")
"""The braces of a pair, {i, j}, below an operator."""


@light_value
class Operator:
    """An operator: what it does, the letters of its indices, what stands below it as a key, and its two limits."""

    operation: str
    indices: tuple[str, ...]
    below: str
    first: Span | None
    last: Span | None


class Operators(Enclosures):
    """Sums, products, optima, calculus, and functions that are glued to the names before them."""

    operators = 0

    def _read_operator(self, start: int) -> bool:
        """Whether an operator stands at an offset; its token is emitted then, and the position stands after it."""
        derivation = DERIVATION.match(self.text, start, self.end)
        if derivation is not None and self._derives_notation(derivation.end()):
            return self._read_derivation(derivation)
        if SECOND_DERIVATION.match(self.text, start, self.end):
            return self._read_derivative(start)
        calculus = calculus_at(self.text, start, self.end)
        if calculus is not None:
            self._read_calculus(calculus)
            return True
        total = TOTAL_DERIVATIVE.match(self.text, start, self.end) or DERIVATIVE_OF_CALL.match(
            self.text, start, self.end
        )
        if total is not None:
            self._read_total_derivative(total)
            return True
        if (members := members_at(self.text, start, self.end)) is not None:
            return self._read_members(members, start)
        underset = _UNDERSET.match(self.text, start, self.end)
        if underset is not None and label_at(self.text, start, self.end) is not None:
            return False
        below: Span | None = None
        at = start
        if underset is not None:
            below = self._braced(underset.end())
            opening = self._skip_blanks(below.end + 1)
            inner = self._braced(opening) if self.text[opening : opening + 1] == "{" else None
            at = opening if inner is None else inner.start
            sign = _SIGN.match(self.text, at, self.end)
            if sign is None and self._read_dimensioned(below, at):
                return True
            if sign is None:
                raise self._error("Only argmin, argmax, min and max have something set below them.", "unexpected",
                                  start, underset.end(), r"Set a remark as text: \text{error}.")  # fmt: skip
            end = sign.end() if inner is None else inner.end + 1
        else:
            sign = _SIGN.match(self.text, start, self.end)
            if sign is None or self._stands_between(sign):
                return False
            end = sign.end()
        operation = self._operation(sign[0])
        if operation in {"min", "max"} and _BRACKET.match(self.text, end, self.end) and below is None:
            return False
        self._count_operator(start, end)
        lower, above, self.position = self._limits(end)
        below = below if lower is None else lower
        # What is optimized is all that follows; a sum ends with its product.
        is_optimum = operation.startswith("arg") or (operation in {"min", "max"} and below is not None)
        kind = "OPTIMUM" if is_optimum else "OPERATOR"
        self._emit(kind, self._told(operation, below, above), start)
        return True

    def _read_members(self, members: Members, start: int) -> bool:
        """The tokens of a direct sum whose limits stand behind its blocks."""
        self._count_operator(start, members.body.start)
        below, above, end = self._limits(members.limits)
        self._emit("OPERATOR", self._told("direct sum", below, above), start, start)
        self._emit("LPAR", "(", start, start)
        self.position = members.body.start
        self._read_until(members.body.end)
        self._emit("RPAR", ")", members.body.end, members.body.end)
        self.position = end
        return True

    def _stands_between(self, sign: re.Match[str]) -> bool:
        r"""Whether this is the large sign without limits between two matrices, A \bigoplus B, as \oplus."""
        is_large = sign[0] == r"\bigoplus" and _LIMIT.match(self.text, sign.end(), self.end) is None
        return is_large and bool(self.tokens) and self.tokens[-1].type in OPERAND_END

    def _count_operator(self, start: int, end: int) -> None:
        self.operators += 1
        if self.operators > MOST_OPERATORS:
            raise self._error("Too many sums stand within each other here.", "too-deep", start, end,
                              "Write the formula in smaller pieces.")  # fmt: skip

    def _limits(self, end: int) -> tuple[Span | None, Span | None, int]:
        """What stands below and above an operator that ends at an offset, and where they end."""
        below = above = None
        if (small := _SMALL_INDEX.match(self.text, end, self.end)) is not None:
            below, end = Span(*small.span()), small.end()
            if (above_it := RAISED.match(self.text, end, self.end)) is not None:
                above, end = Span(*above_it.span()), above_it.end()
        while (limit := _LIMIT.match(self.text, end, self.end)) is not None:
            span, end = self._limit(limit.end())
            below, above = (span, above) if limit[1] == "_" else (below, span)
        return below, above, end

    def _read_calculus(self, calculus: Calculus) -> None:
        """One token of scalar calculus; the sign of an integral of densities, whose body is of this notation."""
        sign = INTEGRAL.match(self.text, calculus.start, self.end)
        if calculus.differential is None or sign is None:
            self.position = calculus.end
            self._emit("CALCULUS", "", calculus.start)
            return
        self._count_operator(*sign.span())
        below, above, self.position = self._limits(sign.end())
        self._emit("INTEGRAL", Operator("integral", (), "", below, above), calculus.start)
        variable = variable_of(calculus.differential)
        found = symbol_at(self.text, variable.start, variable.end)
        if found is None:
            raise self._error("The letter over which is integrated cannot be read.", "unexpected", variable.start,
                              variable.end)  # fmt: skip
        spelling = found.spelling
        if calculus.differential["square"] and spelling.letters == "sigma":
            spelling = replace(spelling, letters="sigma2")
        self.planned[calculus.differential.start()] = Planned("DIFFERENTIAL", spelling, variable.end)

    def _read_dimensioned(self, below: Span, start: int) -> bool:
        r"""Whether \underset{n \times p}{\mathbf{X}} stands here, X with its dimensions; ``start`` is that of X."""
        bracketed = _IN_BRACKETS.fullmatch(self.text, below.start, below.end)
        below = below if bracketed is None else Span(*bracketed.span(1))
        dimensions = normal_subscript(self.text[below.start : below.end])
        base = symbol_at(self.text, start, self.end)
        if base is None or "×" not in dimensions:
            return False
        inner = base.spelling
        letters = "_".join(filter(None, (inner.letters + inner.accent, inner.subscript)))
        spelling = replace(inner, letters=letters, accent="", subscript=dimensions, below=below, loose=False)
        closing = self._skip_blanks(base.end)
        self.position = closing + (self.text[closing : closing + 1] == "}")
        self._emit("NAME", spelling if inner.subscript else replace(inner, subscript=dimensions, below=below), start)
        return True

    def _operation(self, sign: str) -> str:
        if sign in _KINDS:
            return _KINDS[sign]
        return "argmin" if "min" in sign else "argmax"

    def _told(self, operation: str, below: Span | None, above: Span | None) -> Operator:
        raw = "" if below is None else self.text[below.start : below.end].translate(SUBSCRIPT_CHARACTERS)
        key = _condition(raw) if raw else ""
        if below is not None and operation in {"sum", "product", "direct sum"}:
            begins = _START.match(raw)
            if begins is not None:
                first = Span(below.start + begins.end(), below.end)
                return Operator(operation, (begins[1],), key, first, above)
            if _INDICES.fullmatch(raw):
                return Operator(operation, tuple(re.findall("[a-z]", raw)), key, None, above)
        return Operator(operation, (), key, None, None)

    def _braced(self, opening: int) -> Span:
        closing = closing_brace(self.text, opening, self.end)
        if closing is None:
            raise self._error("The group that opens here is never closed.", "unbalanced", opening, opening + 1,
                              "Close it with }.")  # fmt: skip
        return Span(opening + 1, closing)

    def _limit(self, at: int) -> tuple[Span, int]:
        """A limit, in braces or one character or command, and where it ends."""
        if self.text[at : at + 1] == "{":
            span = self._braced(at)
            return span, span.end + 1
        single = _SINGLE.match(self.text, at, self.end)
        if single is None:
            raise self._missing_limit(at)
        return Span(*single.span()), single.end()

    def _missing_limit(self, at: int) -> ReadError:
        return self._error("The limit of this sum is missing.", "missing-operand", at - 1, at)

    def _read_derivative(self, start: int) -> bool:
        r"""Whether \frac{\partial …}{\partial …} stands here; the numerator's brace is open then."""
        found = _DERIVATIVE.match(self.text, start, self.end)
        if found is None:
            return False
        self.position = found.end()
        order = found["order"] or "", "∂"
        if found["ends"]:
            self._emit("DERIVATION", order, start)
            self._await_arguments(1, start)
            return True
        self._emit("DERIVATIVE", order, start)
        self._await_arguments(2, start)
        self._await_more(*self.awaited.pop())
        self._open("{", found.start("opens"), "LBRACE", "RBRACE")
        return True

    def _read_total_derivative(self, found: re.Match[str]) -> None:
        """The tokens of dμ/dη or dM(t)/dt: the sign, and what stands above and below as its arguments."""
        order = re.sub(r"\D", "", (found.groupdict().get("order") or "").translate(SUPERSCRIPT_CHARACTERS))
        self._emit("DERIVATIVE", (order, "d"), found.start(), found.end())
        for name in ("of", "by") if found["of"] else ("above", "below"):
            self._read_letter_argument(*found.span(name))
        self.position = found.end()

    def _derives_notation(self, start: int) -> bool:
        """Whether a function of which only the name is known, a matrix, or what vectors make follows a derivative:
        calculus knows none of them."""
        is_named = NAME_OR_MATRIX.match(self.text, start, self.end) is not None
        return is_named or is_of_vectors(self.text, start, self.end)

    def _read_derivation(self, found: re.Match[str]) -> bool:
        """Whether d/dt stands here before what it derives; its tokens are emitted then."""
        if found["sign"] == "\\partial":
            return self._read_derivative(found.start())
        order = re.sub(r"\D", "", (found["order"] or found["times"] or "").translate(SUPERSCRIPT_CHARACTERS))
        self._emit("DERIVATION", (order, found["plain"] or "d"), found.start(), found.end())
        self._read_letter_argument(*found.span("by" if found["by"] else "below"))
        self.position = found.end()
        return True

    def _read_choice(self, start: int) -> bool:
        r"""Whether {n \choose y} or {a \over b} stands here; its tokens are of \binom{n}{y} or \frac{a}{b} then."""
        choice = _CHOICE.match(self.text, start, self.end)
        if choice is None and (not self.tokens or self.tokens[-1].type in _STARTS_SIDE):
            choice = _OVER.match(self.text, start, self.end)
        if choice is None:
            return False
        self._emit("BINOM" if choice["sign"] == "choose" else "FRAC", "", start, start)
        for name in ("of", "by"):
            self._read_letter_argument(*choice.span(name))
        self.position = choice.end()
        return True

    def _read_letter_argument(self, start: int, end: int) -> None:
        """A letter as an argument in braces."""
        self._emit("LBRACE", "{", start, start)
        self.position = start
        self._read_until(end)
        self._emit("RBRACE", "}", end, end)

    def _read_partial(self, start: int) -> bool:
        r"""Whether a ∂ of a derivative on one line stands before the position, \partial^2\ell/\partial\theta^2; it
        is emitted then."""
        order = ORDER.match(self.text, self.position, self.end)
        end = self.position if order is None else order.end()
        if self.text[start] == "\\" and not IN_LINE.match(self.text, end, self.end) and not self._after_partial():
            return False
        self.position = end
        told = "" if order is None else re.sub(r"\D", "", order[0].translate(SUPERSCRIPT_CHARACTERS))
        self._emit("PARTIAL", (told, "∂"), start)
        return True

    def _after_partial(self) -> bool:
        """Whether a ∂ stands before the last sign /, so that by what is derived comes now."""
        types = [token.type for token in self.tokens[-8:]]
        return bool(types) and types[-1] == "SLASH" and "PARTIAL" in types

    def _in_derivative(self) -> bool:
        """Whether a ∂ here says by what something is derived: within the second braces of a derivative."""
        depth = outermost = 0
        for token in reversed(self.tokens):
            depth += (token.type == "RBRACE") - (token.type == "LBRACE")
            outermost = min(outermost, depth)
            # One that is further in stands within the braces before these, and has braces of its own.
            if depth == outermost and token.type in {"DERIVATIVE", "DERIVATION"}:
                return depth < 0
        return False

    def _is_argument(self, end: int) -> bool:
        """Whether a dot is all that stands between brackets, as in g(·) and E[·]."""
        before = [token.type for token in self.tokens[-2:]]
        is_first = before in (["FUNCTION", "LPAR"], ["FUNCTION", "LSQB"])
        return is_first and self.text[self._skip_blanks(end) : self.end].startswith((")", "]", r"\right"))

    def _glued(self, letters: str, start: int, end: int) -> int:
        """Where a function starts that is glued to the capitals before it, as the t of ZGt(Z); otherwise ``end``."""
        if letters in STATISTICS or letters in FUNCTIONS or self.text[start:end] != letters:
            return end
        if _ANY_BRACKET.match(self.text, end, self.end) is None:
            return end
        for function in GLUED:
            before = letters.removesuffix(function)
            is_number = len(before) == 1 and function in MOMENTS  # aE(X)
            if before != letters and before.isalpha() and (before.isupper() or is_number):
                return end - len(function)
        return end


def _condition(raw: str) -> str:
    """What stands below an operator as a key: names, and the signs between them, if any.

    >>> _condition(r"\\beta"), _condition(r"j \\neq k"), _condition("i<j, j<3"), _condition(r"j \\sim i")
    ('beta', 'j≠k', 'i<j,j<3', 'j~i')
    """
    pieces = _COMPARES.split(_SET_BRACES.sub("", raw))
    names, signs = pieces[::2], pieces[1::2]
    told = [SIGNS[sign[1:]][1] if sign.startswith("\\") else _CONDITION_SIGNS.get(sign, sign) for sign in signs]
    keys = [normal_subscript(name) for name in names]
    return keys[0] + "".join(sign + key for sign, key in zip(told, keys[1:], strict=True))

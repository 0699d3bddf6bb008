r"""Sequences with dots: 1, 2, …, n and y_1, …, y_n and 1, ρ, …, ρ^{n−1} go on by one rule, or by none.

The values before the dots and those after them are given; a rule must agree with each of them. It tells the length
where the values do: up to y_n there are n, while 0, …, 0 may be of any length.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import sympy

from tutor.algebra.by_distance import DISTANCE, Numbered
from tutor.algebra.function_value import FunctionValue
from tutor.algebra.nodes import Scalar
from tutor.algebra.sizes import ONE, Size, size
from tutor.errors import SizeError
from tutor.notation.meaning.indexed_keys import apart, frames, index_of, together
from tutor.notation.meaning.runs import Run, assumptions
from tutor.notation.meaning.unit_lists import by_unit
from tutor.notation.vocabulary import Vocabulary

_MARK = sympy.Symbol("…", positive=True)


def run(
    first: Sequence[sympy.Expr], last: Sequence[sympy.Expr], vocabulary: Vocabulary, *, is_whole: bool = False
) -> Run | None:
    """The rule by which a sequence goes from its ``first`` values to its ``last`` ones; None where none is certain.

    The dots leave something out, unless the sequence may be given whole, as the distances from the diagonal of a 4 × 4
    matrix are by its first two rows and columns and its last ones.
    """
    if not first or not last:
        return None
    return (
        _constant(first, last)
        or _of_function(first, last, vocabulary, is_whole)
        or by_unit((first, last), vocabulary)
        or _counted(first, last, vocabulary, is_whole)
        or _geometric(first, last)
        or _arithmetic(first, last, is_whole)
        or _by_its_end(first, last)
        or _counted_behind(first, last, vocabulary)
    )


def _constant(first: Sequence[sympy.Expr], last: Sequence[sympy.Expr]) -> Run | None:
    """The value on both sides of the dots is the value of the gap."""
    fill = first[-1]
    if fill != last[0] or (len(set(last)) > 1):
        return None
    known = dict(enumerate(first))
    formula = tuple(first[:-1]), fill
    return Run(lambda at: known.get(at, fill), constant=fill if set(first) == {fill} else None, formula=formula)


def _arithmetic(first: Sequence[sympy.Expr], last: Sequence[sympy.Expr], is_whole: bool) -> Run | None:
    """Numbers a, a + d, a + 2d, …; a single whole number before the dots goes on by one."""
    start = first[0]
    if any(
        power.exp.is_Integer and abs(power.exp) > 1 for value in (*first, *last) for power in value.atoms(sympy.Pow)
    ):
        return None  # powers of a letter go on by a ratio or not at all
    step = sympy.expand(first[1] - start) if len(first) > 1 else ONE
    if step == 0 or (len(first) == 1 and not start.is_Integer):
        return None
    length = _as_size(sympy.cancel((last[-1] - start) / step) + 1)
    # Dots that leave nothing out, as in 0, …, 1, stand for something else.
    least = len(first) + len(last) + (not is_whole)
    if length is None or (length.is_Integer and length < least):  # pyright: ignore[reportOperatorIssue]
        return None

    def value(at: sympy.Expr) -> sympy.Expr:
        return start + at * step

    if not _agrees(value, length, first, last):
        return None
    return Run(lambda at: value(sympy.Integer(at)), length, formula=((), value(DISTANCE)))


def _geometric(first: Sequence[sympy.Expr], last: Sequence[sympy.Expr]) -> Run | None:
    """Powers a, ar, ar², … of a ratio that is a letter."""
    if len(first) < 2 or first[0] == 0:
        return None
    start = first[0]
    ratio = sympy.cancel(first[1] / start)
    base, exponent = sympy.powsimp(sympy.cancel(last[-1] / start)).as_base_exp()
    if not ratio.is_Symbol or base != ratio:
        return None
    length = _as_size(exponent + 1)
    if length is None:
        return None

    def value(at: sympy.Expr) -> sympy.Expr:
        return start * ratio**at

    if not _agrees(value, length, first, last):
        return None
    return Run(lambda at: value(sympy.Integer(at)), length, formula=((), value(DISTANCE)))


def _by_its_end(first: Sequence[sympy.Expr], last: Sequence[sympy.Expr]) -> Run | None:
    """A rule that the last value tells by the letter of the length, as exp(−(t − 1)/θ) after 1, exp(−1/θ), exp(−2/θ).

    The first values may be others, as the 1 before γ, γρ, …, γρ^{t−2}; two of them at least must follow the rule.
    """
    ahead = {symbol for value in first for symbol in value.free_symbols}
    letters = [symbol for symbol in last[-1].free_symbols if symbol not in ahead]
    if len(letters) != 1:
        return None
    length = _as_size(letters[0])  # pyright: ignore[reportArgumentType]
    if length is None:
        return None

    def value(at: sympy.Expr) -> sympy.Expr:
        return _put(last[-1], letters[0], at + 1)  # pyright: ignore[reportArgumentType]

    def follows(at: int) -> bool:
        return sympy.expand(value(sympy.Integer(at)) - first[at]) == 0

    beyond = next((at for at in range(len(first)) if all(map(follows, range(at, len(first))))), len(first))
    back = all(sympy.expand(value(letters[0] - at) - told) == 0 for at, told in enumerate(reversed(last), 1))  # pyright: ignore[reportOperatorIssue, reportArgumentType]
    if len(first) - beyond < 2 or not back:
        return None
    known = dict(enumerate(first[:beyond]))
    return Run(lambda at: known.get(at, value(sympy.Integer(at))), length,
               formula=(tuple(first[:beyond]), value(DISTANCE)))  # fmt: skip


def _agrees(
    value: Callable[[sympy.Expr], sympy.Expr], length: Size, first: Sequence[sympy.Expr], last: Sequence[sympy.Expr]
) -> bool:
    """Whether a rule gives each value that was written, and leaves none of them to the dots twice."""
    if length.is_Integer and length < len(first) + len(last):  # pyright: ignore[reportOperatorIssue]
        return False
    ahead = all(sympy.expand(value(sympy.Integer(at)) - told) == 0 for at, told in enumerate(first))
    back = enumerate(reversed(last), 1)
    return ahead and all(sympy.expand(sympy.powsimp(value(length - at) - told)) == 0 for at, told in back)


def _as_size(value: sympy.Expr) -> Size | None:
    """A length, if it is a whole number or one with letters for whole numbers."""
    value = sympy.expand(value)
    letters = {letter: size(str(letter)) for letter in value.free_symbols if str(letter).isidentifier()}
    try:
        return size(value.xreplace(letters))  # pyright: ignore[reportArgumentType]
    except SizeError:
        return None


def _counted(
    first: Sequence[sympy.Expr], last: Sequence[sympy.Expr], vocabulary: Vocabulary, is_whole: bool = False
) -> Run | None:
    """Symbols whose index counts: y_1, y_2, …, y_n or x_{11}, x_{21}, …, x_{n1}."""
    cores = [_core(value) for value in (*first, *last)]
    symbols = [core[0] for core in cores if core is not None]
    forms = {core[1] for core in cores if core is not None}
    if len(symbols) < len(cores) or len(forms) != 1:
        return None
    form = forms.pop()
    keys = apart([str(symbol) for symbol in symbols])
    ahead, back = keys[: len(first)], keys[len(first) :]
    for prefix, suffix in frames(ahead[0], back[-1]):
        numbers = [index_of(key, prefix, suffix, vocabulary) for key in ahead]
        ends = [index_of(key, prefix, suffix, vocabulary) for key in back]
        start = numbers[0]
        if start is None or not start.is_Integer or ends[-1] is None:
            continue
        length = sympy.expand(ends[-1] - start + 1)
        # y_1, …, y_n may leave nothing out where n happens to be 2; y_1, …, y_2 does not.
        least = len(first) + len(last) + (back[-1][-1].isdigit() and not is_whole)
        if length.is_Integer and length < least:  # pyright: ignore[reportOperatorIssue]
            continue
        counts = all(number == start + at for at, number in enumerate(numbers))
        if counts and all(end is not None and end == ends[-1] - at for at, end in enumerate(reversed(ends))):
            at_first = int(start)  # pyright: ignore[reportArgumentType]
            vector = _vector(prefix, suffix, vocabulary) if form == _MARK else ""
            element = _elements(prefix, suffix, at_first, symbols[0], form, vocabulary)
            formula = None
            if not suffix and prefix.endswith("_"):
                letter = sympy.Symbol(prefix.removesuffix("_"), **assumptions(symbols[0]))
                formula = (), _put(form, _MARK, Numbered(letter, DISTANCE + at_first))
            return Run(element, length, vector=vector, written=(tuple(first), tuple(last)), formula=formula)
    return None


def _counted_behind(first: Sequence[sympy.Expr], last: Sequence[sympy.Expr], vocabulary: Vocabulary) -> Run | None:
    """A value before symbols whose index counts from 1: 1, ρ_1, …, ρ_{n−1} and σ², σ_1, …, σ_{n−1}."""
    if len(first) < 2:
        return None
    behind = _counted(first[1:], last, vocabulary)
    if behind is None or behind.length is None or behind.formula is None:
        return None
    if behind.length.is_Symbol or (behind.length.is_Integer and not first[0].is_number):
        return None  # μ before τ_1, …, τ_t, which count by themselves
    start, beyond = first[0], _put(behind.formula[1], DISTANCE, DISTANCE - 1)
    if beyond.xreplace({DISTANCE: sympy.Integer(1)}) != first[1] or not str(first[1]).endswith("_1"):
        return None
    return Run(lambda at: behind.value(at - 1) if at else start, behind.length + 1, formula=((start,), beyond))


def _of_function(
    first: Sequence[sympy.Expr], last: Sequence[sympy.Expr], vocabulary: Vocabulary, is_whole: bool
) -> Run | None:
    """Values of a function at arguments that go on: γ(0), γ(1), …, γ(n − 1) and y(s_1), …, y(s_n); its first value may
    have a letter, or a number, of its own, as the 1 before ρ(1), …, ρ(n − 1)."""
    model = last[-1]
    if not isinstance(model, FunctionValue):
        return None
    if not isinstance(first[0], FunctionValue):
        behind = (
            _of_function(first[1:], last, vocabulary, is_whole)
            if len(first) > 1 and first[1] == model.at(ONE)
            else None
        )
        if behind is None or behind.length is None or behind.formula is None:
            return None
        formula = (first[0],), model.at(DISTANCE)
        return Run(lambda at: behind.value(at - 1) if at else first[0], behind.length + 1, formula=formula)
    told = [value for value in (*first, *last) if isinstance(value, FunctionValue) and value.function == model.function]
    if len(told) < len(first) + len(last) or {len(value.arguments) for value in told} != {1}:
        return None
    arguments = [value.arguments[0] for value in told]
    of = run(arguments[: len(first)], arguments[len(first) :], vocabulary, is_whole=is_whole)
    if of is None or of.length is None:
        return None
    near, beyond = of.formula or ((), None)
    formula = None if beyond is None else (tuple(map(model.at, near)), model.at(beyond))
    vector = model.function if of.vector else ""
    return Run(lambda at: model.at(of.value(at)), of.length, vector=vector, written=(tuple(first), tuple(last)),
               formula=formula)  # fmt: skip


def _vector(prefix: str, suffix: str, vocabulary: Vocabulary) -> str:
    """The name of a vector by what its elements have in common: y of y_1, y_2, …; in an equation by elements also
    e_i.k of e_i1k, e_i2k, …, with a dot in the place that counts. Dots behind the index are those of means."""
    if not suffix.strip("."):
        return prefix.rstrip("_")
    is_element = vocabulary.any_element or prefix.partition("_")[0] in vocabulary.families
    return f"{prefix}.{suffix}" if is_element else ""


def _core(value: sympy.Expr) -> tuple[sympy.Symbol, sympy.Expr] | None:
    """The one symbol in a value and what stands around it: x_1 and the square of x_1²."""
    symbols = [symbol for symbol in value.free_symbols if isinstance(symbol, sympy.Symbol)]
    return (symbols[0], _put(value, symbols[0], _MARK)) if len(symbols) == 1 else None


def _put(form: sympy.Expr, symbol: sympy.Symbol, value: sympy.Expr) -> sympy.Expr:
    put = form.xreplace({symbol: value})
    assert isinstance(put, sympy.Expr)
    return put


def _elements(
    prefix: str, suffix: str, start: int, model: sympy.Symbol, form: sympy.Expr, vocabulary: Vocabulary
) -> Callable[[int], sympy.Expr]:
    """The element at each position, in the form in which it was written."""
    assumed = assumptions(model)

    def element(at: int) -> sympy.Expr:
        index = str(start + at)
        # Beside another index a number of two digits is told apart by underscores.
        before = prefix if len(index) == 1 or prefix.endswith("_") or prefix.isalpha() else f"{prefix}_"
        behind = suffix if len(index) == 1 or not suffix or suffix.startswith("_") else f"_{suffix}"
        key = together(f"{before}{index}{behind}")
        known = vocabulary.lookup(key)
        if known is not None and isinstance(known.tree, Scalar):
            return _put(form, _MARK, known.tree.value)
        return _put(form, _MARK, sympy.Symbol(key, **assumed))

    return element

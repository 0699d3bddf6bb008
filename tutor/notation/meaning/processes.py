"""Letters of what varies in space or time with a place in brackets behind them: y(s), μ(s + h), and a bold x(t)."""

from __future__ import annotations

from tutor.algebra.applied import Applied
from tutor.algebra.sizes import ONE, Shape
from tutor.algebra.tree import Tree
from tutor.notation.meaning.context import Context
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling

FIELDS = frozenset({"y", "Y", "X", "Z", "S", "W", "w", "z", "u", "e", "epsilon", "eta", "x", "mu"})
"""Letters of what varies in space or time, y(s), and from s to s + h."""

_PROCESSES = FIELDS | {"b", "beta", "g"}
"""Bold ones of vectors that do."""

_PLACES = frozenset({"s", "h", "t"})

_NO_PLACES = frozenset({"y", "Y", "e", "epsilon", "u", "b", "mu", "beta", "alpha", "theta", "eta", "tau"})
"""Letters of observations, effects and means."""

_BOLD_PLACES = frozenset({"r", "x"})
"""Letters of places where they are bold."""


def is_place(of: syntax.Node) -> bool:
    """Whether brackets hold a place in space, s or s_i, or one at a distance from it, s + h."""
    terms = of.terms if isinstance(of, syntax.Sum) else (of,)
    named = [term.spelling for term in terms if isinstance(term, syntax.Named)]
    is_away = sorted(spelling.letters for spelling in named) == ["h", "x"]  # x + h; x alone is a number
    return len(named) == len(terms) and (is_away or all(map(_is_named_place, named)))


def _is_named_place(spelling: Spelling) -> bool:
    """Whether this is s, a distance h, a time t or a bold r; p and x are places only where there are several, as
    p_1."""
    is_several = spelling.letters in {"p", "x"} and bool(spelling.subscript)
    return spelling.letters in _PLACES or is_several or (spelling.bold and spelling.letters in _BOLD_PLACES)


def is_process(spelling: Spelling, of: syntax.Node, known: Tree) -> bool:
    """Whether a bold letter with a time or a place behind it, x(t), is a vector that varies with it."""
    is_letter = isinstance(of, syntax.Named) and (of.spelling == Spelling(of.spelling.letters) or of.spelling.bold)
    is_vector = spelling.bold and spelling.letters in _PROCESSES and known.columns == ONE
    return is_vector and is_letter and is_place(of)


def at_time(key: str, subscript: str, time: Tree, known: Tree, context: Context) -> Tree:
    """The value x(t), as long as the vector that is ``known`` by its letter."""
    return context.sizing.placeholder(
        known.shape, lambda shape: Applied(key, (time,), subscript, *shape), name=f"{key}_{subscript}"
    )


def at_place(context: Context) -> Shape:
    """The shape of a bold 0 in brackets, a place, which is that of other bold letters of places."""
    y = context.vocabulary.lookup("y")
    return (ONE, ONE) if y is None else y.tree.shape


def is_distance(node: syntax.Node) -> bool:
    """Whether a node is |i − j|, or s_i − s_j or s − t, a difference of two places."""
    if isinstance(node, syntax.Bars):
        return isinstance(node.inner, syntax.Sum)
    if isinstance(node, syntax.Call):
        return node.function == "norm"
    if not (isinstance(node, syntax.Sum) and node.signs == ("+", "-")):
        return False
    spellings = [term.spelling for term in node.terms if isinstance(term, syntax.Named)]
    if {spelling.letters for spelling in spellings} == {"s", "t"}:
        return True  # two times, C(s − t)
    if any(spelling.accent or spelling.letters in _NO_PLACES for spelling in spellings):
        return False  # ρ(y_{t−1} − ȳ), a factor
    return len(spellings) == 2 and spellings[0].letters == spellings[1].letters and spellings[0] != spellings[1]

"""The arguments of a function: what a semicolon parts, what stands behind a bar, and lists with dots among them.

In f(y | u; θ) the bar reaches to the semicolon: θ is no condition, but a parameter of the density. Dots in
f(y_1, …, y_n; θ) leave out elements of a vector, which is the argument then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from tutor.notation.light_value import light_value
from tutor.notation.names import GREEK
from tutor.notation.parsing.families import FAMILIES, family
from tutor.notation.parsing.functions import CONDITIONED, DERIVED, MOMENTS, NAMED
from tutor.notation.parsing.generic_member import without_member
from tutor.notation.parsing.syntax import (
    Call,
    Chain,
    Conditional,
    Ellipsis,
    Group,
    Listed,
    Named,
    Node,
    Number,
    Power,
    Prime,
)
from tutor.notation.parsing.token import Spelling, Token

_OF_EFFECTS = frozenset({"Q", "phi", "SS", "MS", "EMS", "df"})
"""Letters of quadratic forms in the effects of a factor, which an expected mean square has, and statistics of a source
of variation."""

_EFFECTS = frozenset({"tau", "alpha", "beta", "gamma", "delta", "rho", "lambda", "pi", "kappa", "omega", "theta"})

_PARAMETERS = (_EFFECTS - {"rho"}) | {"mu", "sigma", "sigma2", "phi", "psi", "nu", "u", "b", "Sigma"}
"""Letters of parameters and effects in the brackets behind a function of several of them; ρ(d, t) stays open."""

_PLACES = frozenset("xszt")
"""Letters of places, and of what a kernel compares."""

_FAMILIES_OF_VALUES = frozenset({"R", "SS", "SSR", "SSE"})
"""Letters of reductions in a sum of squares, R(τ | μ), which have a meaning of their own."""


@light_value(eq=False)
class Parted(Listed):
    """Items between round brackets with a semicolon behind some, or all of them parameters; ``parted`` says behind how
    many a semicolon stands."""

    parted: tuple[int, ...] = ()


def in_round_brackets(start: int, end: int, items: tuple[Node, ...], parted: tuple[int, ...]) -> Listed:
    """Items between round brackets, which may be the arguments of a letter before them."""
    listed = Listed(start, end, without_member(items))
    return Parted(start, end, items, parted) if parted or are_parameters(listed) else listed


def semicolons(signs: Sequence[Token]) -> tuple[int, ...]:
    """Behind how many items a semicolon stands, of the signs between them."""
    return tuple(at for at, sign in enumerate(signs, 1) if sign.value == ";")


def told_apart(
    function: str, arguments: Sequence[Node], parted: Sequence[int]
) -> tuple[tuple[Node, ...], tuple[int, ...]]:
    """The arguments of a function as its meaning needs them, and behind how many of them a semicolon stands then."""
    if function not in CONDITIONED:
        return without_member(arguments), ()
    if function in MOMENTS:
        return _with_other_index(with_conditions(without_member(arguments))), ()
    groups = [arguments[start:end] for start, end in pairwise((0, *parted, len(arguments)))]
    told = [with_conditions(_with_vectors(without_member(group))) for group in groups]
    ends = tuple(accumulate(map(len, told)))
    return tuple(argument for group in told for argument in group), ends[:-1]


def _with_other_index(arguments: tuple[Node, ...]) -> tuple[Node, ...]:
    """Cov(u_k, u_k') as Cov(u_k, u_{k'}): beside the same name with an index, a prime without braces is the index's."""
    if len(arguments) != 2:
        return arguments
    first, second = arguments
    inner = second.inner if isinstance(second, Conditional) else second
    if not (isinstance(first, Named) and isinstance(inner, Prime) and isinstance(inner.inner, Named)):
        return arguments
    mine, other = first.spelling, inner.inner.spelling
    is_same = (mine.letters, mine.accent, mine.subscript) == (other.letters, other.accent, other.subscript)
    if not is_same or mine.bold or inner.letter or not mine.subscript[-1:].isalpha():
        return arguments
    spelling = replace(other, subscript=other.subscript + "'" * inner.count)
    name = Named(inner.start, inner.end, spelling, inner.inner.sizes)
    return (first, replace(second, inner=name) if isinstance(second, Conditional) else name)


def with_conditions(arguments: tuple[Node, ...]) -> tuple[Node, ...]:
    """The arguments of a moment or a density; all that stands behind its bar is given, as in E(y | u, w)."""
    for at, argument in enumerate(arguments):
        if isinstance(argument, Conditional):
            if any(isinstance(other, Conditional) for other in arguments[at + 1 :]):
                return arguments  # each has its own condition
            given = (*argument.given, *arguments[at + 1 :])
            return (*arguments[:at], Conditional(argument.start, given[-1].end, argument.inner, given))
    return arguments


def _with_vectors(arguments: tuple[Node, ...]) -> tuple[Node, ...]:
    """The arguments with y_1, …, y_n as the vector y, before a bar and behind it."""
    bar = next((at for at, argument in enumerate(arguments) if isinstance(argument, Conditional)), None)
    if bar is None:
        return _vectors(arguments)
    condition = arguments[bar]
    assert isinstance(condition, Conditional)
    before = _vectors((*arguments[:bar], condition.inner))
    given = _vectors((*condition.given, *arguments[bar + 1 :]))
    return (*before[:-1], Conditional(before[-1].start, given[-1].end, before[-1], given))


def _vectors(items: tuple[Node, ...]) -> tuple[Node, ...]:
    """Items with those of one letter around dots as a column of them."""
    gap = next((at for at, item in enumerate(items) if isinstance(item, Ellipsis)), None)
    if gap is None or not 0 < gap < len(items) - 1:
        return items
    letters = _letters(items[gap - 1])
    if not letters or _letters(items[gap + 1]) != letters:
        return items
    start = gap - 1
    while start and _letters(items[start - 1]) == letters:
        start -= 1
    stop = gap + 2
    while stop < len(items) and _letters(items[stop]) == letters:
        stop += 1
    listed = Listed(items[start].start, items[stop - 1].end, items[start:stop])
    return (*items[:start], Prime(listed.start, listed.end, listed), *items[stop:])


def _letters(item: Node) -> str:
    """The letters of a name with an index."""
    return item.spelling.letters if isinstance(item, Named) and item.spelling.subscript else ""


def function_of(function: str, spelling: Spelling, parted: Sequence[int], arguments: Sequence[Node]) -> str:
    """The key of a function, that of one by its letter alone where a semicolon parts its arguments: φ(y; μ, σ²) is no
    density of the standard normal, and K( ) with a bar in its brackets is a covariance, K(x | θ)."""
    if function == "bessel":
        return NAMED if any(isinstance(one, Conditional) for one in arguments) else function
    is_letter = len(spelling.letters) == 1 or spelling.letters in GREEK
    return NAMED if parted and is_letter and function not in CONDITIONED else function


def with_effects(name: Node | None, brackets: Node) -> Node:
    """The brackets behind a letter of quadratic forms, as in Q(τα), Q(AB) and φ²((τα)): the letters in them are one
    name, that of an interaction; any others as they are."""
    if not (isinstance(name, Named) and isinstance(brackets, Group)):
        return brackets
    is_plain = not (name.spelling.bold or name.spelling.subscript or name.spelling.accent)
    effect = effect_of(brackets.inner) if is_plain and name.spelling.letters in _OF_EFFECTS else None
    return brackets if effect is None else replace(brackets, inner=effect)


def effect_of(inner: Node) -> Named | None:
    """The interaction that effects side by side, or with × between them, are as one name; None for anything else."""
    while isinstance(inner, Group):
        inner = inner.inner
    named = inner.factors if isinstance(inner, Chain) and set(inner.signs) <= {"", "*"} else (inner,)
    spellings = [factor.spelling for factor in named if isinstance(factor, Named)]
    if len(spellings) < len(named) or any(told != Spelling(told.letters, run=told.run) for told in spellings):
        return None
    letters = [letter for told in spellings for letter in (told.letters if told.run else (told.letters,))]
    if len(letters) < 2 or not all(letter in _EFFECTS or letter.isupper() for letter in letters):
        return None
    return Named(inner.start, inner.end, Spelling("".join(letters)))


def with_data(name: Node | None, brackets: Node) -> Call | None:
    """A letter before brackets with a bar or a semicolon in them, π(θ | y) and h(y; θ), as a function; None for other
    neighbours."""
    if isinstance(name, Prime) and not name.letter and isinstance(name.inner, Named):
        derived = name.inner.spelling  # ℓ'(θ; y)
        if derived.letters not in DERIVED:
            return None
        name = replace(name.inner, spelling=replace(derived, letters=derived.letters + "'" * name.count))
    power = ""
    if isinstance(name, Power) and isinstance(name.exponent, Number) and are_parameters(brackets):
        name, power = name.base, name.exponent.digits  # r²(θ, β), the square of that value
    end = brackets.end
    if isinstance(brackets, Power) and isinstance(brackets.exponent, Number) and are_parameters(brackets.base):
        brackets, power = brackets.base, power or brackets.exponent.digits  # r(θ, β)²
    if not isinstance(name, Named) or name.spelling.run or name.spelling.bold:
        return None
    if name.spelling.letters in _FAMILIES_OF_VALUES or name.spelling.letters == "V":
        return None
    if isinstance(brackets, Conditional):
        items, parted = (brackets,), ()
    elif isinstance(brackets, Parted) and not brackets.parted and not _may_be_function(name.spelling):
        return None
    elif isinstance(brackets, Parted):
        items, parted = brackets.items, brackets.parted
    elif isinstance(brackets, Listed) and any(isinstance(item, Conditional) for item in brackets.items):
        items, parted = brackets.items, ()
    else:
        return None
    arguments, ends = told_apart(NAMED, items, parted)
    keywords = ("",) * len(arguments)
    return Call(name.start, end, NAMED, name.spelling, arguments, keywords, power, ends)


def are_parameters(brackets: Node) -> bool:
    """Whether all items in brackets are names of parameters and effects, as in ℓ(β, θ) and r²(θ, β, u): of these nobody
    makes a row that has a factor."""
    if not isinstance(brackets, Listed):
        return False
    return all(map(_is_parameter, brackets.items)) or _are_two_places(brackets.items)


def _are_two_places(items: tuple[Node, ...]) -> bool:
    """Whether two items are places told apart by what is below them or a prime, k(x_i, x_j) and k(x, x'): nobody makes
    rows of these."""
    primed = len(items) == 2 and isinstance(items[1], Prime) and not items[1].letter and isinstance(items[0], Named)
    named = (items[0], items[1].inner) if primed and isinstance(items[1], Prime) else items  # k(x, x')
    spellings = [item.spelling for item in named if isinstance(item, Named) and not item.spelling.run]
    if len(items) != 2 or len(spellings) < 2 or spellings[0].letters not in _PLACES:
        return False
    are_apart = all(told.subscript for told in spellings) or (primed and spellings[0] == spellings[1])
    return spellings[0].letters == spellings[1].letters and are_apart


def _is_parameter(item: Node) -> bool:
    base = item.base if isinstance(item, Power) else item
    return isinstance(base, Named) and not base.spelling.run and base.spelling.letters in _PARAMETERS


def _may_be_function(spelling: Spelling) -> bool:
    """Whether a small letter may be that of a function: of a capital, V(σ²_u, σ²), it is told elsewhere."""
    return spelling.letters.islower() and not spelling.accent and family(spelling.letters) not in FAMILIES


def density(opening: Token, items: tuple[Node, ...], closing: Token, parted: tuple[int, ...] = ()) -> Call:
    """[y | θ], the density of y given θ, and [y, u | θ], that of both."""
    arguments, ends = told_apart("density", items, parted)
    keywords = ("",) * len(arguments)
    return Call(opening.start, closing.end, "density", Spelling("f"), arguments, keywords, parted=ends)

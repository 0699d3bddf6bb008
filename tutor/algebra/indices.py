"""Letters that carry an index, as the size n_i of group i, and their totals n_. = Σ_i n_i.

An index stands below a name: the letter n_i at i = 2 is the letter n_2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sympy
from sympy.core.symbol import Str

from tutor.display import writer
from tutor.errors import SizeError

_INDEX_TOKEN = re.compile(r"[0-9]|[a-z]|.")
"""An index within a part of subscripts: one digit, as a number of more has a part to itself, y_12_j."""


def name_at(key: str, index: str, number: int | str) -> str:
    """A key with a number for an index among its subscripts: y_ij is y_2j or y_12_j.

    >>> name_at("y_ij", "i", 2), name_at("y_ij", "i", 12), name_at("mu_crit", "i", 2), name_at("ybar_i.", "i", 3)
    ('y_2j', 'y_12_j', 'mu_crit', 'ybar_3.')

    What is given behind a bar, a name or an index of its own, has the number too.

    >>> name_at("y_i|theta", "i", 2), name_at("y_i|u_i", "i", 2), name_at("v_i|k", "k", 2)
    ('y_2|theta', 'y_2|u_2', 'v_i|2')
    """
    named, *given = key.split("|")
    return "|".join((_named_at(named, index, number), *(_given_at(part, index, number) for part in given)))


def _named_at(key: str, index: str, number: int | str) -> str:
    base, underscore, below = key.partition("_")
    return base + underscore + subscript_at(below, index, number) if underscore else key


def _given_at(key: str, index: str, number: int | str) -> str:
    return _named_at(key, index, number) if "_" in key else subscript_at(key, index, number)


def subscript_at(below: str, index: str, number: int | str) -> str:
    """The subscripts of a key with a number for an index; words, which only happen to have that letter, stay."""
    return "_".join(_part_at(part, index, number) for part in below.split("_"))


def _part_at(part: str, index: str, number: int | str) -> str:
    letters = {letter for letter in part if letter.isalpha()}
    if index not in letters or not letters <= {index, *"hijklmnop"}:
        return part
    told = [str(number) if token == index else token for token in _INDEX_TOKEN.findall(part)]
    plain = all(token.isalnum() for token in told)
    return "_".join(told) if plain and any(len(token) > 1 for token in told) else "".join(told)


def letter_at(letter: sympy.Symbol | Total, index: str, number: int | str) -> sympy.Expr:
    """A letter with a number, or another letter, for an index: n_i is n_2; the index itself is the number.

    A total over j has n_ij at that number: n_i. is n_2. .
    """
    if isinstance(letter, Total):
        inner = letter.letter if letter.index == index else letter_at(letter.letter, index, number)
        return total(inner, letter.index, value_at(letter.last, index, number))
    if letter.name == index:
        is_letter = isinstance(number, str)
        return sympy.Symbol(number, integer=True, positive=True) if is_letter else sympy.Integer(number)
    name = name_at(letter.name, index, number)
    return letter if name == letter.name else sympy.Symbol(name, **letter.assumptions0)


def value_at(value: sympy.Basic, index: str, number: int | str) -> Any:
    """An expression with a number, or another letter, for an index in all of its letters and totals."""
    return value.xreplace({letter: letter_at(letter, index, number) for letter in letters_in(value)})


def letters_in(value: sympy.Basic) -> list[sympy.Symbol | Total]:
    """The letters and the totals of an expression; not the letters within totals."""
    if isinstance(value, sympy.Symbol | Total):
        return [value]
    return list(dict.fromkeys(letter for part in value.args for letter in letters_in(part)))


def carries(letter: sympy.Basic, index: str) -> bool:
    """Whether a letter, or a total of letters, changes with an index, as n_i and n_i. do with i."""
    if isinstance(letter, Total):
        return (letter.index != index and carries(letter.letter, index)) or depends(letter.last, index)
    return isinstance(letter, sympy.Symbol) and letter_at(letter, index, 1) != letter


def depends(value: sympy.Expr, index: str) -> bool:
    """Whether an expression changes with an index."""
    return any(carries(letter, index) for letter in letters_in(value))


class Total(sympy.Expr):
    """Σ n_i over an index from 1 to ``last``: a number of its own, written n_., and a sum once the last one is known.

    SymPy's own Sum takes n_i for a constant, as the index is part of the letter's name. A total may be added up again:
    n_.. is Σ n_i. .

    >>> a, n_i = sympy.symbols("a n_i", integer=True, positive=True)
    >>> Total(n_i, "i", a), Total(n_i, "i", 3)
    (n_., n_1 + n_2 + n_3)
    """

    is_commutative = True

    def __new__(cls, letter: sympy.Symbol | Total, index: str | Str, last: sympy.Expr | int) -> Any:
        told, end = str(index), sympy.sympify(last, strict=True)
        if end.is_Integer:
            return sympy.Add(*(letter_at(letter, told, number) for number in range(1, int(end) + 1)))
        return super().__new__(cls, letter, Str(told), end)

    @property
    def letter(self) -> sympy.Symbol | Total:
        """n_i, or the total n_i. ."""
        return self.args[0]  # pyright: ignore[reportReturnType]

    @property
    def index(self) -> str:
        """i."""
        return str(self.args[1])

    @property
    def last(self) -> sympy.Expr:
        """How many there are."""
        return self.args[2]  # pyright: ignore[reportReturnType]

    @property
    def name(self) -> str:
        """The letter with a dot for the index over which it is added up."""
        return name_at(self.letter.name, self.index, ".")

    @property
    def free_symbols(self) -> set[sympy.Basic]:
        """The letters on which the total depends, n_i not among them."""
        inner = self.letter.free_symbols if isinstance(self.letter, Total) else ()
        return self.last.free_symbols | {letter for letter in inner if not carries(letter, self.index)}

    def _eval_is_integer(self) -> bool | None:
        return self.letter.is_integer

    def _eval_is_positive(self) -> bool | None:
        return self.letter.is_positive

    def _xreplace(self, rule: Any) -> Any:
        """The letter n_i is bound, and no number is put in for it."""
        if self in rule:
            return rule[self], True
        last, changed = self.last._xreplace(rule)
        inner, within = self.letter._xreplace(rule) if isinstance(self.letter, Total) else (self.letter, False)
        assert isinstance(last, sympy.Expr) and isinstance(inner, sympy.Expr)
        return (total(inner, self.index, last), True) if changed or within else (self, False)

    def _sympystr(self, printer: Any) -> str:
        return self.name

    _sympyrepr = _latex = _sympystr


def total(value: sympy.Expr, index: str, last: sympy.Expr) -> sympy.Expr:
    """The sum over an index from 1 to ``last`` of an expression that is linear in letters that carry it.

    Raises
    ------
    SizeError
        For an expression that is not linear in them.
    """
    terms = []
    for term in sympy.Add.make_args(sympy.expand(value)):
        carrying = [letter for letter in letters_in(term) if carries(letter, index)]
        if not carrying:
            terms.append(last * term)
            continue
        (letter, *more), coefficient = carrying, sympy.cancel(term / carrying[0])
        if more or coefficient.has(letter):
            summed, one = map(writer().inline, (value, letter))
            raise SizeError(f"{summed} has no total over {index}: it is not linear in {one}.",
                            tip="Where sizes differ in both ways, name that of each cell, as n_ij.")  # fmt: skip
        terms.append(coefficient * Total(letter, index, last))
    return sympy.expand(sympy.Add(*terms))


def at_numbers(value: sympy.Expr, numbers: Mapping[sympy.Symbol, int]) -> sympy.Expr:
    """An expression in sizes with numbers for its letters, those that totals are made of too."""
    rule = {letter: sympy.Integer(number) for letter, number in numbers.items()}
    found: Any = value.xreplace(rule)
    while found.has(Total) and (further := found.xreplace(rule)) != found:
        found = further
    return found.xreplace(rule) if value.has(Total) else found

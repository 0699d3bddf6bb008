"""The LALR automaton of the grammar, run over tokens that are there already.

lark's own loop serves any lexer, and looks each rule up by its name and its symbols at every step; here a step is one
look into a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from sys import intern
from typing import Any, NamedTuple

from lark import UnexpectedToken

from tutor.notation.parsing.tables import Rule, Tables
from tutor.notation.parsing.token import Token

_END = "$END"


class _Reduction(NamedTuple):
    """A rule whose right side is complete: how many symbols it has, what makes a value of theirs, None where that of
    its only one stays, and its left side."""

    size: int
    make: Callable[[list[Any]], Any] | None
    left: str


class Automaton:
    """The automaton of ``tables``, whose rules make their values by the methods of ``builder``."""

    def __init__(self, tables: Tables, builder: object) -> None:
        rules = [_Reduction(len(rule.right), _maker(rule, builder), intern(rule.left)) for rule in tables.rules]
        self._following = [{intern(symbol): to for symbol, to in state.following.items()} for state in tables.states]
        self._complete = [
            {intern(terminal): rules[place] for terminal, place in state.complete.items()} for state in tables.states
        ]
        self._starts, self._ends = tables.starts, tables.ends

    def parse(self, tokens: Iterable[Token], start: str) -> Any:
        """The value of a text from its tokens, by the rule ``start``.

        Raises
        ------
        UnexpectedToken
            At the first token that no rule allows, with the terminals that were expected; one of type "$END" where the
            text ends too soon.
        """
        following, complete = self._following, self._complete
        state, end = self._starts[start], self._ends[start]
        states, values = [state], []
        for token in (*tokens, None):
            terminal = _END if token is None else token.type
            while (reached := following[state].get(terminal)) is None:
                rule = complete[state].get(terminal)
                if rule is None:
                    expected = {symbol for symbol in (*following[state], *complete[state]) if symbol.isupper()}
                    raise UnexpectedToken(token or Token(_END, "", 0, 0), expected)  # pyright: ignore[reportArgumentType]
                size, make, left = rule
                if make is None:
                    states.pop()
                elif size:
                    value = make(values[-size:])
                    del states[-size:]
                    values[-size:] = (value,)
                else:
                    values.append(make([]))
                state = following[states[-1]][left]
                states.append(state)
                if token is None and state == end:
                    return values[-1]
            state = reached
            states.append(state)
            values.append(token)
        raise AssertionError("the end of a text is shifted by no rule")


def _maker(rule: Rule, builder: object) -> Callable[[list[Any]], Any] | None:
    """What makes the value of a rule from those of its right side; None where that of its only symbol stays.

    A rule that lark has made of a repetition, as of (SEP+ statement)*, has a name that begins with "_": its value is a
    list, and what is in it are values of the rule that has the repetition.
    """
    spread = [place for place, symbol in enumerate(rule.right) if symbol.startswith("_")]
    if rule.left.startswith("_"):
        return partial(_joined, spread)
    if rule.passes and len(rule.right) == 1:
        return None
    make = getattr(builder, rule.name)
    return (lambda values: make(_joined(spread, values))) if spread else make


def _joined(spread: list[int], values: list[Any]) -> list[Any]:
    """The values, with what is in those at the places ``spread`` in their place."""
    # A repetition grows at its end, and its list with it: to copy that for each member takes the square of the time.
    grows = spread[:1] == [0]
    found: list[Any] = values[0] if grows else []
    for place, value in enumerate(values[1:], start=1) if grows else enumerate(values):
        if place in spread:
            found += value
        else:
            found.append(value)
    return found

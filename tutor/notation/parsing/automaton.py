"""The LALR automaton that lark makes of a grammar, run over tokens that are there already.

lark's own loop serves any lexer, and looks each rule up by its name and its symbols at every step; here the tables are
laid out once, so that a step is one look into a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from sys import intern
from typing import Any, NamedTuple

from lark import Lark, UnexpectedToken
from lark.parsers.lalr_analysis import Shift

from tutor.notation.parsing.token import Token

_END = "$END"


class _Reduction(NamedTuple):
    """A rule whose right side is complete: how many symbols it has, what makes a value of theirs, and its left side."""

    size: int
    make: Callable[[list[Any]], Any]
    left: str


class Automaton:
    """The tables of a grammar: from each state, the one to which a terminal or the left side of a rule leads, and the
    rules that a terminal shows to be complete there."""

    def __init__(self, grammar: Lark) -> None:
        parser: Any = grammar.parser.parser  # of LALR(1); its own parser is the loop with the tables
        table, callbacks = parser.parser.parse_table, parser.parser.callbacks
        rules: dict[int, _Reduction] = {}  # each rule is complete at many terminals
        self._following: dict[int, dict[str, int]] = {}
        self._complete: dict[int, dict[str, _Reduction]] = {}
        for state, actions in table.states.items():
            following: dict[str, int] = {}
            complete: dict[str, _Reduction] = {}
            for symbol, (action, told) in actions.items():
                name = intern(str(symbol))
                if action is Shift:
                    following[name] = told
                    continue
                rule = rules.get(id(told))
                if rule is None:
                    rule = _Reduction(len(told.expansion), callbacks[told], intern(str(told.origin.name)))
                    rules[id(told)] = rule
                complete[name] = rule
            self._following[state], self._complete[state] = following, complete
        self._starts: dict[str, int] = dict(table.start_states)
        self._ends: dict[str, int] = dict(table.end_states)

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
                value = make(values[-size:] if size else [])
                if size:
                    del states[-size:], values[-size:]
                state = following[states[-1]][left]
                states.append(state)
                values.append(value)
                if token is None and state == end:
                    return value
            state = reached
            states.append(state)
            values.append(token)
        raise AssertionError("the end of a text is shifted by no rule")

"""The tables of the grammar's LALR automaton: lark makes them, and they are kept beside the grammar in ``answer.json``.

lark takes a tenth of a second to make them, for which each process that reads a formula would wait. The file tells
which grammar it was made from, so tables of another one are never used: once the grammar is changed they are made anew
in every process, until ``python -m tutor.notation.parsing.tables`` writes the file again.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple, Self

from lark import Lark
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

STARTS = ("display", "expression")
"""The rules by which a text may be read."""


class Rule(NamedTuple):
    """A rule of the grammar: the builder's method ``name`` makes its ``left`` side of the symbols on its right. Where
    these are one, a rule that ``passes`` is what that is worth."""

    left: str
    right: tuple[str, ...]
    name: str
    passes: bool


class State(NamedTuple):
    """What the automaton does in a state: ``following`` has the state to which a symbol leads, ``complete`` the place
    of the rule that a terminal shows to be complete."""

    following: dict[str, int]
    complete: dict[str, int]


class Tables(NamedTuple):
    """The automaton of the grammar that has the fingerprint ``grammar``. ``starts`` and ``ends`` are the states before
    and behind each of STARTS."""

    grammar: str
    starts: dict[str, int]
    ends: dict[str, int]
    rules: tuple[Rule, ...]
    states: tuple[State, ...]

    @classmethod
    def of_grammar(cls, grammar: str) -> Self:
        """The tables that lark makes of a grammar.

        Raises
        ------
        lark.exceptions.LarkError
            If the text is no grammar, or none of LALR(1).
        """
        # The tables are made of many thousand small sets, all of which stay: looking for garbage among them takes a
        # fifth of the time.
        collects = gc.isenabled()
        gc.disable()
        try:
            made = Lark(grammar, parser="lalr", lexer=_NoLexer, start=list(STARTS), maybe_placeholders=False)
        finally:
            if collects:
                gc.enable()
        parser: Any = made.parser.parser  # of LALR(1); its own parser is the loop with the tables
        table = parser.parser.parse_table
        rules = {rule: place for place, rule in enumerate(made.rules)}
        actions = {state: sorted(told.items()) for state, told in table.states.items()}
        # lark numbers its states as its sets happen to lie; here they are numbered as they are reached.
        reached = [table.start_states[rule] for rule in STARTS]
        places = {state: place for place, state in enumerate(reached)}
        for state in reached:
            for _, (action, told) in actions[state]:
                if action is Shift and told not in places:
                    places[told] = len(reached)
                    reached.append(told)
        states = []
        for state in reached:
            following = {symbol: places[told] for symbol, (action, told) in actions[state] if action is Shift}
            complete = {symbol: rules[told] for symbol, (action, told) in actions[state] if action is not Shift}
            states.append(State(following, complete))
        starts, ends = (
            {rule: places[told[rule]] for rule in STARTS} for told in (table.start_states, table.end_states)
        )
        return cls(fingerprint(grammar), starts, ends, tuple(map(_rule, made.rules)), tuple(states))

    @classmethod
    def of_json(cls, text: str) -> Self:
        """The tables that ``json`` wrote."""
        told = json.loads(text)
        rules = tuple(Rule(left, tuple(right), name, passes) for left, right, name, passes in told["rules"])
        states = tuple(State(*state) for state in told["states"])
        return cls(told["grammar"], told["starts"], told["ends"], rules, states)

    def json(self) -> str:
        """As JSON, with a line for each rule and each state."""
        told = []
        for name, part in self._asdict().items():
            many = ",\n".join(map(json.dumps, part)) if isinstance(part, tuple) else ""
            told.append(f'"{name}": ' + (f"[\n{many}\n]" if many else json.dumps(part)))
        return "{" + ",\n".join(told) + "}\n"


def tables() -> Tables:
    """Those of the grammar of answers: the ones in the file, or lark's if the grammar was changed since."""
    folder = files("tutor.notation.parsing")
    grammar = folder.joinpath("answer.lark").read_text(encoding="utf-8")
    kept = Tables.of_json(folder.joinpath("answer.json").read_text(encoding="utf-8"))
    return kept if kept.grammar == fingerprint(grammar) else Tables.of_grammar(grammar)


def fingerprint(grammar: str) -> str:
    """What tells one grammar from another: the SHA-256 of its text."""
    return hashlib.sha256(grammar.encode()).hexdigest()


def _rule(rule: Any) -> Rule:
    name = rule.alias or rule.origin.name
    return Rule(
        rule.origin.name, tuple(symbol.name for symbol in rule.expansion), name, rule.options.expand1 and not rule.alias
    )


class _NoLexer(Lexer):
    """Stands where lark has its lexer: this package has one of its own."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Any]:
        raise AssertionError("the automaton takes tokens")


if __name__ == "__main__":
    folder = Path(__file__).parent
    made = Tables.of_grammar(folder.joinpath("answer.lark").read_text(encoding="utf-8"))
    folder.joinpath("answer.json").write_text(made.json(), encoding="utf-8")

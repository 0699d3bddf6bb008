"""The tables of the grammar: those in the file are lark's, and never those of another grammar."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from lark.exceptions import LarkError

from tutor.notation.parsing import tables as module
from tutor.notation.parsing.tables import STARTS, Tables, tables

FOLDER = files("tutor.notation.parsing")
GRAMMAR = FOLDER.joinpath("answer.lark").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> Tables:
    return Tables.of_grammar(GRAMMAR)


def test_the_file_has_what_lark_makes_of_the_grammar(made: Tables) -> None:
    kept = FOLDER.joinpath("answer.json").read_text(encoding="utf-8")
    assert kept == made.json(), "run python -m tutor.notation.parsing.tables"


def test_tables_are_read_back(made: Tables) -> None:
    assert Tables.of_json(made.json()) == made
    assert tables() == made


def test_another_grammar_gets_tables_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    changed = GRAMMAR.replace("| AT ", "| AT AT ")
    (tmp_path / "answer.lark").write_text(changed, encoding="utf-8")
    (tmp_path / "answer.json").write_bytes(FOLDER.joinpath("answer.json").read_bytes())
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    found = tables()
    assert ("AT", "AT") in {rule.right for rule in found.rules}
    assert found == Tables.of_grammar(changed)


def test_each_start_has_its_states(made: Tables) -> None:
    assert tuple(made.starts) == tuple(made.ends) == STARTS
    assert len({*made.starts.values(), *made.ends.values()}) == 2 * len(STARTS)


def test_what_is_no_grammar_is_refused() -> None:
    with pytest.raises(LarkError):
        Tables.of_grammar("display: (")

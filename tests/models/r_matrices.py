"""What R makes of formulas and data: many cases, one process."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from tests.models.truth import column_name
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel

SCRIPT = Path(__file__).with_name("matrices.R")
REASON = "Rscript with lme4 and jsonlite is not here"

Kind = Literal["number", "text", "truth", "factor"]


@dataclass(frozen=True, slots=True)
class RColumn:
    """A column of a data frame: numbers, texts, truth values, or a factor with its levels in order."""

    name: str
    kind: Kind
    values: tuple[Any, ...]
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RCase:
    """A formula on columns; with ``fit`` the model is fitted too, because lme4 refuses some things only then."""

    formula: str
    columns: tuple[RColumn, ...]
    fit: bool = False

    def json(self) -> dict[str, Any]:
        columns = [{"name": c.name, "kind": c.kind, "values": c.values, "levels": c.levels} for c in self.columns]
        return {"formula": self.formula, "columns": columns, "fit": self.fit}

    def ours(self) -> MixedModel:
        """Our model of the case."""
        data = {column.name: list(column.values) for column in self.columns}
        return model(self.formula, data, factors={c.name: c.levels for c in self.columns if c.kind == "factor"})


@dataclass(frozen=True, slots=True)
class RAnswer:
    """What R made of a case, columns in R's order, or why it refused."""

    error: str | None
    fixed_names: tuple[str, ...] = ()
    X: np.ndarray | None = None
    random_names: tuple[tuple[frozenset[tuple[str, str]], str], ...] = ()
    Z: np.ndarray | None = None


@cache
def r_is_here() -> bool:
    """Whether R runs and has the packages."""
    if shutil.which("Rscript") is None:
        return False
    command = ["Rscript", "-e", "stopifnot(requireNamespace('lme4'), requireNamespace('jsonlite'))"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def answers_of_r(cases: Sequence[RCase]) -> list[RAnswer]:
    """R's answer to each case. Levels are sorted as in R's C locale, by the numbers of their characters."""
    done = subprocess.run(
        ["Rscript", "--vanilla", str(SCRIPT)],
        input=json.dumps([case.json() for case in cases]),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LC_COLLATE": "C"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [_answer(told) for told in json.loads(done.stdout)]


def _answer(told: dict[str, Any]) -> RAnswer:
    if "error" in told:
        return RAnswer(told["error"])
    X, Z = told["X"], told.get("Z")
    names = tuple(_plain(name) for name in X["names"])
    if Z is None:
        return RAnswer(None, names, np.array(X["rows"], dtype=float))
    # lme4 writes the group of a/b/c as c:(b:a).
    named = ((re.sub(r"[()]", "", _plain(c["group"])), c["level"], _plain(c["coefficient"])) for c in Z["names"])
    columns = tuple(column_name(*parts) for parts in named)
    return RAnswer(None, names, np.array(X["rows"], dtype=float), columns, np.array(Z["rows"], dtype=float))


def _plain(name: str) -> str:
    """A name without the backticks that R keeps around names with blanks; we write them in formulas only."""
    return name.replace("`", "")

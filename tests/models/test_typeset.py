"""Every form of every model is LaTeX that pdflatex takes, whatever the columns are called."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.models.truth import FORMULAS, our_model
from tutor.models.catalogue import crd, rcbd, regression
from tutor.models.equation import Form
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex

HOSTILE = {
    "yield [%]": [1.5, 2, 4, 3, 5, 6, 2, 8],
    "x_1": [1, 2, 3, 4, 5, 6, 7, 8],
    "dose & time": [0, 1, 0, 1, 2, 0, 1, 2],
    r"\input{x}": list("aabbaabb"),
    "#1 ~^{}$": list("pqpqpqpq"),
    "größe": [3, 1, 2, 5, 4, 6, 8, 7],
}

MODELS: dict[str, MixedModel] = {
    "crd": crd(3, 2),
    "crd of letters": crd("t", "r"),
    "rcbd": rcbd(3, 4),
    "rcbd, blocks fixed": rcbd(3, 4, blocks_are="fixed"),
    "rcbd of letters": rcbd("t", "b"),
    "regression": regression([1, 2, 4]),
    "regression of letters": regression("n"),
    **{name: our_model(name) for name in FORMULAS},
    "hostile names": model(
        r"`yield [%]` ~ x_1 * `\input{x}` + größe + (`dose & time` | `\input{x}`) + (1 | `#1 ~^{}$`)", HOSTILE
    ),
    "products of hostile names": model(r"`yield [%]` ~ `#1 ~^{}$` * `dose & time` + log(x_1) + I(größe^2)", HOSTILE),
}

FORMS: tuple[Form, ...] = ("index", "distribution", "matrix")

PREAMBLE = r"""\documentclass{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{amsmath,amssymb}
\setcounter{MaxMatrixCols}{200}
\begin{document}
"""


def assert_compiles(formulas: list[str], directory: Path) -> None:
    """Typeset each on its own lines of one document; the first error is shown with what was typeset."""
    body = "\n".join(f"\\typeout{{formula {number}}}\n\\[\n{text}\n\\]" for number, text in enumerate(formulas))
    (directory / "all.tex").write_text(f"{PREAMBLE}{body}\n\\end{{document}}\n", encoding="utf-8")
    command = ["pdflatex", "-no-shell-escape", "-halt-on-error", "-interaction=nonstopmode", "all.tex"]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, errors="replace", check=False)
    reached = done.stdout.count("\nformula ") - 1
    assert done.returncode == 0, f"{formulas[reached]}\n{done.stdout[-1500:]}"
    assert "Missing character" not in (directory / "all.log").read_text(encoding="utf-8", errors="replace")


@pytest.mark.skipif(
    shutil.which("pdflatex") is None,
    reason="pdflatex is missing: on Debian, apt-get install texlive-latex-recommended lmodern",
)
def test_every_form_of_every_model_compiles(tmp_path: Path) -> None:
    formulas: list[str] = []
    for ours in MODELS.values():
        formulas += [str(ours.equation(form, "latex")) for form in FORMS]
        formulas += [latex(ours), latex(ours.derive("E(y)")), latex(ours.derive("Var(y)"))]
    assert_compiles(formulas, tmp_path)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_one_line_of_balanced_braces_for_each_statement(name: str, form: Form) -> None:
    text = str(MODELS[name].equation(form, "latex")).replace(r"\{", "").replace(r"\}", "")
    assert text.count("{") == text.count("}") > 0
    assert text.count(r"\begin") == text.count(r"\end")

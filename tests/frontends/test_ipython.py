"""The magics in a shell within the process, at a real prompt, and in a kernel of Jupyter."""

from __future__ import annotations

import os
import re
import sys
from typing import Any

import pytest

from tutor import crd, rcbd
from tutor.frontends.ipython import run
from tutor.frontends.models import PARTS, find


@pytest.fixture
def shell() -> Any:
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    # Without a file, so that nothing of the user's is read or written.
    config = Config()
    config.HistoryManager.enabled = False
    shell = InteractiveShell(config=config)
    shell.run_cell("%load_ext tutor")
    shell.run_cell("from tutor import rcbd, crd; m = rcbd(treatments=3, blocks=2)")
    return shell


def shown(shell: Any, cell: str, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """What a cell prints, and what goes to the stream of errors."""
    capsys.readouterr()
    shell.run_cell(cell)
    printed = capsys.readouterr()
    return printed.out, printed.err


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("%tutor derive m", "Var(y) = Var(Xβ + Zu + ε)"),
        ("%tutor derive m Var(y)", "Var(y) = Var(Xβ + Zu + ε)"),
        ("%tutor derive m E(y)", "E(y) = E(Xβ + Zu + ε)"),
        ("%tutor derive effort ~ Type + (1 | Subject) --data ergostool.csv", "Var(y) = Var(Xβ + Zu + ε)"),
        ('%tutor derive "effort ~ Type + (1 | Subject)" --data "ergostool.csv" --what E(y)', "E(y) = E(Xβ + Zu + ε)"),
        ("data = {'y': [1, 2, 4, 3], 'g': list('aabb')}\n%tutor derive y ~ 1 + (1 | g) --data data", "Var(y) = "),
        ("%tutor check m.V ZGZ' + R", "✓"),
        ("%tutor check m Var(y) ZGZ' + R", "✓"),
        ("%tutor check m.V ZGZ'", "✗"),
        ("%tutor check m Cov(y_11,y_21) \\sigma^2_u", "✓"),
        ("%tutor check m Cov(y_11, y_21) \\sigma^2", "✗"),
        ("%%tutor check m Corr(y_11, y_21)\n\\frac{\\sigma^2_u}{\\sigma^2 + \\sigma^2_u}", "✓"),
        ("V = m.V\n%tutor check V R + ZGZ'", "✓"),
        ("%%tutor check m.V\n\\mathbf{Z}\\mathbf{G}\\mathbf{Z}^\\top + \\mathbf{R}", "✓"),
        ("%%tutor check m.V\n$$\\mathbf{Z}\\mathbf{G}\\mathbf{Z}'\n+ \\mathbf{R}$$\n", "✓"),
        ("%%tutor check m Var(y)\nZ @ G @ Z.T + R", "✓"),
        ("%%tutor check m Var(y)\nVar(y) = Var(Zu + ε)\n= Var(Zu) + Var(ε)\n= ZGZ' + R", "✓"),
        ("%%tutor check m Var(y)\nVar(y) = Xβ + Var(Zu) + Var(ε)\n= Xβ + ZGZ' + R", "✗ Line 1 does not hold."),
        ("%%tutor check m.V\nVar(y) = Var(Zu) + Var(ε)\n= ZGZ'", "✗ Line 2 does not follow from line 1."),
        ("%%tutor check m model\ny = Xβ + Zu + ε, u ~ N(0, G), ε ~ N(0, R)", "✓"),
        ("%%tutor check m model\ny_ij = μ + τ_i + u_j + ε_ij", "✗"),
        ("%%tutor check m.V\nzgz' + R", "·"),
    ],
)
def test_a_magic_shows_its_result(shell: Any, capsys: pytest.CaptureFixture[str], cell: str, first: str) -> None:
    out, err = shown(shell, cell, capsys)
    assert err == ""
    assert out.partition("]: ")[2].lstrip("\n").startswith(first), out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("%tutor derive n", "Known: m"),
        ("%tutor derive", "%tutor derive m"),
        ("%tutor check", "%tutor check m.V ANSWER"),
        ("%tutor traceback now", "There was no error yet"),
        ("%tutor derive m.V", "Name the model and the moment"),
        ("%tutor derive y ~ x", "The formula has no data"),
        ("%tutor derive y ~ x --data nowhere.csv", "nowhere.csv"),
        ("%tutor derivate m", "Did you mean derive"),
        ("%tutor check m", "what was asked for"),
        ("%tutor check m.V", "Where is the answer"),
        ("%tutor check m.bata R", "Did you mean beta"),
        ("%tutor check m.__class__ R", "__class__"),
        ("%tutor check m.V.explicit R", "V.explicit"),
        ("%tutor check rcbd(2,3).V R", "rcbd(2,3)"),
        ("%%tutor check m.V ZGZ'\nR", "Where is the answer"),
        ("c = crd(2, 3)\n%tutor check c.Z R", "no random effects"),
        ("%%tutor derive m\nR", "derive"),
    ],
)
def test_an_error_takes_a_line_or_two(shell: Any, capsys: pytest.CaptureFixture[str], cell: str, told: str) -> None:
    out, err = shown(shell, cell, capsys)
    assert told in err
    assert out == ""
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 3


def test_help_tells_the_commands(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for cell in ("%tutor", "%tutor help"):
        out, err = shown(shell, cell, capsys)
        assert "%tutor derive m" in out
        assert "%%tutor check" in out
        assert err == ""


def test_what_is_typed_is_never_evaluated(capsys: pytest.CaptureFixture[str]) -> None:
    touched: list[str] = []

    class Watched:
        def __getattr__(self, name: str) -> Any:
            touched.append(name)
            raise AttributeError(name)

    run("check trap.V R", None, {"trap": Watched()})
    run("check print('x') R", None, {"print": print})
    assert "__wrapped__" not in touched
    assert not [name for name in touched if not name.startswith("__")]
    assert "is not known" in capsys.readouterr().err


def test_parts_of_a_model_are_found_by_name() -> None:
    m = rcbd(treatments=3, blocks=2)
    for part in PARTS:
        assert find(f"m.{part}", {"m": m}) is getattr(m, part) or find(f"m.{part}", {"m": m}) == getattr(m, part)
    assert crd(treatments=2, reps=2).Z is None


def test_unloading_leaves_no_trace() -> None:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    before = {kind: set(magics) for kind, magics in shell.magics_manager.magics.items()}
    names = set(shell.user_ns)
    shell.run_line_magic("load_ext", "tutor")
    assert "tutor" in shell.magics_manager.magics["line"]
    assert "tutor" in shell.magics_manager.magics["cell"]
    shell.run_line_magic("unload_ext", "tutor")
    assert {kind: set(magics) for kind, magics in shell.magics_manager.magics.items()} == before
    assert set(shell.user_ns) == names
    shell.run_line_magic("load_ext", "tutor")
    assert "tutor" in shell.magics_manager.magics["cell"]


def test_in_jupyter_a_derivation_is_typeset(shell: Any) -> None:
    derivation = run("derive m", None, shell.user_ns)
    data, _ = shell.display_formatter.format(derivation)
    assert "aligned" in data["text/latex"]
    assert data["text/plain"].startswith("Var(y) = ")


@pytest.mark.slow
def test_at_a_real_prompt(tmp_path: Any) -> None:
    pexpect = pytest.importorskip("pexpect", reason="a real prompt needs pexpect, which the extra dev brings")
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path), "TERM": "dumb", "PYTHONUTF8": "1"}
    command = ["-m", "IPython", "--simple-prompt", "--no-banner", "--colors=NoColor", "--HistoryManager.enabled=False"]
    child = pexpect.spawn(sys.executable, command, env=environment, encoding="utf-8", timeout=60)

    def typed(line: str, answer: str) -> None:
        child.expect(r"In \[\d+\]: ")
        child.sendline(line)
        child.expect_exact(answer)

    try:
        typed("%load_ext tutor", "\n")
        typed("from tutor import rcbd; m = rcbd(treatments=3, blocks=2)", "\n")
        typed("m", "y = Xβ + Zu + ε")
        typed("%tutor derive m", "= ZGZ' + R")
        typed("%tutor check m.V ZGZ'", "✗ Not yet.")
        typed("%tutor check m.V ZGZ' + R", "✓")
        typed("%tutor check m.V ZGZ' + (R", "^")
        typed("%unload_ext tutor", "\n")
        typed("%tutor", "not found")
        child.expect(r"In \[\d+\]: ")
        child.sendeof()
    finally:
        child.close(force=True)


@pytest.mark.slow
def test_in_a_kernel_of_jupyter() -> None:
    nbclient = pytest.importorskip("nbclient", reason="a kernel needs nbclient, which the extra dev brings")
    import nbformat

    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell("%load_ext tutor\nfrom tutor import rcbd\nm = rcbd(treatments=3, blocks=2)"),
            nbformat.v4.new_code_cell("m"),
            nbformat.v4.new_code_cell("%tutor derive m"),
            nbformat.v4.new_code_cell("%%tutor check m.V\n\\mathbf{Z}\\mathbf{G}\\mathbf{Z}'"),
        ]
    )
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = [cell["outputs"] for cell in notebook["cells"]]
    assert shown[0] == []
    assert "\\mathbf" in shown[1][0]["data"]["text/latex"]
    assert "aligned" in shown[2][0]["data"]["text/latex"]
    assert re.match(r"✗ Not yet\.", shown[3][0]["data"]["text/plain"])


def test_an_error_of_the_tutor_shows_its_message_only(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = shown(shell, "rcbd(treatments=0, blocks=2)", capsys)
    assert "A size is a positive whole number or a letter, not 0." in out + err
    assert "Traceback" not in out + err
    assert "/tutor/" not in out + err
    out, _ = shown(shell, "%tutor traceback", capsys)
    assert "Traceback" in out
    assert "rcbd(treatments=0, blocks=2)" in out or "in rcbd" in out


def test_other_errors_are_shown_as_ever(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    out, err = shown(shell, "1 / 0", capsys)
    assert "Traceback" in out + err
    assert "ZeroDivisionError" in out + err


def test_unloading_leaves_errors_as_they_were(shell: Any, capsys: pytest.CaptureFixture[str]) -> None:
    shell.run_cell("%unload_ext tutor")
    out, err = shown(shell, "rcbd(treatments=0, blocks=2)", capsys)
    assert "Traceback" in out + err

"""Imports point down, files stay short, and the command line answers without the heavy libraries."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import tutor

PACKAGE = Path(tutor.__file__).parent
ROOT = PACKAGE.parent

FLOOR = {
    "errors": 0,
    "display": 0,
    "data": 0,
    "figures": 1,
    "algebra": 1,
    "notation": 2,
    "covariance": 3,
    "models": 4,
    "checking": 4,
    "exercise": 5,
    "lesson": 5,
    "bank": 5,
    "topics": 5,
    "course": 5,
    "session": 5,
    "rehearsal": 5,
    "storage": 5,
    "frontends": 6,
}
"""Part of the package: its floor, from the ground up. The package's own `__init__` may know all by name."""

STRANGERS = {("models", "checking"), ("checking", "models")}
"""Parts of one floor that may not know each other."""

LONGER_THAN_400: dict[str, str] = {}
"""File: the reason why it may be longer."""

PUBLIC = {
    alias.name: f"tutor.{node.module or alias.name}"
    for node in ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8")).body
    if isinstance(node, ast.ImportFrom)
    for alias in node.names
}
"""Public name of the package: the module that holds it, or the package that it is."""

SOURCES = sorted(PACKAGE.rglob("*.py"))


def part_of(module: str) -> str:
    """The part of the package in which a module lies: tutor.algebra.tree lies in algebra."""
    return module.split(".")[1]


def imported_modules(source: str) -> list[tuple[int, str]]:
    """(line, module) of every module of the package that a source names, wherever in the file it does.

    Strings count as well, since importlib takes them. A relative import is told as ".".
    """
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                found.append((node.lineno, "."))
            elif node.module == "tutor":
                found += [(node.lineno, PUBLIC.get(a.name, f"tutor.{a.name}")) for a in node.names]
            else:
                found.append((node.lineno, node.module or ""))
        elif isinstance(node, ast.Constant) and re.fullmatch(r"tutor(\.\w+)+", str(node.value)):
            found.append((node.lineno, str(node.value)))
    return [(line, name) for line, name in found if name == "." or name.split(".")[0] == "tutor"]


def upward_imports(part: str, source: str) -> list[str]:
    """What is wrong with the imports of a file that lies in this part."""
    wrong = []
    for line, module in imported_modules(source):
        if module == ".":
            wrong.append(f"line {line}: a relative import")
        elif module == "tutor" or part_of(module) not in FLOOR:
            if module not in ("tutor", "tutor.__version__") or part != "frontends":
                wrong.append(f"line {line}: {module} lies on no floor")
        elif FLOOR[part_of(module)] > FLOOR[part]:
            wrong.append(f"line {line}: {part} may not know {module}")
        elif (part, part_of(module)) in STRANGERS:
            wrong.append(f"line {line}: {part} and {part_of(module)} do not know each other")
    return wrong


def floor_name(path: Path) -> str | None:
    """The part of the package in which a file lies; None for the package's own `__init__` and `__main__`."""
    relative = path.relative_to(PACKAGE)
    name = relative.parts[0].removesuffix(".py")
    return None if name in ("__init__", "__main__") else name


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("algebra", "from tutor.models.mixed import MixedModel"),
        ("algebra", "def late():\n    from tutor.notation import names"),
        ("errors", "import tutor.algebra.tree"),
        ("notation", "from importlib import import_module\nimport_module('tutor.checking.check')"),
        ("models", "from tutor.checking import check"),
        ("checking", "from tutor.models.mixed import MixedModel"),
        ("algebra", "from tutor import rcbd"),
        ("algebra", "from . import tree"),
        ("session", "from tutor.frontends import cli"),
        ("session", "from tutor.nowhere import thing"),
        ("models", "import tutor"),
    ],
)
def test_an_import_that_points_up_is_found(part: str, source: str) -> None:
    assert upward_imports(part, source)


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("algebra", "from tutor.errors import TutorError\nfrom tutor.algebra.sizes import size\nimport sympy"),
        ("models", "from tutor import display"),
        ("session", "from tutor.exercise import Exercise\nfrom tutor import check"),
        ("frontends", "from tutor import __version__, rcbd"),
    ],
)
def test_an_import_that_points_down_is_allowed(part: str, source: str) -> None:
    assert upward_imports(part, source) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_of_this_file_point_down(path: Path) -> None:
    part = floor_name(path)
    if part is not None:
        assert part in FLOOR, f"{path.name} lies on no floor"
        assert upward_imports(part, path.read_text(encoding="utf-8")) == []


def imports_at_load(path: Path) -> set[str]:
    """The modules of the package that a file imports as it is loaded, not inside functions nor for types alone."""
    pending: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    kept: list[ast.stmt] = []
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            pending += node.orelse
            continue
        if isinstance(node, ast.Import | ast.ImportFrom):
            kept.append(node)
        pending += ast.iter_child_nodes(node)
    return {name for statement in kept for _, name in imported_modules(ast.unparse(statement))}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module_name(path): imports_at_load(path) for path in SOURCES}
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, f"a circle: {' → '.join((*above, module))}"
        if module in done:
            return
        for further in sorted(graph.get(module, ())):
            visit(further, (*above, module))
        done.add(module)

    for module in sorted(graph):
        visit(module, ())


@pytest.mark.parametrize("path", [*SOURCES, *sorted((ROOT / "exercises").glob("*.py"))], ids=lambda path: path.name)
def test_this_file_has_one_purpose_as_far_as_its_length_tells(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert (lines > 400) == (name in LONGER_THAN_400), f"{name} has {lines} lines"


@pytest.mark.parametrize(
    "code",
    [
        "import tutor",
        "import tutor, tutor.frontends.cli",
        "import sys; sys.argv = ['tutor', '--help']\n"
        "import tutor.frontends.cli as cli\n"
        "try:\n    cli.main()\nexcept SystemExit as stop:\n    assert not stop.code\n",
    ],
    ids=["import tutor", "import the command line", "tutor --help"],
)
def test_the_heavy_libraries_are_left_alone_by(code: str) -> None:
    heavy = "import sys\nloaded = {'sympy', 'numpy', 'pandas', 'lark', 'flint', 'IPython'} & set(sys.modules)\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{heavy}assert not loaded, loaded"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_public_name_is_there_once() -> None:
    assert dir(tutor) == sorted(PUBLIC)
    for name in PUBLIC:
        assert getattr(tutor, name) is not None, name

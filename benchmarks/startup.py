"""How long a process takes that imports the package, or asks the command line for help."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.timing import Row, interpreter

_SMALLEST_TYPER = """
import typer
app = typer.Typer()
@app.command()
def hello(name: str):
    "Say hello."
@app.command()
def goodbye(name: str):
    "Say goodbye."
app(["--help"])
"""


def rows() -> Iterator[Row]:
    """Import and help, beside SymPy's import and the help of a program of two commands."""
    yield Row("`import tutor`", interpreter("-c", "import tutor"), "`import sympy`", interpreter("-c", "import sympy"))
    smallest = interpreter("-c", _SMALLEST_TYPER)
    yield Row("`tutor --help`", interpreter("-m", "tutor", "--help"), "help of a typer program", smallest)
    yield Row("`tutor --help`", interpreter("-m", "tutor", "--help"), "`python -c pass`", interpreter("-c", "pass"))

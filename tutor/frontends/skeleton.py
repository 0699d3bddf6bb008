"""The skeleton of an exercise file, for an instructor to fill in."""

from __future__ import annotations

from keyword import iskeyword
from pathlib import Path

from tutor.frontends.files import write_whole
from tutor.frontends.models import UsageError

_SKELETON = '''"""Say in one line what the exercise is about."""

import random

from tutor import Exercise, Hint, Mistake, Question, rcbd, sheet


def make(rng: random.Random) -> Exercise:
    # treatments and blocks are never equal, so that a matrix of the wrong shape shows
    treatments, blocks = rng.choice(((2, 3), (3, 2), (2, 4)))
    m = rcbd(treatments=treatments, blocks=blocks)
    return Exercise(
        title="A title",
        story=f"{treatments} treatments are compared in {blocks} blocks. Mathematics stands between dollar signs: "
        r"$y_{ij} = \\mu + \\tau_i + u_j + \\varepsilon_{ij}$.",
        model=m, tags=("mean",), prerequisites=(),
        questions=(
            Question("q1", r"Write $\\mathrm{E}(\\mathbf{y})$ in matrix notation.", m.E(m.y), points=1,
                hints=(Hint("A gentle one."), Hint("A strong one, which costs a quarter of the points.", 0.25)),
                solution=m.derive("E(y)"), also_right=(r"\\mathbf{X}\\boldsymbol{\\beta}",),
                mistakes=(
                    Mistake(r"\\mathbf{X}\\boldsymbol{\\beta} + \\mathbf{Z}\\mathbf{u}", "random-in-mean",
                            "What is the mean of a random effect?"),)),
        ))  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(sheet(__file__))
'''


def write_skeleton(name: str, folder: Path) -> Path:
    """Write NAME.py into a folder, and return its path.

    Raises
    ------
    TutorError
        When the name is no name of a module, or the file is there already.
    """
    name = name.removesuffix(".py")
    if not name.isidentifier() or not name.isascii() or name.startswith("_") or iskeyword(name):
        raise UsageError(f"{name!r} cannot name an exercise.", tip="Use letters, digits and _, as in split_plot_means.")
    return write_whole(folder / f"{name}.py", _SKELETON)

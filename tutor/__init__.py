"""A tutor for the matrix notation of linear mixed models.

Public names are imported when they are first used, so that the command line answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from tutor import display

__version__ = "0.1.0"

display.written_by("tutor.notation.write")

_HOME = {
    "crd": "tutor.model.catalogue",
    "rcbd": "tutor.model.catalogue",
    "regression": "tutor.model.catalogue",
    "model": "tutor.model.mixed",
    "MixedModel": "tutor.model.mixed",
    "read": "tutor.notation.read",
    "Reading": "tutor.notation.read",
    "Vocabulary": "tutor.notation.vocabulary",
    "lecture_vocabulary": "tutor.notation.vocabulary",
    "write": "tutor.notation.write",
    "Style": "tutor.notation.write",
    "check": "tutor.checking.check",
    "Verdict": "tutor.checking.verdict",
    "Tree": "tutor.algebra.tree",
    "symbol": "tutor.algebra.build",
    "identity": "tutor.algebra.build",
    "ones": "tutor.algebra.build",
    "zero": "tutor.algebra.build",
    "kron": "tutor.algebra.build",
    "hstack": "tutor.algebra.build",
    "vstack": "tutor.algebra.build",
    "Derivation": "tutor.algebra.rules",
    "Step": "tutor.algebra.rules",
    "Exercise": "tutor.exercise",
    "Hint": "tutor.exercise",
    "Mistake": "tutor.exercise",
    "Question": "tutor.exercise",
    "Session": "tutor.session",
    "sheet": "tutor.frontends.sheet",
    "TutorError": "tutor.errors",
    "ShapeError": "tutor.errors",
    "ReadError": "tutor.errors",
    "FormulaError": "tutor.errors",
    "DataError": "tutor.errors",
}

__all__ = ["__version__", *_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'tutor' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext tutor`` calls: it gives the shell %tutor and %%tutor."""
    from tutor.frontends.ipython import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """What ``%unload_ext tutor`` calls: it takes them away again."""
    from tutor.frontends.ipython import unload

    unload(shell)

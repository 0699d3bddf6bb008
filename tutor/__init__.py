"""A tutor for the matrix notation of linear mixed models.

Public names are imported when they are first used, so that the command line answers at once. ``__init__.pyi`` lists
them with their modules.
"""

from __future__ import annotations

from typing import Any

from lazy_loader import attach_stub

from tutor import display

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = attach_stub(__name__, __file__)

display.written_by("tutor.notation.write")


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext tutor`` calls: it gives the shell %tutor and %%tutor."""
    from tutor.frontends.ipython import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """What ``%unload_ext tutor`` calls: it takes them away again."""
    from tutor.frontends.ipython import unload

    unload(shell)

"""Mixed models: designs, formulas and data become y = Xβ + Zu + ε.

The package bears the name of its main function, ``tutor.model(formula, data)``. Python binds a package's name in its
parent as soon as any module of it is imported, so the package itself can be called, and both ways lead to one function.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _ModelPackage(ModuleType):
    """This package, which is called as the function `tutor.model.mixed.model` is."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        from tutor.model.mixed import model

        return model(*arguments, **named)


sys.modules[__name__].__class__ = _ModelPackage

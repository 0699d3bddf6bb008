"""A result as numbers at values of all parameters of the model, of which some may have cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tutor.algebra.parameters import by_name, scalars_of
from tutor.algebra.tree import Tree

if TYPE_CHECKING:
    import numpy as np

    from tutor.models.mixed import MixedModel


def numbers_of(tree: Tree, model: MixedModel, values: Mapping[str, float]) -> np.ndarray:
    """The entries, rows × columns. Values of parameters and fixed effects of the model that are not in the tree are
    left out.

    Raises
    ------
    UnknownNameError
        For a value of something that is neither in the tree nor a parameter of the model.
    DomainError
        For a value that is missing or outside its domain.
    """
    effects = [] if model.beta.entries is None else [str(entry) for entry in model.beta.entries.flat()]
    keys = [*(parameter.key for parameter in model.parameters), *effects]
    present = {str(letter) for letter in scalars_of(tree)}
    given = by_name(values, [*keys, *present])
    return tree.numpy(**{name: value for name, value in given.items() if name in present or name not in keys})

"""A V before brackets that hold what varies, V(y) and V(u_1 + ε_11): a variance, and no product."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.affine import is_random
from tutor.algebra.nodes import Symbol, Variance
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.conditional import as_column
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.response_functions import without_step
from tutor.notation.parsing import syntax
from tutor.notation.parsing.dependence import PARAMETERS
from tutor.notation.parsing.token import Spelling

_RANDOM = frozenset({"y", "Y", "u", "e", "epsilon", "b"})

_VARIANCE = {Spelling("V"), Spelling("V", bold=True)}


def variance_by_letter(
    name: syntax.Node, brackets: syntax.Node, value: Tree, before: Sequence[tuple[str, Tree]], context: Context
) -> Tree | None:
    """The variance that V(y) is, where what stands in the brackets is random; None of a product, as behind another
    matrix in GZ'V(y − Xβ), which has the covariance matrix in place of its inverse."""
    if not (isinstance(name, syntax.Named) and name.spelling in _VARIANCE and isinstance(brackets, syntax.Group)):
        return None
    if not _is_random(without_step(brackets.inner), value, context):
        return None
    value = as_column(value, context) if isinstance(value, Symbol) else value  # Y, which may be a matrix elsewhere
    if value.columns != ONE:
        return None
    matrix = before[-1][1]
    follows_matrix = any(not factor.is_scalar for _, factor in before[:-1])
    return None if follows_matrix and not matrix.is_scalar and matrix.columns == value.rows else Variance(value)


def _is_random(of: syntax.Node, value: Tree, context: Context) -> bool:
    """Whether brackets behind a plain V hold what varies: V(y_i), V(β̂), and in an answer V(u_1 + ε_11) too."""
    named = [part for part in syntax.postorder(of) if isinstance(part, syntax.Named)]
    if any(part.spelling.accent == "hat" and part.spelling.letters not in PARAMETERS for part in named):
        return True
    if context.vocabulary.takes_new_names:
        return isinstance(of, syntax.Named) and of.spelling.letters in _RANDOM
    meant = (context.vocabulary.lookup(part.spelling.letters) for part in named)
    return is_random(value) or any(
        word is not None and isinstance(word.tree, Symbol) and word.tree.role == "random" for word in meant
    )

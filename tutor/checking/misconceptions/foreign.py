"""Random effects in the answer to a question about a model that has none: fixed blocks treated as random."""

from __future__ import annotations

import sympy

from tutor.algebra.build import symbol
from tutor.algebra.nodes import Scalar, Symbol, Zero
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform
from tutor.checking.answers import Answer, sides
from tutor.checking.equal import compare
from tutor.checking.misconceptions.roles import names_in, parameters
from tutor.errors import TutorError
from tutor.notation.vocabulary import Vocabulary

COMPONENTS = tuple(sympy.Symbol(f"sigma2_{letter}", positive=True) for letter in ("u", "v", "b", "rho"))
"""What lectures call the variances of random effects."""


def takes_fixed_for_random(answer: Answer, asked: Tree, vocabulary: Vocabulary) -> bool:
    """Whether a text that speaks of random effects is right but for them, in a model without random effects."""
    if not isinstance(answer, str) or "Z" in vocabulary or "V" not in vocabulary:
        return False
    q = sympy.Symbol("q", integer=True, positive=True)
    effects = [symbol("Z", asked.rows, q), symbol("G", q, q, "unknown"), symbol("u", q, role="random")]
    extended = vocabulary.with_names(*effects, *COMPONENTS)
    try:
        read = sides(answer, extended, asked.shape)[-1]
        strange = {*names_in(read)} & {"Z", "G", "u"} or set(parameters([read])) & set(COMPONENTS)
        return bool(strange) and compare(transform(read, _without_effects), asked).same is True
    except TutorError:
        return False


def _without_effects(node: Tree) -> Tree | None:
    if isinstance(node, Symbol) and node.name in ("Z", "u"):
        return Zero(node.row_size, node.column_size)
    if isinstance(node, Scalar) and node.value.has(*COMPONENTS):
        value = node.value.subs(dict.fromkeys(COMPONENTS, 0))
        return Scalar(value) if isinstance(value, sympy.Expr) else None
    return None

"""The response function h of a generalized linear model, μ = h(η), and its inverse: a link by another letter than g."""

from __future__ import annotations

from tutor.notation.meaning.context import Context
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling

_PREDICTORS = frozenset({"eta", "mu", "beta", "gamma"})
"""Letters of which one stands in what a link, or its inverse, is a function of."""


def is_response_function(spelling: Spelling, of: syntax.Node, context: Context) -> bool:
    """Whether h stands before a linear predictor or a mean, h(x_i'β), where names are open."""
    named = (part.spelling.letters for part in syntax.postorder(of) if isinstance(part, syntax.Named))
    return spelling == Spelling("h") and context.vocabulary.takes_new_names and not _PREDICTORS.isdisjoint(named)

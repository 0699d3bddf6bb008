r"""The Q of \frac{\partial Q}{\partial\beta}, what is minimized: a number, as it is derived by a vector.

Only for a text that is about no model in particular.
"""

from __future__ import annotations

from collections.abc import Mapping

from tutor.notation.meaning.named_numbers import named_number
from tutor.notation.meaning.usage import Usage
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary


def of_derived(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The capital that is derived by the coefficients, ∂Q/∂β: a matrix has no such derivative."""
    derived = [(usage.single(node.of), usage.single(node.by)) for node in usage.of(syntax.Derivative)]
    letters = {of.letter for of, by in derived if of.is_capital and of.is_bare and by.letter == "beta" and not by.below}
    new = {letter for letter in letters if vocabulary.lookup(letter) is None}
    return {letter: named_number(letter) for letter in new}

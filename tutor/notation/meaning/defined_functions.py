r"""A letter that is a function by the equation that says what it is: ζ(X) = d/‖X‖²."""

from __future__ import annotations

import re

from tutor.notation.meaning.context import Context
from tutor.notation.parsing.syntax import Node

_OPENS_STATEMENT = re.compile(
    r"(?:^|[;,$]|\\\\|\\q?quad(?![A-Za-z])|\\(?:text|mathrm)\s*\{[^{}]*\})\s*(?:\\[,;: ])?\s*&?\s*$"
)
_NEAR = 80
"""Characters before a name that are looked at."""

_EQUALS = re.compile(r"\s*(?:\\[,;:! ]\s*)*&?\s*(?::?=|≔|≡|\\(?:equiv|coloneqq)(?![A-Za-z]))")


def is_left_side(name: Node, brackets: Node, context: Context) -> bool:
    """Whether a name and what stands in brackets behind it are all of the left side of an equation."""
    opens = _OPENS_STATEMENT.search(context.text, max(0, name.start - _NEAR), name.start)
    return opens is not None and _EQUALS.match(context.text, brackets.end) is not None


def is_defined(name: Node, brackets: Node, key: str, context: Context) -> bool:
    """Whether a letter that is no number of the vocabulary, by its ``key``, and what stands in brackets behind it are
    all of the left side of an equation. What is a number there is a factor: σ²V = …, though somebody set brackets."""
    return is_left_side(name, brackets, context) and key not in context.vocabulary

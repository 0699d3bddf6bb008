"""What the words of a slip are: an opening, what is seen, a question that leads on, and the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """How a slip is told. Slots in braces are facts of the diagnosis; ``about`` stands for one that is missing.

    ``seen`` says what the answer shows, ``question`` leads on without naming the mistake, ``law`` is the reason why
    it is one, and still not the answer.
    """

    opening: str
    seen: str
    question: str
    law: str
    about: str = "something"

    def filled(self, text: str, facts: Mapping[str, str]) -> str:
        """A text with the facts in its slots."""
        return text.format_map(_Facts(facts, self.about))


class _Facts(dict[str, str]):
    """Facts, with a word for those that are not known."""

    def __init__(self, facts: Mapping[str, str], about: str) -> None:
        super().__init__(facts)
        self._about = about

    def __missing__(self, key: str) -> str:
        return self._about


NOT_YET, NEARLY = "Not yet.", "Nearly."

r"""Mathematics as Markdown, LaTeX and the documentation of R mark it among words: $y$, \[y\], \eqn{y}, ```math."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENS = re.compile(
    r"(?P<fenced>```\s*math)|(?P<ticked>\$`)|(?P<display>\$\$)|(?P<inline>\$)|(?P<round>\\\()|(?P<square>\\\[)"
    r"|\\(?:mjs?)?[df]?eqn\{(?P<eqn>(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*+)\}"
    r"|\\begin\{(?P<environment>equation|align|aligned|gather|gathered|multline|split|eqnarray|alignat)\*?\}"
)
_CLOSES = {"fenced": "```", "ticked": "`$", "display": "$$", "inline": "$", "round": r"\)", "square": r"\]"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A formula with its marks, without them at ``start`` to ``end``; ``is_foreign`` where they are no LaTeX."""

    begin: int
    stop: int
    start: int
    end: int
    is_foreign: bool


def marked_formulas(text: str) -> Iterator[Marked]:
    r"""The marked formulas of a text, in order; a mark that nothing closes marks nothing.

    Where one is not closed, none behind it is: each is looked for once, so that the cost grows as the text.

    >>> [(found.start, found.end) for found in marked_formulas(r"$a$ and \(b\) and $c")]
    [(1, 2), (10, 11)]
    """
    unclosed: set[str] = set()
    at = 0
    while (found := _OPENS.search(text, at)) is not None:
        kind = found.lastgroup or ""
        at = found.start() + 1
        if kind == "eqn":
            at = found.end()
            yield Marked(found.start(), found.end(), *found.span("eqn"), is_foreign=True)
            continue
        kinds = ("ticked", "inline") if kind == "ticked" else ("display", "inline") if kind == "display" else (kind,)
        for each in kinds:
            # Of marks that are no display the first sign alone opens.
            inside = found.start() + 1 if each == "inline" else found.end()
            closed = None if _key(each, found) in unclosed else _closing(text, each, found, inside)
            if closed is None:
                unclosed.add(_key(each, found))
                continue
            end, stop = closed
            is_whole = each == "environment"
            yield Marked(found.start(), stop, *((found.start(), stop) if is_whole else (inside, end)),
                         is_foreign=each in ("fenced", "ticked"))  # fmt: skip
            at = stop
            break


def _key(kind: str, found: re.Match[str]) -> str:
    return found["environment"] if kind == "environment" else kind


def _closing(text: str, kind: str, found: re.Match[str], inside: int) -> tuple[int, int] | None:
    """Where a formula ends, without and with its mark."""
    if kind == "environment":
        ends = [(text.find(end, inside), end) for end in (f"\\end{{{found[kind]}}}", f"\\end{{{found[kind]}*}}")]
        place, end = min((each for each in ends if each[0] >= 0), default=(-1, ""))
    else:
        end = _CLOSES[kind]
        place = text.find(end, inside)
    return None if place < 0 else (place, place + len(end))

r"""Groups of TeX that only set something: {(\alpha\beta)}_{ij} and {var(e}_{ij}), as converters from word processors
write (\alpha\beta)_{ij} and var(e_{ij}), and a matrix or braces for the brackets of a distribution. Every sign keeps
its place.
"""

from __future__ import annotations

import re

_GROUP = re.compile(r"\{(?P<inner>(?:[^{}]|\{[^{}]{0,60}\}){1,120})\}(?=\s*[_^])")
_BELONGS = re.compile(r"(?:[_^}\]]|\\[A-Za-z]+)\s*\Z")
"""What a group behind it is below, above, or an argument of."""

_LONGEST_COMMAND = 24


_INNER = (
    r"\s*\\begin\s*\{{(?P<{0}>[a-zA-Z]{{0,6}}matrix|array)\}}(?:(?!\\begin).){{1,4000}}?\\end\s*\{{(?P={0})\}}"
    r"(?:\s|\\[!,;:])*"
)
_MATRIX_OF_ARGUMENTS = re.compile(
    r"(?P<name>(?<![A-Za-z])N|\\mathcal\s*\{?\s*N\s*\}?)\s*(?P<open>\\begin\s*\{(?P<outer>[a-zA-Z]{0,6}matrix)\})"
    rf"(?P<mean>{_INNER.format('first')}),(?P<gap>\s*&?)(?P<variance>{_INNER.format('second')})(?P<close>\\end\s*\{{(?P=outer)\}})",
    re.S,
)
r"""N \begin{bmatrix} \begin{pmatrix} 0 \\ 0 \end{pmatrix}, & \begin{pmatrix} … \end{pmatrix} \end{bmatrix}."""


_IN_BRACES = re.compile(
    r"(?P<before>(?:(?<![A-Za-z])N|\\mathcal\s*\{?\s*N\s*\}?)(?:\s*_\s*(?:\{[^{}]*\}|\w))?\s*(?:\\left\s*)?)\\\{"
    r"(?P<inner>[^{}~∼=]*(?:\{[^{}]*\}[^{}~∼=]*)*)\\\}"
)
r"""N\{X\beta, V\}."""


def with_brackets_of_family(text: str) -> str:
    """The text with round brackets for braces, or a matrix, around the mean and the variance of a normal law."""
    if "\\{" in text:
        text = _IN_BRACES.sub(lambda found: f"{found['before']}( {found['inner']}) ", text)
    return _MATRIX_OF_ARGUMENTS.sub(_in_brackets, text) if "matrix" in text else text


def _in_brackets(found: re.Match[str]) -> str:
    gap = found["gap"].replace("&", " ")
    opening, closing = found["open"], found["close"]
    between = found.string[found.end("name") : found.start("open")]
    return (
        f"{found['name']}{between}({' ' * (len(opening) - 1)}{found['mean']},{gap}{found['variance']}"
        f"){' ' * (len(closing) - 1)}"
    )


def without_needless_groups(text: str) -> str:
    """The text with the braces of such groups as blanks.

    >>> without_needless_groups(r"{(\\alpha\\beta)}_{ij} + {var(e}_{ij})")
    ' (\\\\alpha\\\\beta) _{ij} +  var(e _{ij})'
    """
    return _GROUP.sub(_opened, text) if "(" in text else text


def _opened(found: re.Match[str]) -> str:
    inner = found["inner"]
    before = found.string[max(0, found.start() - _LONGEST_COMMAND) : found.start()]
    is_bracketed = inner.startswith("(") and inner.endswith(")") and ")" not in inner[:-1]
    is_cut = inner.count("(") == inner.count(")") + 1
    if "(" not in inner or not (is_bracketed or is_cut) or _BELONGS.search(before) is not None:
        return found[0]
    return f" {inner} "

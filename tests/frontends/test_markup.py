"""What a display would show as it is typed is found: in a terminal, by a voice, in a notebook."""

from __future__ import annotations

import pytest

from tutor.frontends.markup import markup_in

FOUND = [
    ("an x_{1} here", "an x_{1} here"),
    (r"take \alpha there", r"take \alpha there"),
    ("one $ sign", "one $ sign"),
    ("$x$ and $y_{1$", "$y_{1$"),
]
"""A text in Markdown, and what is left of it."""


@pytest.mark.parametrize(("text", "left"), FOUND)
def test_what_is_not_set_is_found(text: str, left: str) -> None:
    assert ("story", left) in list(markup_in("story", text))


@pytest.mark.parametrize(
    "text", ["$y_{ij}$ is the yield", "$$\\begin{bmatrix}\n1 & 0\n\\end{bmatrix}$$", r"$\{1, 2\}$"]
)
def test_what_is_set_is_not(text: str) -> None:
    assert not list(markup_in("story", text))

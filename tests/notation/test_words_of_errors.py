r"""What an error says of slips that are made at a prompt: its words, its place, and what was probably meant."""

from __future__ import annotations

import pytest

from tutor.errors import ReadError
from tutor.notation.read import read

MARK = "¦"
"""Stands before and after the place of the error."""

SLIPS: list[tuple[str, str, str | None]] = [
    # the text with the place marked, words of the error, and the text that was probably meant
    (r"¦\frac{\sigma^2}¦", r"the second is missing. Write \frac{a}{b}.", None),
    (r"\mu + ¦\frac{1}¦", r"the second is missing. Write \frac{a}{b}.", None),
    (r"¦\frac \sigma¦^2 n", r"stand in braces. Write \frac{a}{b}.", None),
    (r"\mathbf{ZGZ}^¦{¦\text{T} + \mathbf{R}", "Close it with }.", r"\mathbf{ZGZ}^{\text{T}} + \mathbf{R}"),
    (r"\sigma_¦{¦u + \sigma", "Close it with }.", None),
    ("X^¦^T¦", "^ stands twice", None),
    ("y ~ ¦N¦ Xβ, V", "What N takes stands in brackets. Write N(mean, variance).", None),
    ("X %*% beta ¦%¦% u", "Did you mean %*%, the product of matrices in R?", None),
    ("¦kroneker¦(diag(3), matrix(1,2,2))", "Did you mean kronecker?", None),
    ("np.¦kroon¦(np.eye(3), np.ones((2,2)))", "Did you mean kron?", None),
    ("¦varr¦(y)", "Did you mean var?", None),
    ("X.T @ V.¦inv¦ @ X", "np.linalg.inv(V) in NumPy", None),
    (r"\begin{bmatrix} ¦0,5¦ & 1 \\ 1 & 0,5 \end{bmatrix}", "Write 0.5.",
     r"\begin{bmatrix} 0.5 & 1 \\ 1 & 0.5 \end{bmatrix}"),
    ("¦I think¦ V = ZGZ' + R because u is random", "Leave the words out.", None),
    ("¦foo¦", "foo is no name of this model.", None),
]  # fmt: skip


@pytest.mark.parametrize(("told", "words", "meant"), SLIPS)
def test_a_slip_has_its_place_and_its_words(told: str, words: str, meant: str | None) -> None:
    text, start = told.replace(MARK, ""), told.index(MARK)
    with pytest.raises(ReadError) as caught:
        read(text)
    error = caught.value
    assert words in str(error)
    assert "Did you mean" in words or "Did you mean" not in str(error)
    assert (error.start, error.end) == (start, told.index(MARK, start + 1) - 1)
    if meant is not None:
        assert error.suggestion == meant

r"""Ten slips by their names, each in five places: where the caret stands, and what the message says to do.

A slip that leaves the meaning clear is a finding of the reading, any other an error.
"""

from __future__ import annotations

import pytest

from tutor.errors import ReadError
from tutor.notation.read import read

REFUSED = [
    # kind, text, what is pointed at (its place is the first in the text after what stands before ▸), in the message
    ("unbalanced", r"▸(\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}", "(", "Close it with )"),
    ("unbalanced", r"\mathbf{V}^▸{-1", "{", "Close it with }"),
    ("unbalanced", r"\left▸( \sigma^2 + \sigma^2_u", "(", "Close it with )"),
    ("unbalanced", r"\mathbf{X}'\mathbf{V}▸)^{-1}", ")", "no bracket was opened"),
    ("unbalanced", r"\begin{bmatrix} 1 & ▸(2 \\ 3 & 4 \end{bmatrix}", "(", "Close it with )"),
    ("transpose-of-nothing", r"▸'\mathbf{Z}", "'", "Put a matrix before it"),
    ("transpose-of-nothing", r"\mathbf{Z}\mathbf{G} + ▸'", "'", "Put a matrix before it"),
    ("transpose-of-nothing", r"\mathbf{Z}^{T} + ▸^{T}", "^{T}", "Put a matrix before it"),
    ("transpose-of-nothing", "X %*% ▸'Z", "'", "Put a matrix before it"),
    ("transpose-of-nothing", r"\mathbf{R} = ▸'", "'", "Put a matrix before it"),
    ("missing-ampersand", r"\begin{bmatrix} 1 & 0 \\ 0▸ 1 \end{bmatrix}", " ", "An & is missing here"),
    ("missing-ampersand", r"\begin{bmatrix} 1▸ 0 0 \\ 0 & 1 & 0 \\ 0 & 0 & 1 \end{bmatrix}", " ", "Row 1"),
    ("missing-ampersand", r"\begin{bmatrix} \rho & \rho^2 \\ \rho^2▸ \rho \end{bmatrix}", " ", "An & is missing here"),
    ("missing-ampersand", r"\begin{pmatrix} 1 & 0 & 0 \\ 0 & 1▸ 0 \end{pmatrix}", " ", "Row 2"),
    ("missing-ampersand", "[[1, 0], [0▸ 1]]", " ", "A comma is missing here"),
    ("ragged-row", r"\begin{bmatrix} 1 & 2 & 3 \\ ▸4 & 5 \end{bmatrix}", "4 & 5", "in row 2"),
    ("ragged-row", r"\begin{bmatrix} 1 \\ ▸2 & 3 \end{bmatrix}", "2 & 3", "an & too many in row 2"),
    ("ragged-row", r"\begin{pmatrix} a & b \\ ▸c \\ d & g \end{pmatrix}", "c", "in row 2"),
    ("ragged-row", "[[1, 2], [▸3]]", "3", "in row 2"),
    ("ragged-row", "np.array([[1, 2, 3], [▸4, 5]])", "4, 5", "in row 2"),
    ("missing-backslash", r"▸mathbf{Z}", "mathbf", r"Write \mathbf"),
    ("missing-backslash", r"\frac{1}{2} + ▸frac{1}{3}", "frac", r"Write \frac"),
    ("missing-backslash", r"\rho + ▸sqrt{2}", "sqrt", r"Write \sqrt"),
    ("missing-backslash", r"▸begin{bmatrix} 1 \end{bmatrix}", "begin", r"Write \begin"),
    ("missing-backslash", r"\begin{bmatrix} 1 ▸end{bmatrix}", "end", r"Write \end"),
    ("decimal-comma", "▸0,5", "0,5", "Write 0.5"),
    ("decimal-comma", r"\begin{bmatrix} 1 & ▸0,5 \\ 0,5 & 1 \end{bmatrix}", "0,5", "Write 0.5"),
    ("decimal-comma", r"\sigma^2 = ▸2,5", "2,5", "Write 2.5"),
    ("decimal-comma", r"\mathbf{V} = ▸1,25\mathbf{I}", "1,25", "Write 1.25"),
    ("decimal-comma", r"\sigma^2_u + ▸0,75\sigma^2", "0,75", "Write 0.75"),
    ("text-outside-math", r"▸The answer is \mathbf{Z}\mathbf{G}\mathbf{Z}'", "The answer is", "Leave the words out"),
    ("text-outside-math", r"\mathbf{V} ▸because of the blocks", "because of the", "Leave the words out"),
    ("text-outside-math", "▸the variance = V", "the variance", "Leave the words out"),
    ("text-outside-math", r"▸My result: \mathbf{V}", "My result:", "Leave the words out"),
    ("wrong-dimension", "Var(y) is ▸ZGZ' + R", "ZGZ' + R", "Write = "),
    # near names
    ("unknown-command", r"▸\matbhf{X}", r"\matbhf", r"Did you mean \mathbf?"),
    ("unknown-command", r"▸\bgein{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}", r"\bgein", r"Did you mean \begin?"),
    ("unknown-command", r"\begin{bmatrix} 1 & 0 \\ 0 & 1 ▸\edn{bmatrix}", r"\edn", r"Did you mean \end?"),
    ("unknown-name", "▸Varr(y)", "Varr", "Did you mean Var?"),
    ("unknown-name", "▸Vaer(y) + V", "Vaer", "Did you mean Var?"),
    ("unknown-name", "▸Covv(u, e) = 0", "Covv", "Did you mean "),
    ("unknown-command", r"▸\simga^2", r"\simga", r"Did you mean \sigma?"),
    ("unknown-command", r"▸\mathb{X}", r"\mathb", r"Did you mean \mathbf?"),
    ("unknown-command", r"\mathbf{I} ▸\otime \mathbf{J}", r"\otime", r"Did you mean \otimes?"),
    ("unknown-environment", r"▸\begin{bmatirx} 1 \end{bmatirx}", r"\begin{bmatirx}", "Did you mean bmatrix?"),
    ("unknown-environment", r"▸\begin{tabular} 1 \end{tabular}", r"\begin{tabular}", "bmatrix, pmatrix or array"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "marked", "place", "told"), REFUSED, ids=[text for _, text, _, _ in REFUSED])
def test_the_caret_stands_below_the_slip(kind: str, marked: str, place: str, told: str) -> None:
    start, text = marked.index("▸"), marked.replace("▸", "")
    with pytest.raises(ReadError) as refused:
        read(text)
    error = refused.value
    assert (error.kind, error.start) == (kind, start)
    assert error.end is not None
    assert text[error.start : error.end] == place
    assert told in str(error)
    *_, shown, carets = str(error).splitlines()
    first = carets.index("^")
    assert shown[first : first + len(place)] == place
    assert carets.strip() == "^" * len(place)


FOUND = [
    # key, text, what is pointed at, the same as it should be written
    ("star-in-latex", r"\sigma^2 ▸* \mathbf{I}_3", "*", r"\sigma^2\mathbf{I}_3"),
    ("star-in-latex", r"\mathbf{Z}▸*\mathbf{G}", "*", r"\mathbf{ZG}"),
    ("star-in-latex", r"\frac{1}{n}▸*\mathbf{J}_n", "*", r"\frac{1}{n}\mathbf{J}_n"),
    ("star-in-latex", r"2▸*\rho", "*", r"2\rho"),
    ("star-in-latex", r"\sigma^2_u▸*\mathbf{Z}\mathbf{Z}'", "*", r"\sigma^2_u\mathbf{ZZ}'"),
    ("inverse-without-braces", r"\mathbf{V}▸^-1", "^-1", r"\mathbf{V}^{-1}"),
    ("inverse-without-braces", r"\mathbf{V}▸^-1\mathbf{y}", "^-1", r"\mathbf{V}^{-1}\mathbf{y}"),
    ("inverse-without-braces", r"(\mathbf{X}'\mathbf{X})▸^-1", "^-1", r"(\mathbf{X}'\mathbf{X})^{-1}"),
    ("inverse-without-braces", r"\mathbf{X}'\mathbf{V}▸^-1\mathbf{X}", "^-1", r"\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}"),
    ("inverse-without-braces", r"\mathbf{R}▸^-1 + \mathbf{V}", "^-1", r"\mathbf{R}^{-1} + \mathbf{V}"),
    ("missing-underscore", r"▸\sigma^2u", r"\sigma^2u", r"\sigma^2_u"),
    ("missing-underscore", r"▸\sigma^2u\mathbf{Z}\mathbf{Z}'", r"\sigma^2u", r"\sigma^2_u\mathbf{Z}\mathbf{Z}'"),
    ("missing-underscore", r"▸\sigma^2e", r"\sigma^2e", r"\sigma^2_e"),
    ("missing-underscore", r"▸\sigma^2u + \sigma^2", r"\sigma^2u", r"\sigma^2_u + \sigma^2"),
    ("missing-underscore", r"\sigma^2 + ▸\sigma^2u", r"\sigma^2u", r"\sigma^2 + \sigma^2_u"),
    ("missing-backslash", r"▸sigma^2 \mathbf{I}_3", "sigma", r"\sigma^2\mathbf{I}_3"),
    ("missing-backslash", r"\mathbf{I}_3 ▸otimes \mathbf{J}_2", "otimes", r"\mathbf{I}_3 \otimes \mathbf{J}_2"),
    ("missing-backslash", r"\mathbf{X}▸beta", "beta", r"\mathbf{X}\beta"),
    ("decimal-comma", r"▸1{,}5\mathbf{I}_2", "1{,}5", r"1.5\mathbf{I}_2"),
    ("decimal-comma", r"\rho = ▸0{,}25", "0{,}25", r"\rho = 0.25"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "marked", "place", "meant"), FOUND, ids=[text for _, text, _, _ in FOUND])
def test_a_clear_slip_is_read_and_pointed_at(key: str, marked: str, place: str, meant: str) -> None:
    start, text = marked.index("▸"), marked.replace("▸", "")
    reading = read(text)
    found = [finding for finding in reading.findings if finding.key == key]
    assert [(finding.start, text[finding.start : finding.end]) for finding in found] == [(start, place)]
    assert found[0].sentence.endswith((".", "?"))
    as_meant = read(meant)
    assert reading.kind == as_meant.kind
    assert reading.tree == as_meant.tree

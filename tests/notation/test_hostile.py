r"""Hostile texts: each is read or refused in words, in any thread, and no message repeats what could harm a terminal.

Each is answered within as many calls of functions as a student may wait for; what seconds and memory that takes is
measured by ``python -m benchmarks.reading``.
"""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tests.work import bounded, calls_of
from tutor.algebra.build import symbol
from tutor.algebra.nodes import Scalar
from tutor.errors import LocatedError, ReadError, ShapeError, TutorError
from tutor.notation.read import read
from tutor.notation.vocabulary import Name, Vocabulary
from tutor.notation.write import write

SIGMA2, ROWS = sympy.Symbol("sigma2", positive=True), sympy.Symbol("n", integer=True, positive=True)
S2 = Scalar(SIGMA2)
MODEL = Vocabulary.of(
    symbol("y", 6, role="random"), symbol("X", 6, 4), symbol("Z", 6, 3), symbol("u", 3, role="random"),
    symbol("G", 3, 3), symbol("R", 6, 6), symbol("V", 6, 6), Name("sigma2", S2, "residual"),
)  # fmt: skip

HOSTILE: dict[str, tuple[str, str]] = {
    # what it is: (text, the kind of its refusal)
    "3,000 opening brackets": ("(" * 3000, "too-deep"),
    "3,000 nested brackets": ("(" * 3000 + "V" + ")" * 3000, "too-deep"),
    "3,000 nested braces": ("{" * 3000 + "V" + "}" * 3000, "too-deep"),
    "3,000 square brackets": ("[" * 3000 + "1" + "]" * 3000, "too-deep"),
    "3,000 nested subscripts": ("x_{" * 3000 + "1" + "}" * 3000, "unknown-name"),
    "3,000 roots": (r"\sqrt" * 3000 + "2", "too-deep"),
    "50 nested roots": (r"\sqrt{1+" * 50 + "2" + "}" * 50, "too-deep"),
    "50 nested powers": (r"\sigma^{" * 50 + "2" + "}" * 50, "too-deep"),
    "9,000 nested lists": ("[[" * 9000, "too-deep"),
    "1,000 nested matrices": (r"\begin{bmatrix}" * 1000 + "1" + r"\end{bmatrix}" * 1000, "too-long"),
    "20 nested matrices": (r"\begin{bmatrix}" * 20 + "1" + r"\end{bmatrix}" * 20, "too-deep"),
    "100,000 primes": ("V" + "'" * 100_000, "too-long"),
    "10,000 primes": ("V" + "'" * 10_000, "too-deep"),
    "a text of 100,000 characters": ("V + " * 25_000 + "V", "too-long"),
    "a text of 2.8 MB": ("V+" * 1_400_000 + "V", "too-long"),
    "a matrix of 2.8 MB": (r"\begin{bmatrix}" + "1 & " * 700_000 + r"1\end{bmatrix}", "too-long"),
    "a matrix of 201 rows": (
        r"\begin{bmatrix}" + r"\\".join([" & ".join("0" * 201)] * 201) + r"\end{bmatrix}", "too-large"),
    "a tower of powers": ("9^{9^{9^9}}", "too-large"),
    "a Toeplitz matrix of a long vector": ("toeplitz(c(" + ",".join(map(str, range(2_500))) + "))", "too-large"),
    "a Toeplitz matrix of ones": ("toeplitz(rep(1, 30000))", "too-large"),
    "a product of 3,000 numbers": ("9*" * 3000 + "9", "too-large"),
    "a power of a power": ("((((99^{99})^{99})^{99})^{99})^{99}", "too-large"),
    "a huge exponent": ("2**999999999", "too-large"),
    "a huge matrix power": ("V^{999999999}", "unexpected"),
    "a huge number": ("9" * 5000, "too-large"),
    "a huge decimal exponent": ("1e999999", "too-large"),
    "a huge repetition": ("rep(c(1, 2), 999999999)", "arguments"),
    "a huge R matrix": ("matrix(7, 99999, 99999)", "arguments"),
    "a huge diagonal": ("diag(c(" + "1," * 9000 + "1))", "too-large"),
    "many letters without a size": (r"I \otimes " * 1500 + "I_2", "too-large"),
    "a long word": ("a" * 19_000, "unknown-name"),
    "separators only": (";" * 19_000, "empty"),
    "backslashes only": ("\\" * 19_001, "unexpected"),
    "equal signs only": ("=" * 19_000, "missing-operand"),
    "carets only": ("^" * 19_000, "missing-operand"),
    "underscores only": ("_" * 19_000, "missing-operand"),
    "bars only": ("|" * 19_000, "missing-operand"),
    "fonts only": (r"\mathbf" * 2500, "missing-operand"),
    "an emoji": ("V😀", "unexpected"),
    "another script": ("矩阵", "unknown-name"),
    "3,000 sized brackets": (r"\left(" * 3000 + "V" + r"\right)" * 3000, "too-long"),
    "3,000 numerators": (r"\frac{" * 3000 + "V" + "}{2}" * 3000, "too-long"),
    "3,000 denominators": (r"\frac{1}{" * 3000 + "2" + "}" * 3000, "too-long"),
    "3,000 hats": (r"\hat{" * 3000 + "V" + "}" * 3000, "too-deep"),
    "3,000 exponents": ("2^{" * 3000 + "2" + "}" * 3000, "too-deep"),
    "3,000 fonts": (r"\mathbf{" * 2000 + "V" + "}" * 2000, "too-deep"),
    "3,000 texts": (r"\text{" * 2000 + "V" + "}" * 2000, "too-deep"),
    "3,000 functions of R": ("solve(" * 2800 + "V" + ")" * 2800, "too-deep"),
    "3,000 transposes of R": ("t(" * 3000 + "V" + ")" * 3000, "too-deep"),
    "3,000 unknown functions": ("f(" * 3000 + "1" + ")" * 3000, "too-deep"),
    "3,000 signs in brackets": ("-(" * 3000 + "V" + ")" * 3000, "too-deep"),
    "3,000 bars": ("|" * 3000 + "V" + "|" * 3000, "missing-operand"),
    "3,000 moments": ("E(" * 3000 + "y" + ")" * 3000, "too-deep"),
    "3,000 raised T": ("V" + "^T" * 3000, "too-deep"),
    "3,000 inverses": ("V" + "^{-1}" * 2500, "too-deep"),
    "3,000 begins": (r"\begin{bmatrix}" * 1300, "unbalanced"),
    "3,000 ends": (r"\end{bmatrix}" * 1500, "unbalanced"),
    "1,000 nested matrices with cells": (r"\begin{bmatrix}1&" * 900 + "1", "unbalanced"),
    "nested lists with cells": ("[[1]," * 3000, "too-deep"),
    "a chain of 3,000": ("=".join(["V"] * 3000), "too-long"),
    "10,000 ampersands": ("&" * 10_000, "empty"),
    "2.8 MB of blanks": (" " * 2_800_000, "too-long"),
    "2.8 MB of letters": ("a" * 2_800_000, "too-long"),
    "2.8 MB of digits": ("9" * 2_800_000, "too-long"),
    "2.8 MB of backslashes": ("\\" * 2_800_000, "too-long"),
    "2.8 MB of Greek": ("β" * 2_800_000, "too-long"),
    "2.8 MB of invisible blanks": ("\u200b" * 2_800_000, "too-long"),
    "600,000 characters beside a matrix": (r"\begin{bmatrix}1\end{bmatrix}" + "+V" * 280_000, "too-long"),
    "600,000 ampersands": (r"\begin{bmatrix}" + "&" * 590_000 + r"\end{bmatrix}", "too-large"),
    "590,000 characters in one cell": (r"\begin{bmatrix}" + "1+" * 290_000 + r"1\end{bmatrix}", "too-long"),
    "60,000 begins": (r"\begin{a}" * 60_000, "unbalanced"),
    "9,000 different cells": (
        r"\begin{bmatrix}" + r"\\".join(f"x_{{{i}}}+1" for i in range(9000)) + r"\end{bmatrix}", "too-long"),
    "a 200 × 200 matrix of R": ("matrix(c(" + ",".join("1" * 40_000) + "), 200, 200)", "too-long"),
    "a size of a tower": ("I_{9^{9^9}}", "too-large"),
    "a range of a milliard": ("1:10^9", "wrong-dimension"),
    "a diagonal of a milliard": ("diag(c(1:1000000000))", "unexpected"),
    "100 letters without a size": (r"I \otimes " * 90 + "I_2 + V", "too-large"),
    "5 exponentials within each other": ("exp(-(" * 5 + "2" + "))" * 5, "too-deep"),
    "4 growing exponentials within each other": ("exp(1+(" * 4 + "2" + "))" * 4, "too-large"),
    "a product of 5,000 nines": ("9*" * 5000 + "9", "too-large"),
    "a tower of exponentials": ("exp(1+(" * 3 + "2" + "))" * 3, "too-large"),
    "5 binomials within each other": (r"\binom{5}{" * 5 + "0.3" + "}" * 5, "too-deep"),
    "6 binomials over 2": (r"\binom{" * 12 + "0.3" + "}{2}" * 12, "too-large"),
    "8 beta functions within each other": ("B(2, " * 8 + "sigma2" + ")" * 8, "too-deep"),
    "20 derivatives within each other": (
        r"\frac{\partial}{\partial \sigma^2} (" * 20 + r"\sigma^2" + ")" * 20, "too-deep"),
    "90 logarithms": ("log(" * 90 + "2" + ")" * 90, "too-deep"),
    "a power of a power of a matrix": ("(" * 5 + r"\begin{bmatrix}1&2\\3&4\end{bmatrix}" + ")^{20}" * 5, "too-large"),
    "a mark from right to left": ("V\u200fR", "control-character"),
    "an Arabic mark": ("V\u061cR", "control-character"),
    "a colour of a terminal": ("\x1b[31mV", "control-character"),
    "a control sequence": ("\x9b31mV", "control-character"),
    "a bell": ("V\x07", "control-character"),
    "a hidden tag": ("V\U000e0041", "control-character"),
    "an Arabic digit": ("٣ V", "unexpected"),
    "a macro": (r"\def\x{\x\x}\x", "unknown-command"),
    "a file": (r"\input{/etc/passwd}", "unknown-command"),
    "two macros that call each other": (r"\newcommand{\a}{\b}\newcommand{\b}{\a}\a", "unknown-command"),
    "a name made of characters": (r"\csname end\endcsname", "unknown-command"),
    "a command of a shell in TeX": (r"\immediate\write18{ls}", "unknown-command"),
    "an import": ("__import__('os').system('id')", "missing-operand"),
    "an eval": ("eval('1')", "transpose-of-nothing"),
    "a lambda": ("(lambda: 1)()", "unexpected"),
    "an attribute": ("V.__class__", "unknown-name"),
    "a template": ("{{ 7*7 }}{% for x in y %}", "unexpected"),
    "markup": ("<script>alert(1)</script>", "missing-operand"),
    "a shell": ("$(rm -rf /)", "missing-operand"),
    "a backtick": ("`ls`", "unexpected"),
    "9,000 factorials": ("x" + "!" * 9000, "unexpected"),
    "9,000 raised digits": ("x" + "²" * 9000, "too-large"),
    "a letter under 9,000 hats": ("x" + "\u0302" * 9000, "unexpected"),
    "4,500 equations": (";".join(["V=R"] * 4500), "too-long"),
    "3,900 words": (r"\text{" + "word " * 3900 + "}", "text-in-formula"),
    "100,000 ampersands": ("&" * 100_000, "too-long"),
    "100,000 plus signs": ("+" * 100_000, "too-long"),
    "19,000 plus signs": ("+" * 19_000, "missing-operand"),
    "500,000 digits in a cell": (r"\begin{bmatrix}" + "9" * 500_000 + r"\end{bmatrix}", "too-long"),
    "50,000 numbers in a cell": (r"\begin{bmatrix}" + "1 " * 50_000 + r"& 2\end{bmatrix}", "missing-ampersand"),
    "a million digits": ("9" * 1_000_000, "too-long"),
    "100,000 subscripts": ("x" + "_1" * 100_000, "too-long"),
    "alternating brackets and braces": ("{(" * 4000 + "V" + ")}" * 4000, "too-deep"),
    "100,000 backslashes": ("\\" * 100_000, "too-long"),
    "accents on every letter": ("V\u0301" * 9000, "unexpected"),
    "families of emoji": ("👩\u200d👩\u200d👧" * 3000, "unexpected"),
    "lone surrogates": ("\ud800" * 19_000, "control-character"),
    "a milliard of terms with dots": (r"x_1 + x_2 + \dots + x_{10^9}", "unknown-name"),
    "a very long command": ("\\" + "a" * 19_000, "unknown-command"),
    "1,000 inverses of NumPy": ("np.linalg.inv(" * 1000 + "V" + ")" * 1000, "too-deep"),
    "a milliard of ones in a list": ("c(rep(1, 10^9), 2)", "too-large"),
    "ten million of ones in a list": ("c(" + "rep(1, 10000)," * 1000 + "1)", "too-large"),
    "99 columns of 40,000 entries": ("cbind(" + "rep(2, 40000)," * 98 + "rep(2, 40000))", "too-large"),
    "24 quotients within each other": ("1/(sigma2 + " * 24 + "2" + ")" * 24, "too-deep"),
    "16 quotients of sizes within each other": ("n/(n + " * 16 + "n" + ")" * 16, "too-deep"),
    "1,200 explanations": ("the variance is " * 1200, "text-outside-math"),
}  # fmt: skip

UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@pytest.mark.parametrize(("text", "kind"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_text_is_refused_in_words(text: str, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        bounded(partial(read, text, MODEL))
    assert caught.value.kind == kind
    assert caught.value.problem
    assert len(str(caught.value)) < 500
    assert not UNSAFE.search(str(caught.value))


ZEROS = r"\begin{bmatrix}" + r"\\".join([" & ".join("0" * 200)] * 200) + r"\end{bmatrix}"
HUGE_BUT_FINE: dict[str, tuple[str, tuple[int, int]]] = {
    # what it is: (text, its rows and columns)
    "99 brackets": ("(" * 99 + "V" + ")" * 99, (6, 6)),
    "5,000 terms": ("+".join(["V"] * 5000), (6, 6)),
    "5,000 factors": ("R " * 5000, (6, 6)),
    "5,000 signs": ("2*" + "-" * 5000 + "3", (1, 1)),
    "5,000 numbers": ("1*" * 5000 + "9", (1, 1)),
    "a 200 × 200 matrix in LaTeX": (ZEROS, (200, 200)),
    "a 200 × 200 list of NumPy": (f"np.array({[[1] * 200] * 200})", (200, 200)),
    "a 100 × 100 matrix of R": ("matrix(c(" + ",".join("1" * 10_000) + "), 100, 100)", (100, 100)),
    "a milliard of rows": (r"\mathbf{I}_{10^9}", (10**9, 10**9)),
    "a product of large sizes": (r"J_{99999} \otimes J_{99999}", (99999**2, 99999**2)),
    "a long vector of R": ("rep(1, 10^9)", (10**9, 1)),
    "a large identity of NumPy": ("np.kron(np.eye(10**5), np.eye(10**5))", (10**10, 10**10)),
    "a plain power": ("((9**9)**2)", (1, 1)),
    "11 logarithms of a number": ("log(" * 11 + "2" + ")" * 11, (1, 1)),
    "4 exponentials within each other": ("exp(-(" * 4 + "2" + "))" * 4, (1, 1)),
    "the largest of 60 logarithms": (r"\max(" + ",".join(rf"\log({i}+\sigma^2)" for i in range(2, 62)) + ")", (1, 1)),
    "12 quotients within each other": ("n/(n + " * 12 + "n" + ")" * 12, (1, 1)),
    "12 fractions within each other": (r"\frac{1}{\sigma^2 + " * 12 + "1" + "}" * 12, (1, 1)),
    "a sign of 11 fractions": (r"|\sigma^2 - " + r"\frac{1}{\sigma^2 + " * 11 + "1" + "}" * 11 + "|", (1, 1)),
    "a maximum of 11 fractions": (r"\max(1, " + r"\frac{1}{\sigma^2 + " * 11 + "1" + "}" * 11 + ")", (1, 1)),
    "a logarithm of 11 fractions": (r"\log(" + r"\frac{1}{\sigma^2 + " * 11 + "1" + "}" * 11 + ")", (1, 1)),
    "full-width letters": ("Ｖ＋Ｒ", (6, 6)),
    "full-width digits": ("１２＋３", (1, 1)),
    "mathematical letters": ("𝐕 + 𝐑", (6, 6)),
    "an invisible blank": ("V\u200b+\u2060R", (6, 6)),
    "a mark of byte order": ("\ufeffV", (6, 6)),
    "a direct sum of a milliard": (r"\bigoplus_{i=1}^{10^9} V", (6 * 10**9, 6 * 10**9)),
    "joiners between letters": ("V\u200d" * 3000 + "V", (6, 6)),
    "6 quotients within each other": ("sigma2/(sigma2 + " * 6 + "2" + ")" * 6, (1, 1)),
    "24 quotients beside each other": ("/".join(["sigma2"] * 25), (1, 1)),
    "5 fractions of a milliard": (r"\frac{1}{\sigma^2 + " * 5 + "10^9" + "}" * 5, (1, 1)),
    "144 cells of 5 fractions": (
        r"\begin{bmatrix}"
        + r"\\".join(
            "&".join(r"\frac{1}{1+" * 5 + rf"\sigma^2+{12 * i + j}" + "}" * 5 for j in range(12)) for i in range(12)
        )
        + r"\end{bmatrix}",
        (12, 12),
    ),
    "a Kronecker product of huge identities": ("np.kron(np.eye(10**9), np.eye(10**9))", (10**18, 10**18)),
}


@pytest.mark.parametrize(("text", "shape"), HUGE_BUT_FINE.values(), ids=HUGE_BUT_FINE.keys())
def test_a_large_or_odd_text_that_means_something_is_read(text: str, shape: tuple[int, int]) -> None:
    assert bounded(partial(read, text, MODEL)).shape == shape


def outcome(text: str) -> str:
    """What becomes of a text, in a word."""
    try:
        return read(text, MODEL).kind
    except TutorError as error:
        return f"{type(error).__name__} {getattr(error, 'kind', '')}"


DEEP = [
    "(" * 99 + "V+" * 90 + "R" + ")" * 99, "(" * 3000, "(V+" * 99 + "R" + ")" * 99, r"\begin{bmatrix}" * 7 + "1",
    r"\frac{1}{" * 24 + "2" + "}" * 24, "V" + "'" * 20, r"\hat{" * 90 + "V" + "}" * 90, ZEROS,
    "t(" * 20 + "V" + ")" * 20, "2^" * 20 + "2", r"\sqrt{1 + " * 20 + "2" + "}" * 20,
]  # fmt: skip


@pytest.mark.parametrize("stack", [0, 256 * 1024], ids=["the usual stack", "256 kB of stack"])
def test_reading_needs_neither_the_main_thread_nor_a_deep_stack(stack: int) -> None:
    told: list[str] = []
    before = threading.stack_size(stack)
    try:
        thread = threading.Thread(target=lambda: told.extend(map(outcome, DEEP)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert told == [outcome(text) for text in DEEP]
    assert sys.getrecursionlimit() <= 10_000


def test_eight_threads_read_alike() -> None:
    texts = [*DEEP, *(text for text, _ in HUGE_BUT_FINE.values() if len(text) < 5000), "ZGZ' + R", r"\frac{1}{2} V"]
    expected = [outcome(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: [outcome(text) for text in texts], range(8)))
    assert told == [expected] * 8


GROWING: dict[str, Callable[[int], str]] = {
    # what a text is made of: a text of n of them
    "terms": lambda n: "+".join(["V"] * n),
    "signs": lambda n: "+" * n,
    "brackets": lambda n: "(" * n,
    "primes": lambda n: "V" + "'" * n,
    "backslashes": lambda n: "\\" * n,
    "begins": lambda n: r"\begin{bmatrix}" * n,
    "digits in a cell": lambda n: r"\begin{bmatrix}" + "9" * 20 * n + r"\end{bmatrix}",
    "numbers in a cell": lambda n: r"\begin{bmatrix}" + "1 " * 10 * n + r"& 2\end{bmatrix}",
    "different cells": lambda n: r"\begin{bmatrix}" + r"\\".join(f"x_{i}+1" for i in range(n)) + r"\end{bmatrix}",
    "statements": lambda n: ";".join(["V=R"] * n),
    "words": lambda n: "the variance is " * n,
    "accents": lambda n: "V\u0301" * n,
    "calls": lambda n: "solve(" * n,
}  # fmt: skip


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING.keys())
def test_the_work_on_a_text_grows_as_its_length(text: Callable[[int], str]) -> None:
    outcome(text(200))
    few, many = (calls_of(partial(outcome, text(n))) for n in (200, 800))
    assert many <= 6 * few
    short, long = (_seconds(text(n)) for n in (200, 800))
    assert long <= 12 * short + 0.1  # at a cost that is the square of the length it would be 16 times as much


NESTED = {
    "quotients": ("1/(sigma2 + ", ")"),
    "quotients of sizes": ("n/(n + ", ")"),
    "fractions": (r"\frac{1}{\sigma^2 + ", "}"),
    "roots": ("sqrt(sigma2 + ", ")"),
    "inverses": ("(sigma2 + ", ")^{-1}"),
    "exponentials": ("exp(mu + ", ")"),
}  # fmt: skip


@pytest.mark.parametrize(("opening", "closing"), NESTED.values(), ids=NESTED.keys())
def test_the_work_of_writing_grows_as_the_depth(opening: str, closing: str) -> None:
    few, many = (read(opening * depth + "1" + closing * depth) for depth in (3, 6))
    write(few.tree)  # what is loaded and kept once
    # As the square of the depth, at most; where each level doubles the work it is 8 times and more.
    assert calls_of(partial(write, many.tree)) < 8 * calls_of(partial(write, few.tree))


SUMS = {
    "names": lambda n: "+".join(f"x_{{{i}}}" for i in range(n)),
    "logarithms": lambda n: rf"\sum_{{i=1}}^{{{n}}} \log(i)",
    "fractions": lambda n: rf"\sum_{{i=1}}^{{{n}}} \frac{{1}}{{\sigma^2 + i}}",
}


@pytest.mark.parametrize("text", SUMS.values(), ids=SUMS.keys())
def test_the_work_of_writing_grows_as_the_number_of_terms(text: Callable[[int], str]) -> None:
    few, many = (read(text(n)).tree for n in (50, 200))
    write(many)  # what is loaded and kept once
    assert calls_of(partial(write, many)) < 6 * calls_of(partial(write, few))  # 16 times where it is the square


def _seconds(text: str) -> float:
    """The least of three times that reading took this thread."""
    taken = []
    for _ in range(3):
        start = time.thread_time()
        outcome(text)
        taken.append(time.thread_time() - start)
    return min(taken)


PIECES = st.sampled_from(
    ["V", "R", "Z", "'", "^T", "^{-1}", "+", "-", "(", ")", "[", "]", "{", "}", r"\mathbf", r"\sigma", "_u", "^2", "1",
     "0.5", "&", r"\\", r"\frac", r"\sqrt", "|", "=", r"\sim", "N(", ",", ";", r"\begin{bmatrix}", r"\end{bmatrix}",
      "I",
     r"\otimes", "%*%", "@", ".T", "t(", "solve(", "E(", r"\text{and}", "$", " ", "\n", r"\left(", r"\right)", "²", "ᵀ",
     "...", "0", "J_3", "e^", "x_{1,2}", r"\hat", "c(", "nrow=", "/", "*", "**", "y", "μ"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_string_of_pieces_is_read_or_refused_in_words(text: str) -> None:
    try:
        read(text, MODEL)
    except LocatedError as error:
        assert error.kind and error.problem
        assert 0 <= error.start <= error.end <= max(len(text), error.start + 1)
    except ShapeError as error:
        assert error.operands


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        read(text, MODEL)
    except TutorError as error:
        assert error.problem


@pytest.mark.parametrize(
    "text",
    ["det(V)" * 2400, "u ~ N(0,G) ⊥ " * 1400, r"\log" * 3000 + " x", "slogdet(V)[1]" * 1400, "[1;" * 3000, "⊕_" * 5000,
     r"\ln\det" * 2000 + "V", "y_1, …, y_k, …, " * 1000],
    ids=lambda text: ascii(text[:12]),
)  # fmt: skip
def test_long_texts_of_one_kind_are_read_or_refused_by_the_reader(text: str) -> None:
    try:
        reading = read(text)
    except TutorError:
        return
    assert reading.parts


@pytest.mark.parametrize("statement", ["y=1", "V=R", "X'X=V"])
def test_three_thousand_equations_are_read(statement: str) -> None:
    assert len(read(r"\\".join([statement] * 2500), MODEL).parts) == 2500
    assert len(read(";".join(["y=1"] * 3000)).parts) == 3000


def test_products_within_each_other_are_read_at_once_and_written_as_they_were_given():
    text = r"\prod_{i=1}^{3} (i + " * 20 + r"\sigma^2" + ")" * 20
    reading = bounded(lambda: read(text))
    assert reading.shape == (1, 1)
    written = write(reading)
    assert written.count(r"\prod") == 20
    assert bounded(lambda: read(written)).tree == reading.tree

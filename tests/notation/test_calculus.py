r"""Integrals, limits and derivatives of scalars are read by a parser that never sees a matrix, nor a student's text."""

from __future__ import annotations

import re
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
import sympy
from sympy import Derivative, Integral, Limit, Symbol, exp, log, oo, pi, sqrt

from tests.notation.test_hostile import HUGE_BUT_FINE
from tests.notation.test_read import ALL
from tests.notation.test_read_ellipsis import LETTERED, NUMBERED
from tests.notation.test_read_matrices import LISTS, MATRICES
from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Explicit, Scalar, Scaled, Sum
from tutor.algebra.tree import Tree
from tutor.checking.check import check
from tutor.errors import ReadError, TutorError
from tutor.notation.meaning import calculus
from tutor.notation.parsing.functions import DERIVATIVE
from tutor.notation.read import read
from tutor.notation.write import latex, markdown, unicode, write

t, s, y, n = (Symbol(letter, real=True) for letter in "tsyn")


def named(text: str) -> Any:
    tree = read(text).tree
    assert isinstance(tree, Scalar)
    return tree.value


mu, rho, sigma2, sigma2_u = map(named, (r"\mu", r"\rho", r"\sigma^2", r"\sigma^2_u"))

READ: list[tuple[str, Any]] = [
    (r"\int_0^1 t \, dt", Integral(t, (t, 0, 1))),
    (r"\int_0^1 t dt", Integral(t, (t, 0, 1))),
    (r"\int_{0}^{1} t^2 \mathrm{d}t", Integral(t**2, (t, 0, 1))),
    (r"\int t \, dt", Integral(t, t)),
    (r"\int_0^1 \rho^t dt", Integral(rho**t, (t, 0, 1))),
    (r"\int_0^1 \sigma^2_u t dt", Integral(sigma2_u * t, (t, 0, 1))),
    (r"\int_0^1 2 \sigma^2 t dt", Integral(2 * sigma2 * t, (t, 0, 1))),
    (r"\int_0^\infty e^{-\frac{y}{\mu}} dy", Integral(exp(-y / mu), (y, 0, oo))),
    (r"\int_0^\infty \exp\left(-y\right) dy", Integral(exp(-y), (y, 0, oo))),
    (r"\int_1^2 \log(t) dt", Integral(log(t), (t, 1, 2))),
    (r"\int_0^1 \int_0^1 s t \, ds \, dt", Integral(s * t, (s, 0, 1), (t, 0, 1))),
    (r"\int_{-\infty}^{\infty} \frac{1}{\sqrt{2\pi\sigma^2}} e^{-\frac{(y-\mu)^2}{2\sigma^2}} \, dy",
     Integral(exp(-((y - mu) ** 2) / (2 * sigma2)) / sqrt(2 * pi * sigma2), (y, -oo, oo))),
    (r"\lim_{n \to \infty} \frac{\sigma^2}{n}", Limit(sigma2 / n, n, oo)),
    (r"\lim_{t \to 0^+} \log(t)", Limit(log(t), t, 0, "+")),
    (r"\lim_{t \rightarrow 0^{-}} \frac{1}{t}", Limit(1 / t, t, 0, "-")),
    (r"\lim_{t \to 1} \frac{1-t^2}{1-t}", Limit((1 - t**2) / (1 - t), t, 1, "+-")),
    (r"\frac{d}{dt} \mu t^2", Derivative(mu * named("t") ** 2, named("t"))),
    (r"\frac{\partial}{\partial \mu} \log(\mu)", Derivative(log(mu), mu)),
    (r"\frac{d}{d\mu} (3 - \mu)^2", Derivative((3 - mu) ** 2, mu)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), READ, ids=[text for text, _ in READ])
def test_calculus_is_read_as_written(text: str, meant: Any) -> None:
    """Nothing is worked out: the value is the integral, not what it comes to."""
    value = named(text)
    assert isinstance(value, (Integral, Limit, Derivative))
    assert value == meant


def test_calculus_stands_among_other_terms_and_in_cells() -> None:
    half = Integral(t, (t, 0, 1))
    assert named(r"\sigma^2 + \int_0^1 t dt") == sigma2 + half
    assert named(r"\lim_{n \to \infty} \frac{\sigma^2}{n} + \sigma^2") == Limit(sigma2 / n, n, oo) + sigma2
    assert named(r"2 \int_0^1 t dt") == 2 * half
    assert read(r"(\int_0^1 t dt) I_3").tree == Scaled(Scalar(half), read("I_3").tree)  # pyright: ignore[reportArgumentType]
    cell = read(r"\begin{bmatrix} \int_0^1 t dt & 0 \\ 0 & 1 \end{bmatrix}").tree
    assert cell == Explicit(sympy.ImmutableMatrix([[half, 0], [0, 1]]))
    tree = read(r"\mathbf{V} + \left(\int_0^1 t dt\right) \mathbf{R}").tree
    assert isinstance(tree, Sum)


IN_UNICODE = [
    "∫_0^1 t dt", "∫₀¹ t² dt", "∫_{−∞}^∞ exp(−(y − μ)²/(2σ²)) dy", "∫_0^∞ √(2π σ²_u) ρ^(t + 1) dt",
    "lim_{n → ∞} σ²/n", "lim_{t → 0⁺} log(t)", "d/dμ (3 − μ)²", "∂/∂μ log(μ)", "2 (∫_0^1 t dt) + σ²",
]  # fmt: skip
IN_TEX = [
    r"\int_0^1 t \, dt", r"\int_0^1 t^2 \, dt",
    r"\int_{-\infty}^{\infty} \exp\left(-\frac{(y - \mu)^2}{2\sigma^2}\right) \, dy",
    r"\int_0^{\infty} \sqrt{2\pi\sigma^2_u} \rho^{t+1} \, dt", r"\lim_{n \to \infty} \frac{\sigma^2}{n}",
    r"\lim_{t \to 0^+} \log(t)", r"\frac{d}{d\mu} (3 - \mu)^2", r"\frac{\partial}{\partial \mu} \log(\mu)",
    r"2 \left(\int_0^1 t \, dt\right) + \sigma^2",
]  # fmt: skip


@pytest.mark.parametrize(("text", "tex"), list(zip(IN_UNICODE, IN_TEX, strict=True)), ids=IN_UNICODE)
def test_calculus_is_read_in_unicode_too(text: str, tex: str) -> None:
    assert named(text) == named(tex)


@pytest.mark.parametrize("text", [text for text, _ in READ], ids=[text for text, _ in READ])
def test_calculus_is_written_in_each_dialect(text: str) -> None:
    reading = read(text)
    for written in (latex(reading), unicode(reading), markdown(reading)):
        assert read(written).tree == reading.tree, written


def test_calculus_is_said_in_words() -> None:
    assert write(read(r"\int_0^1 t \, dt"), "spoken") == "the integral from 0 to 1 of t with respect to t"
    assert write(read(r"\lim_{t \to 0^+} \log(t)"), "spoken") == (
        "the limit as t tends to 0 from above of the logarithm of t")  # fmt: skip
    assert write(read(r"\frac{d}{d\mu} \mu^2"), "spoken") == "the derivative with respect to mu of mu squared"


def at(inner: Tree, *told: Tree, names: bool = True) -> Applied:
    return Applied("at", (inner, *told), "=" if names else "", *inner.shape)


def scalar(value: Any) -> Scalar:
    return Scalar(sympy.sympify(value, strict=True))


THETA, THETA_HAT, ELL, X = (read(text).tree for text in (r"\theta", r"\hat\theta", r"\ell", "x"))
assert THETA is not None and THETA_HAT is not None and ELL is not None and X is not None
SCORE = Applied("∂", (ELL, THETA))
M = Applied("M", (read("t").tree,))  # pyright: ignore[reportArgumentType]
T = M.arguments[0]
POLYNOMIAL = scalar(named("x^2 + 3x"))

EVALUATED: list[tuple[str, Tree]] = [
    (r"\left.\frac{\partial \ell}{\partial \theta}\right|_{\theta=\hat\theta}", at(SCORE, THETA, THETA_HAT)),
    (r"\frac{\partial \ell}{\partial \theta}\Big|_{\theta = \hat{\theta}}", at(SCORE, THETA, THETA_HAT)),
    (r"\frac{\partial\ell}{\partial\theta}\bigg\vert_{\hat\theta}", at(SCORE, THETA_HAT, names=False)),
    ("∂ℓ/∂θ|_{θ=θ̂}", at(SCORE, THETA, THETA_HAT)),
    (r"\frac{\partial}{\partial \theta}\ell(\theta)\Big|_{\theta=0}",
     at(Applied("∂", (Applied("ell", (THETA,)), THETA)), THETA, scalar(0))),
    (r"\left. f(x) \right|_{x=0}", at(Applied("f", (X,)), X, scalar(0))),
    (r"f(x)|_{x=0}", at(Applied("f", (X,)), X, scalar(0))),
    (r"\left. x^2 + 3x \right\vert_{x = 2}", at(POLYNOMIAL, X, scalar(2))),
    (r"(x^2 + 3x)\big|_{x = 2}", at(POLYNOMIAL, X, scalar(2))),
    (r"M(t)\big|_{t=0}", at(M, T, scalar(0))),
    (r"\frac{d}{dt} M(t) \Big|_{t=0}", at(Applied(DERIVATIVE, (M, T)), T, scalar(0))),
    (r"\left.\frac{d^2}{dt^2} M(t)\right|_{t=0}",
     at(Applied(DERIVATIVE, (M, scalar(named("t^2"))), "2"), T, scalar(0))),
    (r"\left.\frac{d}{dt} e^{2t}\right|_{t=0}", at(scalar(named(r"\frac{d}{dt} e^{2t}")), T, scalar(0))),
    (r"\left.\mu x\right|_{\mu = 1, x = 2}", at(scalar(mu * named("x")), scalar(mu), X, scalar(1), scalar(2))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), EVALUATED, ids=[text for text, _ in EVALUATED])
def test_what_is_taken_at_a_place_is_read_and_written(text: str, meant: Tree) -> None:
    reading = read(text)
    assert reading.tree == meant
    for dialect in ("latex", "unicode", "markdown"):
        assert read(write(reading, dialect)).tree == meant, dialect


def test_a_place_may_be_a_vector() -> None:
    reading = read(r"\left.\frac{\partial \ell}{\partial \boldsymbol\beta}\right|_{\boldsymbol\beta = 0}")
    assert reading.tree is not None
    assert isinstance(reading.tree, Applied)
    assert reading.shape == reading.tree.arguments[2].shape == read(r"\boldsymbol\beta").shape
    for dialect in ("latex", "unicode", "markdown"):
        assert read(write(reading, dialect)).tree == reading.tree


@pytest.mark.parametrize(
    ("answer", "reference", "outcome"),
    [
        (r"\left. x^2 + 3x \right|_{x = 2}", "10", "correct"),
        (r"\left. x^2 + 3x \right|_{x = 2}", "11", "incorrect"),
        (r"\left. x + \mu \right|_{x = \mu, \mu = x}", r"\mu + x", "correct"),
        (r"\left. f(x) \right|_{x = 0}", "f(0)", "correct"),
        (r"\left.\frac{\partial \ell}{\partial \theta}\right|_{\theta=0}", "1", "undecided"),
    ],
)
def test_the_value_at_a_place_is_judged(answer: str, reference: str, outcome: str) -> None:
    assert check(answer, reference).outcome == outcome


def test_a_line_may_end_within_brackets_still() -> None:
    assert read(r"\left( \mu + \rho \right. \\ \left. + \sigma^2 \right)").tree == scalar(mu + rho + sigma2)


REFUSED = [
    # text, kind, the part of the text that is pointed at
    (r"\int_0^1 \mathbf{X} dt", "calculus", r"\mathbf{X}"),
    (r"\int_0^1 t Z dt", "calculus", "Z"),
    (r"\int_0^1 \boldsymbol{\beta} dt", "calculus", r"\boldsymbol{\beta}"),
    (r"\lim_{n \to \infty} \mathbf{V}", "calculus", r"\mathbf{V}"),
    (r"\frac{d}{dt} t\mathbf{G}", "calculus", r"\mathbf{G}"),
    (r"\int_0^1 \begin{bmatrix} t \end{bmatrix} dt", "calculus", r"\begin"),
    (r"\int_0^1 t \otimes t dt", "calculus", r"\otimes"),
    (r"\int_0^1 t", "missing-differential", r"\int"),
    (r"\int_0^1 \frac{t dt}{2}", "missing-differential", r"\int"),
    (r"\int_0^1 9^{9^{9^9}} dt", "too-large", r"\int_0^1 9^{9^{9^9}} dt"),
    (r"\int_0^1 ((9^{99})^{99})^{99} dt", "too-large", r"\int_0^1 ((9^{99})^{99})^{99} dt"),
    (r"\int_0^1 9^{t^0 \cdot 9^9} dt", "too-large", r"\int_0^1 9^{t^0 \cdot 9^9} dt"),
    (r"\int_0^1 \def\x{1} dt", "calculus", r"\def"),
    (r"\int_0^1 \alpha_{ dt", "missing-differential", r"\int"),
    (r"\int_0^1 " + "t+" * 300 + "t dt", "too-long", r"\int_0^1 " + "t+" * 300 + "t dt"),
    (r"\int_0^1 )t dt", "missing-differential", r"\int"),
    (r"x^2 + 3x\big|_{x=2}", "ambiguous-bar", r"x\big|_{x=2}"),
    (r"x (1 + x) y\big|_{x=2}", "ambiguous-bar", r"y\big|_{x=2}"),
    (r"\left. x \right|", "evaluation", r"\right|"),
    (r"\left. x \right|^2_1", "evaluation", r"\right|^2_1"),
    (r"\left. x \right|_{x < 2}", "evaluation", "x < 2"),
]


@pytest.mark.parametrize(("text", "kind", "place"), REFUSED, ids=[text[:40] for text, *_ in REFUSED])
def test_what_is_no_scalar_calculus_is_refused_at_its_place(text: str, kind: str, place: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert caught.value.kind == kind
    assert text[caught.value.start : caught.value.end] == place


def test_a_function_with_a_name_only_is_not_taken_for_a_letter_of_ours() -> None:
    with pytest.raises(ReadError) as caught:
        read(r"\frac{d}{dt} 2 h(t)")
    assert caught.value.kind == "calculus"


def test_a_missing_library_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(calculus, "import_module", absent)
    with pytest.raises(ReadError) as caught:
        read(r"\int_0^1 t dt")
    assert caught.value.kind == "calculus-not-installed"
    assert "mixed-model-tutor[calculus]" in str(caught.value)


def test_the_library_sees_letters_of_ours_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is given holds no number and no name of the text."""
    seen: list[str] = []
    parse = calculus._library()

    def watched(text: str, **options: Any) -> Any:
        seen.append(text)
        return parse(text, **options)

    monkeypatch.setattr(calculus, "import_module", lambda name: SimpleNamespace(latex2sympy=watched))
    for text, _ in READ:
        read(text)
    assert len(seen) == len(READ)
    allowed = r"\\(?:int|lim|to|frac|sqrt|infty|cdot|exp|ln)(?![a-z])|x_\{\d+\}|\bd?[tuvw]\b|\be\b|\bd\b|[-+/^_(){}\s]"
    assert [re.sub(allowed, "", text) for text in seen] == [""] * len(seen)


def test_no_matrix_answer_reaches_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(calculus, "import_module", asked.append)
    told = [*ALL, *MATRICES, *LISTS, *NUMBERED, *LETTERED, *HUGE_BUT_FINE.values()]
    texts = [case[0] for case in told] + [text for text, kind, _ in REFUSED if kind == "calculus"]
    for text in texts:
        with suppress(TutorError):  # some need another vocabulary; none of them may get there
            read(text)
    assert len(texts) > 300
    assert asked == []

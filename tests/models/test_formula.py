"""Formulas mean what they mean in R and lme4; what lme4 would reject is refused with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import FormulaError, TutorError
from tutor.models.expressions import MOST_OPERATORS, parse
from tutor.models.formula import label_of, read_formula

FIXED = {
    "y ~ 1": "1",
    "y ~ a": "1 a",
    "y ~ a + b": "1 a b",
    "y ~ a*b": "1 a b a:b",
    "y ~ a:b": "1 a:b",
    "y ~ a*b*c": "1 a b c a:b a:c b:c a:b:c",
    "y ~ a/b": "1 a a:b",
    "y ~ a/b/c": "1 a a:b a:b:c",
    "y ~ (a + b)/c": "1 a b a:b:c",
    "y ~ a/(b + c)": "1 a a:b a:c",
    "y ~ a %in% b": "1 a:b",
    "y ~ a + b %in% a": "1 a a:b",
    "y ~ (a + b + c)^2": "1 a b c a:b a:c b:c",
    "y ~ (a + b + c)^2 - a:b": "1 a b c a:c b:c",
    "y ~ (a + b)**2": "1 a b a:b",
    "y ~ a*b - a": "1 b a:b",
    "y ~ a*b*c - a:b:c": "1 a b c a:b a:c b:c",
    "y ~ 0 + a": "a",
    "y ~ a - 1": "a",
    "y ~ -1 + a": "a",
    "y ~ a + 0": "a",
    "y ~ 0 + a + 1": "1 a",
    "y ~ -0 + a": "1 a",
    "y ~ a + +b": "1 a b",
    "y ~ a + b - (b - c)": "1 a",
    "y ~ a + b - (1 + a)": "b",
    "y ~ a - (b - 1)": "1 a",
    "y ~ (a + b - a):c": "1 b:c",
    "y ~ a + a": "1 a",
    "y ~ b:a + a + b": "1 a b b:a",
    "y ~ a:b + b:a": "1 a:b",
    "y ~ (a)": "1 a",
    "y ~ +a": "1 a",
    "y ~ x^2": "1 x",
    "y ~ I(x^2)": "1 I(x^2)",
    "y ~ I( x ** 2 )+x": "1 I(x^2) x",
    "y ~ log(x + 1)*a": "1 log(x + 1) a log(x + 1):a",
    "y ~ I((x - 1)/2)": "1 I((x - 1)/2)",
    "y ~ I(-x)": "1 I(-x)",
    "y ~ I(-x * x)": "1 I(-x * x)",
    "y ~ I(x^-1)": "1 I(x^-1)",
    "y ~ I((x^2)^3)": "1 I((x^2)^3)",
    "y ~ I(x^2^3)": "1 I(x^2^3)",
    "y ~ I(x - (z - 1))": "1 I(x - (z - 1))",
    "y ~ I(x*(y2 - 3)^2)": "1 I(x * (y2 - 3)^2)",
    "y ~ I(.50*x + 1e3)": "1 I(0.5 * x + 1000)",
    "y ~ I(2L*x) + I(2.0 * x)": "1 I(2 * x)",
    "y ~ factor(x)": "1 factor(x)",
    "log(y) ~ a": "1 a",
    "y ~ `my column` + a.b + x_1": "1 my column a.b x_1",
    "y ~ größe": "1 größe",
    "y~a+\n  b": "1 a b",
}
"""Formula: the intercept and the terms, as R's terms() has them."""

RANDOM = {
    "y ~ (1|g)": ["1 | g"],
    "y ~ x + (x|g)": ["1 x | g"],
    "y ~ (1 + x|g)": ["1 x | g"],
    "y ~ (0 + x|g)": ["x | g"],
    "y ~ (x - 1|g)": ["x | g"],
    "y ~ (x||g)": ["1 | g", "x | g"],
    "y ~ (x + z||g)": ["1 | g", "x | g", "z | g"],
    "y ~ (0 + x||g)": ["x | g"],
    "y ~ (x*z|g)": ["1 x z x:z | g"],
    "y ~ (1|a/b)": ["1 | a", "1 | a:b nested"],
    "y ~ (1|a/b/c)": ["1 | a", "1 | a:b nested", "1 | a:b:c nested"],
    "y ~ (1|a:b)": ["1 | a:b"],
    "y ~ (1|a:b:c)": ["1 | a:b:c"],
    "y ~ (x|a/b)": ["1 x | a", "1 x | a:b nested"],
    "y ~ (1|a) + (1|b)": ["1 | a", "1 | b"],
    "y ~ (1|g) + (0 + x|g)": ["1 | g", "x | g"],
    "y ~ (1|factor(g))": ["1 | g"],
    "y ~ (x + (1|g))": ["1 | g"],
    "y ~ (1|(a:b))": ["1 | a:b"],
    "y ~ a*b + (1|g)": ["1 | g"],
    "y ~ (f|g)": ["1 f | g"],
    "y ~ x + (f:x|g)": ["1 f:x | g"],
    "y ~ x:f + (0 + f:x|g) + (0 + x:f|h)": ["f:x | g", "x:f | h"],
}

REFUSED = {
    "": ("empty", ""),
    "   ": ("empty", "   "),
    "y": ("no-tilde", "y"),
    "y = x": ("no-tilde", "y = x"),
    "~ x": ("no-response", "~"),
    "y ~": ("no-terms", "~"),
    "y ~ x ~ z": ("two-tildes", "~"),
    "1 ~ x": ("no-response", "1"),
    "y ~ x +": ("trailing", "+"),
    "y ~ x * ": ("trailing", "*"),
    "y ~ x + * z": ("missing-term", "*"),
    "y ~ * x": ("missing-term", "*"),
    "y ~ x z": ("missing-operator", "z"),
    "y ~ 2x": ("missing-operator", "x"),
    "y ~ x (1|g)": ("missing-operator", "("),
    "y ~ (x": ("unbalanced", "("),
    "y ~ x + (1|g": ("unbalanced", "("),
    "y ~ x)": ("unbalanced", ")"),
    "y ~ `x": ("unbalanced", "`"),
    "y ~ ()": ("empty-brackets", "()"),
    "y ~ 1|g": ("bare-bar", "|"),
    "y ~ x + 1|g": ("bare-bar", "|"),
    "y ~ (|g)": ("empty-random", "|"),
    "y ~ (1|)": ("empty-random", ")"),
    "y ~ (1||)": ("empty-random", ")"),
    "y ~ (1|g|h)": ("bare-bar", "|"),
    "y ~ ((1|g)|h)": ("nested-random", "(1|g)"),
    "y ~ (1|(1|g))": ("nested-random", "(1|g)"),
    "y ~ (0|g)": ("no-coefficient", "(0|g)"),
    "y ~ (1|a*b)": ("group", "a*b"),
    "y ~ (1|a+b)": ("group", "a+b"),
    "y ~ (1|1)": ("group", "1"),
    "y ~ (1|log(g))": ("group", "log(g)"),
    "y ~ (1|a/b:(c/d))": ("group", None),
    "y ~ Days*(1|Subject)": ("random-in-product", "(1|Subject)"),
    "y ~ Days:(1|Subject)": ("random-in-product", "(1|Subject)"),
    "y ~ (1|g)^2": ("random-in-product", "(1|g)"),
    "y ~ (a + (1|g)):b": ("random-in-product", "(1|g)"),
    "y ~ x - (1|g)": ("subtracted-random", "(1|g)"),
    "y ~ (1|g) + (1|g)": ("repeated-random", "(1|g)"),
    "y ~ (1|g) + (x|g)": ("repeated-random", "(x|g)"),
    "y ~ (1|a/b) + (1|b:a)": ("repeated-random", "(1|b:a)"),
    "(1|g) ~ x": ("random-response", "(1|g)"),
    "y*(1|g) ~ x": ("random-response", "(1|g)"),
    "y ~ y": ("response-as-term", "y"),
    "y ~ x + 2": ("number", "2"),
    "y ~ 2*x": ("number", "2"),
    "y ~ (2|g)": ("number", "2"),
    "y ~ x:1": ("number", "1"),
    "y ~ (a + b)^z": ("power", "z"),
    "y ~ (a + b)^99": ("power", "99"),
    "y ~ (a + b)^-1": ("power", "-1"),
    "y ~ .": ("dot", "."),
    "y ~ a:-b": ("sign", "-b"),
    "y ~ -a*b": ("sign", "-a"),
    "y ~ x == 2": ("comparison", "=="),
    "y ~ 'x'": ("character", "'x'"),
    "y ~ x > 3 + z": ("comparison", ">"),
    "y ~ I(x = 3) + log(x <": ("unbalanced", "("),
    "y ~ I(x <)": ("missing-term", ")"),
    "y ~ x; z": ("character", ";"),
    "y ~ x\0": ("character", "\0"),
    "y ~ x[1]": ("character", "["),
    "y ~ " + "*".join(f"a{i}" for i in range(20)): ("terms", None),
    "y ~ " + "+".join("a" for _ in range(MOST_OPERATORS + 2)): ("length", "+"),
    "y ~ " + "(" * 3000 + "a" + ")" * 3000: ("length", "("),
}
"""Formula: the kind of the error, and the text that is marked (None: not told here)."""


@pytest.mark.parametrize(("text", "expected"), FIXED.items())
def test_fixed_terms(text: str, expected: str) -> None:
    fixed = read_formula(text).fixed
    assert [*(["1"] if fixed.intercept else []), *(":".join(term) for term in fixed.terms)] == (
        expected.split(" ") if "(" not in expected and "my column" not in expected else _split(expected)
    )


def _split(expected: str) -> list[str]:
    """Terms with blanks inside brackets or names, told by what is known of them."""
    if "my column" in expected:
        return ["1", "my column", "a.b", "x_1"]
    parts: list[str] = []
    depth = 0
    for character in expected:
        if character == " " and depth == 0:
            parts.append("")
            continue
        depth += (character == "(") - (character == ")")
        if not parts:
            parts.append("")
        parts[-1] += character
    return parts


@pytest.mark.parametrize(("text", "expected"), RANDOM.items())
def test_random_terms(text: str, expected: list[str]) -> None:
    told = []
    for part in read_formula(text).random:
        effects = [*(["1"] if part.effects.intercept else []), *(":".join(term) for term in part.effects.terms)]
        told.append(f"{' '.join(effects)} | {part.group_name}{' nested' if part.nested else ''}")
    assert told == expected


@pytest.mark.parametrize(("text", "expected"), REFUSED.items(), ids=lambda value: repr(value)[:40])
def test_refused_with_the_place(text: str, expected: tuple[str, str | None]) -> None:
    kind, marked = expected
    with pytest.raises(FormulaError) as refusal:
        read_formula(text)
    assert refusal.value.kind == kind
    if marked is not None:
        assert text[refusal.value.start : refusal.value.end] == marked
    assert "^" in str(refusal.value) and "Traceback" not in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("y ~ (1|a*b)", "(1 | a) + (1 | b) + (1 | a:b)"),
        ("y ~ (x|a+b)", "(x | a) + (x | b)"),
        ("y ~ Days*(1|Subject)", "(Days | Subject)"),
        ("y = x", "~ in place of ="),
        ("y ~ x + 3", "I("),
        ("y ~ 'x'", "backticks"),
    ],
)
def test_the_tip_says_what_was_probably_meant(text: str, tip: str) -> None:
    with pytest.raises(FormulaError) as refusal:
        read_formula(text)
    assert tip in (refusal.value.tip or "")


@pytest.mark.parametrize("formula", [None, 3, b"y ~ x", ["y ~ x"]])
def test_a_formula_is_text(formula: object) -> None:
    with pytest.raises(TutorError, match="A formula is text"):
        read_formula(formula)  # pyright: ignore[reportArgumentType]


@given(st.text(alphabet="yab12 ~+-*:/^|()`.%in_<='\\\n\0é", max_size=40))
def test_any_text_is_a_formula_or_a_located_refusal(text: str) -> None:
    try:
        formula = read_formula(text)
    except FormulaError as refusal:
        assert 0 <= refusal.start <= refusal.end <= max(len(text), refusal.start + 1)
    else:
        assert "~" in formula.source.text


names = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.lists(names, min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_sum_of_interactions_has_each_once_and_the_shorter_first(terms: list[list[str]]) -> None:
    fixed = read_formula("y ~ " + " + ".join(":".join(term) for term in terms)).fixed
    assert {frozenset(term) for term in fixed.terms} == {frozenset(term) for term in terms}
    assert len(fixed.terms) == len({frozenset(term) for term in terms})
    assert [len(term) for term in fixed.terms] == sorted(len(term) for term in fixed.terms)


expressions = st.recursive(
    st.sampled_from(["x", "z", "1", "2.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/^"), inner).map(lambda t: f"({t[0]}){t[1]}({t[2]})"),
        inner.map(lambda t: f"log({t})"),
        inner.map(lambda t: f"-({t})"),
    ),
    max_leaves=6,
)


@given(expressions)
def test_a_label_reads_back_as_itself(text: str) -> None:
    label = label_of(parse(f"y ~ I({text})").predictor)
    assert label_of(parse(f"y ~ {label}").predictor) == label

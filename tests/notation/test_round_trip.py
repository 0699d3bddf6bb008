"""What is written reads back as the same tree, in both dialects that are read and in every style."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args, get_type_hints

import pytest
import sympy
from hypothesis import Phase, assume, find, given, settings
from hypothesis import strategies as st
from sympy.matrices.immutable import ImmutableDenseMatrix

from tests.canonical import canonical
from tests.models.designs import CASES
from tests.notation.test_write import TREES
from tests.statement_strategies import STATEMENTS as STATEMENTS_BY_KIND
from tests.strategies import WRITTEN_KINDS, direct_sums, trees
from tutor.algebra.build import symbol, zero
from tutor.algebra.nodes import Block, Expectation, Explicit, Product, Scalar, Scaled, Symbol, Transpose, Variance
from tutor.algebra.provided import Provided
from tutor.algebra.sizes import size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.data import path
from tutor.models.catalogue import crd, rcbd, regression
from tutor.models.from_formula import model
from tutor.models.mixed import MixedModel
from tutor.notation.meaning.plausible import transposed_number
from tutor.notation.read import read
from tutor.notation.statement import Definition, Dimension, Distribution, Expression, Statement
from tutor.notation.vocabulary import Vocabulary, lecture_vocabulary
from tutor.notation.write import Style, inline, latex, markdown, write
from tutor.notation.writing.dialects import UNICODE
from tutor.notation.writing.pen import Pen

RHO = sympy.Symbol("rho", real=True)
SIGMA2 = sympy.Symbol("sigma2", positive=True)

STYLES = st.builds(
    Style,
    **{
        name: st.sampled_from(get_args(kind)) if get_args(kind) else st.booleans()
        for name, kind in get_type_hints(Style).items()
    },
)
"""Styles of every choice that there is, also of those that are yet to come."""


DRAWN = trees(depth=2, letters=True, kinds=WRITTEN_KINDS) | direct_sums()
WRITERS: dict[str, Callable[[Any, Style], str]] = {"latex": latex, "unicode": inline, "markdown": markdown}
"""Each dialect that is read, and what writes it on one line."""


@pytest.mark.parametrize("dialect", WRITERS)
@given(tree=DRAWN, style=STYLES)
def test_what_is_written_reads_back(dialect: str, tree: Tree, style: Style) -> None:
    assume(not any(isinstance(node, Transpose) and isinstance(node.tree, Scalar) for node in walk(tree)))  # −1', a row?
    found = read(WRITERS[dialect](tree, style), Vocabulary.of(tree).in_style(style), shape=tree.shape)
    assert found.tree is not None
    assert canonical(found.tree) == canonical(tree)


ROW = Symbol("a", sympy.Integer(1), sympy.Integer(2))


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("tree", [Product((Scalar(sympy.Integer(n)), ROW)) for n in (0, 1)])
def test_numbers_before_a_row_are_no_vectors(tree: Tree, dialect: str) -> None:
    for style in (Style(), Style(bold=False)):
        words = Vocabulary.of(tree).in_style(style)
        found = read(WRITERS[dialect](tree, style), words, shape=tree.shape).tree
        assert found is not None and canonical(found) == canonical(tree)


WITHIN_BARS = [
    r"\left|\left.\begin{bmatrix} \sigma^2 & \rho \\ \rho & \sigma^2 \end{bmatrix}\right|_{\rho = 0}\right|",
    r"\left|\, |a| - |b| \,\right|",
    r"\left|\; |\mathbf{V}| \, \mathbf{R} \right|",
]


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("text", WITHIN_BARS)
def test_bars_within_bars_read_back(text: str, dialect: str) -> None:
    tree = read(text).tree
    assert tree is not None and read(WRITERS[dialect](tree, Style())).tree == tree


@pytest.mark.parametrize("dialect", WRITERS)
def test_an_exponential_of_a_sum_reads_back_as_an_entry_and_as_a_block(dialect: str) -> None:
    value = sympy.exp(SIGMA2 + sympy.Symbol("sigma2_u", positive=True))
    for tree in (Block(((Scalar(value), Scalar(sympy.S.Zero)),)), Explicit(ImmutableDenseMatrix([[value, 0]]))):
        found = read(WRITERS[dialect](tree, Style()), Vocabulary.of(tree)).tree
        assert found is not None and canonical(found) == canonical(tree)


@pytest.mark.parametrize("kind", STATEMENTS_BY_KIND, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("dialect", WRITERS)
@given(data=st.data(), style=STYLES)
@settings(max_examples=25)
def test_what_is_stated_reads_back(dialect: str, kind: type, data: st.DataObject, style: Style) -> None:
    part = data.draw(STATEMENTS_BY_KIND[kind]())
    assume(transposed_number((part,)) is None)  # a number with a prime is refused, with the reason
    words = lecture_vocabulary().with_names(*trees_of(part)).in_style(style)
    shape = part.tree.shape if isinstance(part, Expression) else None
    assert meaning(read(WRITERS[dialect]((part,), style), words, shape=shape).parts) == meaning((part,))


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("style", [Style(), Style(bold=False), Style(dimensions=True, random="b")], ids=repr)
@pytest.mark.parametrize("heights", [(1, 1), (1, 2), ("n", "n")], ids=str)
def test_zeros_in_blocks_tell_their_size_beside_a_vector_without_blocks(
    heights: Any, style: Style, dialect: str
) -> None:
    rows = sum(map(size, heights))
    mean = Block(tuple((zero(height),) for height in heights))
    variance = Scaled(Scalar(SIGMA2), symbol("P", rows, rows))
    part = Distribution(symbol("u", rows, role="random"), "N", (mean, variance), 0, 0)
    words = lecture_vocabulary().with_names(*trees_of(part)).in_style(style)
    assert meaning(read(WRITERS[dialect]((part,), style), words).parts) == meaning((part,))


@pytest.mark.parametrize("dialect", WRITERS)
@pytest.mark.parametrize("moment", [Expectation, Variance])
def test_a_moment_of_a_vector_of_one_row_is_of_no_element(moment: Any, dialect: str) -> None:
    part = Definition(symbol("A_11", 1, 1), moment(symbol("v_11", 1, role="random")), 0, 0)
    words = lecture_vocabulary().with_names(*trees_of(part))
    assert meaning(read(WRITERS[dialect]((part,), Style(bold=False)), words).parts) == meaning((part,))


SEARCH = settings(max_examples=3_000, database=None, derandomize=True, deadline=None, phases=[Phase.generate])
"""Until an example is found, which need not be the smallest."""

NOT_READ: dict[type[Tree], str] = {
    Provided: "the program's own answer for letters, with the conditions under which it holds; nobody types one",
}
"""Kinds of nodes that are written and never read, and why."""


def concrete_kinds(of: type[Tree] = Tree) -> Iterator[type[Tree]]:
    """Every kind of node in the program."""
    for kind in of.__subclasses__():
        # With slots a dataclass is a class of its own, beside the one that was decorated.
        is_named = getattr(sys.modules[kind.__module__], kind.__name__, None) is kind
        if is_named and not kind.__name__.startswith("_"):
            yield kind
        yield from concrete_kinds(kind)


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted({*concrete_kinds()} - NOT_READ.keys(), key=str), ids=lambda kind: kind.__name__)
def test_every_kind_of_node_is_drawn(kind: type[Tree]) -> None:
    """A kind that is new fails here until a strategy draws it, or it is told why it is not read."""
    drawn = trees(depth=1, letters=True, kinds=WRITTEN_KINDS)
    assert find(drawn, lambda tree: any(type(node) is kind for node in walk(tree)), settings=SEARCH) is not None


def test_every_kind_of_statement_is_drawn() -> None:
    assert set(STATEMENTS_BY_KIND) == set(get_args(Statement))
    for kind, drawn in STATEMENTS_BY_KIND.items():
        find(drawn(), lambda part, kind=kind: type(part) is kind, settings=SEARCH)


@pytest.mark.parametrize(("field", "wanted"), [(field, choice) for field, kind in get_type_hints(Style).items()
                                               for choice in get_args(kind) or (True, False)])  # fmt: skip
def test_every_choice_of_a_style_is_drawn(field: str, wanted: object) -> None:
    assert any(getattr(style, field) == wanted for style in ALL_STYLES)
    find(STYLES, lambda style: getattr(style, field) == wanted, settings=SEARCH)


ALL_STYLES = [
    Style(),
    Style(transpose="T", covariance="Sigma"),
    Style(transpose="top", brackets="round"),
    Style(dimensions=True),
    Style(bold=False),
    Style(random="b"),
    Style(random="gamma", dimensions=True, bold=False),
]
"""Each choice of a style at least once."""


@pytest.mark.parametrize("style", ALL_STYLES, ids=repr)
@pytest.mark.parametrize("tree", [tree for tree, *_ in TREES], ids=str)
def test_the_examples_read_back(tree: Tree, style: Style) -> None:
    for writer in WRITERS.values():
        text = writer(tree, style)
        found = read(text, Vocabulary.of(tree).in_style(style), shape=tree.shape).tree
        assert found is not None
        assert canonical(found) == canonical(tree), text


STATEMENTS = [
    r"\mathbf{y} = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u} + \boldsymbol{\varepsilon}",
    r"Var(\mathbf{y}) = \mathbf{V} = \mathbf{ZGZ}' + \mathbf{R}",
    r"E(\mathbf{y} \mid \mathbf{u}) = \mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}",
    r"Var(\mathbf{y} \mid \mathbf{u}) = \mathbf{R}",
    r"\operatorname{Cov}(\mathbf{u}, \boldsymbol{\varepsilon}) = \mathbf{0}",
    r"\mathbf{y} \mid \mathbf{u} \sim N(\mathbf{X}\boldsymbol{\beta} + \mathbf{Z}\mathbf{u}, \mathbf{R})",
    r"\mathbf{u} \sim MVN(\boldsymbol{0}, \mathbf{G})",
    r"\mathbf{y} \sim N_n(\mathbf{X}\boldsymbol{\beta}, \mathbf{V})",
    r"\begin{bmatrix} \mathbf{u} \\ \boldsymbol{\varepsilon} \end{bmatrix} \sim N\left("
    r"\begin{bmatrix} \boldsymbol{0} \\ \boldsymbol{0} \end{bmatrix}, "
    r"\begin{bmatrix} \mathbf{G} & \boldsymbol{0} \\ \boldsymbol{0} & \mathbf{R} \end{bmatrix}\right)",
    r"\mathbf{Z}: n \times q",
    r"i = 1, \dots, t",
    r"j = 1, 2, 3",
    r"k = 0, 1, 2, \dots",
    r"y \sim t_\nu(\mu, \sigma^2)",
    r"y \sim Binomial(n, \pi)",
    r"y_i \mid u_j \sim Poisson(\lambda_i)",
    r"y_{ij} \mid u_j \sim N(\mu_{ij}, \sigma^2)",
    r"y \sim NB(\mu, \phi)",
    r"0 < \rho \leq 1",
    r"\mu_1 \neq \mu_2",
    r"\rho \in (-1, 1)",
    r"\tau_1 = \tau_2 = \dots = \tau_t",
    r"H_0: \mu_1 = \mu_2",
    r"\mathbf{y} \equiv [y_1, y_2]'",
    r"\mathbf{G} = \sigma^2_u \mathbf{I}_q; \quad \mathbf{R} = \sigma^2 \mathbf{I}_n",
    r"y_{ij} = \mu + \tau_i + u_j + \varepsilon_{ij};\ u_j \sim N(0, \sigma^2_u)",
    r"y_{ijk} = \mu + \tau_i + \alpha_j + (\tau\alpha)_{ij} + v_{i(k)} + \varepsilon_{ijk},\ i = 1, \dots, t",
    r"y_{ij} = \mu - \tau_i + 2 x_{ij} \beta_1 + \varepsilon_{ij}",
    r"\text{logit}(\pi_{ij}) = \eta_{ij}",
    r"\hat{\boldsymbol{\beta}} = (\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}",
    r"\hat{\mathbf{u}} = \mathbf{GZ}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\hat{\boldsymbol{\beta}})",
    r"Var(\hat{\tau}_1 - \hat{\tau}_2) = \frac{2\sigma^2}{b}",
    r"\bar{y}_{1\cdot} - \bar{y}_{\cdot\cdot}",
    r"\widehat{(\tau\alpha)}_{ij}",
    r"u_{i \vert k}",
    r"y_{i'j}",
    r"\hat{\sigma}^2_u",
    r"\tilde{\mathbf{y}}'\mathbf{X}",
    r"\frac{1}{n}\mathbf{1}_n'\mathbf{y}",
    r"(\mathbf{y} - \mathbf{X}\boldsymbol{\beta})'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol{\beta})",
    r"t^\star_i > t_{\alpha}",
    r"\Phi^{-1}(\pi_{ij}) = \eta_{ij}",
    r"g(\mu_{ij}) = \eta_{ij}",
    r"\sigma^2_{\alpha\beta} + \sigma^2",
    r"|t| > t_{\alpha/2,n-p}",
    r"y_{ijk} = \mu + \tau_i + b_j + (\tau b)_{ij} + (b\alpha)_{jk} + \varepsilon_{ijk}",
    r"y_{ijk} = \mu + A_j + B_k + (AB)_{jk} + \varepsilon_{ijk}",
    r"|z| > z_{0.975}",
    r"P(Y \le y)",
    r"r(\theta, \beta, u)^2",
    r"h(x)^2 + r(\theta, \beta)",
    r"\log(x)^2",
    r"\hat{\varepsilon}_{GG}",
    r"\beta_{0t} + \mathrm{MS}_{B(A)} n_i",
    r"(\tau b)^\star_{ij} = (\tau b)_{ij} - \overline{(\tau b)}_{i\cdot}",
    r"\hat{\theta}^{(k+1)}_{GG} = \hat{\theta}^{(k)}_{GG} + 1",
    r"f(y) = \frac{1}{\sqrt{2\pi\sigma^2}} \exp\left(-\frac{(y-\mu)^2}{2\sigma^2}\right)",
    r"t^\star = \frac{\bar{y}_{1\cdot} - \bar{y}_{2\cdot}}{\sqrt{2 MSE / r}}",
    r"\frac{Cov(y_1, y_2)}{\sqrt{Var(y_1) Var(y_2)}}",
    r"E(y) = \exp(\eta + \sigma_u^2/2)",
    r"Cov(y_{ij}, y_{i'j'}) = \begin{cases} \sigma^2 & \text{if } i = i' \text{ and } j = j' \\ 0 & \text{otherwise} "
    r"\end{cases}",
]


@pytest.mark.parametrize("style", [style for style in ALL_STYLES if style.random == "u"], ids=repr)
@pytest.mark.parametrize("text", STATEMENTS)
def test_statements_read_back(text: str, style: Style) -> None:
    meant = meaning(read(text).parts)
    for again in (latex(read(text), style), inline(read(text), style), markdown(read(text), style)):
        assert meaning(read(again).parts) == meant, again


def trees_of(thing: Any) -> Iterator[Tree]:
    """The trees in a statement, or in several."""
    if isinstance(thing, Tree):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from trees_of(part)
    elif is_dataclass(thing):
        for part in fields(thing):
            yield from trees_of(getattr(thing, part.name))


def meaning(parts: Any) -> Any:
    """Statements without the places where they stood."""
    if isinstance(parts, tuple):
        return tuple(map(meaning, parts))
    if not hasattr(parts, "start"):
        return canonical(parts) if isinstance(parts, Tree) else parts
    told = [getattr(parts, field.name) for field in fields(parts) if field.name not in {"start", "end"}]
    return type(parts).__name__, tuple(map(meaning, told))


MODELS = {
    "crd": crd(treatments=3, reps=2),
    "rcbd": rcbd(treatments=3, blocks=2),
    "rcbd of letters": rcbd(treatments="t", blocks="b"),
    "fixed blocks": rcbd(treatments=3, blocks=2, blocks_are="fixed"),
    "regression": regression(5),
}


ALL_MODELS = MODELS | {
    **{str(case): case.model for case in CASES},
    **{f"{case} of letters": case.symbolic for case in CASES if case.letters},
    "oats": model("yield ~ nitro + (1 | Block/Variety)", path("oats.csv")),
    "sleep": model("Reaction ~ Days + (Days | Subject)", path("sleepstudy.csv")),
}


@pytest.mark.parametrize("style", ALL_STYLES, ids=repr)
@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_the_lines_of_a_model_read_back(model: MixedModel, style: Style) -> None:
    words = model.vocabulary.in_style(style)
    wanted = meaning(read(model.equation("matrix", "latex"), model.vocabulary).parts)
    for dialect in ("latex", "markdown"):
        assert meaning(read(model.equation("matrix", dialect, style=style), words).parts) == wanted
    for line in model.derive("Var(y)").lines:
        for text in (latex(line, style), inline(line, style), markdown(line, style)):
            found = read(text, words, shape=line.shape).tree
            assert found is not None
            assert canonical(found) == canonical(line), text


@pytest.mark.slow
@pytest.mark.parametrize("form", ["index", "distribution", "matrix"])
@pytest.mark.parametrize("style", ALL_STYLES, ids=repr)
@pytest.mark.parametrize("model", ALL_MODELS.values(), ids=ALL_MODELS)
def test_the_three_forms_read_back_from_a_terminal(model: MixedModel, style: Style, form: Any) -> None:
    """The dimensions that stand beside the matrix form there are statements of their own, and right."""
    if style.random != "u" and style.random in model.vocabulary.families:
        pytest.skip(f"The model has effects {style.random} of its own, so that no reader can tell them from u.")
    words = model.vocabulary.in_style(style)
    wanted = read(model.equation(form, "latex"), model.vocabulary).parts
    found = read(model.equation(form, "unicode", style=style), words).parts
    dimensions = [part for part in found if isinstance(part, Dimension)]
    assert meaning(tuple(part for part in found if part not in dimensions)) == meaning(wanted)
    assert all(part.subject.shape == (part.rows, part.columns) for part in dimensions)
    assert bool(dimensions) == (form == "matrix")


@pytest.mark.parametrize("size", [(2, 2), (3, 1), (1, 4), (12, 12), (30, 30)], ids=str)
@pytest.mark.parametrize("style", [Style(), Style(brackets="round", bold=False)], ids=repr)
def test_matrices_of_entries_read_back(size: tuple[int, int], style: Style) -> None:
    matrix = ImmutableDenseMatrix(*size, lambda i, j: RHO ** abs(i - j) * SIGMA2 - sympy.Rational(i, j + 2))
    tree = Explicit(matrix)
    for text in (latex(tree, style), inline_matrix(tree, style), markdown(tree, style)):
        found = read(text, Vocabulary.of(tree)).tree
        assert found is not None and (found == tree or canonical(found) == canonical(tree))


def inline_matrix(tree: Tree, style: Style) -> str:
    """A matrix of any size on one line, as a formula holds it."""
    return Pen(UNICODE, style).whole(tree)


@pytest.mark.parametrize("dialect", ["latex", "markdown"])
def test_blocks_of_scalars_and_a_matrix_of_entries_are_written_alike(dialect: Any) -> None:
    entries = [sympy.Integer(0), sympy.Symbol("sigma2", positive=True)]
    blocks, matrix = Block((tuple(map(Scalar, entries)),)), Explicit(ImmutableDenseMatrix(1, 2, entries))
    assert write(blocks, dialect) == write(matrix, dialect)
    assert canonical(blocks) == matrix != canonical(Block((tuple(map(Scalar, reversed(entries))),)))


@pytest.mark.parametrize("number", [0, 1, -1, 2])
@pytest.mark.parametrize("shape", [(1, 3), (3, 1), (3, 3)])
@pytest.mark.parametrize("dialect", ["latex", "unicode"])
@pytest.mark.parametrize("bold", [True, False])
def test_a_number_before_a_row_is_no_vector(number: int, shape: tuple[int, int], dialect: Any, bold: bool) -> None:
    named = symbol("A", *shape)
    for matrix in (named, Transpose(named)):
        tree = Scaled(Scalar(sympy.Integer(number)), matrix)
        assert read(write(tree, dialect, Style(bold=bold)), Vocabulary.of(named)).tree == tree

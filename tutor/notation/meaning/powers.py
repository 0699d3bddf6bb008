"""Powers and roots: of numbers by SymPy, of a square matrix as a product of itself."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

import sympy

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.nodes import Inverse, Product, Scalar, Symbol
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.arithmetic import power, root
from tutor.notation.meaning.combine import scaled
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import Value, is_euler, last_of, meaning, on_last, whole
from tutor.notation.meaning.functions import exponential
from tutor.notation.meaning.labels_above import key_with_label, labelled, square_in_step
from tutor.notation.names import GREEK, is_variance
from tutor.notation.parsing import syntax
from tutor.notation.parsing.subscripts import normal_subscript
from tutor.notation.parsing.token import Spelling

MOST_MATRIX_POWER = 20

MOST_POWERED = 1_000
"""Nodes of a tree that is raised to a power, which repeats it."""

_LABELLED = frozenset({*"yxuzVWG", "theta", "beta", "mu", "eta", "psi", "tau", "alpha", "sigma2"})
"""Letters above which brackets hold a label: a step of an iteration, a transformation, a sample."""

_WITHIN_AND_BETWEEN = frozenset("wb")

_OBSERVED = re.compile(
    r"(?<![A-Za-z\\])[yY]\s*\}?\s*(?:_\s*(?:\{[^{}]*\}|[a-z0-9])\s*)?\^\s*(?:\{\s*o\s*\}|o(?![A-Za-z]))"
)
"""Y_i^o, what was observed of a unit: nobody raises to a power o."""

_COUNTS = frozenset("NTKMJ")
"""Capitals that count, to whose power a number may be raised."""
_SQUARED_STATISTICS = (Spelling("R"), Spelling("X"))
"""Of R² and X², which are statistics and no squares of matrices."""


@meaning.register
def power_meaning(node: syntax.Power, parts: list[Value], context: Context) -> Value:
    if _is_power_in_bold(node):
        assert isinstance(node.base, syntax.Named)
        plain = replace(node.base, spelling=replace(node.base.spelling, bold=False))
        parts = [on_last(parts[0], last_of(meaning(plain, [], context))), *parts[1:]]
    label = _label(node, parts, context)
    if label:
        assert isinstance(node.base, syntax.Named)
        return on_last(parts[0], labelled(last_of(parts[0]), node.base.spelling, label, context))
    step = square_in_step(node) if context.vocabulary.takes_new_names else None
    if step is not None:
        letter, brackets = step
        name = normal_subscript(context.text[brackets.start : brackets.end])
        root = labelled(last_of(meaning(letter, [], context)), letter.spelling, name, context)
        return Scalar(root.value**2) if isinstance(root, Scalar) else parts[0]
    base, exponent = last_of(parts[0]), whole(parts[1], context)
    if _is_variate(node) and context.vocabulary.takes_new_names:
        raise context.error("A first power does nothing: the 1 above may tell which variable this is.", "unexpected",
                            node, "Write that number below, as in x_{i1}.")  # fmt: skip
    if is_euler(node.exponent) and context.vocabulary.takes_new_names:
        exponent = Scalar(sympy.E)  # p^e; nobody raises to a residual
    euler = is_euler(node.base)
    if euler and exponent.is_scalar and not isinstance(exponent, Scalar):
        return Applied("exp", (exponent,))
    if not isinstance(exponent, Scalar):
        raise context.error("An exponent is a scalar.", "unexpected", node.exponent)
    if euler and (node in context.raised or not (isinstance(base, Scalar) and exponent.value.is_Integer)):
        return Scalar(exponential(exponent.value, node, context))
    if _is_determination(node, exponent, context):
        assert isinstance(node.base, syntax.Named)
        return Scalar(sympy.Symbol(node.base.spelling.letters, real=True) ** 2)
    if exponent.value == 2 and (variance := _variance_beside(base, context)) is not None:
        return on_last(parts[0], variance)
    if isinstance(base, Scalar):
        return on_last(parts[0], Scalar(power(base.value, exponent.value, node, context)))
    return on_last(parts[0], _power(base, exponent.value, node, context))


def _variance_beside(base: Tree, context: Context) -> Tree | None:
    """The variance σ² that is known beside a vector σ, of which there is no square."""
    if not isinstance(base, Symbol) or base.columns != ONE or base.is_scalar:
        return None
    letter, underscore, below = base.name.partition("_")
    key = f"{letter}2{underscore}{below}"
    known = context.vocabulary.names.get(key) if is_variance(key) else None
    return None if known is None else known.tree


def _is_power_in_bold(node: syntax.Power) -> bool:
    r"""Whether this is σ² or τ² in a bold group, as in \mathbf{V = ZGZ' + \sigma^2 I}: only a scalar is raised."""
    if not (isinstance(node.base, syntax.Named) and isinstance(node.exponent, syntax.Number)):
        return False
    spelling = node.base.spelling
    return spelling.bold and spelling.letters in GREEK and spelling.letters.islower()


def _is_variate(node: syntax.Power) -> bool:
    """Whether this is x_i^1, a variable with an index and its own number above it."""
    if not (isinstance(node.base, syntax.Named) and isinstance(node.exponent, syntax.Number)):
        return False
    spelling = node.base.spelling
    return node.exponent.digits == "1" and spelling.letters in {"x", "z", "X", "Z"} and bool(spelling.subscript)


def _label(node: syntax.Power, parts: list[Value], context: Context) -> str:
    r"""The brackets above a name that are no power, as in \theta^{(k)}; none in an answer, which is about a model."""
    spelling = node.base.spelling if isinstance(node.base, syntax.Named) else None
    is_index = isinstance(node.exponent, syntax.Group) and isinstance(node.exponent.inner, syntax.Named)
    is_index = is_index and not is_euler(node.base)
    is_name = spelling is not None and (spelling.bold or spelling.letters in _LABELLED or is_index)
    above = context.text[node.exponent.start : node.exponent.end]
    if spelling is not None and _is_marked(spelling, node.exponent, parts, context):
        return above
    if spelling is not None and isinstance(node.exponent, syntax.Group):
        label = normal_subscript(above)
        if key_with_label(last_of(parts[0]), spelling, label, context) in context.vocabulary:
            return label
    braced = context.text[: node.exponent.start].rstrip().endswith("{")
    if not (is_name and braced and isinstance(node.exponent, syntax.Group) and context.vocabulary.takes_new_names):
        return ""
    label = normal_subscript(above)
    return label if label.startswith("(") and label.endswith(")") else ""


def _is_marked(spelling: Spelling, above: syntax.Node, parts: list[Value], context: Context) -> bool:
    """Whether a letter above an estimate or a mean tells which one it is: a capital that counts nothing, or stands
    above a vector, \\hat\\beta^R; or the w and b of what is within and between groups, \\bar\\mu^w, and the o and m of
    what is observed and missing, Y_i^o and Y_i^m."""
    if not (isinstance(above, syntax.Named) and context.vocabulary.takes_new_names):
        return False
    told = above.spelling
    if spelling.letters in {"y", "Y"} and told.letters in {"o", "m"} and stands_in(context.text, _OBSERVED):
        return True
    if not spelling.accent:
        return False
    if told != Spelling(told.letters, below=told.below) or len(told.letters) != 1:
        return False
    if told.letters in _WITHIN_AND_BETWEEN:
        return True
    if not told.letters.isupper():
        return False
    is_count = told.letters in _COUNTS or context.vocabulary.lookup(told.letters) is not None
    return not (is_count and isinstance(parts[1], Scalar)) or not last_of(parts[0]).is_scalar


def _is_determination(node: syntax.Power, exponent: Scalar, context: Context) -> bool:
    """Whether this is R², the coefficient of determination, or X²: where names are open, and the letter not bold."""
    is_plain = isinstance(node.base, syntax.Named) and node.base.spelling in _SQUARED_STATISTICS
    return is_plain and exponent.value == 2 and context.vocabulary.is_open and context.vocabulary.takes_new_names


def _power(base: Tree, exponent: sympy.Expr, node: syntax.Node, context: Context) -> Tree:
    """A tree to a power. Of a matrix a half one is its root, V^{1/2}V^{1/2} = V, a whole one a product."""
    is_long = exponent.is_Integer and abs(int(exponent)) > MOST_MATRIX_POWER  # pyright: ignore[reportArgumentType]
    if base.is_scalar and (not exponent.is_Integer or is_long or isinstance(base, Applied | Indexed)):
        return Applied("power", (base, Scalar(exponent)))
    context.sizing.meet(base.rows, base.columns)
    base = context.sizing.filled(base)
    if abs(exponent) == sympy.S.Half and base.rows == base.columns:
        return Applied("power", (base, Scalar(exponent)), "", *base.shape)
    return _repeated(base, exponent, node, context)


def _repeated(base: Tree, exponent: sympy.Expr, node: syntax.Node, context: Context) -> Tree:
    if not exponent.is_Integer or exponent == 0 or abs(int(exponent)) > MOST_MATRIX_POWER:  # pyright: ignore[reportArgumentType]
        raise context.error(f"A matrix can be raised to whole powers up to {MOST_MATRIX_POWER} only.", "unexpected",
                            node)  # fmt: skip
    if sum(1 for _ in islice(walk(base), MOST_POWERED)) == MOST_POWERED:
        raise context.error("Powers of this matrix are too long to be written out.", "too-large", node)
    times = int(exponent)  # pyright: ignore[reportArgumentType]
    factor = base if times > 0 else Inverse(base)
    if abs(times) == 1:
        return factor
    if factor.is_scalar:
        return scaled([factor] * (abs(times) - 1), factor)
    return Product((factor,) * abs(times))


@meaning.register
def root_meaning(node: syntax.Root, parts: list[Value], context: Context) -> Value:
    inner = whole(parts[0], context)
    degree = whole(parts[1], context) if len(parts) > 1 else Scalar(sympy.Integer(2))
    if isinstance(inner, Applied) and inner.function == "diag" and len(parts) == 1:
        return Applied("sqrt", (inner,))  # of each entry
    if not inner.is_scalar or not isinstance(degree, Scalar):
        raise context.error("The root of a matrix cannot be read.", "unexpected", node)
    if not isinstance(inner, Scalar):
        return Applied("power", (inner, Scalar(1 / degree.value)))
    return Scalar(root(inner.value, degree.value, node, context))

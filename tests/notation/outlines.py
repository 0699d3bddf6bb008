"""What was read, in a line: node by node, in the order written, without any of the writers that are under test."""

from __future__ import annotations

from tutor.algebra.applied import Applied, Indexed
from tutor.algebra.by_distance import ByDistance
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Determinant,
    Expectation,
    Explicit,
    Identity,
    Inverse,
    Kronecker,
    Ones,
    Product,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Trace,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.sizes import is_open
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.notation.read import Reading
from tutor.notation.statement import (
    Cases,
    Comparison,
    Definition,
    Dimension,
    Distribution,
    Equation,
    Expression,
    Hypothesis,
    Membership,
    Range,
    Statement,
)

_CALLED: dict[type[Tree], str] = {
    Transpose: "transpose",
    Inverse: "inv",
    Determinant: "det",
    Trace: "tr",
    Kronecker: "kron",
    BlockDiagonal: "blockdiag",
    Expectation: "E",
    Variance: "Var",
    Covariance: "Cov",
}
"""Nodes that are told by their kind and their parts."""


def outline(reading: Reading) -> str:
    """The kind, and the statements."""
    return f"{reading.kind}: {' ; '.join(map(_statement, reading.parts))}"


def _statement(part: Statement) -> str:
    if isinstance(part, Expression):
        return _tree(part.tree)
    if isinstance(part, Equation):
        sides = [_tree(side) for side in part.sides]
        if part.gap is not None:
            sides.insert(part.gap, "…")
        return " = ".join(sides)
    if isinstance(part, Definition):
        return f"{_tree(part.subject)} := {'?' if part.value is None else _tree(part.value)}"
    if isinstance(part, Distribution):
        return _distribution(part)
    if isinstance(part, Comparison):
        told = [_tree(part.sides[0])]
        for sign, side in zip(part.signs, part.sides[1:], strict=True):
            told += [sign, _tree(side)]
        return " ".join(told)
    if isinstance(part, Range):
        return f"{part.index} from {part.first} to {'∞' if part.last is None else part.last}"
    if isinstance(part, Dimension):
        return f"{_tree(part.subject)} is {part.rows} × {part.columns}"
    if isinstance(part, Membership):
        return _membership(part)
    if isinstance(part, Hypothesis):
        return f"{part.name}: {_statement(part.relation)}"
    assert isinstance(part, Cases)
    values = [f"{_tree(value)} if {words!r}" for value, words in zip(part.values, part.conditions, strict=True)]
    return f"{'' if part.subject is None else _tree(part.subject)} = {{{', '.join(values)}}}"


def _distribution(part: Distribution) -> str:
    given = f" | {', '.join(map(_tree, part.given))}" if part.given else ""
    manner = f"{part.manner} " if part.manner else ""
    below = f"_{part.below}" if part.below else ""
    sign = "≁" if part.is_denied else "~"
    subject = "" if part.subject is None else _tree(part.subject)
    return f"{subject}{given} {sign} {manner}{part.family}{below}({', '.join(map(_tree, part.arguments))})"


def _membership(part: Membership) -> str:
    values = [_tree(value) for value in part.values]
    if part.gap is not None:
        values.insert(part.gap, "…")
    listed = part.numbers or ", ".join(values)
    left, right = part.brackets or ("<", ">")
    return f"{'' if part.subject is None else _tree(part.subject)} in {left}{listed}{right}"


def _tree(tree: Tree) -> str:
    if isinstance(tree, Symbol):
        return tree.name if tree.is_scalar else f"{tree.name}[{_extent(tree)}]"
    if isinstance(tree, Scalar):
        return str(tree.value)
    if isinstance(tree, Identity):
        return f"I[{tree.order}]"
    if isinstance(tree, Ones | Zero):
        return f"{type(tree).__name__}[{_extent(tree)}]"
    if isinstance(tree, Explicit):
        return _rows([[str(entry) for entry in tree.matrix.row(i)] for i in range(tree.matrix.rows)])
    if isinstance(tree, Block):
        return "block" + _rows([[_tree(cell) for cell in line] for line in tree.grid])
    if isinstance(tree, Scaled):
        return f"{_bracketed(tree.scalar)} * {_bracketed(tree.tree)}"
    if isinstance(tree, Sum):
        return " + ".join(map(_bracketed, tree.terms))
    if isinstance(tree, Product):
        return " @ ".join(map(_bracketed, tree.factors))
    if isinstance(tree, Applied):
        return _applied(tree)
    if isinstance(tree, Indexed):
        first, last, body = _tree(tree.first), _tree(tree.last), _bracketed(tree.body)
        return f"{tree.operation} over {tree.index} from {first} to {last} of {body}"
    if isinstance(tree, ByDistance):
        return f"by distance[{tree.order}]({tree.entry})"
    if isinstance(tree, UnitVector):
        return f"unit vector {tree.place} of {tree.rows}"
    return f"{_CALLED[type(tree)]}({', '.join(map(_tree, tree.parts))})"


def _extent(tree: Tree) -> str:
    return ",".join("?" if is_open(size) else str(size) for size in tree.shape)


def _applied(tree: Applied) -> str:
    below = f"_{tree.below}" if tree.below else ""
    shape = "" if tree.is_scalar else f"[{_extent(tree)}]"
    told = ", ".join(map(_tree, tree.arguments))
    parted = f" parted {tree.parted}" if tree.parted else ""
    return f"{tree.function}{below}{shape}({told}{parted})"


def _bracketed(tree: Tree) -> str:
    told = _tree(tree)
    is_whole = isinstance(tree, Symbol | Identity | Ones | Zero | Explicit | Block | Applied) or type(tree) in _CALLED
    value = tree.value if isinstance(tree, Scalar) else None
    is_name = value is not None and (value.is_Symbol or bool(value.is_number and value.is_nonnegative))
    return told if is_whole or is_name else f"({told})"


def _rows(rows: list[list[str]]) -> str:
    return f"[{'; '.join(', '.join(row) for row in rows)}]"

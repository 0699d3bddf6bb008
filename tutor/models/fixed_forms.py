"""What does not vary, in closed form: the matrices of a model and what is made of them, X'X, tr(V), V⁻¹, log |V|."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.laws.moments import definition_of
from tutor.algebra.nodes import Explicit, Product, Scalar, Symbol, Trace
from tutor.algebra.reasoning import shorten
from tutor.algebra.rules import Derivation, Rule, Step, apply, without_detours
from tutor.algebra.singular import require_inverses
from tutor.algebra.structure.method import in_numbers, is_unsolved
from tutor.algebra.structure.solve import closed_form
from tutor.algebra.structure.traces import is_trace_or_rank
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform, walk
from tutor.errors import DomainError, TutorError
from tutor.models.alike_units import by_units, in_known_numbers
from tutor.models.collected import with_short_numbers
from tutor.models.solved import derive_solved
from tutor.models.structure_reasons import structure_reason
from tutor.models.written_out import by_components, by_structure

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

MOST_ENTRIES = 144
"""Entries of a matrix that are listed where it has no closed form."""

NUMBERS = (
    (lambda node: isinstance(node, Trace), "a trace is the sum of the diagonal"),
    (
        lambda node: is_trace_or_rank(node) and not isinstance(node, Trace),
        "a rank is the number of independent columns",
    ),
)
"""Numbers that are made of a matrix, and what they are."""

MOST_ROWS = 400
"""Rows of a model of which products are worked out entry by entry."""

MOST_PARTS = 500
"""Letters, numbers and signs of an entry that is shown: of a long product, as V²⁰, the entries have millions."""


def derive_fixed(model: MixedModel, goal: Tree) -> Derivation:
    """The closed form of what does not vary, or its entries; no steps for what is known in no other form.

    Raises
    ------
    DomainError
        For the inverse of a matrix that is singular, with the columns of X that depend on others.
    """
    require_inverses(goal)
    return without_detours(goal, steps_of_form(model, goal))


def steps_of_form(model: MixedModel, goal: Tree) -> Iterator[Step]:
    """The steps from a tree to its closed form: what cancels, the definitions, the order of the rows."""
    line = goal
    if isinstance(goal, Symbol) and goal.definition is not None:
        yield from _of_name(model, goal)
        return
    for step in shorten(goal).steps:
        yield step
        line = step.after
    if _is_unsolved_in_traces(line):
        for step in _solved(model, line):
            yield step
            line = step.after
    elif is_unsolved(line) and not _has_numbers_of_matrices(line):
        for step in _solved(model, line):
            yield step
            line = step.after
        yield from _multiplied_out(model, line)
        return
    for step in _traces(line) if _has_numbers_of_matrices(line) else _ordered(model, line):
        yield step
        line = step.after
    entries = _entries(model, line)
    if entries is not None:
        yield Step("entries", "by the entries", line, entries)


def _has_numbers_of_matrices(tree: Tree) -> bool:
    return any(map(is_trace_or_rank, walk(tree)))


def _is_unsolved_in_traces(tree: Tree) -> bool:
    """Whether inverses stand within traces, and nowhere else."""
    rest = transform(tree, lambda node: Scalar(sympy.S.One) if is_trace_or_rank(node) else None)
    return is_unsolved(tree) and not is_unsolved(rest)


def _of_name(model: MixedModel, name: Symbol) -> Iterator[Step]:
    """The definition of a name that is asked for alone, and its closed form."""
    assert name.definition is not None
    reason = "the model" if name == model.covariance else f"the definition of {name}"
    yield Step(f"definition-of-{name.name}", reason, name, name.definition)
    if name == model.covariance:
        yield from _ordered(model, name.definition)
        return
    closed = closed_form(name)
    if closed not in (name, name.definition) and not is_unsolved(closed):
        yield Step("closed-form", structure_reason(model, name.definition, closed), name.definition, closed)


def _solved(model: MixedModel, line: Tree) -> Iterator[Step]:
    try:
        yield from derive_solved(line, _model(model), partial(structure_reason, model)).steps
    except DomainError:
        raise
    except TutorError:  # no closed form is known of it
        return


def _multiplied_out(model: MixedModel, line: Tree) -> Iterator[Step]:
    """X, Z and G put into a product with what was inverted, where the order of the rows tells it: GZ'V⁻¹, X'V⁻¹X."""
    names = {model.X, model.Z, model.G} & set(symbols_of(line))
    step = by_structure(model, line) if names and not is_unsolved(line) else None
    if step is not None and not names & set(symbols_of(step.after)):
        yield Step(step.rule, step.because, line, in_known_numbers(with_short_numbers(step.after)))
        return
    yield from by_units(model, line)


def _model(model: MixedModel) -> Rule:
    """V as the model makes it."""
    return definition_of(model.covariance, "the model")


def _ordered(model: MixedModel, line: Tree) -> Iterator[Step]:
    """V, G and R put in, and the order of the rows."""
    for write_out in (lambda tree: apply(_model(model), tree), lambda tree: by_components(model, tree)):
        step = write_out(line)
        if step is not None:
            yield step
            line = step.after
    step = by_structure(model, line)
    if step is not None:
        yield replace(step, after=in_known_numbers(step.after))
        return
    closed = closed_form(line)
    if closed != line:
        yield Step("closed-form", structure_reason(model, line, closed), line, closed)


def _traces(line: Tree) -> Iterator[Step]:
    """The matrices of traces and ranks in closed form, and their values."""
    shown = transform(line, _inside)
    if shown != line:
        yield Step("closed-form", "by the order of the rows", line, shown)
    values = in_numbers(transform(shown, _value))
    if values != shown:
        told = [reason for kind, reason in NUMBERS if any(map(kind, walk(shown)))]
        yield Step("closed-form", ", ".join(told), shown, values)


def _inside(node: Tree) -> Tree | None:
    """A trace of the closed form of its matrix."""
    if not isinstance(node, Trace):
        return None
    closed = closed_form(node.tree)
    return None if is_unsolved(closed) else Trace(closed)


def _value(node: Tree) -> Tree | None:
    """The number that a trace or a rank is."""
    return closed_form(node) if is_trace_or_rank(node) else None


def _entries(model: MixedModel, line: Tree) -> Tree | None:
    """The entries of a product of a small model; None where they are not listed, or say no more."""
    if isinstance(line, Explicit) or not any(isinstance(node, Product) for node in walk(line)):
        return None
    small = line.rows.is_Integer and line.columns.is_Integer and line.rows * line.columns <= MOST_ENTRIES
    if not small or not model.n.is_Integer or model.n > MOST_ROWS or line.is_scalar or model.beta in symbols_of(line):
        return None
    try:
        entries = line.explicit()
    except TutorError:
        return None
    return None if any(map(_is_long, entries.flat())) else Explicit(entries)


def _is_long(entry: sympy.Expr) -> bool:
    """Whether an entry has too many parts to be shown."""
    return next(islice(sympy.preorder_traversal(entry), MOST_PARTS, None), None) is not None

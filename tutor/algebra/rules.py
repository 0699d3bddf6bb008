"""Rules that change a tree, steps that record it, derivations made of steps.

A Rule rewrites one node: it gives the node's replacement, or None where it does not apply. `apply` uses it
everywhere at once, outermost nodes first, and records one Step. A Derivation is a chain of equal trees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tutor.algebra.nodes import Product, Sum
from tutor.algebra.tree import Tree
from tutor.display import Shown, writer


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What a rule makes of a node; ``because`` and ``assumption`` say it of this node where the rule's own
    sentence is too general."""

    tree: Tree
    because: str | None = None
    assumption: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A named identity: ``key``, the sentence a student reads, the rewriting, and a tree to which it applies."""

    key: str
    because: str
    rewrite: Callable[[Tree], Rewrite | None]
    example: Callable[[], Tree]


@dataclass(frozen=True, slots=True)
class Step:
    """One equality: ``before = after`` because of a rule.

    ``rule`` is its key, ``because`` the sentence a student reads, ``assumption`` what the step takes for granted
    of the model ("Cov(u, ε) = 0"), if anything. ``reason`` is what is shown, the sentence and that. ``relation`` is
    "=", or "≈" where ``after`` is a number that was rounded.
    """

    rule: str
    because: str
    before: Tree
    after: Tree
    assumption: str | None = None
    relation: Literal["=", "≈"] = "="

    @property
    def reason(self) -> str:
        """The sentence, and what the step takes for granted where the sentence does not say it."""
        if self.assumption is None or self.assumption in self.because:
            return self.because
        return f"{self.because}, where {self.assumption}" if self.because else f"where {self.assumption}"


@dataclass(frozen=True, slots=True)
class Derivation(Shown):
    """goal = steps[0].after = steps[1].after = …; each step starts where the one before ended. A last one may round.

    ``scope`` is the model to which it belongs, if any: it takes no part in equality.
    """

    goal: Tree
    steps: tuple[Step, ...]
    scope: Any = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        for line, step in zip(self.lines, self.steps, strict=False):
            if step.before != line:
                raise ValueError(f"Step {step.rule} starts at {step.before}, not where the one before ended.")

    @property
    def result(self) -> Tree:
        """The last line."""
        return self.steps[-1].after if self.steps else self.goal

    @property
    def lines(self) -> tuple[Tree, ...]:
        """The goal and what follows, one tree a line."""
        return (self.goal, *(step.after for step in self.steps))

    def __len__(self) -> int:
        return len(self.steps)


def apply(rule: Rule, tree: Tree) -> Step | None:
    """The step that a rule makes of a tree, used wherever it applies; None where it applies nowhere.

    Replacements are not searched again, so a rule that applies to its own result ends.
    """
    sentences: dict[str, None] = {}
    assumptions: dict[str, None] = {}

    def visit(node: Tree) -> Tree:
        rewrite = rule.rewrite(node)
        if rewrite is not None:
            sentences[rewrite.because or rule.because] = None
            if rewrite.assumption:
                assumptions[rewrite.assumption] = None
            return rewrite.tree
        parts = tuple(visit(part) for part in node.parts)
        changed = any(new is not old for new, old in zip(parts, node.parts, strict=True))
        return _rebuilt(node, parts) if changed else node

    after = visit(tree)
    if not sentences:
        return None
    return Step(rule.key, ", ".join(sentences), tree, after, ", ".join(assumptions) or None)


def _rebuilt(node: Tree, parts: tuple[Tree, ...]) -> Tree:
    """The node over new parts; new products within a product, and sums within a sum, lose their brackets."""
    if not isinstance(node, Product | Sum):
        return node.rebuild(parts)
    joined: list[Tree] = []
    for new, old in zip(parts, node.parts, strict=True):
        joined += new.parts if new is not old and type(new) is type(node) else (new,)
    return node.rebuild(tuple(joined))


def derive(goal: Tree, rules: Iterable[Rule]) -> Derivation:
    """The derivation that uses each rule in turn, as often as it applies, until none does.

    The rules must lead somewhere: a set in which one undoes another would not end.
    """
    rules = tuple(rules)
    steps: list[Step] = []
    line, before = goal, None
    while line != before:
        before = line
        for rule in rules:
            while (step := apply(rule, line)) is not None and step.after != line:
                steps.append(step)
                line = step.after
    return Derivation(goal, tuple(steps))


def derive_first(goal: Tree, rules: Iterable[Rule], most: int = 400) -> Derivation:
    """The derivation in which each step is by the first rule that applies, so that early rules keep lines short.

    The rules must lead somewhere; after ``most`` steps it ends in any case.
    """
    rules = tuple(rules)
    steps: list[Step] = []
    line = goal
    while len(steps) < most:
        found = (apply(rule, line) for rule in rules)
        step = next((step for step in found if step is not None and step.after != line), None)
        if step is None:
            break
        steps.append(step)
        line = step.after
    return Derivation(goal, tuple(steps))


def chain(goal: Tree, *lines: tuple[str, str, Tree]) -> Derivation:
    """The derivation with these lines under its goal, each the key of a rule, the reason, and the tree.

    A line that is equal to the one before is left out.
    """
    steps: list[Step] = []
    line = goal
    for rule, because, after in lines:
        if after != line:
            steps.append(Step(rule, because, line, after))
            line = after
    return Derivation(goal, tuple(steps))


def turned(step: Step) -> Step:
    """The same equality read from right to left."""
    return Step(step.rule, step.because, step.after, step.before, step.assumption)


def without_detours(goal: Tree, steps: Iterable[Step]) -> Derivation:
    """The derivation without what lies between equal lines; what changes nothing to be seen joins the step before."""
    kept: list[Step] = []
    lines = [goal]
    for step in steps:
        if step.after in lines:
            place = lines.index(step.after)
            del kept[place:], lines[place + 1 :]
        elif kept and writer().inline(step.after) == writer().inline(step.before):
            kept[-1] = replace(kept[-1], after=step.after)
            lines[-1] = step.after
        else:
            kept.append(step)
            lines.append(step.after)
    return Derivation(goal, tuple(kept))

"""Which law a step breaks: a false rule, used at some node of the line before, has the value of the line.

Between two lines a student does several things at once, most of them right: a false rule is tried on the line before
and on the forms that true laws bring it to, and values are compared, so that what is right after the slip does not
matter.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tutor.algebra.arithmetic import Matrix, NotRationalError
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.laws.joining import all_alike
from tutor.algebra.laws.moments import MEANS, VARIANCES, definition_of
from tutor.algebra.nodes import Sum, Symbol
from tutor.algebra.rules import derive_first
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.checking.lines.elements import is_moment
from tutor.checking.lines.false_matrices import MATRIX_RULES
from tutor.checking.lines.false_moments import COVARIANCE_AND_MEAN_RULES
from tutor.checking.lines.false_rule import FalseRule, Replaced
from tutor.checking.lines.false_variances import VARIANCE_RULES
from tutor.checking.lines.side import Side, by_shape
from tutor.checking.lines.values import Values
from tutor.checking.points import same_matrix
from tutor.errors import TutorError

FALSE_RULES: tuple[FalseRule, ...] = (*VARIANCE_RULES, *COVARIANCE_AND_MEAN_RULES, *MATRIX_RULES)

MOST_FORMS = 12
"""Forms of the line before on which false rules are tried."""

MOST_NODES = 150
"""Nodes of a form up to which it is looked at."""

MOST_OPENED = 600
"""Nodes of a form up to which laws open it further."""

MOST_TRIED = 400
"""Candidates that are valued in the search for one false rule, before it gives up."""

MOST_PAIRS = 200
"""Candidates that are valued in the search for two."""

POINTS = 2
TRIES = 20


@dataclass(frozen=True, slots=True)
class Broken:
    """The false rules that explain a step, one or two; ``place`` is the node to which the first was applied."""

    rules: tuple[FalseRule, ...]
    place: Tree

    @property
    def key(self) -> str:
        return "+".join(dict.fromkeys(rule.key for rule in self.rules))


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the line before becomes by a false rule at a node: the sums of its terms of one shape."""

    terms: tuple[Tree, ...]
    place: Tree
    replaced: Replaced


def broken_law(side: Side, before: Side, values: Values, *, two: bool = True) -> Broken | None:
    """The false rule that explains a side that does not follow, or two of them; None where none does."""
    if side.is_square or before.is_square:
        forms = values.in_square(side), values.in_square(before)
        if forms[0] is None or forms[1] is None:
            return None
        # As any matrices first: of those of a model, as G = σ²_u I, too many commute.
        return next(
            (
                found
                for general in (True, False)
                if (found := _Search(forms[0], forms[1], values, two, side.text, general=general).run())
            ),
            None,
        )
    if not side.terms or not before.terms:
        return None
    return _Search(side.terms, before.terms, values, two, side.text).run()


class _Search:
    def __init__(
        self,
        terms: tuple[Tree, ...],
        before: tuple[Tree, ...],
        values: Values,
        two: bool,
        text: str,
        *,
        general: bool | None = None,
    ) -> None:
        self._values = values
        self._text = text
        self._general = values.general if general is None else general
        self._two = two
        self._left = MOST_TRIED
        self._before = tuple(values.elements.as_symbols(term) for term in before)
        self._said = tuple(values.elements.as_symbols(term) for term in terms)
        self._shapes = [str(term.shape) for term in terms]
        self._instances, self._wanted = self._points(terms)

    def run(self) -> Broken | None:
        """A rule that gives the line as it is written goes before one that gives its value only."""
        first: list[tuple[FalseRule, Candidate]] = []
        seen: set[tuple[Tree, ...]] = set()
        of_value: Broken | None = None
        for form in _forms(self._before):
            for rule in FALSE_RULES:
                if not rule.fits(self._said, self._text):
                    continue
                for candidate in candidates(form, rule.rewrite):
                    if candidate.terms in seen:
                        continue
                    seen.add(candidate.terms)
                    if self._is_written(candidate.terms):
                        return Broken((rule,), candidate.place)
                    if of_value is not None:
                        continue
                    if self._left <= 0:
                        return None
                    if self._has_value(candidate.terms):
                        of_value = Broken((rule,), candidate.place)
                    first.append((rule, candidate))
        return of_value or (self._two_rules(first, seen) if self._two else None)

    def _two_rules(self, first: list[tuple[FalseRule, Candidate]], seen: set[tuple[Tree, ...]]) -> Broken | None:
        """Two slips between the same two lines."""
        self._left = MOST_PAIRS
        for rule, candidate in first:
            for form in _forms(candidate.terms):
                for other in FALSE_RULES:
                    for further in candidates(form, other.rewrite):
                        if self._left <= 0:
                            return None
                        if further.terms not in seen:
                            seen.add(further.terms)
                            if self._is_written(further.terms) or self._has_value(further.terms):
                                return Broken((rule, other), candidate.place)
        return None

    def _points(self, terms: tuple[Tree, ...]) -> tuple[list[DrawnInstance], list[list[Matrix]]]:
        """A friendly and a random instance, and the values of the student's terms on each."""
        rng = random.Random(0)
        instances: list[DrawnInstance] = []
        wanted: list[list[Matrix]] = []
        try:
            told = [self._values.of(term) for term in terms]
            known = [self._values.of(self._values.elements.as_listed(term)) for term in self._before]
        except TutorError:
            return [], []
        for number in range(TRIES):
            if len(instances) == POINTS:
                break
            try:
                instance = DrawnInstance([*known, *told], rng, friendly=number == 0, squares=True,
                                         general=self._general)  # fmt: skip
                try:
                    found = [instance.value(term) for term in told]
                    for term in known:
                        instance.value(term)
                except NotRationalError:
                    instance = instance.in_balls()
                    found = [instance.value(term) for term in told]
            except (TutorError, NotRationalError, ZeroDivisionError):
                continue
            instances.append(instance)
            wanted.append(found)
        return instances, wanted

    def _in_order(self, terms: tuple[Tree, ...]) -> tuple[Tree, ...] | None:
        """The terms in the order of those of the line that have their shapes; None where they have others."""
        if sorted(str(term.shape) for term in terms) != sorted(self._shapes):
            return None
        return tuple(sorted(terms, key=lambda term: self._shapes.index(str(term.shape))))

    def _is_written(self, terms: tuple[Tree, ...]) -> bool:
        ordered = self._in_order(terms)
        return ordered is not None and all_alike(ordered, self._said)

    def _has_value(self, terms: tuple[Tree, ...]) -> bool:
        ordered = self._in_order(terms)
        if ordered is None or not self._instances:
            return False
        self._left -= 1
        try:
            told = [self._values.of(self._values.elements.as_listed(term)) for term in ordered]
            return all(
                same_matrix(instance, instance.value(term), value)
                for instance, wanted in zip(self._instances, self._wanted, strict=True)
                for term, value in zip(told, wanted, strict=True)
            )
        except (TutorError, NotRationalError, ZeroDivisionError):
            return False


def _forms(terms: tuple[Tree, ...]) -> Iterator[tuple[Tree, ...]]:
    """The terms as they stand, and as true laws of moments open them."""
    yield terms
    tree = terms[0]
    if len(terms) > 1 or not any(is_moment(node) for node in walk(tree)) or _is_large(tree):
        return
    names = [symbol for symbol in _random_names(tree) if not symbol.is_scalar]
    # Elements are opened by laws; by what they are defined as only where the line speaks of vectors.
    rules = [definition_of(symbol, "") for symbol in names if symbol in symbols_of(tree)]
    seen = {tree}
    for laws in (MEANS, VARIANCES):
        line: Tree | None = tree
        for _ in range(MOST_FORMS + 1):
            if line is None or _is_large(line, MOST_OPENED):  # of forty elements there are eight hundred covariances
                break
            if line not in seen and not _is_large(line):
                seen.add(line)
                yield (line,)
            line = next(iter(derive_first(line, (*rules, *laws), most=1).lines[1:]), None)


def _is_large(tree: Tree, most: int = MOST_NODES) -> bool:
    return next(islice(walk(tree), most, None), None) is not None


def _random_names(tree: Tree) -> list[Symbol]:
    """The random vectors that are defined by others, and those by which they are."""
    found: dict[Symbol, None] = {}
    pending = list(symbols_of(tree))
    while pending:
        symbol = pending.pop()
        if symbol.role == "random" and symbol.definition is not None and symbol not in found:
            found[symbol] = None
            pending += symbols_of(symbol.definition)
    return list(found)


def candidates(terms: Sequence[Tree], rewrite: Callable[[Tree], Iterator[Replaced]]) -> Iterator[Candidate]:
    """What the terms of a line become by one use of a false rule, and by its use wherever it applies."""
    flat = [part for term in terms for part in (term.terms if isinstance(term, Sum) else (term,))]
    for tree in terms:
        if isinstance(tree, Sum) and len(terms) == 1:
            for replaced in _safely(rewrite, tree):
                yield Candidate(by_shape(replaced), tree, replaced)
    uses = 0
    for place, term in enumerate(flat):
        for node, replaced, made in _replaced_once(term, rewrite):
            uses += 1
            yield Candidate(by_shape((*flat[:place], *made, *flat[place + 1 :])), node, replaced)
    if uses > 1:
        everywhere = [_everywhere(term, rewrite) for term in flat]
        yield Candidate(by_shape([tree for made in everywhere for tree in made]), flat[0], tuple(flat[:1]))


def _replaced_once(
    tree: Tree, rewrite: Callable[[Tree], Iterator[Replaced]]
) -> Iterator[tuple[Tree, Replaced, Replaced]]:
    """The node, what stands for it, and the whole: terms of any shapes where the node is the whole."""
    for replaced in _safely(rewrite, tree):
        yield tree, replaced, replaced
    for place, part in enumerate(tree.parts):
        for node, replaced, made in _replaced_once(part, rewrite):
            try:
                joined = made[0] if len(made) == 1 else Sum(made)
                yield node, replaced, (tree.rebuild((*tree.parts[:place], joined, *tree.parts[place + 1 :])),)
            except TutorError:
                continue


def _everywhere(tree: Tree, rewrite: Callable[[Tree], Iterator[Replaced]]) -> Replaced:
    """A tree with the first form that a false rule gives for each node to which it applies, outermost first."""
    found = next(_safely(rewrite, tree), None)
    if found is not None:
        return found
    parts: list[Tree] = []
    for part in tree.parts:
        made = _everywhere(part, rewrite)
        try:
            parts.append(made[0] if len(made) == 1 else Sum(made))
        except TutorError:
            return (tree,)
    try:
        return (tree.rebuild(tuple(parts)) if tuple(parts) != tree.parts else tree,)
    except TutorError:
        return (tree,)


def _safely(rewrite: Callable[[Tree], Iterator[Replaced]], tree: Tree) -> Iterator[Replaced]:
    """What a false rule gives for a node, without what cannot be built, as a product that does not exist."""
    found = rewrite(tree)
    while True:
        try:
            yield next(found)
        except StopIteration:
            return
        except TutorError:
            return

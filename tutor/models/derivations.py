"""Derivations from one given form to another, in the names of a model or of the lecture."""

from __future__ import annotations

from collections.abc import Iterator

import sympy

from tutor.algebra.between import derivation_between, require_equal
from tutor.algebra.nodes import Covariance, Expectation, Product, Scalar, Symbol, Variance, Zero
from tutor.algebra.rules import Derivation, Step, turned, without_detours
from tutor.algebra.singular import require_inverses
from tutor.algebra.structure.joined import steps_by_structure
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform
from tutor.errors import NoDerivationError, TutorError
from tutor.models.asked_by_name import how_asked
from tutor.models.known_moments import Known, known_moments
from tutor.models.mixed import MixedModel
from tutor.models.moments import derive as derive_moment
from tutor.models.moments import has_elements
from tutor.models.projections import with_projections
from tutor.notation.forms import read_forms
from tutor.notation.read import HasVocabulary, names_of, read
from tutor.notation.vocabulary import Vocabulary


def derive_in(model: MixedModel, what: str | Tree, to: str | Tree | None) -> Derivation:
    """What is asked of a model, or the steps to another form of it; see `MixedModel.derive`."""
    from tutor.models.inference.asked_sources import derive_squares, squares_asked

    squares = squares_asked(what)
    if squares is not None:
        return derive_squares(model, squares, to)
    if to is not None:
        return derive_to(model, what, to)
    try:
        return derive_moment(model, what)
    except TutorError as error:
        asked = how_asked(what) if isinstance(what, str) else None
        if asked is None:
            raise
        raise TutorError(f"{what} is no formula.", tip=asked) from error


def derive_to(model: MixedModel, what: str | Tree, to: str | Tree) -> Derivation:
    """The steps from one form to another in a model; see `MixedModel.derive`."""
    start, goal = _trees(what, to, with_projections(model.vocabulary))
    begun, ended = _with_values(model, start), _with_values(model, goal)
    if (begun.result, ended.result) != (start, goal):
        between = derive_to(model, begun.result, ended.result)
        back = [turned(step) for step in reversed(ended.steps)]
        return without_detours(begun.goal, [*begun.steps, *between.steps, *back])
    require_inverses(start, goal)
    moment = _moment_derivation(model, start)
    for known in (moment, derive_moment(model, Variance(model.y))):
        if known is not None and start in known.lines and goal in known.lines[known.lines.index(start) :]:
            return Derivation(start, known.steps[known.lines.index(start) : known.lines.index(goal)])
    rules = [known.rule for known in known_moments(model.y, model.mean, model.covariance, model.u, model.e)]
    try:
        return derivation_between(start, goal, rules, model.symbols)
    except NoDerivationError:
        first = moment or Derivation(start, ())
        require_equal(first.result, goal)
        rest = steps_by_structure(first.result, goal)
        if rest is None and moment is not None:
            rest = derivation_between(moment.result, goal, rules, model.symbols).steps
        if rest is None:
            raise
        return without_detours(start, [*first.steps, *rest])


def _with_values(model: MixedModel, tree: Tree) -> Derivation:
    """The derivation of a moment of elements; of another tree the step that gives those in it their values."""
    if has_elements(model, tree):
        return derive_moment(model, tree)
    found: dict[Tree, Derivation] = {}

    def moment_of(node: Tree) -> Derivation | None:
        if node not in found and has_elements(model, node):
            found[node] = derive_moment(model, node)
        return found.get(node)

    named = transform(tree, lambda node: None if (known := moment_of(node)) is None else known.goal)
    result = transform(tree, lambda node: None if (known := moment_of(node)) is None else known.result)
    told = dict.fromkeys(f"{known.goal} = {known.result}" for known in found.values())
    steps = (Step("moments-of-elements", ", ".join(told), named, result),) if told else ()
    return Derivation(named, steps)


def derive(start: str | Tree, to: str | Tree, vocabulary: Vocabulary | HasVocabulary | None = None) -> Derivation:
    """The steps from one form to another, both text or trees; text is read by the lecture's vocabulary unless told.

    Raises
    ------
    ShapeError
        When the shapes differ.
    NotEqualError
        When the values differ on an exact instance, which it carries.
    DomainError
        When a matrix is inverted that is known to have no inverse.
    NoDerivationError
        When the laws do not join the two within the bounds of the search.
    ReadError
        When a text cannot be read.

    >>> len(derive("(Z'R^-1 Z + G^-1)^-1 Z'R^-1", to="G Z' V^-1"))
    1
    """
    words = with_projections(names_of(vocabulary))
    first, last = _trees(start, to, words)
    try:
        return derivation_between(first, last, [known.rule for known in _lecture_moments(words)])
    except NoDerivationError:
        steps = steps_by_structure(first, last)
        if steps is None:
            raise
        return without_detours(first, steps)


def _lecture_moments(vocabulary: Vocabulary) -> Iterator[Known]:
    found = [vocabulary.lookup(key) for key in ("y", "X", "beta", "V", "u", "e")]
    trees = [name.tree for name in found if name is not None and isinstance(name.tree, Symbol)]
    symbols = [tree for tree in trees if isinstance(tree, Symbol)]
    if len(symbols) == len(found):
        y, X, beta, V, u, e = symbols
        yield from known_moments(y, Product((X, beta)), V, u, e)


def _trees(start: str | Tree, goal: str | Tree, vocabulary: Vocabulary) -> tuple[Tree, Tree]:
    """Both forms; letters that are no names stand for any matrices, vectors and numbers where the first has them."""
    if isinstance(start, str) and isinstance(goal, str):
        together = read_forms(start, goal, vocabulary)
        if together is not None:
            return together
    first = _tree(start, vocabulary)
    return first, _tree(goal, vocabulary, first)


def _tree(given: str | Tree, vocabulary: Vocabulary, beside: Tree | None = None) -> Tree:
    """The tree that is given or read; an I or a 0 has the size of the one ``beside`` it."""
    shape = None if beside is None else beside.shape
    tree = given if isinstance(given, Tree) else read(given, vocabulary, shape=shape).tree
    if tree is None:
        raise TutorError(f"{given} is no formula that could be derived.", tip="Give a matrix, a vector or a moment.")
    return Zero(*shape) if shape is not None and tree == Scalar(sympy.S.Zero) and shape != tree.shape else tree


def _moment_derivation(model: MixedModel, start: Tree) -> Derivation | None:
    """What the model derives of a moment; None for another tree, and one that is not linear in y, u and ε."""
    if not isinstance(start, Expectation | Variance | Covariance):
        return None
    try:
        return derive_moment(model, start)
    except TutorError:
        return None

"""What statements claim: of a random quantity its family, its mean and its variance; of two, their covariance.

A distribution, a joint distribution in blocks, and moments written one by one, E(y) = Xβ and Var(y) = V, claim the
same things, so that it does not matter in which of these ways, or in which order, an answer says them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import sympy

from tutor.algebra.laws.joining import negated
from tutor.algebra.nodes import (
    Block,
    BlockDiagonal,
    Covariance,
    Expectation,
    Explicit,
    Identity,
    Ones,
    Scalar,
    Scaled,
    Sum,
    Symbol,
    Transpose,
    Variance,
    Zero,
)
from tutor.algebra.single import sum_or_term
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import TutorError
from tutor.notation.names import unicode_name
from tutor.notation.statement import Comparison, Distribution, Equation, Statement

PAIR = 2

MOMENTS = 2
"""Arguments of a normal distribution: its mean and its variance."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is claimed of one random quantity; what is None is not said.

    ``given`` are the keys of what is held fixed. ``arguments`` are those of a family that is not given by mean and
    variance, ``below`` its subscript.
    """

    subject: Tree
    given: frozenset[str] = frozenset()
    family: str | None = None
    mean: Tree | None = None
    variance: Tree | None = None
    arguments: tuple[Tree, ...] = ()
    below: str = ""
    is_denied: bool = False

    @property
    def key(self) -> str:
        """The key of the subject: u, y_ij; its text where it has none."""
        return key_of(self.subject)

    @property
    def name(self) -> str:
        """The subject in words, y | u."""
        given = ", ".join(sorted(unicode_name(key) for key in self.given))
        return f"{name_of(self.subject)} | {given}" if given else name_of(self.subject)


@dataclass(frozen=True, slots=True)
class Shared:
    """What is claimed of the covariance of two random quantities."""

    left: Tree
    right: Tree
    covariance: Tree

    @property
    def keys(self) -> frozenset[str]:
        return frozenset({key_of(self.left), key_of(self.right)})


@dataclass(frozen=True, slots=True)
class Claims:
    """All that statements claim of random quantities, and the statements that claim something else.

    ``are_independent`` says that the quantities of which there are claims were called so.
    """

    claims: tuple[Claim, ...]
    shared: tuple[Shared, ...]
    others: tuple[Statement, ...]
    are_independent: bool = False


def key_of(tree: Tree) -> str:
    """The key of a name; the text of anything else."""
    if isinstance(tree, Symbol):
        return tree.name.partition("|")[0]
    return str(tree.value) if isinstance(tree, Scalar) else str(tree)


def name_of(tree: Tree) -> str:
    """A random quantity in words: its name in Unicode, of a vector that is written out those of its elements."""
    if isinstance(tree, Symbol) or (isinstance(tree, Scalar) and tree.value.is_Symbol):
        return unicode_name(key_of(tree))
    inner = tree.tree if isinstance(tree, Transpose) else tree
    if isinstance(inner, Explicit) and tree.columns == 1:
        return f"[{', '.join(str(Scalar(cell)) for cell in inner.matrix.flat())}]'"
    return str(tree)


def claims_of(statements: Iterable[Statement]) -> Claims:
    """What statements claim, joined where several speak of one quantity."""
    told = tuple(statements)
    claims: list[Claim] = []
    shared: list[Shared] = []
    others: list[Statement] = []
    for statement in told:
        found = list(_claims_in(statement))
        if not found:
            others.append(statement)
        claims += [claim for claim in found if isinstance(claim, Claim)]
        shared += [claim for claim in found if isinstance(claim, Shared)]
    are_independent = any(isinstance(each, Distribution) and each.manner == "independent" for each in told)
    return Claims(tuple(_merged(claims)), tuple(shared), tuple(others), are_independent)


def _merged(claims: Iterable[Claim]) -> Iterator[Claim]:
    """E(y) = Xβ and Var(y) = V are one claim; what is said twice stays two."""
    open_ones: dict[tuple[str, frozenset[str]], Claim] = {}
    for claim in claims:
        place = claim.key, claim.given
        before = open_ones.get(place)
        if before is None:
            open_ones[place] = claim
        elif before.family is None and claim.family is None and (before.mean is None) != (claim.mean is None):
            open_ones[place] = replace(before, mean=before.mean or claim.mean,
                                       variance=before.variance or claim.variance)  # fmt: skip
        else:
            yield claim
    yield from open_ones.values()


def _claims_in(statement: Statement) -> Iterator[Claim | Shared]:
    if isinstance(statement, Distribution):
        yield from _of_distribution(statement)
    elif isinstance(statement, Equation) and len(statement.sides) > 1:
        yield from _of_moments(statement)
    elif isinstance(statement, Comparison) and len(statement.sides) == PAIR and statement.signs == ("⊥",):
        left, right = statement.sides[0], statement.sides[1]
        yield Shared(left, right, _nothing(left, right))


def _of_distribution(told: Distribution) -> Iterator[Claim | Shared]:
    if told.subject is None:
        raise TutorError("Of what this is the distribution is not told.", tip="Write it before ~, as in y ~ N(Xβ, V).")
    given = frozenset(key_of(tree) for tree in told.given)
    plain = Claim(told.subject, given, told.family, below=told.below, is_denied=told.is_denied)
    if told.family not in ("N", "") or len(told.arguments) != MOMENTS:
        yield replace(plain, arguments=told.arguments)
        return
    subject, mean, variance = *_moved(told.subject, told.arguments[0]), told.arguments[1]
    plain = replace(plain, subject=subject)
    pieces = _stacked(subject)
    means = [Zero(piece.rows, piece.columns) for piece in pieces] if is_nothing(mean) else _stacked(mean)
    blocks = _blocks(variance, pieces)
    if len(pieces) < MOMENTS or len(means) != len(pieces) or blocks is None:
        yield replace(plain, mean=mean, variance=variance)
        return
    for i, piece in enumerate(pieces):
        yield replace(plain, subject=piece, mean=means[i], variance=blocks[i][i])
        for j in range(i):
            yield Shared(pieces[j], piece, blocks[j][i])


def _moved(subject: Tree, mean: Tree) -> tuple[Tree, Tree]:
    """y and Xβ for the y − Xβ and the 0 of y − Xβ ~ N(0, V): what is constant on the left goes to the mean."""
    terms = subject.terms if isinstance(subject, Sum) else (subject,)
    random = [term for term in terms if any(symbol.role == "random" for symbol in symbols_of(term))]
    if len(terms) == 1 or len(random) != 1 or not isinstance(random[0], Symbol):
        return subject, mean
    others = [negated(term) for term in terms if term is not random[0]]
    return random[0], sum_or_term(others if is_nothing(mean) else [mean, *others])


def _stacked(tree: Tree) -> list[Tree]:
    """The parts of a vector that stand below one another, also as (u', ε')'."""
    if isinstance(tree, Transpose) and isinstance(tree.tree, Block) and len(tree.tree.grid) == 1:
        return [part.tree if isinstance(part, Transpose) else Transpose(part) for part in tree.tree.grid[0]]
    if isinstance(tree, Block) and all(len(row) == 1 for row in tree.grid):
        return [row[0] for row in tree.grid]
    return [tree]


def is_nothing(tree: Tree) -> bool:
    """Whether a tree is 0."""
    if isinstance(tree, Block):
        return all(is_nothing(part) for part in tree.parts)
    if isinstance(tree, Explicit):
        return not any(tree.filled.values())
    return isinstance(tree, Zero) or (isinstance(tree, Scalar) and tree.value.is_zero is True)


def _blocks(variance: Tree, pieces: list[Tree]) -> list[list[Tree]] | None:
    """The blocks of a joint variance, by the pieces of the vector; None where it is not written in such."""
    if isinstance(variance, BlockDiagonal) and len(variance.parts) == len(pieces):
        return [[part if i == j else Zero(pieces[i].rows, pieces[j].rows) for j in range(len(pieces))]
                for i, part in enumerate(variance.parts)]  # fmt: skip
    if isinstance(variance, Block) and len(variance.grid) == len(pieces) == len(variance.grid[0]):
        return [list(row) for row in variance.grid]
    return None


def _of_moments(told: Equation) -> Iterator[Claim | Shared]:
    """E(y) = Xβ, Var(y) = V, Cov(u, ε) = 0; a chain of covariances that are all zero claims each."""
    value = told.sides[-1]
    for moment in told.sides[:-1]:
        if isinstance(moment, Expectation):
            subject, given = _conditioned(moment.tree)
            yield Claim(subject, given, mean=value)
        elif isinstance(moment, Variance):
            subject, given = _conditioned(moment.tree)
            yield Claim(subject, given, variance=value)
        elif isinstance(moment, Covariance):
            pair = moment.left, moment.right
            yield Shared(*pair, _nothing(*pair) if is_nothing(value) else value)


def _conditioned(tree: Tree) -> tuple[Tree, frozenset[str]]:
    """y and u of y | u, which the reader makes one name."""
    if isinstance(tree, Symbol) and "|" in tree.name:
        _, _, given = tree.name.partition("|")
        return tree, frozenset(key.strip() for key in given.split(",") if key.strip())
    return tree, frozenset()


def _nothing(left: Tree, right: Tree) -> Tree:
    return Scalar(sympy.S.Zero) if left.is_scalar and right.is_scalar else Zero(left.rows, right.rows)


def of_vector(claim: Claim, vector: Symbol) -> Claim | None:
    """What u_j ~ N(0, σ²_u), said of each element, claims of the vector u; None where an index would stay."""
    parts = (claim.mean, claim.variance)
    if any(part is not None and (not isinstance(part, Scalar) or _has_index(part)) for part in parts):
        return None
    mean, variance = claim.mean, claim.variance
    return replace(
        claim,
        subject=vector,
        mean=None if mean is None else Zero(vector.rows, vector.columns) if is_nothing(mean)
        else Scaled(mean, Ones(vector.rows, vector.columns)),
        variance=None if variance is None else Scaled(variance, Identity(vector.rows)),
    )  # fmt: skip


def _has_index(part: Scalar) -> bool:
    """Whether a letter has an index below it that is not the name of a variance, τ_i but not σ²_u."""
    return any("_" in str(letter) and not str(letter).startswith("sigma") for letter in part.value.free_symbols)

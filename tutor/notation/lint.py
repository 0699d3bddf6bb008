r"""Remarks on the notation of a text, apart from right and wrong: what a lecturer would mark in the margin.

No finding bears on whether an answer is right. Each rule takes what was read and yields its findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

import sympy

from tutor.algebra.nodes import Block, Covariance, Expectation, Explicit, Scalar, Symbol, Transpose, Variance, Zero
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.finding import Finding
from tutor.notation.names import GREEK, latex_name, split_key, unicode_name
from tutor.notation.parsing import syntax
from tutor.notation.parsing.dependence import COVARIANCES, PARAMETERS
from tutor.notation.parsing.manners import BESIDES
from tutor.notation.statement import Comparison, Definition, Distribution, Equation, Expression, Statement, kind_of
from tutor.notation.vocabulary import Vocabulary

_INDEX_LETTERS = frozenset("ijklmno")
_BOLD_BY_LETTER = frozenset("IJ1")
"""The names of matrices, and of the vector of ones, that are in no vocabulary."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What the rules look at: the text, its syntax, what it says, and the words it says it with; ``plain`` are the
    cells of its matrices that are plain sums, and ``below`` the nodes of each statement without those."""

    text: str
    display: syntax.Display
    parts: tuple[Statement, ...]
    vocabulary: Vocabulary
    plain: frozenset[syntax.Node]
    below: tuple[tuple[syntax.Node, ...], ...]

    @property
    def is_latex(self) -> bool:
        return "\\" in self.text


def lint(
    text: str,
    display: syntax.Display,
    parts: tuple[Statement, ...],
    vocabulary: Vocabulary,
    plain: frozenset[syntax.Node],
) -> tuple[Finding, ...]:
    """The remarks on a text that was read, in the order of their places; none where it is written as in the lecture."""
    below = tuple(tuple(syntax.postorder(statement, plain)) for statement in display.statements)
    told = _Read(text, display, parts, vocabulary, plain, below)
    return in_order([finding for rule in RULES for finding in rule(told)])


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by its place; a letter that belongs below the line is no vector that should be bold."""
    lowered = [range(found.start, found.end) for found in findings if found.key == "missing-underscore"]
    kept = [f for f in findings if f.key != "bold-missing" or not any(f.start in place for place in lowered)]
    return tuple(sorted(dict.fromkeys(kept), key=lambda finding: (finding.start, finding.end)))


# Letters


def small_matrices(display: syntax.Display, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Small bold letters where only the capital is a name: zgz' + R. Such a text cannot be read."""
    for node in syntax.postorder(display):
        if not isinstance(node, syntax.Named) or node.spelling.subscript:
            continue
        letters = node.spelling.letters
        parts = [letters] if letters in vocabulary or letters in GREEK else list(letters)
        small = [part for part in parts if _is_small_matrix(part, node.spelling.bold, vocabulary)]
        if small and all(part in small or part in vocabulary for part in parts):  # and no word, as "fixed"
            yield _in_lower_case(small, node)


def _is_small_matrix(letter: str, bold: bool, vocabulary: Vocabulary) -> bool:
    if len(letter) != 1 or not letter.islower():
        return False
    capital, own = vocabulary.lookup(letter.upper()), vocabulary.lookup(letter)
    known = own is not None and not (bold and own.tree.is_scalar and own.bold is None)
    return capital is not None and isinstance(capital.tree, Symbol) and not known and not capital.tree.is_scalar


def _small_inverses(told: _Read) -> Iterator[Finding]:
    """A small bold letter of which there is an inverse, v⁻¹ for V⁻¹: a vector has none."""
    for node in chain.from_iterable(told.below):
        named = node.inner if isinstance(node, syntax.Inverse) else None
        if not isinstance(named, syntax.Named) or not named.spelling.bold or named.spelling.subscript:
            continue
        letter = named.spelling.letters
        capital = told.vocabulary.lookup(letter.upper())
        if len(letter) == 1 and letter.islower() and capital is not None and not capital.tree.is_scalar:
            yield _in_lower_case([letter], named)


def _in_lower_case(letters: list[str], node: syntax.Node) -> Finding:
    named = ", ".join(dict.fromkeys(letters))
    sentence = f"Matrices have capital letters: {named.upper()}, not {named}."
    return Finding("matrix-in-lower-case", node.start, node.end, sentence)


def _bold_missing(told: _Read) -> Iterator[Finding]:
    """Vectors and matrices in plain letters, each name once; nothing where a text has no fonts, or only scalars."""
    if not told.is_latex or kind_of(told.parts) == "index-model":
        return
    seen: set[str] = set()
    for node, below, part in zip(told.display.statements, told.below, told.parts, strict=False):
        if not any(_has_matrices(tree) for tree in _trees(part)):
            continue
        nodes = tuple(syntax.postorder(node)) if told.plain else below
        parameters = _parameters(nodes)
        for name in nodes:
            if isinstance(name, syntax.Named) and not name.spelling.bold and name not in parameters:
                key = _vector_or_matrix(name, told.vocabulary)
                if key and key not in seen:
                    seen.add(key)
                    yield Finding("bold-missing", name.start, name.end, _bold_sentence(key))


def _has_matrices(tree: Tree) -> bool:
    """Whether a tree is a vector or a matrix of letters, or a number made of them, as y'V⁻¹y."""
    if tree.is_scalar:
        return any(isinstance(node, Transpose) for node in walk(tree))
    return not isinstance(tree, Explicit)


def _parameters(nodes: Iterable[syntax.Node]) -> set[syntax.Node]:
    """The names in brackets behind a matrix that depends on them, as the γ of V(γ): letters of numbers there."""
    found: set[syntax.Node] = set()
    for node in nodes:
        if not isinstance(node, syntax.Chain):
            continue
        for matrix, brackets in pairwise(node.factors):
            is_covariance = isinstance(matrix, syntax.Named) and matrix.spelling.letters in COVARIANCES
            if is_covariance and isinstance(brackets, syntax.Group | syntax.Listed):
                told = brackets.items if isinstance(brackets, syntax.Listed) else (brackets.inner,)
                named = {item for item in told if isinstance(item, syntax.Named)}
                found |= {name for name in named if name.spelling.letters in PARAMETERS}
    return found


def _vector_or_matrix(name: syntax.Named, vocabulary: Vocabulary) -> str:
    """The key of a name that stands for one or several vectors and matrices, or ""."""
    spelling = name.spelling
    if spelling.letters in _BOLD_BY_LETTER:
        return spelling.letters
    if spelling.letters in GREEK and spelling.letters[0].isupper():
        return ""  # the lecture's Σ is upright as it is
    key = f"{spelling.letters}_{spelling.subscript}" if spelling.subscript else spelling.letters
    found = vocabulary.lookup(key)
    if found is not None:
        return key if not found.tree.is_scalar else ""
    if not spelling.run or spelling.subscript:
        return ""
    parts = [vocabulary.lookup(letter) for letter in spelling.letters]
    return key if parts and all(part is not None and not part.tree.is_scalar for part in parts) else ""


def _bold_sentence(key: str) -> str:
    base, _, subscripts = split_key(key)
    if len(base) > 1 and base not in GREEK:
        return rf"Vectors and matrices are bold: \mathbf{{{base}}}."
    what = "Matrices" if base[0].isupper() else "Vectors"
    spelled = latex_name("_".join([base, *subscripts]) if subscripts else base, bold=True)
    return f"{what} are bold: {spelled}."


# Statements


def _sides_and_places(told: _Read) -> Iterator[tuple[Statement, syntax.Node]]:
    yield from zip(told.parts, told.display.statements, strict=False)


def _trees(part: Statement) -> tuple[Tree, ...]:
    if isinstance(part, Expression):
        return (part.tree,)
    if isinstance(part, Equation):
        return part.sides
    if isinstance(part, Definition):
        return (part.subject,) if part.value is None else (part.subject, part.value)
    if isinstance(part, Distribution):
        return part.arguments if part.subject is None else (part.subject, *part.arguments)
    return ()


def _names(symbols: Iterable[sympy.Basic]) -> list[str]:
    """Of letters, without SymPy's printer, which takes its time."""
    return [symbol.name if isinstance(symbol, sympy.Symbol) else str(symbol) for symbol in symbols]


def _random_bases(tree: Tree | None, vocabulary: Vocabulary) -> list[str]:
    """The letters of the random vectors in a tree, also of those of which it has elements."""
    found: dict[str, None] = {}
    for node in walk(tree) if tree is not None else ():
        if isinstance(node, Symbol):
            symbols = [node.name]
        elif isinstance(node, Scalar):
            symbols = sorted(_names(node.value.free_symbols))
        elif isinstance(node, Explicit):
            symbols = sorted(_names(node.matrix.free_symbols))
        else:
            continue
        for symbol in symbols:
            base = split_key(symbol)[0]
            known = vocabulary.lookup(base)
            if known is not None and isinstance(known.tree, Symbol) and known.tree.role == "random":
                found[known.key] = None
    return list(found)


def _distribution_missing(told: _Read) -> Iterator[Finding]:
    """Random vectors of the model equation of which no statement tells the distribution or the variance."""
    given = {base for part in told.parts for tree in _given_law(part) for base in _random_bases(tree, told.vocabulary)}
    for part in told.parts:
        if not isinstance(part, Equation) or _random_bases(part.sides[0], told.vocabulary) != ["y"]:
            continue
        if not _is_of_y(part.sides[0]):
            continue
        missing = dict.fromkeys(
            base for side in part.sides[1:] for base in _random_bases(side, told.vocabulary) if base != "y"
        )
        for base in missing:
            if base not in given and "y" not in given:
                name = unicode_name(base)
                yield Finding(
                    "distribution-missing", part.start, part.end,
                    f"{name} is random: say how it is distributed, as {name} ~ N(0, …).",
                )  # fmt: skip


def _given_law(part: Statement) -> tuple[Tree, ...]:
    """What a statement tells a distribution or a variance of: e in e ~ N(0, R) and in Var(e) = R."""
    if isinstance(part, Distribution) and not part.is_denied and part.subject is not None:
        return (part.subject,)
    sides = part.sides if isinstance(part, Equation) else ()
    return tuple(side.tree for side in sides if isinstance(side, Variance))


def _is_of_y(tree: Tree) -> bool:
    """Whether a side is y itself or one of its elements."""
    return isinstance(tree, Symbol) or (isinstance(tree, Scalar) and tree.value.is_Symbol)


_EFFECTS = frozenset("abcdefghlpqrstuvwz") | {"alpha", "tau", "rho", "gamma", "delta"}
"""Letters that are random effects where a text gives them a distribution with the mean 0, as v in v ~ N(0, σ²_v)."""


def _covariance_unstated(told: _Read) -> Iterator[Finding]:
    """Two random vectors with distributions of their own, and no word on their covariance."""
    own: dict[str, Distribution] = {}
    for part in told.parts:
        if any(_is_joint_moment(node, told.vocabulary) for tree in _trees(part) for node in walk(tree)):
            return
        if isinstance(part, Comparison) and "⊥" in part.signs:
            return
        if isinstance(part, Distribution) and not part.given:
            bases = _drawn_bases(part, told.vocabulary)
            if isinstance(part.subject, Block | Explicit) and len(bases) > 1:
                return
            own |= {base: part for base in bases if base != "y"}
    if len(own) > 1 and all(part.manner != BESIDES for part in own.values()):
        *others, last = own
        names = f"{', '.join(map(unicode_name, others))} and {unicode_name(last)}"
        pair = "".join(f"cov({a}, {b}) = " for a, b in combinations(map(unicode_name, own), 2)) + "0"
        yield Finding(
            "covariance-unstated", own[last].start, own[last].end,
            f"How {names} vary together is not said; the lecture adds {pair}.",
        )  # fmt: skip


def _is_zero(tree: Tree) -> bool:
    return isinstance(tree, Zero) or tree == Scalar(sympy.S.Zero)


def _is_joint_moment(node: Tree, vocabulary: Vocabulary) -> bool:
    """Whether a tree tells how random vectors vary together: Cov(u, e), E(ue'), the variance of u and e stacked."""
    if isinstance(node, Covariance):
        return True
    return isinstance(node, Expectation | Variance) and len(_random_bases(node.tree, vocabulary)) > 1


def _drawn_bases(part: Distribution, vocabulary: Vocabulary) -> list[str]:
    """The letters of what a statement gives a distribution: random vectors, and effects with the mean 0."""
    found = _random_bases(part.subject, vocabulary)
    if found or not part.arguments or not _is_zero(part.arguments[0]):
        return found
    subject = part.subject
    name = subject.name if isinstance(subject, Symbol) else str(subject.value) if isinstance(subject, Scalar) else ""
    base = split_key(name)[0] if name else ""
    return [base] if base in _EFFECTS else []


def _index_on_one_side(told: _Read) -> Iterator[Finding]:
    """An equation of elements with an index that its other side has not."""
    for part in told.parts:
        if not isinstance(part, Equation) or not all(isinstance(side, Scalar) for side in part.sides):
            continue
        if any(side.has(sympy.Sum) for side in (s.value for s in part.sides if isinstance(s, Scalar))):
            continue
        left, right = _indices(part.sides[0]), _indices(part.sides[-1])
        if not _is_of_y(part.sides[0]) or not left or not right:
            continue
        for letter in sorted(left ^ right):
            where, other = ("left", "right") if letter in left else ("right", "left")
            yield Finding(
                "index-on-one-side", part.start, part.end,
                f"The index {letter} stands on the {where} and not on the {other}.",
            )  # fmt: skip


def _indices(tree: Tree) -> set[str]:
    if not isinstance(tree, Scalar):
        return set()
    names = [name for name in _names(tree.value.free_symbols) if not name.startswith("sigma")]
    below = [name.partition("_")[2] for name in names]
    return {letter for part in below if re.fullmatch(r"[\di-o(),._']+", part) for letter in part} & _INDEX_LETTERS


def _deviation_for_variance(told: _Read) -> Iterator[Finding]:
    """N(0, σ): the second argument is a variance."""
    for part, node in _sides_and_places(told):
        if not isinstance(part, Distribution) or part.family != "N" or len(part.arguments) != 2:
            continue
        deviations = [value for tree in walk(part.arguments[1]) for value in _on_diagonal(tree) if _is_deviation(value)]
        if deviations:
            place = node.arguments[1] if isinstance(node, syntax.Distributed) else node
            key = str(deviations[0].args[0])
            name, square = unicode_name(key.replace("sigma2", "sigma", 1)), unicode_name(key)
            yield Finding(
                "deviation-for-variance", place.start, place.end,
                f"The second argument of N is a variance: {square}, not {name}.",
            )  # fmt: skip


def _on_diagonal(tree: Tree) -> tuple[sympy.Basic, ...]:
    """A number itself, and the numbers on the diagonal of a matrix of numbers."""
    if isinstance(tree, Scalar):
        return (tree.value,)
    if not isinstance(tree, Explicit) or not (tree.rows.is_Integer and tree.rows == tree.columns):
        return ()
    return tuple(tree.matrix.diagonal())


def _is_deviation(value: sympy.Basic) -> bool:
    root = isinstance(value, sympy.Pow) and value.exp == sympy.S.Half and isinstance(value.base, sympy.Symbol)
    return root and str(value.args[0]).startswith("sigma2")


def _sides_apart(told: _Read) -> Iterator[Finding]:
    """Sides of an equation that have different numbers of rows or columns: V = G where V is 6 × 6 and G 2 × 2."""
    for node, part in zip(told.display.statements, told.parts, strict=False):
        if not (isinstance(part, Equation) and isinstance(node, syntax.Relation)):
            continue
        first = part.sides[0].shape
        if (told_apart := _number_beside_matrix(part.sides)) is not None:
            yield Finding("shapes-do-not-meet", node.start, node.end, told_apart)
            continue
        for side in part.sides[1:]:
            if any(a.is_Integer and b.is_Integer and a != b for a, b in zip(first, side.shape, strict=True)):
                rows, columns = side.shape
                yield Finding(
                    "shapes-do-not-meet", node.start, node.end,
                    f"The left side is {first[0]} × {first[1]}, and another one {rows} × {columns}.",
                )  # fmt: skip
                break


def _number_beside_matrix(sides: tuple[Tree, ...]) -> str | None:
    """What is said of a number that is equal to a vector or a matrix; None where no side is one, nor nought."""
    numbers = [side for side in sides if side.is_scalar and side != Scalar(sympy.S.Zero)]
    others = [side for side in sides if not side.is_scalar]
    if not numbers or not others:
        return None
    rows, columns = others[0].shape
    return f"One side is a number, and another one {rows} × {columns}."


Rule = Callable[[_Read], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    _small_inverses,
    _bold_missing,
    _distribution_missing,
    _covariance_unstated,
    _index_on_one_side,
    _deviation_for_variance,
    _sides_apart,
)
"""Every rule on a text that can be read."""

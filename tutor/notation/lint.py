r"""Remarks on the notation of a text, apart from right and wrong: what a lecturer would mark in the margin.

No finding bears on whether an answer is right. Each rule takes what was read and yields its findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import chain, combinations, pairwise

import sympy

from tutor.algebra.nodes import (
    Block,
    Covariance,
    Expectation,
    Explicit,
    Scalar,
    Symbol,
    Variance,
    Zero,
)
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.notation.finding import Finding
from tutor.notation.lint_deviations import deviation_for_variance, deviation_in_covariances
from tutor.notation.lint_effects import law_beside_others
from tutor.notation.lint_estimates import estimate_against_parameter, estimate_without_hat, number_for_square
from tutor.notation.linted import Linted, given_law, has_matrices, names_of, trees_of
from tutor.notation.names import GREEK, latex_name, split_key
from tutor.notation.parsing import syntax
from tutor.notation.parsing.dependence import COVARIANCES, PARAMETERS
from tutor.notation.parsing.manners import BESIDES
from tutor.notation.statement import Comparison, Distribution, Equation, Statement, kind_of
from tutor.notation.vocabulary import Vocabulary

_SELDOM = frozenset("rst")
"""Letters that are indices, of repeats, subjects and times, and other things as often."""

_INDEX_LETTERS = frozenset("ijklmno") | _SELDOM
_BOLD_BY_LETTER = frozenset("IJ1")
"""The names of matrices, and of the vector of ones, that are in no vocabulary."""


def lint(
    text: str,
    display: syntax.Display,
    parts: tuple[Statement, ...],
    vocabulary: Vocabulary,
    plain: frozenset[syntax.Node],
) -> tuple[Finding, ...]:
    """The remarks on a text that was read, in the order of their places; none where it is written as in the lecture."""
    below = tuple(tuple(syntax.postorder(statement, plain)) for statement in display.statements)
    told = Linted(text, display, parts, vocabulary, plain, below)
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


def _small_inverses(told: Linted) -> Iterator[Finding]:
    """A small bold letter of which there is an inverse, v⁻¹ for V⁻¹: a vector has none."""
    for node in chain.from_iterable(told.below):
        named = node.inner if isinstance(node, syntax.Inverse) else None
        if not isinstance(named, syntax.Named) or not named.spelling.bold or named.spelling.subscript:
            continue
        letter = named.spelling.letters
        capital = told.vocabulary.lookup(letter.upper())
        if len(letter) == 1 and letter.islower() and capital is not None and not capital.tree.is_scalar:
            yield _in_lower_case([letter], named)


def _small_for_matrix(told: Linted) -> Iterator[Finding]:
    """A small bold letter for what is square, v = ZGZ' + R."""
    for part, node in told.sides_and_places:
        if not (isinstance(part, Equation) and isinstance(node, syntax.Relation)):
            continue
        named = next(iter(syntax.postorder(node)), None)
        last = part.sides[-1]
        is_square = not last.is_scalar and last.rows == last.columns
        if not (is_square and isinstance(named, syntax.Named) and isinstance(part.sides[0], Symbol)):
            continue
        letter = named.spelling.letters
        if named.spelling.bold and len(letter) == 1 and letter.islower() and part.sides[0].name == letter:
            yield _in_lower_case([letter], named)


def _in_lower_case(letters: list[str], node: syntax.Node) -> Finding:
    named = ", ".join(dict.fromkeys(letters))
    sentence = f"Matrices have capital letters: {named.upper()}, not {named}."
    return Finding("matrix-in-lower-case", node.start, node.end, sentence)


def _bold_missing(told: Linted) -> Iterator[Finding]:
    """Vectors and matrices in plain letters, each name once; nothing where a text has no fonts, or only scalars."""
    if not told.is_latex or kind_of(told.parts) == "index-model":
        return
    seen: set[str] = set()
    for node, below, part in zip(told.display.statements, told.below, told.parts, strict=False):
        if not any(has_matrices(tree) for tree in trees_of(part)):
            continue
        nodes = tuple(syntax.postorder(node)) if told.plain else below
        parameters = _parameters(nodes)
        matrices = _matrices(part)
        for name in nodes:
            if isinstance(name, syntax.Named) and not name.spelling.bold and name not in parameters:
                key = _vector_or_matrix(name, told.vocabulary, matrices)
                if key and key not in seen:
                    seen.add(key)
                    yield Finding("bold-missing", name.start, name.end, _bold_sentence(key, name.spelling.accent))


def _matrices(part: Statement) -> set[str]:
    """The names of what is a vector or a matrix wherever it stands in a statement: X_i, which is a number elsewhere."""
    nodes = [node for tree in trees_of(part) for node in walk(tree)]
    numbers = {name for node in nodes if isinstance(node, Scalar) for name in names_of(node.value.free_symbols)}
    return {node.name for node in nodes if isinstance(node, Symbol) and not node.is_scalar} - numbers


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


def _vector_or_matrix(name: syntax.Named, vocabulary: Vocabulary, matrices: Container[str]) -> str:
    """The key of a name that stands for one or several vectors and matrices, or ""."""
    spelling = name.spelling
    if spelling.letters in _BOLD_BY_LETTER:
        return spelling.letters
    if spelling.letters in GREEK and spelling.letters[0].isupper():
        return ""  # the lecture's Σ is upright as it is
    key = f"{spelling.letters}_{spelling.subscript}" if spelling.subscript else spelling.letters
    found = vocabulary.lookup(key)
    if found is not None or key in matrices:
        return key if key in matrices or (found is not None and not found.tree.is_scalar) else ""
    if not spelling.run or spelling.subscript:
        return ""
    parts = [vocabulary.lookup(letter) for letter in spelling.letters]
    return key if parts and all(part is not None and not part.tree.is_scalar for part in parts) else ""


def _bold_sentence(key: str, accent: str) -> str:
    base, _, subscripts = split_key(key)
    if len(base) > 1 and base not in GREEK:
        return rf"Vectors and matrices are bold: \mathbf{{{base}}}."
    what = "Matrices" if base[0].isupper() else "Vectors"
    if base == "e":  # the key of ε, too
        base, spelled = "e", r"\mathbf{e}" + (f"_{{{''.join(subscripts)}}}" if subscripts else "")
    else:
        spelled = latex_name("_".join([base + accent, *subscripts]), bold=True)
    return f"{what} are bold: {spelled}."


# Statements


def _random_bases(tree: Tree | None, vocabulary: Vocabulary) -> list[str]:
    """The letters of the random vectors in a tree, also of those of which it has elements."""
    found: dict[str, None] = {}
    for node in walk(tree) if tree is not None else ():
        if isinstance(node, Symbol):
            symbols = [node.name]
        elif isinstance(node, Scalar):
            symbols = [name for name in sorted(names_of(node.value.free_symbols)) if not _is_fixed_by_custom(name)]
        elif isinstance(node, Explicit):
            symbols = sorted(names_of(node.matrix.free_symbols))
        else:
            continue
        for symbol in symbols:
            base = split_key(symbol)[0]
            known = vocabulary.lookup(base)
            if known is not None and isinstance(known.tree, Symbol) and known.tree.role == "random":
                found[known.key] = None
    return list(found)


def _is_fixed_by_custom(element: str) -> bool:
    """Whether an element is a fixed effect unless a text says more, as γ_00: of vectors, γ is as often random."""
    return split_key(element)[0] == "gamma"


def _distribution_missing(told: Linted) -> Iterator[Finding]:
    """Random vectors of the model equation of which no statement tells the distribution or the variance."""
    given = {base for part in told.parts for tree in given_law(part) for base in _random_bases(tree, told.vocabulary)}
    for part in told.parts:
        if not isinstance(part, Equation) or not _is_model(part, told):
            continue
        missing = dict.fromkeys(
            base for side in part.sides[1:] for base in _random_bases(side, told.vocabulary) if base != "y"
        )
        for base in missing:
            if base not in given and ("y" not in given or not _is_of_y(part.sides[0])):
                name = told.as_written(base)
                yield Finding(
                    "distribution-missing", part.start, part.end,
                    f"{name} is random: say how it is distributed, as {name} ~ N(0, …).",
                )  # fmt: skip


def _is_model(part: Equation, told: Linted) -> bool:
    """Whether an equation says what y is, or beside a distribution of y what its mean is, logit(p_ij) = β_0 + u_j."""
    left = part.sides[0]
    if _random_bases(left, told.vocabulary) == ["y"] or _is_response(left):
        return _is_of_y(left)
    laws = [p for p in told.parts if isinstance(p, Distribution) and _random_bases(p.subject, told.vocabulary) == ["y"]]
    is_link = isinstance(left, Scalar) and len(left.value.free_symbols) == 1 and not left.value.is_Symbol
    return is_link and bool(laws) and not _random_bases(left, told.vocabulary)


def _is_response(tree: Tree) -> bool:
    """Whether a side is an element of a response by another name: Y_ij, yield_ij."""
    value = tree.value if isinstance(tree, Scalar) else None
    base = split_key(value.name)[0] if isinstance(value, sympy.Symbol) else ""
    return base == "Y" or (len(base) > 1 and base not in GREEK)


def _is_of_y(tree: Tree) -> bool:
    """Whether a side is y itself or one of its elements."""
    return isinstance(tree, Symbol) or (isinstance(tree, Scalar) and tree.value.is_Symbol)


_EFFECTS = frozenset("abcdefghlpqrstuvwz") | {"alpha", "tau", "rho", "gamma", "delta"}
"""Letters that are random effects where a text gives them a distribution with the mean 0, as v in v ~ N(0, σ²_v)."""

_BY_LEVEL = re.compile(f"beta|[A-HJ-W]{{1,3}}|(?:{'|'.join(sorted(_EFFECTS))}|beta){{2,3}}")
"""Letters that are such effects where they have an index of the level: β_j and (αβ)_ij."""


def _covariance_unstated(told: Linted) -> Iterator[Finding]:
    """Two random vectors with distributions of their own, and no word on their covariance."""
    own: dict[str, Distribution] = {}
    for part in told.parts:
        if any(_is_joint_moment(node, told.vocabulary) for tree in trees_of(part) for node in walk(tree)):
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
        names = f"{', '.join(map(told.as_written, others))} and {told.as_written(last)}"
        pair = "".join(f"cov({a}, {b}) = " for a, b in combinations(map(told.as_written, own), 2)) + "0"
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
    base, _, below = split_key(name) if name else ("", False, ())
    is_of_level = isinstance(subject, Scalar) and "".join(below).isalpha() and _BY_LEVEL.fullmatch(base) is not None
    return [base] if base in _EFFECTS or is_of_level else []


def _index_on_one_side(told: Linted) -> Iterator[Finding]:
    """An equation of elements with an index that its other side has not."""
    for part in told.parts:
        if not isinstance(part, Equation) or not all(isinstance(side, Scalar) for side in part.sides):
            continue
        if any(side.has(sympy.Sum) for side in (s.value for s in part.sides if isinstance(s, Scalar))):
            continue
        left, right = _indices(part.sides[0]), _indices(part.sides[-1])
        if not _is_of_y(part.sides[0]) or not left or not right:
            continue
        # A t on the right alone may be the name of a treatment, β_t, and a t beside a slope is time itself.
        for letter in sorted((left - right - _bare(part.sides[-1])) | ((right - left) - _SELDOM)):
            where, other = ("left", "right") if letter in left else ("right", "left")
            yield Finding(
                "index-on-one-side", part.start, part.end,
                f"The index {letter} stands on the {where} and not on the {other}.",
            )  # fmt: skip


def _indices(tree: Tree) -> set[str]:
    if not isinstance(tree, Scalar):
        return set()
    names = [name for name in names_of(tree.value.free_symbols) if not name.startswith("sigma")]
    below = [name.partition("_")[2] for name in names]
    return {letter for part in below if re.fullmatch(r"[\di-or-t(),._'|]+", part) for letter in part} & _INDEX_LETTERS


def _bare(tree: Tree) -> set[str]:
    """The letters that stand in a side by themselves."""
    return set(names_of(tree.value.free_symbols)) if isinstance(tree, Scalar) else set()


def _sides_apart(told: Linted) -> Iterator[Finding]:
    """Sides of an equation that have different numbers of rows or columns: V = G where V is 6 × 6 and G 2 × 2."""
    for node, part in zip(told.display.statements, told.parts, strict=False):
        if not (isinstance(part, Equation) and isinstance(node, syntax.Relation)):
            continue
        first = part.sides[0].shape
        if (named := number_for_square(part, node, told.vocabulary)) is not None:
            yield _in_lower_case([named.spelling.letters], named)
            continue
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


Rule = Callable[[Linted], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    _small_inverses,
    _small_for_matrix,
    _bold_missing,
    _distribution_missing,
    law_beside_others,
    _covariance_unstated,
    _index_on_one_side,
    deviation_for_variance,
    deviation_in_covariances,
    _sides_apart,
    estimate_without_hat,
    lambda told: estimate_against_parameter(told.display),
)
"""Every rule on a text that can be read."""

r"""The blocks of one subject, V_i = Z_iDZ_i' + σ²I_{n_i}: they have a row for each of its n_i observations.

That a text is about subjects is told by n_i in it, or by blocks with one index that only the rows of a subject have in
common: X_i beside y_i, Z_i or V_i, and V_i or R_i beside Z_i or y_i. A Z_k alone is the part of Z of one factor. Of
letters that are not bold, where X_i may be a covariate, it is told by a block that is transposed or stands before β
or b_i.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import sympy

from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.notation.meaning.kinds import rows_of_unit
from tutor.notation.meaning.usage import NOTHING, Factor, Product, Usage, with_neighbours
from tutor.notation.names import BELOW
from tutor.notation.parsing import syntax
from tutor.notation.vocabulary import Name, Vocabulary

_COUNT = re.compile(f"n{BELOW}([g-ms])")
"""A subscript n_i, or its end, with the index."""

_INDICES = frozenset("ghijklms")
_LETTERS = frozenset("yYXZVRe") | {"epsilon", "Sigma"}
_TOGETHER = (
    {"X", "y"}, {"X", "Z"}, {"X", "V"}, {"Z", "V"}, {"Z", "R"}, {"Z", "Sigma"}, {"epsilon", "Sigma"}, {"e", "Sigma"},
    {"y", "V"}, {"y", "R"}, {"y", "Sigma"},
)  # fmt: skip
_EFFECTS = frozenset({"b", "u", "gamma"})
_BLOCKS = frozenset({"y", "X", "Z", "R", "V", "Sigma", "e", "epsilon", "mu", "eta", "u", "b", "gamma"})
_MEANS = frozenset({"mu", "eta"})
"""Those of them that are numbers where no index is."""


def of_subjects(vocabulary: Vocabulary, usage: Usage) -> Mapping[str, Name]:
    """The names of the blocks of a subject, by their keys, where a text is about subjects."""
    products = [*usage.products, *_products_in_cells(usage)]
    if not any(factor.below and factor.unit in _INDICES for product in products for factor in product):
        return {}
    bold, plain = _letters_by_index(products, usage, bold=True), _letters_by_index(products, usage, bold=False)
    if not (bold or plain):
        return {}
    matrices, counted = frozenset(_of_matrices(products)), frozenset(_counted(products, usage))
    names: dict[str, Name] = {}
    for index in {*bold, *plain}:
        letters = bold.get(index, set()) | (plain.get(index, set()) if index in matrices else set())
        if letters and (index in counted or any(pair <= letters for pair in _TOGETHER)):
            names |= {name.key: name for name in _blocks(vocabulary, index, usage, is_plain=index in matrices)}
            names |= {name.key: name for name in _parts_of_errors(names, index, usage)}
            effects = vocabulary.lookup("G")
            if effects is not None and vocabulary.lookup("D") is None and _has_glued_covariances(usage):
                # A letter that nobody introduced is told from the one behind it only by what is known of both.
                names["D"] = Name("D", Symbol("D", *effects.tree.shape))
    return names


def _products_in_cells(usage: Usage) -> Iterator[Product]:
    """The cells of matrices: (y_i, b_i)' and its variance matrix are about a subject, as plain as each cell is."""
    for matrix in usage.of(syntax.Matrix):
        yield from map(usage.product, matrix.parts)


def _letters_by_index(products: Sequence[Product], usage: Usage, *, bold: bool) -> dict[str, set[str]]:
    """Index: the letters of blocks that stand with it."""
    told: dict[str, set[str]] = {}
    for product in products:
        for _, factor, behind in with_neighbours(product):
            is_block = factor.letter in _LETTERS and factor.unit in _INDICES and factor.bold == bold
            if is_block and factor.accent in {"", "hat"} and not _is_argument(behind, usage):
                told.setdefault(factor.unit, set()).add("y" if factor.letter == "Y" else factor.letter)
    return told


def _is_argument(behind: Factor, usage: Usage) -> bool:
    """Whether what stands behind a letter is the argument of a function, the t of Z_i(t), and no Greek parameter."""
    argument = usage.single(behind.node.inner) if isinstance(behind.node, syntax.Group) else NOTHING
    return (argument.is_small or argument.letter.isdigit()) and argument.is_bare


def _of_matrices(products: Sequence[Product]) -> Iterator[str]:
    """The i of X_i'V_i⁻¹, Z_ib_i and X_iβ; X_i'β has the covariates of one observation."""
    for product in products:
        for _, factor, behind in with_neighbours(product):
            if factor.letter not in {"X", "Z"} or factor.bold or factor.unit not in _INDICES:
                continue
            is_before_slopes = behind.letter == "beta" and not behind.below
            is_before_effects = behind.letter in _EFFECTS and behind.below in _INDICES
            is_before_vector = not factor.above and (is_before_slopes or is_before_effects)
            if is_before_vector or (factor.is_transposed and not is_before_slopes):
                yield factor.unit


def _counted(products: Sequence[Product], usage: Usage) -> Iterator[str]:
    """The i of n_i, how many observations a subject has; also below a letter, I_{n_i} and y_{i,n_i}, as a dimension,
    and at the end of a range."""
    apart = [node.size for node in usage.of(syntax.Dimension)]
    apart += [node.last for node in usage.of(syntax.Range) if node.last is not None]
    for factor in chain.from_iterable((*products, *map(usage.product, apart))):
        if factor.letter == "n":
            yield factor.unit
        elif BELOW in factor.below:
            yield from _COUNT.findall(factor.below)


def _has_glued_covariances(usage: Usage) -> bool:
    """Z_iDZ_i'."""
    return any(
        first.letter == "D" and first.is_bare and second.letter == "Z" and second.glued and second.unit in _INDICES
        for first, second in usage.beside
    )


def _blocks(vocabulary: Vocabulary, index: str, usage: Usage, *, is_plain: bool) -> Iterator[Name]:
    """The names of the blocks; if the letters are ``is_plain`` they are blocks also where they are not bold."""
    for key, name in vocabulary.names.items():
        tree = Symbol(key, size("n"), ONE) if key in _MEANS else name.bold or name.tree
        if key not in _BLOCKS or not isinstance(tree, Symbol):
            continue
        rows, columns = (rows_of_unit(index, usage) if extent == size("n") else extent for extent in tree.shape)
        block = Symbol(f"{key}_{index}", rows, columns, tree.role, tree.facts)
        element = Scalar(sympy.Symbol(f"{key}_{index}", real=True))
        yield Name(block.name, block if is_plain else element, name.about, bold=block)


def _parts_of_errors(names: Mapping[str, Name], index: str, usage: Usage) -> Iterator[Name]:
    """The ε_{(1)i} and ε_{(2)i} of a subject, as long as ε_i."""
    told = {factor.below for factor in usage.factors} & {f"({number}){index}" for number in "123"}
    for key in (f"epsilon_{index}", f"e_{index}"):
        error = names.get(key)
        for part in sorted(told):
            if error is not None and isinstance(error.bold, Symbol):
                block = Symbol(f"{key.partition('_')[0]}_{part}", *error.bold.shape, error.bold.role)
                yield Name(block.name, block if isinstance(error.tree, Symbol) else error.tree, error.about, bold=block)

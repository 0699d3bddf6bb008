"""Sorting the statements of a text about a model by elements by what they tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Block, Covariance, Explicit, Identity, Product, Scalar, Scaled, Symbol, Transpose, Zero
from tutor.algebra.nodes import Variance as VarianceOf
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ReadError
from tutor.models.about_their_means import is_about_mean
from tutor.models.element_names import element_name, plain_name
from tutor.models.index import Name
from tutor.models.linked import link_of_tree
from tutor.models.probabilities import with_means
from tutor.models.told import Effects, Stacked, Told, Variance
from tutor.models.told_serially import Serial, serial
from tutor.models.vector_covariates import written_out
from tutor.notation.names import VARIANCES, is_variance, unicode_name
from tutor.notation.read import Reading
from tutor.notation.statement import (
    Comparison,
    Definition,
    Dimension,
    Distribution,
    Equation,
    Expression,
    Hypothesis,
    Range,
    Statement,
    Term,
)
from tutor.notation.write import unicode

_VARIANCE = re.compile(r"(?:sigma|tau)2?(?:_|$)")
_OF_CELL = re.compile(r"sigma_[a-z]{2,}")
"""The name below which the reader has σ²_ij, a variance for each cell, as the square of a covariance."""


def told_by(reading: Reading, levels: Mapping[str, Any] | None = None) -> Told:
    """The statements of a reading, sorted. Vectors of covariates are as long as ``levels`` say, {"p": 2}.

    Raises
    ------
    ReadError
        For a statement that says nothing about a linear mixed model by elements.
    SizeError
        Where the number of covariates in a vector is not said.
    """
    told = Told(reading.text)
    distributions = [part for part in reading.parts if isinstance(part, Distribution)]
    told.laws = [part for part in distributions if not _is_normal(part)]
    beside = _indices_beside(reading.parts)
    for place, part in enumerate(reading.parts):
        if isinstance(part, Range):
            told.ranges[part.index] = part.last
        elif place in beside:
            told.ranges.update(beside[place])
        elif isinstance(part, Equation):
            of_means, law = with_means(part, told.laws)
            told.laws += [law] if law is not None else []
            if of_means is not None:
                _equation(written_out(of_means, levels or {}), told)
        elif isinstance(part, Definition) and part.value is not None:
            _matrix(part.subject, part.value, told)
        elif not (isinstance(part, Dimension | Distribution | Hypothesis) or _says_independent(part)):
            shown = reading.text[part.start : part.end]
            raise told.error(f"{shown} is no statement about a model by elements.", "no-index-model",
                             "Write equations as y_ij = μ + τ_i + …, distributions, and ranges of the indices.",
                             part)  # fmt: skip
    for part in distributions:  # after all matrices are known
        if part not in told.laws:
            _distribution(part, told, levels or {})
    for each in told.serial:
        told.stacked.append(Stacked((each.whole,), each.matrix(_own_variance(each, told)), each.statement))
    return told


def _indices_beside(parts: Sequence[Statement]) -> dict[int, dict[str, Size | None]]:
    """The ranges of letters that stand alone before a range, i and j of i, j, k = 1, …, 4, by their places."""
    found: dict[int, dict[str, Size | None]] = {}
    last: Range | None = None
    for place, part in reversed(list(enumerate(parts))):
        key = _key(part.tree) if isinstance(part, Expression) else None
        if isinstance(part, Range):
            last = part
        elif last is not None and key is not None and len(key) == 1 and key.islower():
            found[place] = {key: last.last}
        else:
            last = None
    return found


def _own_variance(each: Serial, told: Told) -> sympy.Symbol | None:
    """The variance of an element, or of its innovation, which a distribution of its own tells; None without one.

    Raises
    ------
    ReadError
        "distribution-missing", for an innovation without one.
    """
    key = each.innovation or each.key
    own = next((effects for effects in told.random if effects.names == (element_name(key),)), None)
    if own is None and each.innovation:
        shown = plain_name(element_name(key))
        raise told.error(f"{shown} has no distribution.", "distribution-missing", f"Add {shown} ~ N(0, σ²).",
                         each.statement)  # fmt: skip
    if own is None:
        return None
    told.random.remove(own)
    return own.variance if isinstance(own.variance, sympy.Symbol) else None


def _says_independent(part: Statement) -> bool:
    """Whether it is u_i ⊥ ε_ij, which is so wherever no covariance was written, or j ≠ j', for which it is told."""
    return isinstance(part, Comparison) and (set(part.signs) == {"⊥"} or _says_different(part))


def _says_different(part: Comparison) -> bool:
    keys = [_key(side) for side in part.sides]
    return set(part.signs) == {"≠"} and all(key is not None and len(key.rstrip("'")) == 1 for key in keys)


def _is_nothing(tree: Tree) -> bool:
    return (
        isinstance(tree, Zero)
        or (isinstance(tree, Scalar) and tree.value == 0)
        or (isinstance(tree, Explicit) and not tree.filled)
    )


def _is_number(tree: Tree) -> bool:
    return isinstance(tree, Scalar) and bool(tree.value.is_number)


def _key(tree: Tree) -> str | None:
    """The key of a single element; None for anything else."""
    return str(tree.value) if isinstance(tree, Scalar) and isinstance(tree.value, sympy.Symbol) else None


def _equation(part: Equation, told: Told) -> None:
    left, last = part.sides[0], part.sides[-1]
    keys = [key for key in map(_key, part.sides[:-1]) if key is not None]
    if (along := serial(part)) is not None:
        told.serial.append(along)
        return
    if keys and _is_count(part):
        return
    if _link(part, told):
        return
    if isinstance(left, Covariance):
        pair = [key for key in (_key(left.left), _key(left.right)) if key is not None]
        if len(pair) == 2 and isinstance(last, Scalar) and isinstance(last.value, sympy.Symbol):
            told.covariances[frozenset(pair)] = (last.value, part)
        elif not _is_nothing(last):
            raise told.unread_covariance(part)
    elif isinstance(left, VarianceOf):
        if _key(left.tree) is not None:
            told.random.append(Effects((_element(left.tree, part, told),), _parameter(last, part, told), part))
        elif isinstance(left.tree, Symbol):
            told.vectors[left.tree.name] = (_matrix_of(last, told), part)
    elif isinstance(left, Symbol) and len(_elements_of(last)) > 1:
        told.columns[left.name] = _elements_of(last)
    elif isinstance(left, Symbol):
        if isinstance(last, Product) or left.columns == sympy.S.One:
            raise _in_matrices(part, told)
        _matrix(left, last, told)
    elif keys and not last.is_scalar:
        told.matrices.update(dict.fromkeys(keys, last))  # a terminal has no bold, so that Σ_e might be an element
    elif _is_nothing(last) and not any(map(is_variance, keys)):
        # A sum that is 0, as Σ τ_i, picks one of many solutions and leaves the model as it is.
        told.zeros += keys
    elif len(keys) == len(part.sides) - 1 and part.terms and not (_VARIANCE.match(keys[0]) and _is_number(last)):
        told.define(keys, part)  # η_ij = μ_ij = … defines both
    elif keys == [_key(left)] and len(part.sides) > 2 and all(side.is_scalar for side in part.sides):
        told.equations[keys[0]] = _of_first_sum(part)
    elif not left.is_scalar:
        raise _in_matrices(part, told)
    elif not keys and _is_of_parameters(part):
        return  # ρ² = μ² + σ²_b + σ² follows from the model
    elif keys and _VARIANCE.match(keys[0]) and _is_number(last):
        shown = f"{unicode_name(keys[0])} = {unicode(last)}"
        raise told.error(f"{shown} is a value, and no part of a model.", "no-index-model",
                         f"Leave it out, and give it where numbers are asked for, {keys[0]}={unicode(last)}.",
                         part)  # fmt: skip
    elif keys and not part.terms:
        raise told.error("The right side is no sum of elements.", "no-index-model",
                         "Write x_ij'β by its elements, as β_1 x_1ij + β_2 x_2ij.", part)  # fmt: skip
    else:
        raise told.error("The left side is no single element.", "no-index-model", "Write y_ij = μ + τ_i + ….", part)


def _of_first_sum(part: Equation) -> Equation:
    """y_ij = μ + τ_i + ε_ij of y_ij = μ + τ_i + ε_ij = μ_i + ε_ij, which says it a second time."""
    sides = part.sides[:2]
    return replace(part, sides=sides, terms=(Term((sides[-1],), part.start, part.end),))


def _is_of_parameters(part: Equation) -> bool:
    """Whether all letters are without an index, as those of parameters are."""
    values = [side.value for side in part.sides if isinstance(side, Scalar)]
    below = [str(symbol).partition("_")[2] for value in values for symbol in value.free_symbols]
    return len(values) == len(part.sides) and not any(len(own) > 1 and own.isalpha() for own in below)


def _is_count(part: Equation) -> bool:
    """Whether it says how many observations there are in all, N = Σ n_i, which follows from the ranges."""
    total = _key(part.sides[0]) or ""
    counted = [
        str(s)
        for side in part.sides[1:]
        for tree in walk(side)
        if isinstance(tree, Scalar)
        for s in tree.value.free_symbols
    ]
    return total.partition("_")[0] in {"n", "N"} and any(name.startswith(("n_", "m_")) for name in counted)


def _link(part: Equation, told: Told) -> bool:
    """Whether one side is a link of an element, log(μ_ij): the others are the linear predictor, η_ij = μ + τ_i + …"""
    linked = dict.fromkeys(found for found in map(link_of_tree, part.sides) if found is not None)
    others = tuple(side for side in part.sides if link_of_tree(side) is None)
    if len(linked) != 1 or not others or not all(isinstance(side, Scalar) for side in others):
        return False
    (link, element), last = next(iter(linked)), others[-1]  # logit(p) = log(p/(1 − p)) is one link, said twice
    terms = part.terms if part.sides[-1] is last else ()
    predictor = Equation(others, part.start, part.end, terms or (Term((last,), part.start, part.end),))
    told.links[element] = (link, predictor)
    told.equations.update(dict.fromkeys((key for key in map(_key, others[:-1]) if key is not None), predictor))
    return True


def _in_matrices(part: Statement, told: Told) -> ReadError:
    return told.error("This is the model in matrices; X and Z cannot be told from it.", "no-index-model",
                      "Write it by elements, y_ij = μ + τ_i + u_j + ε_ij.", part)  # fmt: skip


def _matrix(subject: Tree, value: Tree, told: Told) -> None:
    if isinstance(subject, Symbol):
        told.matrices[subject.name] = value


def _matrix_of(tree: Tree, told: Told) -> Variance:
    """The parameters in a covariance matrix: of σ² I the one, of a written matrix all; None where it is but a name."""
    tree = _in_variances(told.matrices.get(_name_of(tree), tree), told)
    if isinstance(tree, Scaled) and isinstance(tree.tree, Identity) and isinstance(tree.scalar, Scalar):
        value = tree.scalar.value
        return value if isinstance(value, sympy.Symbol) else None
    return None if isinstance(tree, Symbol | Scalar) else tree


def _in_variances(tree: Tree, told: Told) -> Tree:
    """A scalar, a multiple or a matrix of entries with the parameter τ²_0 for the square of τ_0, ω²_0 for that of ω_0.

    Where τ_i are effects the square of τ is none: it would be a slip.
    """
    if isinstance(tree, Scaled):
        return replace(tree, scalar=_in_variances(tree.scalar, told))
    if not isinstance(tree, Scalar | Explicit):
        return tree
    entries = [tree.value] if isinstance(tree, Scalar) else tree.matrix.flat()
    bases = {entry.base for entry in entries if isinstance(entry, sympy.Pow) and entry.exp == 2}
    roots = {base: str(base).partition("_") for base in bases if isinstance(base, sympy.Symbol)}
    parameters = {
        root: sympy.sqrt(sympy.Symbol(f"{letter}2{line}{below}", positive=True))
        for root, (letter, line, below) in roots.items()
        if f"{letter}2" in VARIANCES and not _has_effects(letter, told)
    }
    if isinstance(tree, Scalar):
        return Scalar(tree.value.xreplace(parameters))  # pyright: ignore[reportArgumentType]
    return Explicit(ImmutableDenseMatrix(tree.matrix.xreplace(parameters)))


def _has_effects(base: str, told: Told) -> bool:
    trees = (tree for equation in told.equations.values() for term in equation.terms for tree in term.factors)
    return any(
        str(s).startswith(base + "_") for tree in trees if isinstance(tree, Scalar) for s in tree.value.free_symbols
    )


def _name_of(tree: Tree) -> str:
    """The name of a matrix, also where it was read as an element; none of anything else."""
    return tree.name if isinstance(tree, Symbol) else _key(tree) or ""


def _is_normal(part: Distribution) -> bool:
    """Whether it is N(0, σ²), or (0, σ²) with the mean and the variance alone, all that E(y) and Var(y) need."""
    return part.family in {"N", ""} and len(part.arguments) == 2


def _distribution(part: Distribution, told: Told, levels: Mapping[str, Any]) -> None:
    if part.subject is None:
        raise told.error("Nothing is said to have this distribution.", "no-index-model",
                         "Write it with its effects, u_j ~ N(0, σ²_u).", part)  # fmt: skip
    mean, variance = part.arguments
    key = _key(part.subject)
    of_others = [tree for tree in part.given if tree not in part.arguments]  # ε_i | σ²_i ~ N(0, σ²_i) is of ε_i alone
    if key is not None and (of_others or not _is_nothing(mean)):
        if not mean.is_scalar:
            raise told.error("The mean of an element is a scalar.", "no-index-model", "Write N(μ_ij, σ²).", part)
        mean = written_out(Equation((part.subject, mean), part.start, part.end), levels).sides[-1]
        told.means[key] = (mean, _parameter(variance, part, told), part)
    elif not _is_nothing(mean):
        keys, means = [_key(tree) or "" for tree in _stacked(part.subject)], _stacked(mean)
        if len(keys) != len(means) or not all(map(is_about_mean, keys, means)):
            raise told.error("A vector of random effects has the mean 0.", "no-index-model", "Write N(0, G).", part)
        told.stacked.append(Stacked(tuple(told.about_means(keys, means, part)), _matrix_of(variance, told), part))
    elif isinstance(part.subject, Symbol) and part.subject.name in told.columns:
        told.stacked.append(Stacked(told.columns[part.subject.name], _matrix_of(variance, told), part))
    elif isinstance(part.subject, Symbol) and "_" not in part.subject.name:
        told.vectors[part.subject.name] = (_matrix_of(variance, told), part)
    else:
        keys = tuple(_element_key(tree, part, told) for tree in _stacked(part.subject))
        if len(keys) == 1 and _is_parameter(keys[0], variance, told):
            told.random.append(Effects((element_name(keys[0]),), _parameter(variance, part, told), part))
            return
        matrix = _matrix_of(variance, told)
        if isinstance(matrix, Explicit):
            matrix = _mirrored(matrix)
        if isinstance(matrix, Explicit) and matrix.matrix != matrix.matrix.T:
            raise told.error("A covariance matrix is symmetric.", "no-index-model",
                             "Compare the entries above and below the diagonal.", part)  # fmt: skip
        told.stacked.append(Stacked(keys, matrix, part))


def _mirrored(matrix: Explicit) -> Explicit:
    """A covariance matrix in which τ_10 below the diagonal is the τ_01 above it (Raudenbush and Bryk 2002, ch. 3)."""
    entries = matrix.matrix
    if entries.rows != entries.cols or entries == entries.T:
        return matrix

    def entry(i: int, j: int) -> Any:
        (first, _, above), (second, _, below) = (str(entries[place]).partition("_") for place in ((j, i), (i, j)))
        is_one = i > j and first == second and len(above) == 2 and above[0] != above[1] and above == below[::-1]
        return entries[j, i] if is_one else entries[i, j]

    return Explicit(ImmutableDenseMatrix(entries.rows, entries.cols, entry))


def _is_parameter(key: str, variance: Tree, told: Told) -> bool:
    """Whether the variance of an element is a parameter, and no matrix of a vector: capitals are matrices."""
    name = _name_of(variance)
    return variance.is_scalar and "." not in key and name not in told.matrices and not name[:1].isupper()


def _stacked(tree: Tree) -> list[Tree]:
    """The elements of a vector that was written out, or what is no vector as it is."""
    if isinstance(tree, Transpose):
        return _stacked(tree.tree)
    if isinstance(tree, Explicit):
        return [Scalar(value) for value in tree.matrix.flat()]
    if isinstance(tree, Block):
        return [cell for row in tree.grid for cell in row]
    return [tree]


def _elements_of(tree: Tree) -> tuple[str, ...]:
    """The keys of the elements of a vector that was written out; none of any other tree."""
    keys = [_key(cell) for cell in _stacked(tree)] if tree.columns == 1 else []
    return tuple(key for key in keys if key is not None) if None not in keys else ()


def _element(tree: Tree, part: Statement, told: Told) -> Name:
    return element_name(_element_key(tree, part, told))


def _element_key(tree: Tree, part: Statement, told: Told) -> str:
    key = _name_of(tree)
    if not key:
        raise told.error("A distribution belongs to an element by its name.", "no-index-model",
                         "Write u_j ~ N(0, σ²_u).", part)  # fmt: skip
    return key


def _parameter(tree: Tree, part: Statement, told: Told) -> sympy.Symbol:
    tree = _in_variances(tree, told)
    value = tree.value if isinstance(tree, Scalar) else None
    if isinstance(value, sympy.Symbol):
        return value
    if isinstance(value, sympy.Pow) and value.exp == 2 and _OF_CELL.fullmatch(str(value.base)):
        return sympy.Symbol(str(value.base).replace("sigma", "sigma2", 1), positive=True)
    if isinstance(value, sympy.Pow) and value.exp == sympy.Rational(1, 2) and isinstance(value.base, sympy.Symbol):
        raise told.error("The second argument of N is a variance, not a standard deviation.",
                         "deviation-for-variance", "Write it squared, σ².", part)  # fmt: skip
    raise told.error("A variance is a parameter with a name.", "no-index-model", "Write N(0, σ²_u).", part)

"""Z and u from an equation in elements: the random terms with their matrices, by structure where the rows have one."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.algebra.build import hstack
from tutor.algebra.nodes import Kronecker, Ones, Symbol
from tutor.algebra.tree import Tree
from tutor.errors import DataError, SizeError
from tutor.models.covariates import Covariates, coefficient_name
from tutor.models.design import Run, by_appearance, kronecker
from tutor.models.effects import RandomTerm
from tutor.models.element_names import element_key_of, letters_of, plain_name, plain_variable
from tutor.models.index import IndexEffects, IndexModel, Name
from tutor.models.layout import Layout, over_groups
from tutor.models.matrices import Grouping, ModelMatrix, grouped_matrix, row_patterns


def random_columns(index: IndexModel, covariates: Covariates, *, has_residual: bool = True) -> tuple[RandomTerm, ...]:
    """The random terms of an equation, in its order; without a residual each observation may have an effect.

    Raises
    ------
    DataError
        For an effect with one level, or with as many values as there are observations; for one of the same groups as
        another effect, fixed or random.
    SizeError
        For a covariate that no structure can hold while sizes are letters.
    """
    layout = covariates.layout
    for effects in index.effects:
        _check_group(effects, layout, has_residual=has_residual)
    _check_told_apart(index, layout)
    by = {term.coefficient: term.covariates for term in index.terms}
    block_names = [f"Z_{_letter(effects)}_1" if len(index.effects) > 1 else "Z_1" for effects in index.effects]
    if not layout.is_listed:
        return tuple(
            _of_letters(effects, [by[name] for name in effects.names], covariates, block_name)
            for effects, block_name in zip(index.effects, block_names, strict=True)
        )
    groupings = [_grouping(layout, layout.in_order(letters_of(effects.names[0]))) for effects in index.effects]
    if layout.codes is None:
        patterns = tuple(tuple(layout.runs(letters_of(effects.names[0]))) for effects in index.effects)
    else:
        patterns = row_patterns(groupings)
    found = []
    for effects, grouping, pattern, block_name in zip(index.effects, groupings, patterns, block_names, strict=True):
        coefficients = [by[name] for name in effects.names]
        values = [covariates.products(names) for names in coefficients]
        matrix = ModelMatrix(
            (),
            tuple(map(coefficient_name, coefficients)),
            tuple(tuple((j, v) for j, v in enumerate(row) if v != 0) for row in zip(*values, strict=True)),
        )
        tree, by_first_row = grouped_matrix(grouping, matrix, pattern, block_name)
        cells = layout.cells(layout.in_order(letters_of(effects.names[0]))) or []
        if by_first_row:
            cells = [cells[code] for code in grouping.order]
        found.append(_term(effects, coefficients, tree, cells, layout))
    return tuple(found)


def _letter(effects: IndexEffects) -> str:
    return "".join(effects.names[0].bases)


def _grouping(layout: Layout, ordered: str) -> Grouping:
    """The level of each row of a group, as a number in order and in the order of the rows."""
    rows = layout.by_row(ordered)
    position = {cell: number for number, cell in enumerate(sorted(set(rows)))}
    codes = tuple(position[cell] for cell in rows)
    appearing, order = by_appearance(codes)
    return Grouping(tuple(map(str, position)), codes, tuple(appearing), tuple(order))


def _term(
    effects: IndexEffects,
    coefficients: Sequence[Sequence[Name]],
    matrix: Tree,
    cells: Sequence[tuple[int, ...]] | None,
    layout: Layout,
) -> RandomTerm:
    """A random term with this matrix; ``cells`` are the levels in the order of its columns, slowest index first."""
    letters = letters_of(effects.names[0])
    ordered = layout.in_order(letters)
    variables = tuple(layout.index(letter).name for letter in ordered)
    position = [ordered.index(letter) for letter in letters]
    levels = keys = None
    if cells is not None:
        levels = tuple(
            ":".join(layout.index(letter).bare_level(level) for letter, level in zip(ordered, cell, strict=True))
            for cell in cells
        )
        keys = tuple(element_key_of(name, tuple(cell[i] for i in position)) for cell in cells for name in effects.names)
    return RandomTerm(
        letter=_letter(effects),
        group=":".join(variables),
        variables=variables,
        coefficients=tuple(map(coefficient_name, coefficients)),
        size=layout.size(letters),
        levels=levels,
        matrix=matrix,
        covariance=effects.covariance,
        nested=bool(effects.names[0].within),
        keys=keys,
        effects=tuple(tuple(map(plain_variable, names)) for names in coefficients if names),
    )


def _check_group(effects: IndexEffects, layout: Layout, *, has_residual: bool) -> None:
    levels, rows = layout.size(letters_of(effects.names[0])), layout.number
    told = " and ".join(map(plain_name, effects.names))
    if levels == 1:
        raise DataError(f"{told} has one level: a variance over levels needs two or more.",
                        tip=f"Leave {told} out, or give its index more levels.")  # fmt: skip
    if len(effects.covariance.parameters) > 1 and len(effects.names) == 1:
        return  # effects that are correlated over an index can be told from residuals that are not
    if not has_residual:
        return  # overdispersion, and coefficients of each group: the family has the variance of an observation
    values = levels * len(effects.names)
    if levels == rows or (values.is_Integer and rows.is_Integer and values >= rows):
        raise DataError(
            f"{told} have {values} values in {rows} observations: they and the residual cannot be told apart."
            if len(effects.names) > 1
            else f"{told} takes {values} values in {rows} observations: it and the residual cannot be told apart.",
            tip=f"Leave {told} out, or give the response one more index, for repeated observations.",
        )


def _check_told_apart(index: IndexModel, layout: Layout) -> None:
    """Raise for a random effect whose columns of Z are sums of columns of X, or those of another random effect."""
    drawn = {name: effects for effects in index.effects for name in effects.names}
    plain = [term.coefficient for term in index.terms if not term.covariates]
    for name in (name for name in plain if name in drawn and len(drawn[name].names) == 1):
        mine = _varying(name, layout)
        for other in plain:
            theirs = _varying(other, layout)
            if other != name and (mine == theirs if other in drawn else mine <= theirs):
                raise DataError(
                    f"{plain_name(name)} and {plain_name(other)} have the same groups of observations: they cannot be "
                    "told apart.",
                    tip=f"Leave one of them out, or repeat the units of {plain_name(name)} within the levels of "
                    f"{plain_name(other)}."
                    + ("" if other in drawn else f" Is {plain_name(other)} random, too? Give it a distribution."),
                )


def _varying(name: Name, layout: Layout) -> set[str]:
    """The indices of a name that have more than one level."""
    return {letter for letter in letters_of(name) if layout.index(letter).size != 1}


# Sizes that are letters


def _of_letters(
    effects: IndexEffects, coefficients: Sequence[Sequence[Name]], covariates: Covariates, block_name: str
) -> RandomTerm:
    letters, layout = letters_of(effects.names[0]), covariates.layout
    if all(not names for names in coefficients):
        is_product = not (layout.is_ragged or set(letters) & set(layout.determined))
        matrix = kronecker(layout.runs(letters)) if is_product else layout.indicator(letters, _letter(effects))
        return _term(effects, coefficients, matrix, None, layout)
    return _term(effects, coefficients, _with_slopes(letters, coefficients, covariates, block_name), None, layout)


def _with_slopes(letters: str, coefficients: Sequence[Sequence[Name]], covariates: Covariates, block_name: str) -> Tree:
    """I ⊗ Z_1 with Z_1 = [1 x] where the covariate has one index, which runs within the group; ⊕ Z_j with
    Z_j = [1 x_j] where each group has values of its own."""
    used = {name for names in coefficients for name in names}
    layout = covariates.layout
    fastest = layout.indices[-1]
    told = {frozenset(letters_of(name)) for name in used}
    if layout.is_ragged and told == {frozenset(letters + fastest.letter)} and len(layout.indices) == 2:
        (group, _) = layout.indices
        vectors = [covariates.of_group(names[0]) if names else Ones(fastest.size) for names in coefficients]
        block = hstack(*vectors)
        name = f"{block_name.removesuffix('_1')}_{group.letter}"
        return over_groups(group, Symbol(name, *block.shape, definition=block))
    if told != {frozenset(fastest.letter)} or any(len(names) > 1 for names in coefficients):
        missing = ", ".join(sorted(map(plain_name, used)))
        raise SizeError(f"{missing} needs a value for each row.", tip="Give the sizes as numbers.")
    vectors = [covariates.vector(names[0], fastest.size) if names else Ones(fastest.size) for names in coefficients]
    runs = [Run(index.letter in letters, index.size) for index in layout.indices[:-1]]
    block = hstack(*vectors)
    return Kronecker((*(run.tree for run in runs), Symbol(block_name, *block.shape, definition=block)))

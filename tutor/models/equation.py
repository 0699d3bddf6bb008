"""The three forms in which a lecture writes a model: in elements, as a distribution, in matrices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial, reduce
from itertools import chain
from typing import TYPE_CHECKING, Literal, cast, get_args

from tutor.algebra.nodes import Explicit, Product, Sum, Symbol
from tutor.algebra.sizes import whole
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, walk
from tutor.errors import UnknownNameError
from tutor.models.element_names import letters_of
from tutor.models.index import IndexModel, IndexRange, Name
from tutor.models.meanings import Meaning, meanings, where_latex, where_set, where_text
from tutor.models.spelling import spell
from tutor.models.statement_lines import Line, Statement, aligned, displayed, plain, stacked
from tutor.models.written_equation import Equation, Telling
from tutor.notation.style import Style
from tutor.notation.write import SETTINGS, DialectName
from tutor.notation.writing.dialect import Setting
from tutor.notation.writing.dialects import LATEX, UNICODE
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.write_tree import shape_text

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Form = Literal["index", "distribution", "matrix"]
"""In elements, y_ij = μ + τ_i + …; as y ~ N(Xβ, ZGZ' + R); in matrices, y = Xβ + Zu + ε."""

MOST_PAIRS = 6
"""More pairs of random vectors are not listed one by one."""

MOST_WRITTEN = 4
"""A matrix of entries with more rows is not written in a line."""

LISTED_INDEX = 3
"""An index that runs further is written with an ellipsis."""


def equation(
    model: MixedModel,
    form: Form = "index",
    dialect: DialectName = "unicode",
    *,
    style: Style | None = None,
    where: bool = False,
) -> Equation:
    """The model in one form, dialect and style; ``where`` adds what each symbol means, with its dimensions.

    Raises
    ------
    UnknownNameError
        For another form or dialect.
    """
    if form not in get_args(Form):
        raise UnknownNameError("The form", str(form), get_args(Form))
    if dialect not in get_args(DialectName):
        raise UnknownNameError("The dialect", str(dialect), get_args(DialectName))
    entries = meanings(model, form) if where else ()
    return composed(partial(lines_of, model, form), entries, dialect, style or Style())


def composed(
    lines: Callable[[Pen], Sequence[Line]], entries: Sequence[Meaning], dialect: DialectName, style: Style
) -> Equation:
    """Lines in one dialect and style, and below them what their symbols mean."""
    telling = Telling(
        lambda asked, style: str(composed(lines, entries, asked, style)),
        lambda pen: stacked(displayed(lines, pen), where_set(entries, pen), pen),
        style,
    )
    pen = Pen(LATEX, style)
    latex = aligned(displayed(lines, pen))
    if entries:
        below = where_latex(entries, pen)
        latex = f"\\begin{{array}}{{l}}\n{latex} \\\\\n\\text{{where}} \\\\\n{below}\n\\end{{array}}"
    if dialect == "unicode":
        pen = Pen(UNICODE, style)
        text = "\n".join([plain(lines(pen), pen), *where_text(entries, pen)])
        return Equation(text, latex, keeps_width=True, telling=telling)
    if dialect in SETTINGS:
        return Equation(_set(lines, SETTINGS[dialect], entries, style), latex, telling=telling)
    return Equation(latex if dialect == "latex" else f"$$\n{latex}\n$$", latex, telling=telling)


def glossary_of(model: MixedModel, form: Form, dialect: DialectName, style: Style | None = None) -> Equation:
    """What each symbol of a form means, in one dialect and style.

    Raises
    ------
    UnknownNameError
        For another form or dialect.
    """
    if form not in get_args(Form):
        raise UnknownNameError("The form", str(form), get_args(Form))
    if dialect not in get_args(DialectName):
        raise UnknownNameError("The dialect", str(dialect), get_args(DialectName))
    style = style or Style()
    entries = meanings(model, form)
    telling = Telling(
        lambda asked, style: str(glossary_of(model, form, asked, style)),
        lambda pen: cast(Setting, pen.dialect).glossary(where_set(entries, pen)),
        style,
    )
    latex = where_latex(entries, Pen(LATEX, style))
    if dialect == "unicode":
        text = "\n".join(line.strip() for line in where_text(entries, Pen(UNICODE, style))[1:])
        return Equation(text, latex, keeps_width=True, telling=telling)
    if dialect in SETTINGS:
        setting = SETTINGS[dialect]
        inside, spoken = (
            cast(Setting, pen.dialect).glossary(where_set(entries, pen))
            for pen in (Pen(setting, style), Pen(SETTINGS["spoken"], style))
        )
        return Equation(setting.document(inside, spoken), latex, telling=telling)
    return Equation(latex if dialect == "latex" else f"$$\n{latex}\n$$", latex, telling=telling)


def _set(lines: Callable[[Pen], Sequence[Line]], setting: Setting, entries: Sequence[Meaning], style: Style) -> str:
    inside, spoken = (
        stacked(displayed(lines, pen), where_set(entries, pen), pen)
        for pen in (Pen(setting, style), Pen(SETTINGS["spoken"], style))
    )
    return setting.document(inside, spoken)


def lines_of(model: MixedModel, form: Form, pen: Pen) -> list[Line]:
    """The lines of a form, written with a pen."""
    writers = {"index": index_lines, "distribution": distribution_lines, "matrix": matrix_lines}
    return writers[form](model, pen)


# In elements


def index_lines(model: MixedModel, pen: Pen) -> list[Line]:
    """y_ij = μ + τ_i + u_j + ε_ij with the ranges of its indices, the distributions, and what is 0."""
    index = model.index
    right = f" {pen.dialect.plus} ".join([*predictor_terms(model, pen), spell(index.residual, pen)])
    names = [*(effects.names[0] for effects in index.effects), index.residual]
    bases = [name.bases for name in names]
    # Of u_i and u_j(i) the letter alone does not tell which is meant.
    letters = [Name(name.bases) if bases.count(name.bases) == 1 else name for name in names]
    covariances = uncorrelated([spell(letter, pen) for letter in letters], pen)
    distributions = Line(tuple(_distributions(model, pen)))
    lines = [Line((Statement(spell(index.response, pen), "=", right),), index_ranges(model, pen))]
    if len(letters) > 2:
        lines += [distributions, Line(covariances)]
    else:
        lines.append(Line(distributions.statements + covariances))
    if index.zeros:
        first, *others = [spell(zero, pen) for zero in index.zeros]
        lines.append(Line((all_equal(first, [*others, pen.dialect.number("0")], pen),)))
    return lines


def predictor_terms(model: MixedModel, pen: Pen) -> list[str]:
    """μ, τ_i, x_i β_1, u_j: the terms of the equation without the residual."""
    beside = partial(pen.dialect.side_by_side, apart=True)
    terms = [reduce(beside, [spell(name, pen) for name in term.factors]) for term in model.index.terms]
    return terms + ([spell(model.index.offset, pen)] if model.index.offset is not None else [])


def _distributions(model: MixedModel, pen: Pen) -> list[Statement]:
    """Those of the random effects, and that of the residuals."""
    index = model.index
    found = effect_distributions(model, pen)
    if index.repeated and model.R.definition is not None and symbols_of(model.R.definition):
        return [*found, *_over_time(index.residual, model.R.definition, index, pen)]
    if index.cells:
        of_cell = pen.dialect.name(f"sigma2_{index.cells}")
        return [*found, Statement(spell(index.residual, pen), "~", normal(pen.dialect.number("0"), of_cell, pen))]
    if model.residual is not None and model.residual.blocks:
        known = (model.R, *symbols_of(model.R.definition)) if model.R.definition is not None else ()
        told = [_definition(symbol, pen) for symbol in known if _is_short(symbol)]
        return [*found, random_vector(model.e, model.R, pen), *told]
    right = normal(pen.dialect.number("0"), pen.whole(model.parameters[0].symbol), pen)
    return [*found, Statement(spell(index.residual, pen), "~", right)]


def effect_distributions(model: MixedModel, pen: Pen) -> list[Statement]:
    """u_j ~ N(0, σ²_u), or of several coefficients together N(0, Σ), for each random term."""
    index = model.index
    zero = pen.dialect.number("0")
    found = []
    for effects in index.effects:
        over_index = index.repeated and index.repeated in letters_of(effects.names[0])
        if over_index and symbols_of(effects.covariance.tree):  # independent effects have one variance at all levels
            found += _over_time(effects.names[0], effects.covariance.tree, index, pen)
            continue
        names = [spell(name, pen) for name in effects.names]
        if len(names) == 1:
            found.append(
                Statement(names[0], "~", normal(zero, pen.whole(effects.covariance.parameters[0].symbol), pen))
            )
        else:
            vector = pen.dialect.column(names, pen.style)
            (inner,) = symbols_of(effects.covariance.tree)
            found.append(Statement(vector, "~", normal(pen.letter("0"), pen.whole(inner), pen)))
            found.append(_definition(inner, pen))
    return found


def _is_short(symbol: Symbol) -> bool:
    """Whether what a matrix is defined as can be written on a line."""
    entries = [node for node in walk(symbol.definition) if isinstance(node, Explicit)] if symbol.definition else []
    return symbol.definition is not None and all(node.rows <= MOST_WRITTEN for node in entries) and len(entries) < 3


def _over_time(name: Name, covariance: Tree, index: IndexModel, pen: Pen) -> list[Statement]:
    """[ε_i1k, …, ε_itk]' ~ N(0, Σ): a vector over the index at which its elements are correlated."""
    (extent,) = (run.extent for run in index.ranges if run.letter == index.repeated)
    assert not isinstance(extent, Name)
    few = extent.is_Integer and extent <= LISTED_INDEX
    levels = [str(i) for i in range(1, whole(extent) + 1)] if few else ["1", "", str(extent)]
    # A terminal has the column in one line; elsewhere it stands upright.
    dots = pen.dialect.listed if pen.dialect is UNICODE else pen.dialect.dots[1]
    names = [
        spell(replace(name, indices=name.indices.replace(index.repeated, level)), pen) if level else dots
        for level in levels
    ]
    (inner,) = symbols_of(covariance)
    vector = pen.dialect.column(names, pen.style)
    return [Statement(vector, "~", normal(pen.letter("0"), pen.whole(inner), pen)), _definition(inner, pen)]


def uncorrelated(names: Sequence[str], pen: Pen) -> tuple[Statement, ...]:
    """cov(u, ε) = 0, for every pair."""
    pairs = [(a, b) for number, a in enumerate(names) for b in names[number + 1 :]]
    if not pairs:
        return ()
    zero = pen.dialect.number("0")
    first, *others = [pen.dialect.applied("cov", pair) for pair in pairs]
    if len(pairs) > MOST_PAIRS:
        others[1:-1] = [pen.dialect.dots[0]]
    return (all_equal(first, [*others, zero], pen),)


def all_equal(first: str, others: Sequence[str], pen: Pen) -> Statement:
    """a = b = c; only the first stands left of the sign by which lines are aligned."""
    return Statement(first, "=", f" {pen.dialect.relation('=')} ".join(others))


def normal(mean: str, variance: str, pen: Pen) -> str:
    """N(mean, variance)."""
    return pen.dialect.applied("N", [mean, variance])


def index_ranges(model: MixedModel, pen: Pen) -> str:
    """i = 1, 2, 3; j = 1, …, b: how far each index runs."""
    return pen.dialect.relation(";").join(_range(index, pen) for index in model.index.ranges)


def _range(index: IndexRange, pen: Pen) -> str:
    letter = pen.dialect.name(index.letter)
    first = pen.dialect.number("1")
    if not isinstance(index.extent, Name) and index.extent.is_Integer and index.extent <= LISTED_INDEX:
        listed = [pen.dialect.number(str(i)) for i in range(1, whole(index.extent) + 1)]
    else:
        last = spell(index.extent, pen) if isinstance(index.extent, Name) else pen.whole(index.extent)
        listed = [first, pen.dialect.listed, last]
    return f"{letter} {pen.dialect.relation('=')} {pen.dialect.comma.join(listed)}"


# As a distribution, and in matrices


def distribution_lines(model: MixedModel, pen: Pen) -> list[Line]:
    """y ~ N(Xβ, ZGZ' + R); y | u ~ N(Xβ + Zu, R), u ~ N(0, G); G and R."""
    y, mean = pen.whole(model.y), pen.whole(model.mean)
    lines = [Line((Statement(y, "~", normal(mean, pen.whole(model.V), pen)),))]
    if model.Z is not None and model.u is not None and model.G is not None:
        bar = pen.dialect.relation("|")
        conditional = pen.whole(_with_effects(model.mean, Product((model.Z, model.u))))
        given = Statement(f"{y} {bar} {pen.whole(model.u)}", "~", normal(conditional, pen.whole(model.R), pen))
        lines.append(Line((given, random_vector(model.u, model.G, pen))))
    return [*lines, definitions([model.G, model.R], pen)]


def _with_effects(mean: Tree, effects: Tree) -> Tree:
    return Sum((*(mean.terms if isinstance(mean, Sum) else (mean,)), effects))


def matrix_lines(model: MixedModel, pen: Pen) -> list[Line]:
    """y = Xβ + Zu + ε with the dimensions; the distributions of u and ε; G and R."""
    shown = Pen(pen.dialect, replace(pen.style, dimensions=pen.dialect is not UNICODE))
    assert model.y.definition is not None
    model_line = Line(
        (Statement(shown.whole(model.y), "=", shown.whole(model.y.definition)),),
        dimensions(model, pen) if pen.dialect is UNICODE else "",
    )
    distributions = [random_vector(model.e, model.R, pen)]
    if model.u is not None and model.G is not None:
        distributions.insert(0, random_vector(model.u, model.G, pen))
        pair = pen.dialect.applied("cov", [pen.whole(model.u), pen.whole(model.e)])
        distributions.append(Statement(pair, "=", pen.letter("0")))
    return [model_line, Line(tuple(distributions)), definitions([model.G, model.R], pen)]


def random_vector(vector: Symbol, variance: Tree, pen: Pen) -> Statement:
    """u ~ N(0, G)."""
    return Statement(pen.whole(vector), "~", normal(pen.letter("0"), pen.whole(variance), pen))


def definitions(matrices: Sequence[Symbol | None], pen: Pen) -> Line:
    """What each matrix is defined as, and the matrices by whose names it is written."""
    told = [symbol for symbol in matrices if symbol is not None and symbol.definition is not None]
    inner = [(symbol, *symbols_of(symbol.definition)) for symbol in told if symbol.definition is not None]
    return Line(tuple(_definition(symbol, pen) for symbol in dict.fromkeys(chain.from_iterable(inner))))


def _definition(symbol: Symbol, pen: Pen) -> Statement:
    assert symbol.definition is not None
    return Statement(pen.whole(symbol), "=", pen.whole(symbol.definition))


def dimensions(model: MixedModel, pen: Pen) -> str:
    """The shape of each vector and matrix, and the rank of X where its columns depend on each other."""
    deficient = model.rank != model.p
    pen = replace(pen, style=replace(pen.style, dimensions=False))
    vectors = (model.y, model.X, model.beta, model.offset, model.Z, model.u, model.e)
    return " · ".join(
        f"{pen.whole(symbol)} {shape_text(symbol, pen)}"
        + (f" (rank {pen.whole(model.rank)})" if symbol is model.X and deficient else "")
        for symbol in vectors
        if symbol is not None
    )

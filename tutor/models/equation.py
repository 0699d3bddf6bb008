"""The three forms in which a lecture writes a model: in elements, as a distribution, in matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from tutor.algebra.nodes import Product, Sum, Symbol
from tutor.algebra.sizes import whole
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.errors import UnknownNameError
from tutor.models.index import IndexRange, Name
from tutor.notation.dialects import LATEX, UNICODE
from tutor.notation.names import split_key
from tutor.notation.pen import Pen
from tutor.notation.style import Style
from tutor.notation.write import DialectName
from tutor.notation.write_tree import shape_text

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel

Form = Literal["index", "distribution", "matrix"]
"""In elements, y_ij = μ + τ_i + …; as y ~ N(Xβ, ZGZ' + R); in matrices, y = Xβ + Zu + ε."""

MOST_PAIRS = 6
"""More pairs of random vectors are not listed one by one."""

LISTED_INDEX = 3
"""An index that runs further is written with an ellipsis."""


class Equation(str):
    """The text of an equation in one dialect, which Jupyter typesets; ``latex`` is the same in LaTeX."""

    latex: str

    def __new__(cls, text: str, latex: str) -> Equation:
        equation = super().__new__(cls, text)
        equation.latex = latex
        return equation

    def __reduce__(self) -> tuple[Any, ...]:
        return Equation, (str(self), self.latex)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        for number, line in enumerate(self.split("\n")):
            if number:
                printer.break_()
            printer.text(line)

    def _repr_latex_(self) -> str:
        return f"$\\displaystyle {self.latex}$"


@dataclass(frozen=True, slots=True)
class Statement:
    """left = right, or left ~ right."""

    left: str
    sign: Literal["=", "~"]
    right: str

    def written(self, pen: Pen) -> str:
        """The statement on one line."""
        return f"{self.left} {self.relation(pen)} {self.right}"

    def relation(self, pen: Pen) -> str:
        """The sign between the sides."""
        return r"\sim" if self.sign == "~" and pen.dialect is LATEX else self.sign


@dataclass(frozen=True, slots=True)
class Line:
    """Statements side by side, and a note after them."""

    statements: tuple[Statement, ...]
    note: str = ""


def equation(model: MixedModel, form: Form = "index", dialect: DialectName = "unicode") -> Equation:
    """The model in one form and dialect.

    Raises
    ------
    UnknownNameError
        For another form or dialect.
    """
    if form not in get_args(Form):
        raise UnknownNameError("The form", str(form), get_args(Form))
    if dialect not in get_args(DialectName):
        raise UnknownNameError("The dialect", str(dialect), get_args(DialectName))
    latex = aligned(lines_of(model, form, Pen(LATEX, Style())), Pen(LATEX, Style()))
    if dialect == "unicode":
        return Equation(plain(lines_of(model, form, Pen(UNICODE, Style())), Pen(UNICODE, Style())), latex)
    return Equation(latex if dialect == "latex" else f"$$\n{latex}\n$$", latex)


def lines_of(model: MixedModel, form: Form, pen: Pen) -> list[Line]:
    """The lines of a form, written with a pen."""
    writers = {"index": index_lines, "distribution": distribution_lines, "matrix": matrix_lines}
    return writers[form](model, pen)


def plain(lines: Sequence[Line], pen: Pen) -> str:
    """Lines for a terminal: statements with commas between them, notes set off."""
    return "\n".join(
        ",  ".join(statement.written(pen) for statement in line.statements)
        + (f"        {line.note}" if line.note else "")
        for line in lines
    )


def aligned(lines: Sequence[Line], pen: Pen) -> str:
    """Lines in amsmath's aligned, the first sign of each above each other."""
    written: list[str] = []
    for line in lines:
        first, *rest = line.statements
        text = f"{first.left} &{first.relation(pen)} {first.right}"
        text += "".join(rf", \quad {statement.written(pen)}" for statement in rest)
        written.append(text + (rf", \quad {line.note}" if line.note else ""))
    return "\\begin{aligned}\n" + " \\\\\n".join(written) + "\n\\end{aligned}"


# In elements


def index_lines(model: MixedModel, pen: Pen) -> list[Line]:
    """y_ij = μ + τ_i + u_j + ε_ij with the ranges of its indices, the distributions, and what is 0."""
    index = model.index
    terms = [" ".join(spell(name, pen) for name in term.factors) for term in index.terms]
    right = " + ".join([*terms, spell(index.residual, pen)])
    semicolon = r";\; " if pen.dialect is LATEX else ";  "
    ranges = semicolon.join(_range(r, pen) for r in index.ranges)
    letters = [Name(effects.names[0].bases) for effects in index.effects] + [Name(index.residual.bases)]
    uncorrelated = _uncorrelated([spell(letter, pen) for letter in letters], pen)
    distributions = Line(tuple(_distributions(model, pen)))
    lines = [Line((Statement(spell(index.response, pen), "=", right),), ranges)]
    if len(letters) > 2:
        lines += [distributions, Line(uncorrelated)]
    else:
        lines.append(Line(distributions.statements + uncorrelated))
    if index.zeros:
        left = " = ".join(spell(zero, pen) for zero in index.zeros)
        lines.append(Line((Statement(left, "=", "0"),)))
    return lines


def _distributions(model: MixedModel, pen: Pen) -> list[Statement]:
    index = model.index
    found = []
    for effects in index.effects:
        names = [spell(name, pen) for name in effects.names]
        if len(names) == 1:
            found.append(Statement(names[0], "~", _normal("0", pen.whole(effects.covariance.parameters[0].symbol))))
        else:
            vector = pen.dialect.column(names, pen.style)
            (inner,) = symbols_of(effects.covariance.tree)
            found.append(Statement(vector, "~", _normal(pen.dialect.letter("0"), pen.whole(inner))))
            found.append(_definition(inner, pen))
    residual = model.parameters[0].symbol
    found.append(Statement(spell(index.residual, pen), "~", _normal("0", pen.whole(residual))))
    return found


def _uncorrelated(names: Sequence[str], pen: Pen) -> tuple[Statement, ...]:
    """cov(u, ε) = 0, for every pair."""
    pairs = [(a, b) for number, a in enumerate(names) for b in names[number + 1 :]]
    if not pairs:
        return ()
    cov = pen.dialect.function("cov")
    if len(pairs) > MOST_PAIRS:
        words = r"\text{ for any two of }" if pen.dialect is LATEX else " for any two of "
        dot = pen.dialect.times.strip()
        return (Statement(f"{cov}({dot}, {dot})", "=", f"0{words}{', '.join(names)}"),)
    return (Statement(" = ".join(f"{cov}({a}, {b})" for a, b in pairs), "=", "0"),)


def _normal(mean: str, variance: str) -> str:
    return f"N({mean}, {variance})"


def _range(index: IndexRange, pen: Pen) -> str:
    dots = r"\dots" if pen.dialect is LATEX else "…"
    if isinstance(index.extent, Name):
        return f"{index.letter} = 1, {dots}, {spell(index.extent, pen)}"
    if index.extent.is_Integer and index.extent <= LISTED_INDEX:
        return f"{index.letter} = {', '.join(str(i) for i in range(1, whole(index.extent) + 1))}"
    return f"{index.letter} = 1, {dots}, {pen.whole(index.extent)}"


def spell(name: Name, pen: Pen) -> str:
    """A subscripted name in the pen's dialect and style: τ_i, (τα)_ij, v_i(k), u_0j.

    >>> spell(Name(("v",), "i", "k"), Pen(LATEX, Style())), spell(Name(("tau", "alpha"), "ij"), Pen(UNICODE, Style()))
    ('v_{i(k)}', '(τα)_ij')
    """
    latex = pen.dialect is LATEX
    keys = [pen.style.key(base) for base in name.bases]
    below = name.number + name.indices + (f"({name.within})" if name.within else "")
    if len(keys) == 1:
        # The fourth random vector is u_4: its number and the indices share one subscript.
        base, _, own = split_key(keys[0])
        keys = [base]
        below = ",".join([*own, below] if below else own)
    if not below and len(keys) == 1:
        return pen.dialect.name(keys[0])
    bases = [pen.dialect.name(key) for key in keys]
    text = bases[0] if len(bases) == 1 else f"({_run_together(bases, latex)})"
    return f"{text}_{below}" if not latex or len(below) == 1 else f"{text}_{{{below}}}"


def _run_together(bases: Sequence[str], latex: bool) -> str:
    # \tau\alpha needs no blank, and \tau x does.
    return "".join(
        f" {base}" if latex and number and bases[number - 1].startswith("\\") and base[0] != "\\" else base
        for number, base in enumerate(bases)
    )


# As a distribution, and in matrices


def distribution_lines(model: MixedModel, pen: Pen) -> list[Line]:
    """y ~ N(Xβ, ZGZ' + R); y | u ~ N(Xβ + Zu, R), u ~ N(0, G); G and R."""
    y, mean = pen.whole(model.y), pen.whole(Product((model.X, model.beta)))
    lines = [Line((Statement(y, "~", _normal(mean, pen.whole(model.V))),))]
    if model.Z is not None and model.u is not None and model.G is not None:
        bar = r"\mid" if pen.dialect is LATEX else "|"
        conditional = pen.whole(Sum((Product((model.X, model.beta)), Product((model.Z, model.u)))))
        given = Statement(f"{y} {bar} {pen.whole(model.u)}", "~", _normal(conditional, pen.whole(model.R)))
        lines.append(Line((given, _random_vector(model.u, model.G, pen))))
    return [*lines, _covariances(model, pen)]


def matrix_lines(model: MixedModel, pen: Pen) -> list[Line]:
    """y = Xβ + Zu + ε with the dimensions; the distributions of u and ε; G and R."""
    shown = Pen(pen.dialect, replace(pen.style, dimensions=pen.dialect is LATEX))
    assert model.y.definition is not None
    model_line = Line(
        (Statement(shown.whole(model.y), "=", shown.whole(model.y.definition)),),
        "" if pen.dialect is LATEX else dimensions(model, pen),
    )
    distributions = [_random_vector(model.e, model.R, pen)]
    if model.u is not None and model.G is not None:
        distributions.insert(0, _random_vector(model.u, model.G, pen))
        cov = pen.dialect.function("cov")
        pair = f"{cov}({pen.whole(model.u)}, {pen.whole(model.e)})"
        distributions.append(Statement(pair, "=", pen.dialect.letter("0")))
    return [model_line, Line(tuple(distributions)), _covariances(model, pen)]


def _random_vector(vector: Symbol, variance: Tree, pen: Pen) -> Statement:
    return Statement(pen.whole(vector), "~", _normal(pen.dialect.letter("0"), pen.whole(variance)))


def _covariances(model: MixedModel, pen: Pen) -> Line:
    """G and R, and the matrices by whose names G is written."""
    inner = () if model.G is None or model.G.definition is None else symbols_of(model.G.definition)
    return Line(tuple(_definition(symbol, pen) for symbol in (model.G, *inner, model.R) if symbol is not None))


def _definition(symbol: Symbol, pen: Pen) -> Statement:
    assert symbol.definition is not None
    return Statement(pen.whole(symbol), "=", pen.whole(symbol.definition))


def dimensions(model: MixedModel, pen: Pen) -> str:
    """The shape of each vector and matrix, and the rank of X where its columns depend on each other."""
    deficient = model.rank != model.p
    vectors = (model.y, model.X, model.beta, model.Z, model.u, model.e)
    return " · ".join(
        f"{pen.whole(symbol)} {shape_text(symbol, pen)}"
        + (f" (rank {pen.whole(model.rank)})" if symbol is model.X and deficient else "")
        for symbol in vectors
        if symbol is not None
    )


def glossary(model: MixedModel, pen: Pen) -> str:
    """What each name speaks of: "τ Variety, u Block", and the block that Z repeats."""
    told = [f"{spell(name, pen)} {column}" for name, column in model.index.glossary]
    for term in model.random:
        told += [f"{pen.whole(block)} the part of Z for one {term.group}" for block in symbols_of(term.matrix)]
    return ",  ".join(told)

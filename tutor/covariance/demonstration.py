"""A structure shown: what it is, its matrix in letters and in numbers, a heat map, profiles drawn from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import numpy as np
import sympy

from tutor.algebra.nodes import Explicit
from tutor.algebra.parameters import by_name
from tutor.algebra.sizes import Size, size
from tutor.algebra.tree import Tree
from tutor.covariance.base import Order, Structure
from tutor.covariance.domain import told
from tutor.covariance.parameters import Parameter
from tutor.covariance.structure import Single, structure
from tutor.display import Shown
from tutor.errors import SizeError, TutorError
from tutor.notation.style import Style
from tutor.notation.write import fitted, latex, markdown, matrix_table, unicode
from tutor.notation.writing.dialects import LATEX
from tutor.notation.writing.pen import Pen
from tutor.notation.writing.prose import text_to_latex

if TYPE_CHECKING:
    from tutor.figures.picture import Picture

LECTURE = Style()
_DIGITS = 4
_FACTS = 17
"""The column at which a fact starts, after its name."""


_OF_PROGRAMS = re.compile(r"\w+\([^()]*\)|~ [\w |]+\w")
"""A call, or a formula without a left side."""


def _plain(value: Any) -> str:
    """A value as it was given."""
    return str(value.item() if isinstance(value, np.generic) else value)


def _told(value: Any) -> str:
    """A value as it was given, with the minus of mathematics."""
    return _plain(value).replace("-", "−")


@dataclass(frozen=True, eq=False)
class Demonstration(Shown):
    """A structure at one size and at values of its parameters; `show` makes it."""

    structure: Structure
    tree: Tree
    """The matrix in letters, n × n."""
    matrix: np.ndarray
    """The matrix in numbers, n × n."""
    values: dict[str, Any]

    def heatmap(self) -> Picture:
        """The matrix as a matplotlib figure, dark where it is large; ``figure.alt`` describes it in words.

        Raises
        ------
        TutorError
            Without matplotlib.
        """
        from tutor.covariance.figures import heatmap

        return heatmap(self)

    def profiles(self, *, seed: int, subjects: int = 10) -> Picture:
        """Draws from N(0, S), one line a subject, as a matplotlib figure; the same seed draws the same.

        Raises
        ------
        TutorError
            Without matplotlib, or for no subjects.
        """
        from tutor.covariance.figures import profiles

        return profiles(self, seed, subjects)

    @property
    def places(self) -> list[float] | None:
        """Where the rows lie along a line, n numbers; None where they lie in a plane, or are not told to lie."""
        points = self.structure.places.points if isinstance(self.structure, Single) else None
        return [float(point[0]) for point in points] if points and all(len(point) == 1 for point in points) else None

    @property
    def setting(self) -> str:
        """The values of the parameters, on one line."""
        return ", ".join(f"{told(sympy.Symbol(name))} = {_told(value)}" for name, value in self.values.items())


def show(
    what: str | Structure, n: Order = None, *, positions: Sequence[Any] | None = None,
    covariate: Sequence[Any] | None = None, bands: int | None = None, matrix: Any = None, **values: Any,
) -> Demonstration:  # fmt: skip
    """A structure at one size, with values of its parameters by name.

    The scale is 1 unless it is given: sigma2, or each of sigma2_1, sigma2_2, …; other parameters are needed (λ is
    ``lambda_``, since lambda is a word of Python). A key may come with what `structure` takes: ``positions`` of the
    rows, a ``covariate``, ``bands`` or a known ``matrix``.

    Raises
    ------
    UnknownNameError
        For a key or a parameter that there is not, with the nearest.
    DomainError
        For a missing value or one outside the domain; it names the boundary.
    SizeError
        For a size that the structure cannot have.
    TutorError
        For what is no structure, or an option that it does not take.

    >>> show("ar1", n=3, rho=0.5).matrix
    array([[1.  , 0.5 , 0.25],
           [0.5 , 1.  , 0.5 ],
           [0.25, 0.5 , 1.  ]])
    """
    given = {"positions": positions, "covariate": covariate, "bands": bands, "matrix": matrix}
    options = {name: each for name, each in given.items() if each is not None}
    if isinstance(what, str):
        one = structure(what, **options)
    elif not isinstance(what, Structure):
        raise TutorError(f"{what!r} is no structure.", tip='Give a key, as "ar1", or structure("ar1").')
    elif options:
        raise TutorError(f"The structure has its {next(iter(options))} already, or takes none.",
                         tip=f'Give them with a key: show("{what.key}", …).')  # fmt: skip
    else:
        one = what
    if any(not part.is_Integer for part in _orders(one, n)):
        raise SizeError(
            f"A demonstration needs numbers: n is {n}.", tip=f"structure(…).matrix({n!r}) keeps the letter."
        )
    parameters = one.parameters_of(n)
    values = by_name(values, [p.key for p in parameters])
    scales = {p.key: 1 for p in parameters if _is_scale(p) and p.key not in values}
    full = {**scales, **values}
    matrix = one.numpy(full, n)
    return Demonstration(one, one.matrix(n), matrix, {p.key: full[p.key] for p in parameters})


def _orders(one: Structure, n: Order) -> list[Size]:
    """The sizes that were asked for: of a Kronecker product those of its factors."""
    return [size(part) for part in n] if isinstance(n, Sequence) and not isinstance(n, str) else [one.order(n)]


def _is_scale(parameter: Parameter) -> bool:
    """Whether a parameter only sets how large the entries are."""
    return parameter.key.split("_")[0] == "sigma2" or parameter.meaning == "scale"


def numbers(matrix: np.ndarray) -> Explicit:
    """A matrix of doubles as it is shown, to four digits."""
    rounded = [[sympy.Float(f"{entry:.{_DIGITS}g}") for entry in row] for row in matrix.tolist()]
    exact = [[sympy.Integer(int(entry)) if entry == int(entry) else entry for entry in row] for row in rounded]
    return Explicit(sympy.ImmutableDenseMatrix(exact))


def facts(one: Structure) -> list[str]:
    """What is said of a structure beside its matrix, a line each."""
    programs = " · ".join(f"{program}: {name}" for program, name in one.programs.items())
    lines = [
        f"entry (i, j)   {one.formula}",
        f"domain         {'; '.join(map(str, one.domain))}",
        f"parameters     {told(one.count)}",
    ]
    return [
        *lines,
        *([f"programs       {programs}"] if programs else []),
        *(f"note           {w}" for w in one.warnings),
    ]


@unicode.register
def demonstration_unicode(thing: Demonstration, style: Style = LECTURE, width: int | None = None) -> str:
    """The facts, in lines of at most ``width`` columns if there is one; the matrix in letters, and in numbers."""
    letters = thing.tree if isinstance(thing.tree, Explicit) else Explicit(thing.tree.explicit())
    parts = [
        f"{thing.structure.title} ({thing.structure.key}), {len(thing.matrix)} rows",
        "\n".join(broken for line in facts(thing.structure) for broken in _within(line, width)),
        matrix_table(letters, style=style, caption=False),
        f"at {thing.setting}:",
        matrix_table(numbers(thing.matrix), style=style, caption=False),
    ]
    return "\n\n".join(parts)


@fitted.register
def demonstration_fitted(thing: Demonstration, style: Style, width: int) -> str:
    """The same with its facts broken into lines; the tables are not broken."""
    return demonstration_unicode(thing, style, width)


def _within(line: str, width: int | None) -> list[str]:
    if width is None:
        return [f"  {line}"]
    return wrap(line, width, initial_indent="  ", subsequent_indent=" " * _FACTS, replace_whitespace=False)


@latex.register
def demonstration_latex(thing: Demonstration, style: Style = LECTURE) -> str:
    """The matrix in letters and in numbers, one display."""
    return f"{latex(thing.tree, style)} = {latex(numbers(thing.matrix), style)}"


@markdown.register
def demonstration_markdown(thing: Demonstration, style: Style = LECTURE) -> str:
    """The facts as a list, the matrix in letters, and in numbers."""
    one, pen = thing.structure, Pen(LATEX, style)
    domain = "; ".join(text_to_latex(str(condition)) for condition in one.domain)
    listed = [f"domain: {domain}", f"parameters: ${pen.whole(one.count)}$"]
    listed += ["; ".join(f"{program}: `{name}`" for program, name in one.programs.items())] if one.programs else []
    listed += [_with_code(warning) for warning in one.warnings]
    values = ", ".join(f"{pen.whole(sympy.Symbol(name))} = {_plain(value)}" for name, value in thing.values.items())
    head = f"**{one.title}** ({one.key}), entry $(i, j)$: ${one.latex_formula}$"
    letters, shown = latex(thing.tree, style), latex(numbers(thing.matrix), style)
    display = f"$$\n{letters}\n$$\n\nat ${values}$:\n\n$$\n{shown}\n$$"
    return "\n\n".join([head, "\n".join(f"- {line}" for line in listed), display])


def _with_code(sentence: str) -> str:
    """A sentence in which calls of programs stand as code: `~ time | g` is no table and strikes nothing out."""
    return _OF_PROGRAMS.sub(lambda found: f"`{found[0]}`", sentence)

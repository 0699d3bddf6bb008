"""The last lines of a worked solution: numbers take the places of letters, and the value comes out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import sympy

from tutor.algebra.build import matrix
from tutor.algebra.figure import Figure, row_by_column
from tutor.algebra.nodes import Explicit, Product, Scalar, Transpose
from tutor.algebra.rules import Derivation, Step
from tutor.algebra.tree import Tree
from tutor.algebra.walk import transform, walk
from tutor.checking.kinds.rounded import Rounded
from tutor.errors import TutorError
from tutor.notation.read import HasVocabulary, names_of, read
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import unicode

Number = int | str | Decimal | sympy.Expr
"""A number, or its digits as text: "0.50" is shown so."""


def in_numbers(
    formula: Derivation | Tree | str,
    values: Mapping[str, Number | list[Any]],
    *,
    decimals: int | None = None,
    significant: int | None = None,
    because: str = "",
    of: Vocabulary | HasVocabulary | None = None,
) -> Derivation:
    """A formula, or a derivation, followed by two lines: its last one with numbers in it, and what comes out.

    A product of two matrices has a line between them, in which each row is multiplied by each column.

    Parameters
    ----------
    formula
        What the numbers are put into: text as `tutor.read` takes it, a tree, or a derivation, which goes on.
    values
        The letters, or moments as Var(y_1), and the number of each; of a matrix its rows, of a vector its entries.
    decimals, significant
        Round to so many decimals or significant digits; the line says ≈ where that is not the exact value.
    because
        The reason of the line with the numbers, in place of "where σ² = 8, σ²_u = 2".
    of
        The model, or the vocabulary, that says what the letters are: that of the derivation, or the lecture's.

    Raises
    ------
    ReadError
        For a formula, or a letter, that cannot be read.
    TutorError
        For a letter that does not stand in the formula, and for what is no number.

    >>> print(in_numbers(r"\\frac{σ²_u}{σ²_u + σ²}", {"σ²": 4, "σ²_u": 2}, decimals=2))
    σ²_u/(σ² + σ²_u) = 2/(4 + 2)   where σ² = 4, σ²_u = 2
                     ≈ 0.33        rounded
    """
    scope = formula.scope if of is None and isinstance(formula, Derivation) else of
    names = names_of(scope)
    if isinstance(formula, str):
        formula = _read(formula, names)
    given = formula if isinstance(formula, Derivation) else Derivation(formula, ())
    known = {_read(key, names): number for key, number in values.items()}
    matrices = {tree: matrix(rows) for tree, rows in known.items() if isinstance(rows, list)}
    figures = {tree: _figure(tree, number) for tree, number in known.items() if not isinstance(number, list)}
    before = given.result
    line = _put(before, figures, matrices)
    value: Any = line.explicit()
    after = Scalar(value[0, 0]) if value.shape == (1, 1) else Explicit(value)
    steps = list(given.steps)
    if sorted(unicode(line)) != sorted(unicode(after)):  # the same signs in another order are nothing to calculate
        told = ", ".join(f"{unicode(tree)} = {_digits(figure)}" for tree, figure in figures.items())
        steps.append(Step("numbers", because or ("" if told else "the entries put in"), before, line,
                          None if because or not told else told))  # fmt: skip
        before, because = line, ""
    if (
        isinstance(line, Product)
        and len(line.factors) == 2
        and all(isinstance(each, Explicit) for each in line.factors)
    ):
        steps.append(Step("product", "each row times each column", before, row_by_column(*line.factors)))
        before = steps[-1].after
    if decimals is None and significant is None:
        steps.append(Step("calculation", because, before, after))
    else:
        steps.append(_rounding(before, Rounded(after, decimals, significant), because))
    return Derivation(given.goal, tuple(steps), scope=scope)


def _read(text: str, names: Vocabulary) -> Tree:
    tree = read(text, names).tree
    if not isinstance(tree, Tree):
        raise TutorError(f"{text} is no formula.", tip="Write a letter, a moment or a formula, without =.")
    return tree


def _figure(tree: Tree, number: Number) -> Figure:
    """The number of a letter, in its place; of a moment as Var(y_1), in that of a letter so named."""
    letter = tree.value.as_base_exp()[0] if isinstance(tree, Scalar) else sympy.Symbol(str(tree))
    if not isinstance(letter, sympy.Symbol):
        raise TutorError(f"{tree} is no letter.", tip="Name what has the number: σ², or Var(y_1).")
    try:
        exact = Fraction(str(number))
    except (ValueError, ZeroDivisionError):
        raise TutorError(f"{number!r} is no number for {tree}.", tip='Give 2, Rational(1, 2) or "0.5".') from None
    text = str(number).lstrip("-+")
    return Figure(letter, sympy.Rational(exact.numerator, exact.denominator), text if "." in text else "")


def _digits(figure: Figure) -> str:
    sign = "−" if figure.value < 0 and figure.digits else ""
    return sign + (figure.digits or unicode(Scalar(figure.value)))


def _put(formula: Tree, figures: Mapping[Tree, Figure], matrices: Mapping[Tree, Explicit]) -> Tree:
    """The formula with the numbers in it. Raises TutorError where it does not have one of the letters."""
    powers = [tree.value.as_base_exp() for tree in figures if isinstance(tree, Scalar)]
    # σ_1 is the root of σ²_1, in whose place its square stands.
    squares = {base: base ** (1 / exponent) for base, exponent in powers}
    letters = {figure.letter: figure for figure in figures.values()}

    def put(entries: Any) -> Any:
        return entries.xreplace(squares).xreplace(letters)

    known = {**matrices, **{tree: Scalar(figure) for tree, figure in figures.items()}}

    def change(node: Tree) -> Tree | None:
        if node in known:
            return known[node]
        if isinstance(node, Scalar):
            return Scalar(put(node.value))
        if isinstance(node, Explicit):
            return Explicit(put(node.matrix))
        if isinstance(node, Transpose) and isinstance(node.tree, Explicit):
            return Explicit(node.tree.matrix.T)
        return None

    line = transform(formula, change)
    parts = [node.value if isinstance(node, Scalar) else node.matrix
             for node in walk(line) if isinstance(node, Scalar | Explicit)]  # fmt: skip
    found = set[Any]().union(*(part.atoms(Figure) for part in parts))
    found |= set(walk(formula))
    for tree in known:
        if figures.get(tree, tree) not in found:
            raise TutorError(f"{tree} does not stand in {formula}.", tip="Leave it out, or mend the formula.")
    return line


def _rounding(before: Tree, rounded: Rounded, because: str) -> Step:
    digits = str(rounded)
    shown: Any = sympy.Rational(digits)
    figure: Any = Figure(sympy.Symbol(digits), abs(shown), digits.lstrip("-"))
    after = Scalar(-figure if shown < 0 else figure)
    if shown == rounded.exact:
        return Step("calculation", because, before, after)
    return Step("rounding", because or "rounded", before, after, relation="≈")

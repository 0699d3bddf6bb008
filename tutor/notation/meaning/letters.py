"""Letters before brackets that are functions as often as names: t(X) and t(b − 1), p(y) and p(1 − p), c(1, 2).

Three things decide, in this order: the vocabulary, which may hold the letter as a name; what stands in the brackets;
and whether the text is a program. `FUNCTION_OF` says of what each letter is a function; before anything else it is a
factor, and a power or a prime behind the brackets belongs to them alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.nought import is_nought
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.processes import is_distance
from tutor.notation.names import unicode_name
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import CAPITAL_LETTERS, CONDITIONED, LETTERS
from tutor.notation.parsing.syntax import Call, Named, Node

Kind = Literal["data", "letter", "name", "number", "vector", "matrix", "several"]
"""What stands in brackets: an observation, what is given something or an event; one of the letters x, y and z; another
single name; another number; a vector; a matrix, or a formula with one in it; more than one argument."""

_ALL: frozenset[Kind] = frozenset({"data", "letter", "name", "number", "vector", "matrix", "several"})
_NO_MATRIX = _ALL - {"matrix"}

FUNCTION_OF: dict[str, frozenset[Kind]] = {
    "f": _ALL,
    "L": _NO_MATRIX,
    "ell": _ALL,
    "P": _NO_MATRIX,
    "p": frozenset({"data", "letter", "name", "several"}),
    "K": frozenset({"data", "letter", "name", "vector", "several"}),
    "B": frozenset({"letter", "name", "several"}),
    "c": frozenset({"several"}),
}
"""Letter: of what it is a function where names are open: L(θ) is a likelihood and L(X'X)⁻L' a product, B(a, b) Euler's
and B(X'X) a product, K(h) and K(x, z) are covariances."""

_DATA = frozenset("xyz")

_NO_FACTORS = frozenset({"p", "phi", "gamma"})
"""Letters that are numbers or vectors of the lecture too, and functions of a name that stands alone in the brackets:
p(θ), and φ(t), a density or a characteristic function, and γ(u), a semivariogram."""

_PROGRAM = re.compile(r"%\*%|%[xo]%|<-|\b(?:kronecker|t?crossprod|solve|matrix|rep|cbind|rbind|bdiag|diag|seq)\s*\(")
"""What stands in R and in no formula."""

_VECTORS_IN_R = frozenset({"c", "rep"})


def is_list(node: Call, context: Context) -> bool:
    """Whether c( ) is R's, which makes a vector of its arguments, as c(1, 2), and no factor as in c(a − b)."""
    if len(node.arguments) != 1 or any(node.keywords):
        return True
    inner = node.arguments[0]
    if isinstance(inner, Call) and inner.function in _VECTORS_IN_R:
        return True
    return "\\" not in context.text and context.text.isascii() and stands_in(context.text, _PROGRAM)


def is_matrix(node: Call, context: Context) -> bool:
    """Whether the letter of a likelihood, a probability or a kernel is that of a matrix here, by what stands in its
    brackets: L(X'X)⁻L', P(y − Xβ)."""
    if node.spelling.letters in CAPITAL_LETTERS and node.spelling.subscript in context.vocabulary.blocks - {""}:
        return len(node.arguments) == 1 and not node.power  # P_{t|t-1} (I − K_t Z_t)'
    if len(node.arguments) != 1 or node.spelling.subscript or node.power or not context.vocabulary.takes_new_names:
        return False
    told = FUNCTION_OF.get(node.spelling.letters, _ALL)
    is_of_itself = node.spelling.letters.isupper() and _stands_within(node)  # K(K + λI)⁻¹
    is_product = is_of_itself or _has_matrix(node.arguments[0], context)
    return "matrix" not in told and node.spelling.letters in LETTERS and is_product


def _has_matrix(node: Node, context: Context) -> bool:
    """Whether a formula of more than one name has a matrix in it; a row 0' or 1' behind a matrix is no product."""
    if isinstance(node, Named) and not node.spelling.run:
        return False
    if _is_row_of_one_number(node):
        return False
    if isinstance(node, syntax.Compared | syntax.Conditional):
        return False
    return any(_is_of_matrix(part, context) for part in syntax.postorder(node))


def _is_row_of_one_number(node: Node) -> bool:
    """0', (−1_n)' and (2 · 0)'"""
    while True:
        match node:
            case syntax.Prime(inner=inner) | syntax.Group(inner=inner) | syntax.Negated(inner=inner):
                node = inner
            case syntax.Sum(terms=(inner,)) | syntax.Chain(factors=(syntax.Number(), inner)):
                node = inner
            case _:
                return isinstance(node, Named) and node.spelling.letters in {"0", "1"}


def _is_of_matrix(node: Node, context: Context) -> bool:
    if isinstance(node, syntax.Prime | syntax.Matrix):
        return True
    if not isinstance(node, Named) or node.spelling.subscript:
        return False
    letters = node.spelling.letters
    if node.spelling.bold and letters.isalpha() and letters[0].isupper():
        return True
    known = context.vocabulary.lookup(letters)
    if known is None:
        return node.spelling.run and letters[:1] in {"X", "Z"}
    return isinstance(known.tree, Symbol) and known.tree.columns != ONE


def stands_for_factor(node: Call, arguments: tuple[Tree, ...], context: Context) -> bool:
    """Whether a letter that names nothing yet multiplies what is in its brackets, c(a − b): where names are open."""
    letters = node.spelling.letters
    if letters == "c":
        return not is_list(node, context) and (context.vocabulary.takes_new_names or letters in context.vocabulary)
    if letters not in FUNCTION_OF or len(arguments) != 1 or not context.vocabulary.takes_new_names:
        return False
    if node.spelling.subscript:
        return _stands_within(node) or is_matrix(node, context)
    if node.power:
        return False
    return is_matrix(node, context) or kind_of(node.arguments[0], arguments[0]) not in FUNCTION_OF[letters]


def _stands_within(node: Call) -> bool:
    """Whether a letter stands also in the brackets behind it, as in p_j(1 − p_j): no function is of itself."""
    told = node.spelling.letters, node.spelling.subscript
    named = (part for part in syntax.postorder(node.arguments[0]) if isinstance(part, Named))
    return any((part.spelling.letters, part.spelling.subscript) == told for part in named)


def kind_of(written: Node, tree: Tree) -> Kind:
    """What stands in the brackets behind a letter."""
    if _is_data(tree) or isinstance(written, syntax.Compared | syntax.Conditional):
        return "data"
    if _is_one_letter(written, tree):
        return "letter"
    if _are_alleles(written):
        return "name"
    if _is_alone(written):
        return "name"
    if tree.is_scalar:
        is_place = isinstance(written, syntax.Number) or _is_difference(written)
        return "name" if is_place else "number"
    return "vector" if tree.columns == ONE and not isinstance(written, syntax.Sum | syntax.Chain) else "matrix"


def _are_alleles(written: Node) -> bool:
    """Whether capitals with numbers stand side by side, as the alleles of p(M_1 Q_2), a frequency."""
    named = written.factors if isinstance(written, syntax.Chain) and set(written.signs) <= {""} else ()
    spellings = [factor.spelling for factor in named if isinstance(factor, Named)]
    are_capitals = all(
        len(told.letters) == 1 and told.letters.isupper() and told.subscript.isdigit() for told in spellings
    )
    return len(spellings) > 1 and len(spellings) == len(named) and are_capitals


def _is_difference(node: Node) -> bool:
    """Whether a node is |i − j| or ‖x − z‖."""
    return isinstance(node, syntax.Bars) or (isinstance(node, Call) and node.function == "norm")


def is_factor(name: Tree, node: Call, argument: Tree, context: Context) -> bool:
    """Whether a letter before brackets is a name that multiplies what is in them: t(b − 1), p(1 − p), P(y − μ).

    A density is one of data or of an event, p(y) and P(F > 2), where names are open also of a parameter, p(θ);
    φ²(α), with its power first, is one of one letter.
    """
    letters, written = node.spelling.letters, node.arguments[0]
    if node.function in {"se", "sd"}:
        return False  # SE and SD are statistics as well
    if node.spelling.subscript:
        # What is known with its subscript is that name, and no family of functions.
        return True
    if letters == "c":
        return not is_list(node, context)
    if node.function == "likelihood":
        return not name.is_scalar
    if letters in LETTERS:
        if _is_one_letter(written, argument):
            return False
        if node.power:
            return not (isinstance(argument, Scalar) and argument.value.is_Symbol)
        if (
            letters in _NO_FACTORS
            and context.vocabulary.takes_new_names
            and (_is_alone(written) or _are_alleles(written))
        ):
            return False
        return not (node.function in CONDITIONED and _is_data(argument))
    return isinstance(name, Scalar) and isinstance(argument, Scalar)


def _is_alone(written: Node) -> bool:
    """Whether a name or its square stands alone in the brackets, as in p(θ), p(u) and p(σ²): who multiplies needs
    none."""
    base = written.base if isinstance(written, syntax.Power) else written
    return isinstance(base, Named) and not base.spelling.run


def is_lag(tree: Tree, context: Context) -> bool:
    """Whether an argument is nought, the distance h or d, or s − t, of which γ is a semivariogram and no factor,
    and Γ no product."""
    if not context.vocabulary.takes_new_names:
        return False
    if isinstance(tree, Applied):
        return tree.function == "norm"
    if isinstance(tree, Scalar) and (is_nought(tree.value) or isinstance(tree.value, sympy.Abs)):
        return True
    letter = tree.value if isinstance(tree, Scalar) else tree
    if isinstance(letter, sympy.Add):
        return letter.free_symbols == {size("s"), size("t")} and len(letter.args) == 2
    return isinstance(letter, sympy.Symbol | Symbol) and letter.name.partition("_")[0] in {"h", "d"}


def is_lag_beside_nought(letters: str, node: Node, context: Context) -> bool:
    """Whether a node is the difference of two places, s_i − s_j, or a whole number or n − 1 behind the letter of a
    covariance that elsewhere in the text has 0 in its brackets: γ(0), γ(1), …, γ(n − 1)."""
    terms = node.terms if isinstance(node, syntax.Sum) else (node,)
    places = [term for term in terms if isinstance(term, Named) and term.spelling.letters == "s"]
    if len(places) == len(terms) == 2 and context.vocabulary.takes_new_names:
        return all(place.spelling.subscript for place in places)
    if isinstance(node, syntax.Sum) and is_distance(node) and context.vocabulary.takes_new_names:
        return True
    if not all(isinstance(term, syntax.Number | Named) for term in terms) or not context.vocabulary.takes_new_names:
        return False
    letter = rf"(?:\\?{letters}|{unicode_name(letters)})"
    return stands_in(context.text, rf"(?<![A-Za-z]){letter}\s*(?:\\left\s*)?\(\s*0\s*(?:\\right\s*)?\)")


def _is_one_letter(written: Node, argument: Tree) -> bool:
    """Whether a plain small letter stands alone in the brackets, as in φ(z) and p(x): who multiplies needs none."""
    if not isinstance(written, Named) or written.spelling.bold or written.spelling.subscript:
        return False
    return written.spelling.letters in _DATA and argument.is_scalar


def _is_data(tree: Tree) -> bool:
    """Whether a tree is an observation, something given something else, or an event."""
    if isinstance(tree, Symbol):
        return tree.role == "random"
    if isinstance(tree, Scalar):
        return tree.value.is_Symbol and (str(tree.value).startswith("y") or "|" in str(tree.value))
    return isinstance(tree, Applied)


@lru_cache(maxsize=64)
def stands_alone(letter: str, text: str) -> bool:
    """Whether a letter stands somewhere without brackets behind it."""
    return re.search(rf"(?<![A-Za-z\\]){re.escape(letter)}(?![A-Za-z]|\s*(?:\\left\s*)?\()", text) is not None


_LOGARITHM = re.compile(r"(?:log|ln)\s*\{?\s*(?:\\left\s*)?\Z")
_RAISED = re.compile(r"\s*\}?\s*\^")


def capital_of_matrix(node: syntax.Bars, context: Context) -> Named | None:
    """The bold name of a plain capital between bars where it is a matrix and the bars its determinant: in a logarithm,
    or to a power; |Z| alone is an absolute value."""
    of = node.inner
    is_capital = isinstance(of, Named) and len(of.spelling.letters) == 1 and of.spelling.letters.isupper()
    if not (is_capital and isinstance(of, Named) and context.vocabulary.takes_new_names) or of.spelling.bold:
        return None
    text = context.text
    before = _LOGARITHM.search(text, max(0, node.start - 12), node.start)
    if before is None and _RAISED.match(text, node.end) is None:
        return None
    return replace(of, spelling=replace(of.spelling, bold=True))

r"""Random names as a person types them in LaTeX, for property tests: letters under accents and in fonts, with labels
above and all kinds of subscripts below, and trees whose matrices have such names.

What is drawn is a product of lists, so that each accent meets each subscript.
"""

from __future__ import annotations

from functools import cache

from hypothesis import assume
from hypothesis import strategies as st

from tests.strategies import WRITTEN_KINDS, trees
from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of, transform
from tutor.notation.names import GREEK, unicode_name

_LATIN = (*"abcdefghijklmnopqrstuvwxyz", *"ABCDEFGHKLMNOPQRSTUVWXYZ")
"""All but I and J, which are matrices of their own."""

_GREEK = tuple(latex for key, (latex, _) in GREEK.items() if key != "infinity")
_WORDS = (*("MS", "SS", "SSE", "MSE", "df", "AIC", "BIC", "Diet", "room"), *("MSAB", "SSTr"))
_INTERACTIONS = (r"(\tau\alpha)", r"(\alpha\beta)", r"(\tau b)", "(AB)")

ACCENTS = ("hat", "tilde", "bar", "dot", "ddot")

SUBSCRIPTS = (
    *("1", "12", "123", "i", "ij", "ijk", "hijk", "0j", "1i", "i1", "u0", "01", "2A", "1x", "0t"),
    *("n", "N", "A", "AB", "GG", "XX", "ABC", "E", "iA", "aB", "Aj", "Xy", "ijA", "ab", "xy", "tr", "st", "iij"),
    *("Block", "REML", "crit", "pens", "row", r"\mathrm{GLS}", r"\text{OLS}", r"\text{whole plot}"),
    *("1,12", "i,j", "1,A", "a,b", "i,t-1", "i-1", "n-p", "n-1", r"1-\alpha/2", "0.975"),
    *(r"\alpha", r"\varepsilon", r"\alpha\beta", r"\tau b", r"b,\alpha", r"\Sigma", r"\hat\beta"),
    *("j(i)", "k(ij)", "l(ijk)", "i(k)", "B(A)", r"\mathrm{Error(a)}", r"i \mid k", "i'", "i'j", "ij'"),
    *(r"i\cdot", r"\cdot j", r"\cdot\cdot", r"i\cdot\cdot", r"1\cdot", r"A \times B", "n_i", r"\max"),
)

RAISED = ("*", "(k)", "(1)", "(k+1)")
"""A star, and labels in brackets that tell iterations."""


@st.composite
def name_texts(draw: st.DrawFn) -> str:
    """One name in LaTeX."""
    text, is_square = draw(_bases())
    accent = draw(st.just("") | st.sampled_from(ACCENTS))
    if accent:
        text = rf"\{accent}{{{text}}}"
    above = draw(st.just("") | st.sampled_from(RAISED))
    below = draw(st.just("") | st.sampled_from(SUBSCRIPTS))
    text += (f"^{{{above}}}" if above else "^2" if is_square else "") + (f"_{{{below}}}" if below else "")
    return f"({text})^2" if above and is_square else text


@st.composite
def _bases(draw: st.DrawFn) -> tuple[str, bool]:
    r"""The letters of a name in their font, and whether they are those of a variance, \sigma^2."""
    kind = draw(st.sampled_from(("latin", "greek", "latin", "greek", "word", "interaction", "variance")))
    if kind == "word":
        return rf"\mathrm{{{draw(st.sampled_from(_WORDS))}}}", False
    if kind == "interaction":
        return draw(st.sampled_from(_INTERACTIONS)), False
    if kind == "variance":
        return draw(st.sampled_from((r"\sigma", r"\tau", r"\omega", r"\psi"))), True
    letter = draw(st.sampled_from(_LATIN if kind == "latin" else _GREEK))
    font = draw(st.sampled_from(("", "", r"\boldsymbol", r"\mathbf" if kind == "latin" else r"\boldsymbol")))
    return (rf"{font}{{{letter}}}" if font else letter), False


@st.composite
def texts_of_names(draw: st.DrawFn) -> str:
    """A name, or two of them in a sum, a product or a Kronecker product."""
    names = draw(st.lists(name_texts(), min_size=1, max_size=2))
    return draw(st.sampled_from((" + ", " - ", " ", r" \otimes "))).join(names)


_MATRICES = tuple(letter for letter in (*_LATIN, *GREEK) if letter not in {"b", "gamma", "Sigma", "infinity"})
"""Letters of matrices and vectors: not those that a style writes for others, Σ for V, b and γ for u, of which both
would be drawn."""

_BELOW = (
    *("", "", "_1", "_12", "_ij", "_i", "_0t", "_GG", "_AB", "_2A", "_Block", "_REML", "_1_12", "_b_alpha", "_j(i)"),
    *("_1-alpha/2", "_i|_k", "_i'j", "_i.", "_n-p", "_alphabeta", "_*", "_*_ij", "_^(k)", "_^(k)_XX", "_^(1)_1x"),
)


@cache
def matrix_keys() -> st.SearchStrategy[str]:
    """Keys of matrices and vectors, with accents and with labels above and below them."""
    return st.builds(
        "{}{}{}".format, st.sampled_from(_MATRICES), st.sampled_from(("", "", *ACCENTS)), st.sampled_from(_BELOW)
    )


@st.composite
def trees_of_names(draw: st.DrawFn) -> Tree:
    """Trees of all kinds whose matrices have such names, no two of them the same."""
    tree = draw(trees(depth=2, letters=True, kinds=WRITTEN_KINDS))
    # A name below a sum has its index; what counts as random elsewhere keeps its name, of which there may be a moment.
    symbols = [found for found in symbols_of(tree) if "_i_" not in found.name]
    keys = draw(st.lists(matrix_keys(), min_size=len(symbols), max_size=len(symbols), unique_by=unicode_name))
    assume(len(symbols) <= 6)
    names = {
        found: Symbol(key, *found.shape, found.role, found.facts) for found, key in zip(symbols, keys, strict=True)
    }
    return transform(tree, lambda node: names.get(node) if isinstance(node, Symbol) else None)

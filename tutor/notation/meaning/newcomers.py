r"""Names that a vocabulary lacks, where it takes new ones: what a letter is by the custom of lectures.

Without a model nothing says what all letters are. Bold capitals are matrices and bold small letters vectors, of the
size that fits; a letter with an index is an effect; any other letter is a number. A word stays unknown: it is a slip
in a name more often than a name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import sympy

from tutor.algebra.nodes import Role, Scalar, Symbol
from tutor.algebra.sizes import ONE, Size, size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.design_letters import designs, numbered_designs
from tutor.notation.meaning.kinds import is_about_all, rows_of_unit, shown
from tutor.notation.meaning.numbered_blocks import may_be_block
from tutor.notation.meaning.primed_elements import is_element_with_prime
from tutor.notation.meaning.shown_matrices import is_greek_matrix, matrices_of_calls
from tutor.notation.meaning.side_by_side import exact, split
from tutor.notation.meaning.special import hole
from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.usage import NOTHING, Usage
from tutor.notation.names import GREEK, RAISED
from tutor.notation.parsing import syntax
from tutor.notation.parsing.functions import MOMENTS
from tutor.notation.parsing.syntax import Named
from tutor.notation.parsing.token import Spelling

_INDEX_LETTERS = frozenset("ijklmno")
_ROWS = frozenset("xz")
_EFFECTS_OF_LEVELS = frozenset({"tau", "alpha", "beta", "rho", "mu", "gamma", "delta", "pi", "eta", "theta"})
_USUAL_VECTORS = frozenset("xzv")
"""Bold small letters of vectors beside matrices of these letters: a row of X, one of Z, and random effects."""
_GENETIC_VALUES = "g"
"""A vector where it is the last factor, Zg and g ~ N(0, σ²_g A); with a factor behind it, zgz', the slip of a G."""
_UNIT_VECTORS = frozenset({"y", "e", "epsilon", "u", "b", "gamma", "beta", "mu", "eta"})
"""Small letters that are vectors below the index of a unit."""

_OF_STATES = frozenset("FT")
_NUMBERED = re.compile("([A-HK-Z])([0-9]{1,2})")
_SQUARE = frozenset("GRVAK")
_OF_MATRICES = re.compile(
    r"%\*%|@|\.T\b|\b(?:t|solve|crossprod|tcrossprod|cbind|rbind|bdiag|block_diag|hstack|vstack|hcat|vcat)\s*\("
)
"""What programs have only for matrices."""

_COVARIANCES_OF_STATES = frozenset("FHPQ")
"""Capitals that below a time are matrices too, and those of covariance matrices."""

_COVARIANCES = frozenset({"Sigma", "Omega", "Psi"})

_OF_COVARIANCES = frozenset("ABCDKMQW")
"""Capitals of matrices of which there are estimates, Ŵ; Ŷ and N̂ are none."""

_NUMBERS_WITH_ACCENT = frozenset("NTYESUW")
"""Capitals of numbers and statistics with a tilde; of others it tells a matrix that was transformed, L̃."""

_ELEMENT = re.compile("[g-o][g-ot]")
"""Below a capital: the indices of one observation, X_it."""

_PART = re.compile("([12])([12])")
"""Below a matrix: the part of these rows and columns, A_12."""

_PART_ABOVE = re.compile(rf"{re.escape(RAISED)}[1-3][1-3]")
"""Above a matrix: the part of its inverse with these rows and columns, C^{12}."""

_PLACES = frozenset("xst")
_PART_OF_UNIT = re.compile(r"(?:\([0-9]\))?(?P<unit>[^()])")
"""Below a vector: a unit, or one of the parts of its errors, ε_{(1)i}."""

_UP_TO = re.compile("[01]:")


def newcomer(named: Named, context: Context) -> Tree | None:
    """What a name that is not known stands for, or None where it should be."""
    if not context.vocabulary.takes_new_names:
        return None
    spelling = named.spelling
    if not _is_letter(spelling) or _is_small_capital(named, context):
        return None
    key = key_of(spelling)
    is_covariance = spelling.letters == "Sigma" or spelling.subscript or spelling.bold
    if spelling.letters in _COVARIANCES and is_covariance:
        return _matrix(key, named, context, square=True)
    if named in context.numbers and not spelling.bold:
        return Scalar(sympy.Symbol(key, real=True))
    if spelling.bold or spelling.letters == "iota":  # in econometrics a vector of ones
        return _bold(key, spelling, named, context)
    if (columns := numbered_designs(context.usage).get(key)) is not None:
        return _matrix(key, named, context, square=not columns, columns=columns or "n")
    if key in designs(context.usage):
        return _matrix(key, named, context, columns="q")
    is_other = "" in context.vocabulary.blocks and may_be_block(spelling.letters) and spelling.letters in GREEK
    if is_other or is_greek_matrix(spelling.letters, spelling.subscript, context.usage):
        return _matrix(key, named, context, square=spelling.letters in _COVARIANCES)
    if _PART_ABOVE.fullmatch(spelling.subscript) and len(spelling.letters) == 1 and spelling.letters.isupper():
        return _matrix(key, named, context)
    if spelling.letters in shown(context.usage).vectors and not spelling.subscript:
        return _vector(key, named, context)
    is_estimate = spelling.accent == "hat" and spelling.letters in _OF_COVARIANCES
    is_capital = len(spelling.letters) == 1 and spelling.letters.isupper() and not spelling.subscript
    is_transformed = spelling.accent == "tilde" and spelling.letters not in _NUMBERS_WITH_ACCENT
    if is_capital and (is_estimate or is_transformed or not spelling.accent):
        return _matrix(key, named, context, square=is_estimate)
    return Scalar(sympy.Symbol(key, real=True))


def numbered_matrix(named: Named, context: Context) -> Tree | None:
    """A capital with something below it as a matrix of the size that fits, where a text or a program shows it to be
    one; None for other names."""
    spelling = named.spelling
    if not spelling.subscript or spelling.bold or not context.vocabulary.takes_new_names:
        return _numbered_in_program(named, context)
    key = key_of(spelling)
    is_shown = key in matrices_of_calls(context.usage) and key not in context.vocabulary.names
    return _matrix(key, named, context) if is_shown else _numbered_in_program(named, context)


def _numbered_in_program(named: Named, context: Context) -> Tree | None:
    """Z1 and Z_1 in a program that multiplies or joins matrices, Z1 @ Z1.T and bdiag(V1, V2), as a matrix of the size
    that fits; None for other names and other texts."""
    spelling = named.spelling
    if not spelling.letters[0].isupper() or not context.vocabulary.takes_new_names or "\\" in context.text:
        return None
    told = _NUMBERED.fullmatch(f"{spelling.letters}{spelling.subscript}")
    if told is None or spelling.bold or spelling.accent or not stands_in(context.text, _OF_MATRICES):
        return None
    key = f"{told[1]}_{told[2]}"
    return None if key in context.vocabulary.names else _matrix(key, named, context, square=told[1] in _SQUARE)


def identifier(named: Named, context: Context) -> Tree | None:
    """A name of several letters in a program, Gm, as a matrix of the size that fits where it starts with a capital;
    None for other names and other texts."""
    letters = named.spelling.letters
    is_program = "%*%" in context.text and context.vocabulary.takes_new_names
    is_name = named.spelling.run and letters[0].isupper() and not named.spelling.accent
    return _matrix(key_of(named.spelling), named, context) if is_program and is_name else None


def block_of_unit(named: Named, context: Context) -> Tree | None:
    """What a plain letter with the index of a unit is where a text is about blocks: S_i a matrix, e_i a vector with a
    row for each observation of the unit; None for any other name."""
    spelling = named.spelling
    blocks = context.vocabulary.blocks
    if spelling.subscript not in blocks or not spelling.subscript or named in context.numbers:
        return None
    if spelling.letters.islower() and spelling.subscript in states_of_vectors(context.usage):
        is_known = spelling.bold and context.vocabulary.lookup(spelling.letters) is not None
        return None if is_known else _vector(key_of(spelling), named, context)
    if spelling.bold and "" not in blocks:
        return None
    key = key_of(spelling)
    told = context.vocabulary.names.get(key)
    if told is not None:
        return told.bold
    name = context.vocabulary.lookup(spelling.letters)
    known = None if name is None else name.bold or name.tree
    if spelling.letters == "Y" and name is None:
        is_mean = spelling.accent == "bar" and not spelling.bold
        return None if is_mean else _vector(key, named, context)
    if may_be_block(spelling.letters) or (spelling.letters in _OF_STATES and spelling.subscript[0] == "t"):
        is_selection = spelling.letters == "R" and spelling.subscript in states_of_vectors(context.usage)  # R_tη_t
        if isinstance(known, Symbol) and known.columns != ONE and not is_selection:
            rows, columns = (_of_unit(extent, spelling.subscript, context) for extent in known.shape)
            return Symbol(key, rows, columns, known.role, known.facts)
        is_covariance = spelling.subscript[0] == "t" and spelling.letters in _COVARIANCES_OF_STATES
        return _matrix(key, named, context, square=is_covariance)
    if not isinstance(known, Symbol) or known.columns != ONE or spelling.letters not in _UNIT_VECTORS:
        return None
    unit = _PART_OF_UNIT.fullmatch(spelling.subscript)
    if unit is None:
        return None
    if spelling.letters == "beta":
        return _vector(key, named, context)  # the coefficients of a unit, of which there may be fewer
    return Symbol(key, _of_unit(known.rows, unit["unit"], context), ONE, known.role)


def product_before_block(named: Named, context: Context) -> tuple[Tree, ...] | None:
    """The G and Z_i of GZ_i, letters that are known before a block of a unit; None for other letters side by side."""
    letters, spelling = named.spelling.letters, named.spelling
    if not spelling.subscript or spelling.subscript not in context.vocabulary.blocks or not letters.isupper():
        return None
    ahead = split(letters[:-1], context, exact(context))
    last = Spelling(letters[-1], False, spelling.bold, "", spelling.subscript)
    block = None if ahead is None else block_of_unit(replace(named, spelling=last), context)
    return None if ahead is None or block is None else (*ahead, block)


def _of_unit(extent: Size, index: str, context: Context) -> Size:
    is_of_unit = extent == size("n") and not is_about_all(context.usage)
    return rows_of_unit(index, context.usage) if is_of_unit else extent


def is_vector_by_what_is_below(spelling: Spelling, context: Context) -> bool:
    r"""Whether a bold mean has a condition below it, \boldsymbol\mu_{Y|U=u}, or a letter all times up to one, y_{1:t}:
    where names are open, a vector."""
    has_condition = spelling.bold and "|" in spelling.subscript and spelling.letters in {"mu", "eta"}
    return (has_condition or _UP_TO.match(spelling.subscript) is not None) and context.vocabulary.takes_new_names


def vector(named: Named, context: Context) -> Tree:
    """A name as a vector of the length that fits; of n vectors that are added up, p where nothing tells it. The β_1
    of X_1 is as unknown as β."""
    length = "p" if _has_sum_up_to_n(context.usage) else "n"
    role = "unknown" if named.spelling.letters == "beta" and not named.spelling.accent else "known"
    return _vector(key_of(named.spelling), named, context, length, role)


@lru_cache(maxsize=8)
def _has_sum_up_to_n(usage: Usage) -> bool:
    """Σ_{i=1}^n"""
    sums = (node.operator for node in usage.of(syntax.Operated) if node.operator.operation == "sum")
    return any(usage.single(each.first).letter == "1" and usage.single(each.last).letter == "n" for each in sums)


def matrix(named: Named, context: Context) -> Tree:
    """A name as a matrix of the shape that fits."""
    return _matrix(key_of(named.spelling), named, context)


def square_matrix(named: Named, context: Context) -> Tree:
    """A name as a square matrix of the size that fits."""
    return _matrix(key_of(named.spelling), named, context, square=True)


def key_of(spelling: Spelling) -> str:
    """The key of a name: its letters, its accent and its subscript."""
    return spelling.letters + spelling.accent + (f"_{spelling.subscript}" if spelling.subscript else "")


def _is_letter(spelling: Spelling) -> bool:
    return len(spelling.letters) == 1 or (spelling.letters in GREEK and spelling.letters != "infinity")


def _is_small_capital(named: Named, context: Context) -> bool:
    r"""Whether a bold small letter is the slip of a known matrix, as \mathbf{r} for \mathbf{R}."""
    spelling = named.spelling
    if spelling.letters in _USUAL_VECTORS:
        return False
    is_alone = len(context.usage.factors) == 1 and context.usage.factors[0].is_bare
    if spelling.letters == _GENETIC_VALUES and not is_alone and context.usage.around(named)[2] is NOTHING:
        return False
    known = context.vocabulary.lookup(spelling.letters.swapcase())
    is_matrix = known is not None and isinstance(known.tree, Symbol) and known.tree.columns != ONE
    return spelling.bold and spelling.letters.islower() and not spelling.subscript and is_matrix


def with_dimensions(named: Named, rows: Size, columns: Size, context: Context) -> Tree | None:
    r"""\mathbf{A}_{n \times p} where nothing else is called A."""
    if not context.vocabulary.takes_new_names or not _is_letter(named.spelling):
        return None
    return Symbol(named.spelling.letters + named.spelling.accent, rows, columns)


def boldened(found: tuple[Tree, ...], named: Named, context: Context) -> tuple[Tree, ...]:
    r"""The trees of a name, or of bold letters side by side, \mathbf{FF}, each as a bold one."""
    if len(found) == 1:
        return (_boldened(found[0], named, context),)
    letters = named.spelling.letters
    if not named.spelling.bold or named.spelling.subscript or len(found) != len(letters):
        return found
    apart = [replace(named, spelling=Spelling(letter, bold=True)) for letter in letters]
    return tuple(_boldened(tree, letter, context) for tree, letter in zip(found, apart, strict=True))


def _boldened(tree: Tree, named: Named, context: Context) -> Tree:
    r"""\mathbf{r} and \boldsymbol\sigma where the plain letter is a number: a vector; any other tree as it is."""
    spelling = named.spelling
    known = context.vocabulary.lookup(spelling.letters)
    if known is not None and known.bold == tree:
        return tree  # the number that is meant in bold too
    is_plain = not spelling.subscript or _is_counted_letter(spelling, context)
    is_letter = spelling.bold and tree.is_scalar and is_plain and context.vocabulary.takes_new_names
    if is_letter and spelling.letters[0].isupper() and len(spelling.letters) == 1:
        return _matrix(spelling.letters + spelling.accent, named, context)
    return _vector(key_of(spelling), named, context) if is_letter else tree


def _is_counted_letter(spelling: Spelling, context: Context) -> bool:
    r"""Whether a small letter that counts where it is plain has the index of a unit below it, \mathbf{t}_i."""
    known = context.vocabulary.lookup(spelling.letters)
    is_index = len(spelling.subscript) == 1 and spelling.subscript in _INDEX_LETTERS
    return is_index and spelling.letters.islower() and known is not None and known.tree.is_scalar


def primed(named: Named, tree: Tree, context: Context) -> Tree | None:
    r"""i', another value of the index i, and x_i', the row of X of one observation; None for other primes."""
    spelling = named.spelling
    if spelling.letters in _PLACES and context.vocabulary.takes_new_names and _has_other_places(context.usage):
        key = f"{spelling.letters}'"
        return Scalar(sympy.Symbol(key, real=True)) if tree.is_scalar else _vector(key, named, context)
    if not context.vocabulary.takes_new_names or spelling.bold or not tree.is_scalar:
        return None
    if spelling.letters in _INDEX_LETTERS and not spelling.subscript:
        return Scalar(sympy.Symbol(f"{spelling.letters}'", real=True))
    if is_element_with_prime(named, context.usage):
        alone = str(tree.value) if isinstance(tree, Scalar) and tree.value.is_Symbol else key_of(spelling)
        return Scalar(sympy.Symbol(f"{alone.partition('_')[0]}_{RAISED}'_{spelling.subscript}", real=True))
    if _is_of_another_level(named, context):
        return Scalar(sympy.Symbol(f"{key_of(spelling)}'", real=True))
    is_row = spelling.letters in _ROWS and spelling.subscript[:1] in _INDEX_LETTERS | {"t", "*", "0"}
    if is_row or (spelling.letters in {"X", "Z"} and _ELEMENT.fullmatch(spelling.subscript)):
        matrix = context.vocabulary.lookup(spelling.letters.upper())
        if matrix is not None:
            return Symbol(key_of(spelling), matrix.tree.columns, ONE).T
    return None


@lru_cache(maxsize=8)
def _has_other_places(usage: Usage) -> bool:
    """k(x, x') and C(s, s'): of two places x' is another one than x, and no transpose."""
    lists = [call.arguments for call in usage.of(syntax.Call) if call.function not in MOMENTS]
    behind = (factor for chain in usage.of(syntax.Chain) for factor in chain.factors[1:])
    lists += [factor.items for factor in behind if isinstance(factor, syntax.Listed)]
    places = (tuple(map(usage.single, each)) for each in lists if len(each) == 2)
    return any(
        place.letter == other.letter in _PLACES and place.is_bare and other.is_transposed and not other.below
        for place, other in places
    )


def _is_of_another_level(named: Named, context: Context) -> bool:
    r"""Whether an effect with an index and a prime, \tau_i - \tau_i', is that of another level: it stands in the text
    without the prime too, and nothing follows that a row would multiply."""
    spelling = named.spelling
    is_effect = spelling.letters in _EFFECTS_OF_LEVELS or spelling.accent == "bar"
    if not is_effect or len(spelling.subscript.strip(".")) != 1 or spelling.subscript.strip(".") not in _INDEX_LETTERS:
        return False
    _, primed, behind = context.usage.around(named)
    alone = (spelling.letters, spelling.accent, spelling.subscript, "")
    return primed.is_transposed and behind is NOTHING and any(factor[:4] == alone for factor in context.usage.factors)


def _bold(key: str, spelling: Spelling, named: Named, context: Context) -> Tree:
    if spelling.letters[0].isupper():
        known = context.vocabulary.lookup(spelling.letters)
        if known is not None and not known.tree.is_scalar:
            return Symbol(key, *known.tree.shape)
        return _matrix(key, named, context, columns="1" if spelling.letters == "Y" else "n")
    return _vector(key, named, context)


def _matrix(key: str, named: Named, context: Context, *, square: bool = False, columns: str = "n") -> Tree:
    """A matrix of the size that fits; the same wherever the name stands in the text."""
    if key not in context.newcomers:
        rows = hole(named, context, True)
        shape = (rows, rows if square else hole(named, context, True))
        told = _part(named, context)
        for at, open_size in enumerate(shape):
            usual = columns if at else "n"
            context.sizing.defaults[open_size] = _usual(usual) if told is None else size(f"n_{told[at + 1]}")
        context.newcomers[key] = placed(key, shape, context)
    return context.newcomers[key]


def _usual(extent: str) -> Size:
    return ONE if extent == "1" else size(extent)


def _part(named: Named, context: Context) -> re.Match[str] | None:
    """The numbers of a part of a matrix, A_12, where a text has no A_0 or A_1 beside it, of which A_12 is one more."""
    told = _PART.fullmatch(named.spelling.subscript)
    alone = (factor for factor in context.usage.factors if factor.letter == named.spelling.letters)
    return None if any(factor.is_numbered for factor in alone) else told


def _vector(key: str, named: Named, context: Context, length: str = "n", role: Role = "known") -> Tree:
    if key not in context.newcomers:
        rows = hole(named, context, True)
        context.sizing.defaults[rows] = size(length)
        context.newcomers[key] = placed(key, (rows, ONE), context, role)
    return context.newcomers[key]


def placed(key: str, shape: tuple[Size, Size], context: Context, role: Role = "known") -> Tree:
    return context.sizing.placeholder(shape, lambda known: Symbol(key, *known, role), name=key)

r"""Names of effects where names are open: a letter with an index, r_k, or a word, trt_i and \text{rep}_j."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from tutor.errors import nearest
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.usage import BRACKET, NOTHING, Usage
from tutor.notation.names import GREEK
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import FAMILIES, family
from tutor.notation.parsing.functions import FUNCTIONS, STATISTICS
from tutor.notation.parsing.syntax import Named
from tutor.notation.parsing.token import Spelling

_INDEX_LETTERS = frozenset("hijklmno")
_INTERCEPT_BELOW = re.compile(r"0[g-os]+")
_INDICES_BELOW = re.compile("[g-o]+")
_INDEX_BELOW = re.compile(r"[i-o][0-9i-o.,()_']*")
_WORDS_AS_FACTOR = re.compile(
    r"\\(?:text(?:rm|it|normal)?|mathrm)\s*\{\s*(?:[A-Za-z]{3,}|[A-Za-z]+(?:[\s-]+[A-Za-z]+)+)\s*\}"
    r"|[A-Z][a-z]{2,}(?:[A-Z][a-z]+)*|[A-Z][a-z](?:[A-Z][a-z]+)+|[a-z]{4,}(?:[A-Z][a-z]*)*"
)
_SET_WORD = re.compile(
    r"\\(?:mathrm|mathit|textit|texttt|mathtt)\s*\{\s*[a-z]{3,}\s*\}"
    r"|\\(?P<text>text|textrm|textnormal|textsf|mbox)\s*\{\s*(?:[a-z]{3,}|[A-Z]{2,}|[A-Z][a-z]{2,})\s*\}"
)
_UPRIGHT_WORD = re.compile(
    r"(?:\\(?:wide)?(?:hat|tilde)\s*\{\s*)?\\(?:text(?:rm|it|normal|tt|sf)?|mbox|math(?:rm|it|tt|sf)|operatorname)\s*"
    r"\{\s*(?:[A-Z]{2}|[A-Za-z][A-Za-z0-9]{2,}|[A-Za-z0-9]+(?:(?:\\_|\s+|-)[A-Za-z0-9]+)+)\s*\}(?:\s*\})?"
)
_UPRIGHT_CRITERION = re.compile(r"\\(?:mathrm|text|operatorname)\s*\{\s*[A-Z]{3,6}\s*\}")
"""A name in an upright font as it is typed, which its spelling does not tell."""

_SLOPES = frozenset({"beta", "gamma"})
_OTHER_SLOPES = frozenset({"b", "u", "v", "alpha", "delta", "theta", "pi", "eta", "zeta", "upsilon", "omega"})
_BELOW_SLOPE = re.compile(r"[1-9][0-9]*[a-z0-9(),_]*")
"""Below a slope: the number of its covariate, which is not 0, and perhaps the index of a subject, b_1i."""

_COVARIATE = re.compile(r"[A-Z][a-z]{3,}")
"""A word as a page sets the name of a covariate, Days and Female."""

_TIMES = re.compile(r"(?:[\s~}]|\\[,;:! ])*(?:\\(?:cdot|times|ast)(?![A-Za-z])|[*·⋅×])")
_INTERACTION = re.compile(f"(?:[A-Z]|{'|'.join(GREEK)}){{2,}}")
_STATISTIC = re.compile(r"(?:SS|MS|df)(?:[A-Z][A-Za-z]{0,8}|[a-z]{2,8}|[abceprstw])")
"""Sums and means of squares, and degrees of freedom, with their source behind them: SSTrt, MSe, dfblock."""


def is_statistic(spelling: Spelling, context: Context) -> bool:
    """Whether letters side by side are a quantity of an analysis of variance, MSe or SSTrt: where names are open."""
    if not (spelling.run and context.vocabulary.takes_new_names) or spelling.bold or spelling.accent:
        return False
    is_known = spelling.letters in context.vocabulary.names
    return not (spelling.subscript or is_known) and _STATISTIC.fullmatch(spelling.letters) is not None


def is_interaction_of_terms(spelling: Spelling, context: Context) -> bool:
    """Whether letters side by side are the interaction of two effects of the same text: aw_{jl} beside a_j and w_l."""
    letters, indices = spelling.letters, spelling.subscript
    is_open = context.vocabulary.takes_new_names or "any" in context.vocabulary.families.values()
    if not (spelling.run and letters.isalpha() and letters.islower() and is_open):
        return False
    if len(letters) != len(indices) or spelling.bold or spelling.accent or not set(indices) <= _INDEX_LETTERS:
        return False
    alone = {(factor.letter, factor.below) for factor in context.usage.factors if not (factor.glued or factor.accent)}
    return alone.issuperset(zip(letters, indices, strict=True))


def is_interaction_alone(spelling: Spelling) -> bool:
    """Whether letters were made one name without an index, the τα of φ²(τα) and the AB of Q(AB)."""
    if spelling.subscript or _INTERACTION.fullmatch(spelling.letters) is None:
        return False
    return spelling == Spelling(spelling.letters)


def is_effect_of_item(spelling: Spelling) -> bool:
    """Whether this is the random intercept of an item, I_{0i}: no identity matrix has 0 rows."""
    return spelling.letters == "I" and not spelling.bold and _INTERCEPT_BELOW.fullmatch(spelling.subscript) is not None


def is_effect(spelling: Spelling, context: Context) -> bool:
    """Whether letters side by side with an index name one effect, as TR_{ij} and Diet_i: where names are open, if
    they look like no slip in another name."""
    if spelling.bold or spelling.accent or not spelling.subscript or not spelling.letters.isalpha():
        return False
    if not spelling.run:
        return _is_upright_word(spelling, context) or _is_effect_letter(spelling, context)
    if not context.vocabulary.takes_new_names and _INDEX_BELOW.fullmatch(spelling.subscript) is None:
        return False  # of a model's own names, var_x and inv_logit are slips
    indices = spelling.subscript.replace("(", "").replace(")", "")  # AC_{ik(j)}, within the levels of another factor
    is_indexed = set(indices) <= _INDEX_LETTERS and len(indices) >= len(spelling.letters)
    if spelling.letters.isupper() and is_indexed:
        longer: set[str] = set()  # an interaction GL_{jk}, which is no slip for GLS
    else:
        longer = {key.partition("_")[0] for key in context.vocabulary.names if len(key.partition("_")[0]) > 2}
    return "any" in context.vocabulary.families.values() and nearest(spelling.letters, longer, cutoff=0.75) is None


def _is_effect_letter(spelling: Spelling, context: Context) -> bool:
    """Whether a letter that names nothing, or a size, names an effect by its index: r_k, c_{ij}, w_{i(k)}."""
    known = context.vocabulary.lookup(spelling.letters)
    names_nothing = known is None or known.about == "size" or context.vocabulary.any_element
    is_free = len(spelling.letters) == 1 and names_nothing
    is_indexed = spelling.subscript[0].isalpha() and _INDEX_BELOW.fullmatch(spelling.subscript) is not None
    return is_free and is_indexed and "any" in context.vocabulary.families.values()


def _is_upright_word(spelling: Spelling, context: Context) -> bool:
    r"""Whether a word that was set as one is a name, \\text{trt}_i: where names are open."""
    letters = spelling.letters
    is_word = len(letters) > 2 and not letters[1:].isupper() and letters not in GREEK
    return is_word and context.vocabulary.takes_new_names


def _takes_words(context: Context) -> bool:
    """Whether names are open, as they are in models that are written by elements."""
    return context.vocabulary.takes_new_names or context.vocabulary.any_element


def is_set_word(named: Named, context: Context) -> bool:
    r"""Whether a word is set in the letters of one name, \mathit{weight} and \texttt{yield}, or stands behind a slope,
    \beta_1 \times Time: where names are open."""
    if not _takes_words(context) or named.spelling.subscript or named.spelling.accent:
        return False
    if named.start in _remarks(context.usage):
        return False
    is_function = is_before_brackets(named, context)
    if is_function and _UPRIGHT_CRITERION.fullmatch(context.text, named.start, named.end):
        return True  # \mathrm{GCV}(\lambda)
    found = _SET_WORD.fullmatch(context.text, named.start, named.end)
    if found is not None and not (found["text"] and (is_function or context.usage.around(named)[1].above)):
        return True  # but for matrices, \text{ZGZ}'
    is_word = _WORDS_AS_FACTOR.fullmatch(context.text, named.start, named.end) is not None
    if is_function or not is_word:
        return False
    return named.start in _behind_slopes(context.usage) or _is_covariate(named, context)


def _is_covariate(named: Named, context: Context) -> bool:
    """Whether a capitalized word stands right behind a coefficient with the number of a covariate, b_1i Days: letters
    of matrices may follow there too, b_1 Xβ."""
    if _COVARIATE.fullmatch(context.text, named.start, named.end) is None:
        return False
    is_product = named.spelling.letters[1:] in GREEK
    return not is_product and named.start in _behind_other_slopes(context.usage)


def is_before_brackets(named: Named, context: Context) -> bool:
    """Whether brackets stand directly behind a name; of what an integral is of, only the text tells it."""
    _, name, behind = context.usage.around(named)
    if behind.letter == BRACKET and _TIMES.match(context.text, named.end):
        return False  # Female \cdot (Age - 11)
    return behind.letter == BRACKET or (name is NOTHING and context.text.startswith("(", named.end))


@lru_cache(maxsize=8)
def _remarks(usage: Usage) -> frozenset[int]:
    r"""Where remarks on effects stand, \alpha_i (\text{Bias})."""
    beside = (pair for chain in usage.of(syntax.Chain) for pair in pairwise(chain.factors))
    return frozenset(
        group.inner.start
        for effect, group in beside
        if isinstance(group, syntax.Group) and _INDICES_BELOW.fullmatch(usage.product(effect)[-1].below)
    )


@lru_cache(maxsize=8)
def _behind_slopes(usage: Usage) -> frozenset[int]:
    """Where covariates stand, perhaps in brackets: behind β_1 and behind a sign of multiplication."""
    return frozenset(
        factor.inner.start if isinstance(factor, syntax.Group) else factor.start
        for chain in usage.of(syntax.Chain)
        for slope, sign, factor in zip(chain.factors, chain.signs[1:], chain.factors[1:], strict=False)
        if sign == "*" or (usage.single(slope).letter in _SLOPES and usage.single(slope).below)
    )


@lru_cache(maxsize=8)
def _behind_other_slopes(usage: Usage) -> frozenset[int]:
    """Where something stands right behind b_1i, u_1j, and other coefficients than β and γ."""
    beside = (pair for chain in usage.of(syntax.Chain) for pair in pairwise(chain.factors))
    return frozenset(
        factor.start
        for slope, factor in beside
        if (told := usage.single(slope)).letter in _OTHER_SLOPES
        and not told.bold
        and _BELOW_SLOPE.fullmatch(told.below)
    )


def is_upright_word(named: Named, context: Context) -> bool:
    r"""Whether a name that is not known is a word by its font, \widehat{\text{FE}} and \text{genotype}: where names
    are open, if it looks like no slip in another name."""
    if not _takes_words(context) or _UPRIGHT_WORD.match(context.text, named.start, named.end) is None:
        return False
    if is_before_brackets(named, context) or named.start in _remarks(context.usage):
        return False
    letters = named.spelling.letters
    if family(letters) in FAMILIES:
        return False
    is_one_word = letters.islower() or letters.istitle() or letters.isupper()
    others = {key for key in (*context.vocabulary.names, *FUNCTIONS) if len(key) > 2}
    return len(letters) < 3 or not is_one_word or nearest(letters, others, cutoff=0.75) is None


def is_word_with_index(spelling: Spelling, context: Context) -> bool:
    """Whether letters with an index are a word, as in trt_i, and no product: where names are open. Capitals are a word
    with as many indices, NF_ij, unless one of them is a matrix."""
    letters = spelling.letters
    if letters.isupper() and not spelling.bold and context.vocabulary.takes_new_names:
        known = [context.vocabulary.lookup(letter) for letter in letters]
        is_indexed = len(spelling.subscript) >= len(letters) > 1 and set(spelling.subscript) <= _INDEX_LETTERS
        return is_indexed and all(name is None or name.tree.is_scalar for name in known)
    return (
        context.vocabulary.takes_new_names
        and not spelling.bold
        and spelling.run
        and len(letters) > 2
        and letters.isalpha()
        and letters.islower()
        and _INDEX_BELOW.fullmatch(spelling.subscript) is not None
    )


def is_word_below(spelling: Spelling, context: Context) -> bool:
    """Whether all letters of a subscript belong to it without braces: y_tb is the last of t times b elements, y_abc has
    three indices. Only in an answer about a model it may be y_t times b."""
    letters = spelling.subscript
    is_word = letters.isalpha() and (letters.islower() or spelling.letters + spelling.accent in STATISTICS)
    return is_word and context.vocabulary.takes_new_names


_TWO_PLACES = re.compile(r"[0-9a-z][a-z]|[a-z][0-9]")


def is_of_two_places(spelling: Spelling, context: Context) -> bool:
    """Whether a letter with two characters and no braces below it is an entry of a matrix that begins with x_11, x_12:
    x_1p, x_n1 and x_np."""
    if len(spelling.letters) != 1 or _TWO_PLACES.fullmatch(spelling.subscript) is None:
        return False
    factors = (*context.usage.factors, *context.usage.in_cells)
    return {"11", "12"} <= {factor.below for factor in factors if factor.letter == spelling.letters}

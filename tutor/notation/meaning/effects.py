r"""Names of effects where names are open: a letter with an index, r_k, or a word, trt_i and \text{rep}_j."""

from __future__ import annotations

import re

from tutor.errors import nearest
from tutor.notation.meaning.context import Context
from tutor.notation.names import GREEK
from tutor.notation.parsing.token import Spelling

_INDEX_BELOW = re.compile(r"[i-o][0-9i-o.,()_']*")


def is_effect(spelling: Spelling, context: Context) -> bool:
    """Whether letters side by side with an index name one effect, as TR_{ij} and Diet_i: where names are open, if
    they look like no slip in another name."""
    if spelling.bold or spelling.accent or not spelling.subscript or not spelling.letters.isalpha():
        return False
    if not spelling.run:
        return _is_upright_word(spelling, context) or _is_effect_letter(spelling, context)
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
    is_word = len(letters) > 2 and letters[1:].islower() and letters not in GREEK
    return is_word and context.vocabulary.takes_new_names


def is_word_with_index(spelling: Spelling, context: Context) -> bool:
    """Whether small letters with an index are a word, as in trt_i, and no product: where names are open."""
    letters = spelling.letters
    return (
        context.vocabulary.takes_new_names
        and not spelling.bold
        and spelling.run
        and len(letters) > 2
        and letters.isalpha()
        and letters.islower()
        and _INDEX_BELOW.fullmatch(spelling.subscript) is not None
    )

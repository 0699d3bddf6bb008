r"""Words that are set in bold as the name of a vector, \mathbf{yield} = \mathbf{X}\,\mathbf{env} + \mathbf{e}."""

from __future__ import annotations

import re

from tutor.errors import nearest
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.usage import NOTHING
from tutor.notation.names import ACCENT_SIGNS, GREEK
from tutor.notation.parsing.functions import FUNCTIONS, STATISTICS
from tutor.notation.parsing.spelling import GREEK_COMMANDS, WORDS
from tutor.notation.parsing.syntax import Named

_FONT = re.compile(r"\\(?:mathbf|boldsymbol|bm|pmb|symbf|mathbfit)(?![A-Za-z])")
"""Bold fonts of mathematics: \\textbf sets words that stress something."""

_WORD = re.compile("[a-z]{3,}")
_OF_PRODUCTS = frozenset("xzvgruybepaik")
"""Small letters of matrices and vectors: a word of these alone is a product in the wrong case, zgz and xvx."""

_ACCENTS = tuple(ACCENT_SIGNS)
"""What gamhat ends with, the slip of a hat over a letter."""

_NO_NAMES = WORDS | {"the", "for", "all", "are", "has", "have", "from", "note", "not", "thus", "here", "this", "that"}
_KNOWN = sorted({word.lower() for word in (*GREEK, *GREEK_COMMANDS, *FUNCTIONS, *STATISTICS) if len(word) > 2})


def is_bold_word(named: Named, context: Context) -> bool:
    """Whether a name that is not known is a word in bold: where names are open, if it is neither a slip in another
    name nor one in a product."""
    spelling = named.spelling
    if (
        not (context.vocabulary.takes_new_names and spelling.bold and spelling.run)
        or spelling.subscript
        or spelling.accent
    ):
        return False
    letters = spelling.letters
    is_product = _OF_PRODUCTS.issuperset(letters)
    if _WORD.fullmatch(letters) is None or letters in _NO_NAMES or is_product or letters.endswith(_ACCENTS):
        return False
    written = context.text[named.start : named.end]
    is_word = f"{{{letters}}}" in "".join(written.split()) and _FONT.search(written) is not None
    _, name, behind = context.usage.around(named)
    if behind is not NOTHING and not name.is_transposed:
        return False  # a vector stands last in a product, and \mathbf{lhs} \hat{\mathbf{b}} begins with a matrix
    return is_word and nearest(letters, _KNOWN, cutoff=0.75) is None

"""Letters side by side that are a product, some of them of names that are new: ZU, PAP', the Wz of X'Wz."""

from __future__ import annotations

import re

from tutor.notation.meaning.anywhere import stands_in
from tutor.notation.meaning.kinds import PROJECTED, raised_matrices, shown, terms_of_sums
from tutor.notation.meaning.linear_forms import linear_forms
from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.transposing import TRANSPOSE, TRANSPOSED_BEFORE
from tutor.notation.parsing.token import Spelling

_OF_MATRIX = r"(?<![A-Za-z])(?:vec|tr)\s*\}?\s*(?:\\left\s*)?\(\s*"
"""What opens the brackets of a function of one matrix, tr(AB) and vec(ABC)."""

_NO_PRODUCTS = frozenset({"XX", "XY", "ZZ", "XS"})
"""Labels of sums of squares and products, and of what they are of."""

_TRANSPOSED = re.compile(TRANSPOSE)
_FITTED = re.compile(r"\\(?:wide)?hat\s*\{?\s*[yY]|ŷ|Ŷ|[yY]hat")
"""The fitted values, of which the hat matrix makes one."""

_CROSSED_WITH = re.compile(r"\\otimes(?![A-Za-z])|⊗")


def is_product_of_letters(spelling: Spelling, text: str) -> bool:
    """Whether letters side by side are a product, some of names that are new: bold ones, ZU and UZ', LL' and PAP', and
    those whose letters stand alone elsewhere beside something transposed."""
    letters = spelling.letters
    if not (spelling.run and letters.isascii() and letters.isalpha() and len(letters) < 5) or spelling.accent:
        return False
    if not any(map(str.isupper, letters)):
        return not (spelling.bold or spelling.subscript) and _are_names_elsewhere(letters, text)
    if spelling.bold or (spelling.subscript and len(letters) == 2 and letters[0].islower() and letters[1] in "IJ"):
        return True  # dI_q
    if spelling.subscript:
        if len(letters) == 2 and letters[0].isupper() and spelling.subscript in states_of_vectors(text):
            return True  # Fx_t
        if letters == "PV" and stands_in(text, PROJECTED):
            return True
        below = rf"{letters}\s*_\s*\{{?\s*{re.escape(spelling.subscript)}\s*\}}?\s*{letters[0]}\s*{TRANSPOSE}"
        own = rf"\s*_\s*\{{?\s*{re.escape(spelling.subscript)}\s*\}}?\s*"
        around = rf"(?<![A-Za-z\\]){letters[-1]}{own}{letters}{own}{TRANSPOSE}"
        is_around = len(letters) == 2 and letters.isupper() and stands_in(text, around)  # Z_iDZ_i'
        return is_around or stands_in(text, below)
    if stands_in(text, rf"(?<![A-Za-z\\]){letters[-1]}\s*{TRANSPOSE}\s*{letters}(?![A-Za-z])"):
        return True  # Y'QY
    if len(letters) == 2 and letters[1] in "yz" and stands_in(text, rf"{TRANSPOSED_BEFORE}{letters}(?![A-Za-z])"):
        return True  # X'My, and X'Wz of a working response z
    if letters[1:] == "I" and letters[0] in "ck" and len(letters) == 2:
        return True  # F'F + kI
    if letters in {"Hy", "HY"} and stands_in(text, _FITTED):
        return True
    if letters in {"Fb", "Fu"} or letters in terms_of_sums(text):
        return True
    if letters in linear_forms(text):
        return True
    if letters.isupper() and stands_in(text, _OF_MATRIX + rf"{letters}(?![A-Za-z])"):
        return True
    if "S" in letters or "Y" in letters:
        return False
    if len(letters) == 2 and letters[0] == letters[1] and letters[0] in raised_matrices(text):
        return True
    capitals = [letter for letter in letters if letter.isupper()]
    small = set(letters) - set(capitals)
    if small and letters[1:] != "u" and not (small <= shown(text).vectors and letters[-1] in small and len(small) == 1):
        return False
    if len(letters) == 3 and letters.isupper() and letters[1] in "XZ" and stands_in(text, _TRANSPOSED):
        return True  # the PZG of GZ'PZG
    is_design = letters[0] in "XZ" or (letters[-1] in "XZ" and not small)
    is_transposed = stands_in(text, rf"(?<![A-Za-z\\]){letters}\s*{TRANSPOSE}")
    if letters[1:] == "u":
        found = re.search(rf"\+\s*{letters}(?![A-Za-z_])", text)
        return found is not None and re.search(r"(?<![A-Za-z\\])X", text[: found.start()]) is not None
    if small or (is_design and (len(letters) == 2 or is_transposed) and letters not in _NO_PRODUCTS):
        return True
    if is_transposed and letters == letters[::-1]:
        return True
    apart = all(stands_in(text, rf"(?<![A-Za-z\\_]){letter}(?![A-Za-z(])") for letter in letters)
    return apart and (stands_in(text, _TRANSPOSED) or stands_in(text, _CROSSED_WITH))


def _are_names_elsewhere(letters: str, text: str) -> bool:
    """Whether two small letters each stand alone in the text too, as those of ad − bc."""
    if len(letters) != 2 or not letters.islower():
        return False
    alone = [stands_in(text, rf"(?<![A-Za-z\\_{{]){letter}(?![A-Za-z_({{])") for letter in letters]
    return all(alone) or (alone[1] and letters[0] == "n")

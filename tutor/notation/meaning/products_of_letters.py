"""Letters side by side that are a product, some of them of names that are new: ZU, PAP', the Wz of X'Wz."""

from __future__ import annotations

from tutor.notation.meaning.kinds import shown
from tutor.notation.meaning.linear_forms import linear_forms
from tutor.notation.meaning.shown_blocks import is_derivative_beside_projection
from tutor.notation.meaning.shown_matrices import raised_matrices
from tutor.notation.meaning.shown_vectors import terms_of_sums
from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.usage import NOTHING, Factor, Usage
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling

_NO_PRODUCTS = frozenset({"XX", "XY", "ZZ", "XS"})
"""Labels of sums of squares and products, and of what they are of."""


def is_product_of_letters(spelling: Spelling, usage: Usage) -> bool:
    """Whether letters side by side are a product, some of names that are new: bold ones, ZU and UZ', LL' and PAP', and
    those whose letters stand alone elsewhere beside something transposed."""
    letters = spelling.letters
    if not (spelling.run and letters.isascii() and letters.isalpha() and len(letters) < 5) or spelling.accent:
        return False
    if not any(map(str.isupper, letters)):
        return not (spelling.bold or spelling.subscript) and _are_names_elsewhere(letters, usage)
    if spelling.bold or (spelling.subscript and len(letters) == 2 and letters[0].islower() and letters[1] in "IJ"):
        return True  # dI_q
    if spelling.subscript:
        return _is_product_with_index(letters, spelling.subscript, usage)
    return _has_sure_sign(letters, usage) or _is_product_of_matrices(letters, usage)


def _is_product_with_index(letters: str, index: str, usage: Usage) -> bool:
    """Fx_t of states, PV_i, Z_iDZ_i' and the MV_i of M'… in which the first letter stands around the last."""
    if len(letters) == 2 and letters[0].isupper() and index in states_of_vectors(usage):
        return True
    if letters == "PV" and any(map(is_derivative_beside_projection, usage.products)):
        return True
    for product in usage.products:
        for at in _places(letters, product):
            first, last = product[at], product[at + len(letters) - 1]
            before = product[at - 1] if at else NOTHING
            behind = product[at + len(letters)] if at + len(letters) < len(product) else NOTHING
            if last.below == index and behind.letter == first.letter and behind.is_transposed and not behind.below:
                return True
            is_around = before.letter == last.letter and before.below == last.below == index and last.is_transposed
            if len(letters) == 2 and letters.isupper() and is_around:
                return True
    return False


def _has_sure_sign(letters: str, usage: Usage) -> bool:
    """Whether what stands around letters shows that they are multiplied, in small letters of vectors too."""
    for product in usage.products:
        for at in _places(letters, product):
            before = product[at - 1] if at else NOTHING
            is_transposed = before.is_transposed and not before.below
            if is_transposed and (before.letter == letters[-1] or (len(letters) == 2 and letters[1] in "yz")):
                return True  # Y'QY, X'My, and X'Wz of a working response z
            last = product[-1]
            is_around = last.letter == letters[0] and last.is_transposed and not last.below
            if is_around and letters.isupper() and len(letters) == 2 and at + 2 == len(product) - 1:
                return True  # NK⁻¹N'
    if len(letters) == 2 and letters[1] == "I" and letters[0] in "ck":
        return True  # F'F + kI
    if letters in {"Hy", "HY"} and any(f.letter in {"y", "Y"} and f.accent == "hat" for f in usage.factors):
        return True  # the fitted values, of which the hat matrix makes one
    if letters in {"Fb", "Fu"} or letters in linear_forms(usage):
        return True
    if any(letters == "".join(factor.letter for factor in product) for product in terms_of_sums(usage)):
        return True
    of_matrix = (call.arguments for call in usage.of(syntax.Call) if call.function in {"vec", "trace"})
    return letters.isupper() and any(
        len(arguments) == 1 and 0 in _places(letters, usage.product(arguments[0])) for arguments in of_matrix
    )  # tr(AB) and vec(ABC)


def _is_product_of_matrices(letters: str, usage: Usage) -> bool:
    if "S" in letters or "Y" in letters:
        return False
    if len(letters) == 2 and letters[0] == letters[1] and letters[0] in raised_matrices(usage):
        return True
    small = {letter for letter in letters if letter.islower()}
    ends_in_vector = small == {letters[-1]} and small <= shown(usage).vectors
    if small and letters[1:] != "u" and not ends_in_vector:
        return False
    has_transpose = any(factor.is_transposed for factor in usage.factors)
    if len(letters) == 3 and letters.isupper() and letters[1] in "XZ" and has_transpose:
        return True  # the PZG of GZ'PZG
    if letters[1:] == "u":
        return _is_term_beside_x(letters, usage)
    is_design = letters[0] in "XZ" or (letters[-1] in "XZ" and not small)
    is_transposed = any(
        product[at + len(letters) - 1].is_transposed and not product[at + len(letters) - 1].below
        for product in usage.products for at in _places(letters, product)
    )  # fmt: skip
    if small or (is_design and (len(letters) == 2 or is_transposed) and letters not in _NO_PRODUCTS):
        return True
    if is_transposed and (letters == letters[::-1] or len(letters) == 3):
        return True  # LDL' and UDV'
    alone = {factor.letter for product in usage.products for factor in _apart(product)}
    if len(letters) == 3 and letters == letters[::-1] and letters[0] in alone:
        return True  # the APA beside A
    return set(letters) <= alone and (has_transpose or bool(usage.of(syntax.Kronecker)))


def _is_term_beside_x(letters: str, usage: Usage) -> bool:
    """The Mu of Xβ + Mu."""
    for node in usage.of(syntax.Sum):
        terms = usage.terms(node)
        behind_x = False
        for sign, product in terms:
            if behind_x and sign == "+" and "".join(f.letter for f in product) == letters and not product[-1].below:
                return True
            behind_x = behind_x or product[0].letter == "X"
    return False


def _places(letters: str, product: tuple[Factor, ...]) -> list[int]:
    """Where letters stand side by side as one name in a product."""
    size = len(letters)
    return [
        at
        for at in range(len(product) - size + 1)
        if product[at].node is product[at + size - 1].node
        and "".join(factor.letter for factor in product[at : at + size]) == letters
    ]


def _apart(product: tuple[Factor, ...]) -> list[Factor]:
    """The factors that are names of one letter, and not side by side with others."""
    return [factor for factor in product if factor.is_alone and len(factor.letter) == 1]


def _are_names_elsewhere(letters: str, usage: Usage) -> bool:
    """Whether two small letters each stand alone in the text too, as those of ad − bc."""
    if len(letters) != 2 or not letters.islower():
        return False
    names = {factor.letter for product in usage.products for factor in _apart(product) if not factor.below}
    alone = [letter in names for letter in letters]
    return all(alone) or (alone[1] and letters[0] == "n")

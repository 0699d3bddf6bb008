"""Letters side by side that are a product, some of them of names that are new: ZU, PAP', the Wz of X'Wz."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tutor.notation.meaning.kinds import shown
from tutor.notation.meaning.linear_forms import linear_forms
from tutor.notation.meaning.shown_blocks import is_derivative_beside_projection
from tutor.notation.meaning.shown_matrices import raised_matrices
from tutor.notation.meaning.shown_vectors import terms_of_sums
from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.usage import NOTHING, Factor, Product, Usage
from tutor.notation.parsing import syntax
from tutor.notation.parsing.token import Spelling


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
    for before, first, last, behind in _places(letters, usage.products):
        if last.below == index and behind.letter == first.letter and behind.is_transposed and not behind.below:
            return True
        if behind.letter == last.letter and behind.below == last.below == index and behind.is_transposed:
            return True  # PZ_iZ_i'
        is_around = before.letter == last.letter and before.below == last.below == index and last.is_transposed
        if len(letters) == 2 and letters.isupper() and is_around:
            return True
    return False


def _has_sure_sign(letters: str, usage: Usage) -> bool:
    """Whether what stands around letters shows that they are multiplied, in small letters of vectors too."""
    places = list(_places(letters, usage.products))
    rows = {before.letter for before, *_ in places if before.is_transposed and not before.below}
    behind = {behind.letter for *_, behind in places if behind.is_transposed and not behind.below}
    if letters[-1] in rows or (rows and len(letters) == 2 and letters[1] in "yz"):
        return True  # Y'QY, X'My, and X'Wz of a working response z
    if letters.isupper() and len(letters) == 2 and letters[0] in behind:
        return True  # NK⁻¹N'
    if len(letters) == 2 and letters[1] == "I" and letters[0] in "ck":
        return True  # F'F + kI
    if letters in {"Hy", "HY"} and any(
        (f.letter in {"y", "Y"} and f.accent == "hat") or (f.letter == "I" and not f.below) for f in usage.factors
    ):
        return True  # the fitted values, beside ŷ or (I − H)y
    if letters in linear_forms(usage) or (letters[1:] in {"b", "u"} and _is_term_beside_x(letters, usage)):
        return True
    if any(letters == "".join(factor.letter for factor in product) for product in terms_of_sums(usage)):
        return True
    calls = (
        call for call in usage.of(syntax.Call) if call.function in {"vec", "trace", "norm"} and len(call.arguments) == 1
    )
    of_matrices = [usage.product(call.arguments[0])[: len(letters)] for call in calls]
    return letters.isupper() and any(_places(letters, of_matrices))  # tr(AB) and vec(ABC)


def _is_product_of_matrices(letters: str, usage: Usage) -> bool:
    if "S" in letters or "Y" in letters:
        return False
    if len(letters) == 2 and letters[0] == letters[1] and letters[0] in raised_matrices(usage):
        return True
    small = {letter for letter in letters if letter.islower()}
    ends_in_vector = small == {letters[-1]} and small <= shown(usage).vectors
    if small and (small == {"u"} or not ends_in_vector):  # y = Mβ + Xu is a slip
        return False
    has_transpose = any(factor.is_transposed for factor in usage.factors)
    if len(letters) == 3 and letters.isupper() and letters[1] in "XZ" and has_transpose:
        return True  # the PZG of GZ'PZG
    is_design = letters[0] in "XZ" or (letters[-1] in "XZ" and not small)
    lasts = [last for *_, last, _ in _places(letters, usage.products) if not last.below]
    is_transposed = any(last.is_transposed for last in lasts)
    if small or (is_design and (len(letters) == 2 or is_transposed) and letters not in {"XX", "ZZ"}):
        return True  # but for the labels of sums of squares
    if is_transposed and (letters == letters[::-1] or len(letters) == 3):
        return True  # LDL' and UDV'
    alone = {factor.letter for product in usage.products for factor in _apart(product)}
    if len(letters) == 3 and letters == letters[::-1] and letters[0] in alone:
        return True  # the APA beside A
    if letters.isupper() and letters[-1] in alone and any(last.is_inverted for last in lasts):
        return True  # DA⁻¹
    if len(letters) == 3 and letters.isupper() and len(alone.intersection(letters)) > 1:
        return any(factor.is_inverted for factor in usage.factors)  # the BCD of (A + BCD)⁻¹ beside A⁻¹B and C⁻¹
    return set(letters) <= alone and (has_transpose or bool(usage.of(syntax.Kronecker)))


def _is_term_beside_x(letters: str, usage: Usage) -> bool:
    """The Mu of Xβ + Mu, and the Fb of y − Xβ − Fb."""
    for node in usage.of(syntax.Sum):
        products = [product for _, product in usage.terms(node)]
        has_x = letters[0] != "X" and any(product[0].letter == "X" for product in products)
        if has_x and any("".join(f.letter for f in each) == letters and not each[-1].below for each in products):
            return True
    return False


def _places(letters: str, products: Iterable[Product]) -> Iterator[tuple[Factor, Factor, Factor, Factor]]:
    """Where letters stand side by side as one name: what is before them, the first and the last, and what is behind."""
    for product in products:
        around = (NOTHING, *product, NOTHING)
        for at in range(1, len(product) - len(letters) + 2):
            before, *named, behind = around[at - 1 : at + len(letters) + 1]
            if named[0].node is named[-1].node and "".join(factor.letter for factor in named) == letters:
                yield before, named[0], named[-1], behind


def _apart(product: Product) -> list[Factor]:
    """The factors that are names of one letter, and not side by side with others."""
    return [factor for factor in product if factor.is_alone and len(factor.letter) == 1]


def _are_names_elsewhere(letters: str, usage: Usage) -> bool:
    """Whether two small letters each stand alone in the text too, as those of ad − bc."""
    if len(letters) != 2 or not letters.islower():
        return False
    names = {factor.letter for product in usage.products for factor in _apart(product) if not factor.below}
    alone = [letter in names for letter in letters]
    return all(alone) or (alone[1] and letters[0] == "n")

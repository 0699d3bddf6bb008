r"""Capitals that a text shows to be matrices: Greek ones beside a matrix, as in Z\Psi Z', and those with a power that
no number has, as the H of H² = H."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import pairwise

from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.usage import BRACKET, Factor, Product, Usage, pairs, with_neighbours
from tutor.notation.parsing import syntax
from tutor.notation.parsing.spelling import GREEK_COMMANDS

GREEK_CAPITALS = frozenset({"Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Phi", "Psi", "Omega"})
"""Greek capitals that are numbers, functions or matrices; Σ is a sum or a matrix."""

_COVARIANCES = frozenset({"Omega", "Psi"})
MATRICES = frozenset("ABCDEGHMNOPQRSTUVWXYZ")
"""Capitals that stand between matrices or around one; F is a statistic, I, J and K are counts, and L is one too."""

_POWERS = frozenset({"2", "3", "4"})
_NUMBERS = frozenset("IJ")


def greek_matrices(usage: Usage) -> frozenset[str]:
    """The Greek capitals that are matrices in a text."""
    if not any(factor.letter in GREEK_CAPITALS for factor in usage.factors):
        return frozenset()
    if any(factor.letter in GREEK_CAPITALS and factor.is_transposed for factor in usage.factors):
        return GREEK_CAPITALS  # ΛΨΛ' + Φ: all of a text are
    return frozenset(letter for rule in (_in_products, _as_covariances) for letter in rule(usage))


def _in_products(usage: Usage) -> Iterator[str]:
    """The Γ of Γ⁻¹, Ψ of ZΨ, l'Ψ and ΨZ', Λ of Λu with a bold u, and Φ of Φx_t before a state."""
    times = states_of_vectors(usage)
    for product in usage.products:
        for before, factor, behind in with_neighbours(product):
            is_told = (factor.is_inverted or _is_matrix_before(before)) and behind.letter != BRACKET
            if factor.letter in GREEK_CAPITALS and (is_told or _is_matrix_behind(behind, times)):
                yield factor.letter


def _is_matrix_before(factor: Factor) -> bool:
    return factor.is_transposed or (factor.is_capital and not factor.glued and not factor.above)


def _is_matrix_behind(factor: Factor, times: Container[str]) -> bool:
    is_vector = (factor.bold or factor.below in times) and (factor.is_small or factor.is_small_greek)
    return is_vector or factor.letter in MATRICES


def _as_covariances(usage: Usage) -> Iterator[str]:
    """The Γ of N(0, Γ) and N(0, σ²Γ)."""
    for node in usage.of(syntax.Distributed):
        for argument in node.arguments[1:]:
            product = [f for f in usage.product(argument) if f.letter != "sigma"]
            if product and product[0].letter in GREEK_CAPITALS:
                yield product[0].letter


def is_greek_matrix(letters: str, subscript: str, usage: Usage) -> bool:
    """Whether a Greek capital is a matrix in a text; with two indices it is an element of one."""
    is_element = len(subscript) > 1 and all(letter in "hijklmno0123456789," for letter in subscript)
    if is_element or letters not in GREEK_COMMANDS or not letters[0].isupper():
        return False
    return (letters in _COVARIANCES and not subscript) or letters in greek_matrices(usage)


@lru_cache(maxsize=8)
def matrices_of_calls(usage: Usage) -> frozenset[str]:
    """The keys of plain capitals with something below them that have a trace, a determinant or a vec: numbers have
    none, the G_1 of tr(G_1) and the A_1 and B_1 of tr(A_1B_1)."""
    calls = (call for call in usage.of(syntax.Call) if call.function in {"trace", "vec", "det"})
    products = [product for call in calls for _, product in usage.terms(call.arguments[0])]
    return frozenset(
        f.key for product in products for f in product if f.is_capital and f.below and not (f.bold or f.accent)
    )


@lru_cache(maxsize=8)
def raised_matrices(usage: Usage) -> frozenset[str]:
    """The plain capitals with a power that a text shows to be matrices: the H of H² = H, the A of A^{1/2} R A^{1/2}."""
    found = {factor.letter for product in usage.products for factor in roots(product)}
    found |= {letter for rule in (_idempotent, _powers_in_forms, _roots_before_states) for letter in rule(usage)}
    return frozenset(found)


def roots(product: Product) -> list[Factor]:
    """The root of a matrix on both sides of another, A^{1/2} R A^{1/2}: the roots of a number would stand together."""
    found = [at for at, f in enumerate(product) if f.is_capital and f.above in {"1/2", "-1/2"} and not f.bold]
    return [product[a] for a, b in pairwise(found) if product[a].letter == product[b].letter and b > a + 1]


def _idempotent(usage: Usage) -> Iterator[str]:
    """The H of H² = H and HH = H: a number would be 0 or 1, and R² is the coefficient of determination."""
    for first, second in usage.equations():
        whole, matrix = usage.product(first), usage.single(second)
        is_square = len(whole) == 1 and whole[0].above == "2" and not whole[0].below
        is_product = len(whole) == 2 and all(factor.is_bare for factor in whole)
        are_same = all(factor.letter == matrix.letter for factor in whole)
        if are_same and (is_square or is_product) and matrix.is_capital and matrix.is_bare and matrix.letter != "R":
            yield matrix.letter
    for node in usage.of(syntax.Sum):
        alone = {product[0].letter for _, product in usage.terms(node) if len(product) == 1 and product[0].is_bare}
        squared = {product[-1].letter for _, product in usage.terms(node) if product[-1].above == "2"}
        yield from alone & squared & {"H", "P", "M"}  # H − H²


def _powers_in_forms(usage: Usage) -> Iterator[str]:
    """The A of tr(A²) and c'A²c."""
    traces = [call for call in usage.of(syntax.Call) if call.function == "trace" and call.arguments]
    found = [usage.product(call.arguments[0])[0] for call in traces]
    beside = usage.beside
    found += [matrix for row, matrix in beside if row.is_small and row.is_transposed]
    for factor in found:
        if factor.is_capital and factor.above in _POWERS and factor.letter not in _NUMBERS:
            yield factor.letter


def _roots_before_states(usage: Usage) -> Iterator[str]:
    """The Q of Q^{1/2} ε_t."""
    for product in usage.products if states_of_vectors(usage) else ():
        for root, state in pairs(product):
            if root.is_capital and root.above in {"1/2", "-1/2"} and state.below.startswith("t"):
                yield root.letter

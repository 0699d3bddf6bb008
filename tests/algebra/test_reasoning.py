"""Strategies and derivations between two forms: every step of every derivation is an identity."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exact import assert_derivation_holds, assert_step_holds
from tests.strategies import KINDS, MOMENTS, congruences, projections, trees
from tutor.algebra.between import derivation_between
from tutor.algebra.build import identity, kron, ones, symbol, zero
from tutor.algebra.draw import DrawnInstance
from tutor.algebra.laws.catalogue import MATRIX_LAWS
from tutor.algebra.laws.joining import ordered
from tutor.algebra.laws.projections import generalized_inverse, projection, residual_projection
from tutor.algebra.laws.ranks import rank_of
from tutor.algebra.nodes import Expectation, Inverse, Scalar, Trace, Variance
from tutor.algebra.reasoning import collect, expand, in_terms_of, normal_form, shorten
from tutor.algebra.rules import Derivation, apply
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, NoDerivationError, NotEqualError, ShapeError

POSITIVE = ("symmetric", "positive definite")
X, X_full = symbol("X", "n", "p"), symbol("X", "n", "p", facts=["full column rank"])
Z, A, B, C = symbol("Z", "n", "q"), symbol("A", "n", "n"), symbol("B", "n", "n"), symbol("C", "n", "n")
G, R = symbol("G", "q", "q", "unknown", POSITIVE), symbol("R", "n", "n", "unknown", POSITIVE)
V = symbol("V", "n", "n", "unknown", POSITIVE, definition=Z @ G @ Z.T + R)
u = symbol("u", "q", role="random", mean=zero("q"), variance=G)
e = symbol("e", "n", role="random", mean=zero("n"), variance=R, uncorrelated=frozenset({u}))
beta, r = symbol("beta", "p", role="unknown"), symbol("r", "n")
y = symbol("y", "n", role="random", definition=X @ beta + Z @ u + e)
I_n = identity("n")
J = ones("n", "n")
inner = Z.T @ R.inv() @ Z + G.inv()
gls = (X.T @ V.inv() @ X).inv() @ X.T @ V.inv()
woodbury = R.inv() - R.inv() @ Z @ inner.inv() @ Z.T @ R.inv()
M, P = residual_projection(X), projection(X)
P_full = projection(X_full)

IDENTITIES: dict[str, tuple[Tree, Tree]] = {
    "variance of the GLS estimator": (gls @ V @ gls.T, (X.T @ V.inv() @ X).inv()),
    "and from its moments": (Variance(gls @ y), (X.T @ V.inv() @ X).inv()),
    "GLS is unbiased": (Expectation(gls @ y), beta),
    "Henderson's BLUP": (inner.inv() @ Z.T @ R.inv() @ r, G @ Z.T @ V.inv() @ r),
    "Woodbury": (V.inv(), woodbury),
    "Woodbury from right to left": (woodbury, V.inv()),
    "of a named inverse": (V.inv() @ R, I_n - V.inv() @ Z @ G @ Z.T),
    "prediction error": (G - G @ Z.T @ V.inv() @ Z @ G, inner.inv()),
    "determinant": (V.det(), R.det() * (G.det() * inner.det())),
    "M is idempotent": (M @ M, M),
    "M annihilates X": (X.T @ M, zero("p", "n")),
    "P keeps X": (P @ X, X),
    "P and M are orthogonal": (P @ M, zero("n", "n")),
    "P and M with independent columns": (P_full @ (I_n - P_full), zero("n", "n")),
    "variance of residuals": (Variance(M @ y), M @ V @ M),
    "residual sum of squares": (r.T @ M.T @ M @ r, r.T @ r - r.T @ X @ generalized_inverse(X.T @ X) @ X.T @ r),
    "trace of P": (Trace(P_full), Scalar(X.columns)),
    "trace of M": (Trace(I_n - P_full), Scalar(X.rows - X.columns)),
    "trace of P and the rank of any X": (Trace(P), rank_of(X)),
    "trace of M and the rank of any X": (Trace(M), Scalar(X.rows) - rank_of(X)),
    "rank of X'X": (rank_of(X.T @ X), rank_of(X)),
    "rank of X'V⁻¹X": (rank_of(X.T @ V.inv() @ X), rank_of(X)),
    "rank of a product": (rank_of(V @ Z @ G), rank_of(Z)),
    "rank of a Kronecker product": (rank_of(kron(A.T, 2 * Z)), rank_of(A) * rank_of(Z)),
    "trace of J": (Trace(kron(G, J)), Scalar(J.rows) * Trace(G)),
    "a mean square": (Expectation(y.T @ y), Trace(V) + beta.T @ X.T @ X @ beta),
    "sum of squares of residuals": (
        (r - X @ beta).T @ (r - X @ beta),
        r.T @ r - 2 * (beta.T @ X.T @ r) + beta.T @ X.T @ X @ beta,
    ),
    "J twice": (J @ J, Scalar(J.rows) * J),
    "centring is idempotent": ((I_n - J / Scalar(J.rows)) @ (I_n - J / Scalar(J.rows)), I_n - J / Scalar(J.rows)),
    "Kronecker": (kron(A, G) @ kron(A.T, Z.T), kron(A @ A.T, G @ Z.T)),
    "a difference": (V - R, Z @ G @ Z.T),
    "the REML projection": (
        (V.inv() - V.inv() @ X @ gls) @ V @ (V.inv() - V.inv() @ X @ gls),
        V.inv() - V.inv() @ X @ gls,
    ),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_the_steps_between_two_forms_are_found_and_each_is_an_identity(name: str) -> None:
    start, goal = IDENTITIES[name]
    derivation = derivation_between(start, goal)
    assert derivation.goal == start and derivation.result == goal
    assert_derivation_holds(derivation)
    assert len(set(derivation.lines)) == len(derivation.lines), "no line comes twice"


def test_what_a_step_takes_for_granted_is_told() -> None:
    assumed = [step.assumption for step in derivation_between(*IDENTITIES["variance of the GLS estimator"]).steps]
    assert [told for told in assumed if told] == ["X has full column rank"]
    known = (X_full.T @ V.inv() @ X_full).inv()
    derivation = derivation_between(known @ X_full.T @ V.inv() @ X_full @ known, known)
    assert not any(step.assumption for step in derivation.steps)


@pytest.mark.parametrize(
    ("start", "goal"), [(Z @ G @ Z.T, V), (gls @ V @ gls.T, X.T @ V.inv() @ X), ((A + B).T, A + B), (A @ B, B @ A)]
)
def test_forms_that_differ_are_told_with_an_instance_on_which_they_do(start: Tree, goal: Tree) -> None:
    with pytest.raises(NotEqualError, match="are not equal") as caught:
        derivation_between(start, goal)
    instance, (i, j) = caught.value.instance, caught.value.place
    assert isinstance(instance, DrawnInstance)
    left, right = (instance.value(tree)[i - 1, j - 1] for tree in (start, goal))
    assert (left, right) == caught.value.values and left != right


S, T = symbol("S", "n", "n", facts=POSITIVE), symbol("T", "n", "n", facts=POSITIVE)


@pytest.mark.parametrize(
    "goal",
    [
        S.inv() @ (S.inv() + T.inv()).inv() @ T.inv(),
        S.inv() - S.inv() @ (S.inv() + T.inv()).inv() @ S.inv(),
        T.inv() - T.inv() @ (S.inv() + T.inv()).inv() @ T.inv(),
    ],
    ids=str,
)
def test_the_inverse_of_a_sum_has_its_other_forms(goal: Tree) -> None:
    derivation = derivation_between((S + T).inv(), goal)
    assert derivation.result == goal
    assert_derivation_holds(derivation)


def test_what_no_law_reaches_is_said_to_be_out_of_reach() -> None:
    with pytest.raises(NoDerivationError, match="do not lead"):
        derivation_between((S + T).inv() @ S, (I_n + S.inv() @ T).inv())


def test_shapes_must_be_the_same() -> None:
    with pytest.raises(ShapeError):
        derivation_between(Z, Z.T)


def test_an_inverse_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DomainError, match="does not exist"):
        derivation_between(Inverse(ones(3, 3)) @ ones(3, 3), identity(3))


# Strategies


def test_expanding_opens_brackets_and_adds_like_terms() -> None:
    assert expand((A + B) @ (A - B)).result == A @ A - A @ B + B @ A - B @ B
    assert expand(A @ (B + C) - A @ B).result == A @ C
    assert_derivation_holds(expand((A + B) @ (A - B) @ C))


def test_collecting_puts_common_factors_in_front_or_behind() -> None:
    assert collect(A @ B + A @ C).result == A @ (B + C)
    assert collect(B @ A - C @ A).result == (B - C) @ A
    assert collect(A + A @ B).result == A @ (I_n + B)
    both = A @ B + A @ C + B @ C
    assert collect(both, C).result == A @ B + (A + B) @ C
    assert_derivation_holds(collect(both))


def test_a_name_stands_for_its_definition_in_every_form() -> None:
    for tree, expected in [
        (Z @ G @ Z.T + R, V),
        (R + Z @ G @ Z.T, V),
        (A @ (Z @ G @ Z.T + R) @ A.T, A @ V @ A.T),
        (A @ Z @ G @ Z.T @ A.T + A @ R @ A.T, A @ V @ A.T),
        (2 * (Z @ G @ Z.T) + 2 * R + A, 2 * V + A),
        (woodbury, V.inv()),
        (inner.inv() @ Z.T @ R.inv() @ r, G @ Z.T @ V.inv() @ r),
        (X.T @ woodbury @ X, X.T @ V.inv() @ X),
        (A @ B, A @ B),
    ]:
        derivation = in_terms_of(tree, V)
        assert ordered(derivation.result) == ordered(expected), derivation
        assert_derivation_holds(derivation)


def test_shortening_keeps_brackets_closed() -> None:
    assert shorten(V.inv() @ V @ (A + B)).result == A + B
    assert shorten((A @ (B + C)).T.T).result == A @ (B + C)


def test_a_normal_form_does_not_depend_on_how_it_was_written() -> None:
    one = normal_form(((A + B) @ C).T).result
    other = normal_form(C.T @ B.T + C.T @ A.T).result
    assert ordered(one) == ordered(other)


SEEDS = st.integers(0, 2**32)
FORMS = trees(kinds=KINDS - MOMENTS, depth=3) | congruences() | projections()


@settings(max_examples=60, deadline=None)
@given(FORMS, SEEDS)
def test_each_step_to_a_normal_form_is_an_identity(tree: Tree, seed: int) -> None:
    derivation = normal_form(tree)
    for step in derivation.steps:
        assert_step_holds(step, seed)
    assert normal_form(derivation.result).steps == (), "a normal form stays as it is"


@settings(max_examples=60, deadline=None)
@given(FORMS, st.lists(st.integers(0, len(MATRIX_LAWS) - 1), min_size=5, max_size=40), SEEDS)
def test_each_step_of_a_random_derivation_is_an_identity(tree: Tree, chosen: list[int], seed: int) -> None:
    line = tree
    steps = []
    for number in chosen:
        step = apply(MATRIX_LAWS[number], line)
        if step is not None and len(str(step.after)) < 400:
            steps.append(step)
            line = step.after
    derivation = Derivation(tree, tuple(steps))
    for step in derivation.steps:
        assert_step_holds(step, seed)


@settings(max_examples=25, deadline=None)
@given(FORMS, st.lists(st.integers(0, len(MATRIX_LAWS) - 1), min_size=3, max_size=12), SEEDS)
def test_a_form_that_laws_lead_to_is_never_said_to_differ(tree: Tree, chosen: list[int], seed: int) -> None:
    goal = tree
    for number in chosen:
        step = apply(MATRIX_LAWS[number], goal)
        if step is not None and not step.assumption and len(str(step.after)) < 200:
            goal = step.after
    try:
        derivation = derivation_between(tree, goal)
    except (NoDerivationError, DomainError):
        return
    assert derivation.result == goal
    for step in derivation.steps:
        assert_step_holds(step, seed)

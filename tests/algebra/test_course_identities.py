"""Pairs of forms that a course on linear mixed models equates: the steps between them are found, and each holds."""

from __future__ import annotations

import pytest
import sympy

from tests.exact import assert_derivation_holds
from tutor.algebra.applied import Applied
from tutor.algebra.between import derivation_between
from tutor.algebra.build import identity, kron, ones, symbol, zero
from tutor.algebra.laws.kronecker import vec
from tutor.algebra.laws.projections import generalized_inverse
from tutor.algebra.laws.ranks import rank_of
from tutor.algebra.nodes import Block, BlockDiagonal, Determinant, Scalar, Scaled, Trace
from tutor.algebra.sizes import size
from tutor.algebra.structure.joined import steps_by_structure
from tutor.algebra.tree import Tree
from tutor.errors import NoDerivationError, NotEqualError

DEFINITE = ("symmetric", "positive definite")
n, p, q, t = map(size, "npqt")
s2 = sympy.Symbol("sigma2", positive=True)
X = symbol("X", "n", "p", facts=["full column rank"])
Z, X_2 = symbol("Z", "n", "q"), symbol("X_2", "n", "q")
V, R, S, T = (symbol(name, "n", "n", facts=DEFINITE) for name in "VRST")
G = symbol("G", "q", "q", facts=DEFINITE)
A, B, C, D = (symbol(name, "n", "n") for name in "ABCD")
y, beta, u = symbol("y", "n"), symbol("beta", "p"), symbol("u", "q")
A_1, B_1, C_1, A_2, B_2, C_2 = (
    symbol(name, rows, rows) for name, rows in zip(("A_1", "B_1", "C_1", "A_2", "B_2", "C_2"), "mklmkl", strict=True)
)
I_n, one, J = identity("n"), ones("n"), ones("n", "n")
s2_I = Scaled(Scalar(s2), I_n)
P = X @ (X.T @ X).inv() @ X.T
M = I_n - P
W = (X.T @ V.inv() @ X).inv()
H = X @ W @ X.T @ V.inv()
P_V = V.inv() - V.inv() @ X @ W @ X.T @ V.inv()
OLS = (X.T @ X).inv() @ X.T
blue = W @ X.T @ V.inv() @ y
ZGZ = Z @ G @ Z.T
inner = G.inv() + Z.T @ R.inv() @ Z
centred = I_n - (1 / n) * J
both = symbol("X_b", "n", p + q, facts=["full column rank"], definition=Block(((X, X_2),)))
P_b = both @ (both.T @ both).inv() @ both.T
henderson = Block(((X.T @ R.inv() @ X, X.T @ R.inv() @ Z), (Z.T @ R.inv() @ X, Z.T @ R.inv() @ Z)))
mean_of_t = (1 / t) * ones("t", "t")


def log(tree: Tree) -> Applied:
    return Applied("log", (tree,))


def power(tree: Tree, exponent: sympy.Expr) -> Applied:
    return Applied("power", (tree, Scalar(exponent)), row_size=tree.rows, column_size=tree.columns)


PAIRS: dict[str, tuple[Tree, Tree]] = {
    "variance of the BLUE": (W @ X.T @ V.inv() @ V @ V.inv() @ X @ W, W),
    "variance of the BLUE as ABA'": ((W @ X.T @ V.inv()) @ V @ (W @ X.T @ V.inv()).T, W),
    "the BLUE is unbiased": (W @ X.T @ V.inv() @ X, identity("p")),
    "OLS is unbiased": (OLS @ X, identity("p")),
    "variance of OLS": (OLS @ s2_I @ OLS.T, Scaled(Scalar(s2), (X.T @ X).inv())),
    "variance of OLS under V": (OLS @ V @ OLS.T, (X.T @ X).inv() @ X.T @ V @ X @ (X.T @ X).inv()),
    "the BLUE under σ²I": ((X.T @ s2_I.inv() @ X).inv() @ X.T @ s2_I.inv() @ y, OLS @ y),
    "variance of the BLUP": (G @ Z.T @ P_V @ V @ P_V @ Z @ G, G @ Z.T @ P_V @ Z @ G),
    "two forms of the BLUP": (G @ Z.T @ (ZGZ + R).inv(), inner.inv() @ Z.T @ R.inv()),
    "the BLUP of y − Xβ": (inner.inv() @ Z.T @ R.inv() @ (y - X @ beta), G @ Z.T @ (ZGZ + R).inv() @ (y - X @ beta)),
    "prediction error": (inner.inv(), G - G @ Z.T @ (ZGZ + R).inv() @ Z @ G),
    "residuals are shrunk": (R @ (R + ZGZ).inv(), I_n - ZGZ @ (R + ZGZ).inv()),
    "PVP = P": (P_V @ V @ P_V, P_V),
    "PX = 0 for REML's P": (P_V @ X, zero("n", "p")),
    "REML's P is symmetric": (P_V.T, P_V),
    "Py": (P_V @ y, V.inv() @ (y - H @ y)),
    "y'Py": (y.T @ P_V @ y, (y - H @ y).T @ V.inv() @ (y - H @ y)),
    "y'Py, one side": (y.T @ P_V @ y, y.T @ V.inv() @ (y - H @ y)),
    "VPV": (V @ P_V @ V, V - X @ W @ X.T),
    "PV is idempotent": (P_V @ V @ P_V @ V, P_V @ V),
    "tr(PV)": (Trace(P_V @ V), Scalar(n - p)),
    "tr(PV) by the rank": (Trace(P_V @ V), Scalar(n) - rank_of(X)),
    "rank(PV)": (rank_of(P_V @ V), Scalar(n - p)),
    "the GLS projection is idempotent": (H @ H, H),
    "HVH'": (H @ V @ H.T, X @ W @ X.T),
    "HV = VH'": (H @ V, V @ H.T),
    "variance of GLS residuals": ((I_n - H) @ V @ (I_n - H).T, V - X @ W @ X.T),
    "fit and residuals are uncorrelated": (OLS @ s2_I @ M.T, zero("p", "n")),
    "so are those of GLS": (W @ X.T @ V.inv() @ V @ (I_n - H).T, zero("p", "n")),
    "MX = 0": (M @ X, zero("n", "p")),
    "X'M = 0": (X.T @ M, zero("p", "n")),
    "M is idempotent": (M @ M, M),
    "M to a power": (power(M, sympy.Integer(2)), M),
    "PM = 0": (P @ M, zero("n", "n")),
    "P + M = I": (P + M, I_n),
    "M is symmetric": (M.T, M),
    "y'(I − P)y": (y.T @ M @ y, y.T @ y - y.T @ P @ y),
    "residual sum of squares": ((y - P @ y).T @ (y - P @ y), y.T @ M @ y),
    "sum of squares of the fit": (y.T @ P @ y, (P @ y).T @ (P @ y)),
    "tr(P)": (Trace(P), rank_of(X)),
    "tr(M)": (Trace(M), Scalar(n) - rank_of(X)),
    "E(y'My), the trace": (Trace(M @ s2_I), Scaled(Scalar(s2), Scalar(n - p))),
    "rank(M)": (rank_of(M), Scalar(n - p)),
    "rank(P)": (rank_of(P), rank_of(X)),
    "projections of nested spaces": (P_b @ P, P),
    "and from the other side": (P @ P_b, P),
    "nested columns are kept": (P_b @ X, X),
    "nested columns are annihilated": ((I_n - P_b) @ X_2, zero("n", "q")),
    "and their rows": (X.T @ (I_n - P_b), zero("p", "n")),
    "what a space adds is idempotent": ((P_b - P) @ (P_b - P), P_b - P),
    "and orthogonal to the smaller": ((P_b - P) @ P, zero("n", "n")),
    "Woodbury": ((R + ZGZ).inv(), R.inv() - R.inv() @ Z @ inner.inv() @ Z.T @ R.inv()),
    "Woodbury back": (R.inv() - R.inv() @ Z @ inner.inv() @ Z.T @ R.inv(), (ZGZ + R).inv()),
    "Woodbury for σ²I": (
        (s2_I + ZGZ).inv(),
        Scaled(Scalar(1 / s2), I_n - Z @ (Scaled(Scalar(s2), G.inv()) + Z.T @ Z).inv() @ Z.T),
    ),
    "the determinant lemma": ((ZGZ + R).det(), R.det() @ G.det() @ inner.det()),
    "log|V|": (log((ZGZ + R).det()), log(R.det()) + log(G.det()) + log(inner.det())),
    "parallel sum": ((S.inv() + T.inv()).inv(), S @ (S + T).inv() @ T),
    "and in the other order": ((S.inv() + T.inv()).inv(), T @ (S + T).inv() @ S),
    "inverse of a sum": ((S + T).inv(), S.inv() - S.inv() @ (S.inv() + T.inv()).inv() @ S.inv()),
    "inverse of a product": ((S @ T @ V).inv(), V.inv() @ T.inv() @ S.inv()),
    "transposed": ((S @ T).inv().T, S.inv() @ T.inv()),
    "XX⁻X": (X @ generalized_inverse(X.T @ X) @ X.T @ X, X),
    "Henderson's left side": (Block(((X, Z),)).T @ R.inv() @ Block(((X, Z),)), henderson),
    "Henderson's equations, multiplied": (
        henderson @ Block(((beta,), (u,))),
        Block((
            (X.T @ R.inv() @ X @ beta + X.T @ R.inv() @ Z @ u,),
            (Z.T @ R.inv() @ X @ beta + Z.T @ R.inv() @ Z @ u,),
        )),
    ),
    "quadratic form opened": (
        (y - X @ beta).T @ V.inv() @ (y - X @ beta),
        y.T @ V.inv() @ y - 2 * (beta.T @ X.T @ V.inv() @ y) + beta.T @ X.T @ V.inv() @ X @ beta,
    ),
    "least squares completes the square": (
        (y - X @ beta).T @ V.inv() @ (y - X @ beta),
        (y - H @ y).T @ V.inv() @ (y - H @ y) + (blue - beta).T @ X.T @ V.inv() @ X @ (blue - beta),
    ),
    "tr(ABC)": (Trace(A @ B @ C), Trace(C @ A @ B)),
    "tr(A + B)": (Trace(A + B), Trace(B) + Trace(A)),
    "y'Ay": (y.T @ A @ y, Trace(A @ y @ y.T)),
    "vec(ABC)": (vec(A @ B @ C), kron(C.T, A) @ vec(B)),
    "vec(AB)": (vec(A @ B), kron(I_n, A) @ vec(B)),
    "vec(A)'vec(B)": (vec(A).T @ vec(B), Trace(A.T @ B)),
    "tr(ABCD) by vec": (Trace(A @ B @ C @ D), vec(D.T).T @ kron(C.T, A) @ vec(B)),
    "mixed product of three": (kron(A_1, B_1, C_1) @ kron(A_2, B_2, C_2), kron(A_1 @ A_2, B_1 @ B_2, C_1 @ C_2)),
    "inverse of three": (kron(S, T, V).inv(), kron(S.inv(), T.inv(), V.inv())),
    "transpose of three": (kron(A_1, B_1, C_1).T, kron(A_1.T, B_1.T, C_1.T)),
    "trace of a Kronecker product": (Trace(kron(A_1, B_1)), Trace(A_1) @ Trace(B_1)),
    "trace of two": (Trace(kron(A, B) @ kron(C, D)), Trace(A @ C) @ Trace(B @ D)),
    "determinant of a Kronecker product": (kron(S, T).det(), power(S.det(), n) @ power(T.det(), n)),
    "its logarithm": (log(kron(S, T).det()), Scaled(Scalar(n), log(S.det())) + Scaled(Scalar(n), log(T.det()))),
    "ZZ' of blocks": (kron(identity("m"), one) @ kron(identity("m"), one).T, kron(identity("m"), J)),
    "block means are a projection": (kron(identity("m"), mean_of_t) @ kron(identity("m"), mean_of_t),
                                     kron(identity("m"), mean_of_t)),
    "centring is idempotent": (centred @ centred, centred),
    "centring annihilates 1": (centred @ one, zero("n", 1)),
    "J centred is 0": (J @ centred, zero("n", "n")),
    "JJ = nJ": (J @ J, Scaled(Scalar(n), J)),
    "corrected sum of squares": (y.T @ centred @ y, y.T @ y - (1 / n) * (y.T @ J @ y)),
    "|σ²I|": (s2_I.det(), power(Scalar(s2), n)),
    "log|ST|": (log((S @ T).det()), log(S.det()) + log(T.det())),
    "determinant by a Schur complement": (
        Determinant(Block(((S, B), (B.T, T)))), S.det() @ (T - B.T @ S.inv() @ B).det()
    ),
    "inverse of a direct sum": (BlockDiagonal((S, T)).inv(), BlockDiagonal((S.inv(), T.inv()))),
    "product of direct sums": (BlockDiagonal((A, B)) @ BlockDiagonal((C, D)), BlockDiagonal((A @ C, B @ D))),
    "product of direct sums of one block": (BlockDiagonal((A, A)) @ BlockDiagonal((C, D)),
                                            BlockDiagonal((A @ C, A @ D))),
    "transpose of a sum": ((A + B @ C).T, A.T + C.T @ B.T),
    "brackets": (A @ (B + C) @ D, A @ C @ D + A @ B @ D),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_the_steps_are_found_and_hold(name: str) -> None:
    start, goal = PAIRS[name]
    derivation = derivation_between(start, goal)
    assert (derivation.goal, derivation.result) == (start, goal)
    assert derivation.steps
    assert all(step.because for step in derivation.steps)
    assert_derivation_holds(derivation)


def test_what_structure_joins_is_found_by_closed_forms() -> None:
    b = sympy.Symbol("b", positive=True)
    start, goal = (s2_I + Scaled(Scalar(b), J)).inv(), Scaled(Scalar(1 / s2), I_n - (b / (s2 + n * b)) * J)
    assert steps_by_structure(start, goal)


@pytest.mark.parametrize(("start", "goal", "error"), [
    (M @ V, V @ M, NotEqualError),
    ((S @ T).inv(), S.inv() @ T.inv(), NotEqualError),
    (kron(A, B) @ kron(C, D), kron(C @ A, B @ D), NotEqualError),
    (Trace(A @ B), Trace(A) @ Trace(B), NotEqualError),
    (P_b @ Z, Z, NotEqualError),
    (Trace(A @ A @ A @ A) + Trace(S @ T @ S @ T) + log(power(S, sympy.Rational(1, 3)).det()),
     Trace(A @ A @ A @ A) + Trace(T @ S @ T @ S) + Scalar(sympy.Rational(1, 3)) @ log(S.det()), NoDerivationError),
])  # fmt: skip
def test_others_are_refused_with_the_reason(start: Tree, goal: Tree, error: type[Exception]) -> None:
    with pytest.raises(error):
        derivation_between(start, goal)

r"""What R, NumPy and SymPy write means what the lecture's notation says beside it."""

from __future__ import annotations

import pytest

from tests.notation.test_rows_expressions import assert_reads_back
from tutor import one_way
from tutor.checking.equal import compare
from tutor.errors import ReadError, ShapeError
from tutor.notation.read import read

MATRIX = r"\begin{bmatrix} %s \end{bmatrix}"

SAME = [
    # R
    ("cbind(1, c(1, 2, 3))", MATRIX % r"1 & 1 \\ 1 & 2 \\ 1 & 3"),
    ("cbind(1, c(1, 0, 0), 0)", MATRIX % r"1 & 1 & 0 \\ 1 & 0 & 0 \\ 1 & 0 & 0"),
    ("cbind(rep(1, 3), 4:6)", MATRIX % r"1 & 4 \\ 1 & 5 \\ 1 & 6"),
    ("cbind(1, X)", r"\begin{bmatrix} \mathbf{1}_n & \mathbf{X} \end{bmatrix}"),
    ("cbind(X, Z)", r"\begin{bmatrix} \mathbf{X} & \mathbf{Z} \end{bmatrix}"),
    ("rbind(c(1, 2), c(3, 4))", MATRIX % r"1 & 2 \\ 3 & 4"),
    ("rbind(1, c(1, 2, 3))", MATRIX % r"1 & 1 & 1 \\ 1 & 2 & 3"),
    ("chol2inv(chol(V))", r"\mathbf{V}^{-1}"),
    ("chol2inv(chol(t(X) %*% X)) %*% t(X) %*% y", r"(\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'\mathbf{y}"),
    ("solve(V, y)", r"\mathbf{V}^{-1}\mathbf{y}"),
    ("solve(t(X) %*% X, t(X) %*% y)", r"(\mathbf{X}'\mathbf{X})^{-1}\mathbf{X}'\mathbf{y}"),
    ("outer(y, y)", r"\mathbf{y}\mathbf{y}'"),
    ("outer(x, y)", r"\mathbf{x}_{n \times 1}\mathbf{y}'"),
    ("c(1:3) %o% c(3, 4)", r"\begin{bmatrix} 1 \\ 2 \\ 3 \end{bmatrix}\begin{bmatrix} 3 \\ 4 \end{bmatrix}'"),
    ("nrow(X) - ncol(X)", "n - p"),
    ("crossprod(X)", r"\mathbf{X}'\mathbf{X}"),
    ("crossprod(X, solve(V, X))", r"\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}"),
    ("tcrossprod(Z)", r"\mathbf{Z}\mathbf{Z}'"),
    ("diag(3) %x% matrix(1, 2, 2)", r"\mathbf{I}_3 \otimes \mathbf{J}_2"),
    ("kronecker(diag(3), matrix(1,2,2))", r"\mathbf{I}_3 \otimes \mathbf{J}_2"),
    ("diag(c(1, 2, 3))", MATRIX % r"1 & 0 & 0 \\ 0 & 2 & 0 \\ 0 & 0 & 3"),
    ("solve(diag(2, 3))", r"(2\mathbf{I}_3)^{-1}"),
    ("diag(sigma2, nrow = 3)", r"\sigma^2\mathbf{I}_3"),
    ("diag(1, 3)", MATRIX % r"1 & 0 \\ 0 & 3"),  # of a lecture: nothing shows that it is R's
    ("rep(1, n)", r"\mathbf{1}_n"),
    ("rep(1:2, each = 2)", r"\begin{bmatrix} 1 \\ 1 \\ 2 \\ 2 \end{bmatrix}"),
    ("rep(1:2, times = 2)", r"\begin{bmatrix} 1 \\ 2 \\ 1 \\ 2 \end{bmatrix}"),
    ("c(3:1)", r"\begin{bmatrix} 3 \\ 2 \\ 1 \end{bmatrix}"),
    ("matrix(c(1, 2, 3, 4), 2, byrow=TRUE)", MATRIX % r"1 & 2 \\ 3 & 4"),
    ("matrix(1:6, nrow = 2)", MATRIX % r"1 & 3 & 5 \\ 2 & 4 & 6"),
    ("bdiag(G, R)", r"\mathbf{G} \oplus \mathbf{R}"),
    ("bdiag(rep(list(G), 2))", r"\mathbf{G} \oplus \mathbf{G}"),
    ("bdiag(replicate(2, G, simplify = FALSE))", r"\mathbf{G} \oplus \mathbf{G}"),
    ('rho^abs(outer(1:2, 1:2, "-"))', MATRIX % r"1 & \rho \\ \rho & 1"),
    ("rho^abs(outer(1:2, 1:2, FUN = `-`))", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("rho^(abs(row(diag(2)) - col(diag(2))))", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("toeplitz(rho^(0:2))", MATRIX % r"1 & \rho & \rho^2 \\ \rho & 1 & \rho \\ \rho^2 & \rho & 1"),
    ("toeplitz(2*c(1, rho))", MATRIX % r"2 & 2\rho \\ 2\rho & 2"),
    ("outer(rep(1:2, each = 2), 1:2, '==')", MATRIX % r"1 & 0 \\ 1 & 0 \\ 0 & 1 \\ 0 & 1"),
    ("diag(2)[rep(1:2, each = 3), ]", r"\mathbf{I}_2 \otimes \mathbf{1}_3"),
    ("Matrix::bdiag(list(G, R))", r"\mathbf{G} \oplus \mathbf{R}"),
    ("MASS::ginv(t(X) %*% X)", r"(\mathbf{X}'\mathbf{X})^{+}"),
    ("pnorm(mu/sqrt(1 + sigma2_u))", r"\Phi(\frac{\mu}{\sqrt{1 + \sigma^2_u}})"),
    ("qnorm(mu)", r"\Phi^{-1}(\mu)"),
    ("qlogis(mu)", r"\operatorname{logit}(\mu)"),
    # NumPy
    ("rho**np.abs(np.subtract.outer(np.arange(2), np.arange(2)))", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("rho**np.abs(np.arange(2)[:, None] - np.arange(2))", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("np.array([[rho**abs(i-j) for j in range(2)] for i in range(2)])", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("scipy.linalg.toeplitz(rho**np.arange(2))", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("np.repeat(np.eye(2), 3, axis=0)", r"\mathbf{I}_2 \otimes \mathbf{1}_3"),
    ("np.diag([a]*2 + [b])", MATRIX % r"a & 0 & 0 \\ 0 & a & 0 \\ 0 & 0 & b"),
    ("np.diag(np.repeat([a, b], 2))", MATRIX % r"a & 0 & 0 & 0 \\ 0 & a & 0 & 0 \\ 0 & 0 & b & 0 \\ 0 & 0 & 0 & b"),
    ("np.c_[np.ones(2), [3, 4]]", MATRIX % r"1 & 3 \\ 1 & 4"),
    ("Matrix(2, 2, lambda i, j: rho**abs(i-j))", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("Matrix(2, 2, lambda i, j: 1 if i == j else rho)", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("Table[rho^Abs[i-j], {i, 2}, {j, 2}]", MATRIX % r"1 & \rho \\ \rho & 1"),
    ("np.linalg.solve(V, y)", r"\mathbf{V}^{-1}\mathbf{y}"),
    ("X.T @ np.linalg.inv(V) @ X", r"\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}"),
    ("np.linalg.multi_dot([Z, G, Z.T]) + R", r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"),
    ("np.linalg.multi_dot((X.T, np.linalg.inv(V), y))", r"\mathbf{X}'\mathbf{V}^{-1}\mathbf{y}"),
    ("np.matmul(np.matmul(Z, G), Z.T)", r"\mathbf{Z}\mathbf{G}\mathbf{Z}'"),
    ("np.block([[G, 0], [0, R]])", r"\begin{bmatrix} \mathbf{G} & \mathbf{0} \\ \mathbf{0} & \mathbf{R} \end{bmatrix}"),
    ("np.hstack((X, Z))", r"\begin{bmatrix} \mathbf{X} & \mathbf{Z} \end{bmatrix}"),
    ("np.hstack([np.ones((2, 1)), np.array([[3], [4]])])", MATRIX % r"1 & 3 \\ 1 & 4"),
    ("np.vstack([np.ones((1, 2)), np.array([[3, 4]])])", MATRIX % r"1 & 1 \\ 3 & 4"),
    ("np.vstack([np.ones((2, 3)), np.eye(3)])",
     r"\begin{bmatrix} \mathbf{J}_{2 \times 3} \\ \mathbf{I}_3 \end{bmatrix}"),
    ("np.column_stack((np.ones(3), [1, 2, 3]))", MATRIX % r"1 & 1 \\ 1 & 2 \\ 1 & 3"),
    ("np.concatenate([X, Z], axis=1)", r"\begin{bmatrix} \mathbf{X} & \mathbf{Z} \end{bmatrix}"),
    ("np.outer(y, y)", r"\mathbf{y}\mathbf{y}'"),
    ("np.diag([1, 2])", MATRIX % r"1 & 0 \\ 0 & 2"),
    ("np.trace(V)", r"\operatorname{tr}(\mathbf{V})"),
    ("np.linalg.det(V)", r"|\mathbf{V}|"),
    ("np.linalg.slogdet(V)[1]", r"\log|\mathbf{V}|"),
    ("-0.5*np.linalg.slogdet(V)[1] - 0.5*n", r"-\frac12 \log|\mathbf{V}| - \frac{n}{2}"),
    ("np.ones((n, 1))", r"\mathbf{1}_n"),
    ("np.ones(3)", r"\mathbf{1}_3"),
    ("scipy.linalg.block_diag(G, R)", r"\mathbf{G} \oplus \mathbf{R}"),
    ("X.shape[0] - X.shape[1]", "n - p"),
    ("np.kron(np.eye(3), np.ones((2, 2)))", r"\mathbf{I}_3 \otimes \mathbf{J}_2"),
    # SymPy
    ("Matrix([[1, 2], [3, 4]])", MATRIX % r"1 & 2 \\ 3 & 4"),
    ("Matrix(2, 2, [1, 2, 3, 4])", MATRIX % r"1 & 2 \\ 3 & 4"),
    ("diag(sigma2, sigma2)", MATRIX % r"\sigma^2 & 0 \\ 0 & \sigma^2"),
    ("ones(2, 2)", r"\mathbf{J}_2"),
    ("sympy.ones(2)", r"\mathbf{J}_2"),
    ("sp.zeros(2)", r"\mathbf{0}_{2 \times 2}"),
    ("KroneckerProduct(eye(2), ones(2, 2))", r"\mathbf{I}_2 \otimes \mathbf{J}_2"),
    ("BlockDiagMatrix(G, R)", r"\mathbf{G} \oplus \mathbf{R}"),
    ("BlockMatrix([[G, ZeroMatrix(q, n)], [ZeroMatrix(n, q), R]])",
     r"\begin{bmatrix} \mathbf{G} & \mathbf{0} \\ \mathbf{0} & \mathbf{R} \end{bmatrix}"),
    ("MatAdd(MatMul(Z, G, Transpose(Z)), R)", r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"),
    ("(X.T*V.inv()*X).inv()", r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}"),
    ("Inverse(V)", r"\mathbf{V}^{-1}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meant"), SAME, ids=[text for text, _ in SAME])
def test_a_program_says_what_the_lecture_says(text: str, meant: str) -> None:
    reading = read(text)
    assert reading.tree == read(meant).tree
    assert_reads_back(reading)


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("chol(V)", "chol2inv(chol(V))"),
        ("chol2inv(V)", "chol2inv(chol(V))"),
        ("np.linalg.slogdet(V)", "slogdet(V)[1]"),
        ("list(G, R)", "bdiag"),
    ],
)
def test_what_no_formula_has_is_refused_with_what_has_a_meaning(text: str, tip: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(text)
    assert refused.value.tip is not None
    assert tip in refused.value.tip


@pytest.mark.parametrize("text", ["cbind(X, c(1, 2))", "np.linalg.multi_dot([G, Z, R])", "rbind(X, Z)"])
def test_shapes_that_do_not_meet_are_refused_in_programs_too(text: str) -> None:
    with pytest.raises(ShapeError):
        read(text)


OF_OTHER_PROGRAMS = [
    # MATLAB, Julia
    ("V\\X", r"\mathbf{V}^{-1}\mathbf{X}"),
    (
        "(X'*inv(V)*X) \\ (X'*inv(V)*y)",
        r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}(\mathbf{X}'\mathbf{V}^{-1}\mathbf{y})",
    ),
    (
        "(X' / V * X) \\ (X' / V * y)",
        r"(\mathbf{X}'\mathbf{V}^{-1}\mathbf{X})^{-1}(\mathbf{X}'\mathbf{V}^{-1}\mathbf{y})",
    ),
    ("G*Z'*(V\\(y - X*β))", r"\mathbf{G}\mathbf{Z}'(\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol{\beta}))"),
    ("-V\\X", r"-\mathbf{V}^{-1}\mathbf{X}"),
    ("G*Z'/V*(y - X*β)", r"\mathbf{G}\mathbf{Z}'\mathbf{V}^{-1}(\mathbf{y} - \mathbf{X}\boldsymbol{\beta})"),
    ("X.T/V*X", r"\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}"),
    # Mathematica
    ("Transpose[X].Inverse[V].X", r"\mathbf{X}'\mathbf{V}^{-1}\mathbf{X}"),
    ("Z.G.Transpose[Z] + R", r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \mathbf{R}"),
    ("KroneckerProduct[IdentityMatrix[3], {{1, 2}, {2, 1}}]", r"\mathbf{I}_3 \otimes " + MATRIX % r"1 & 2 \\ 2 & 1"),
    ("{{4, 8}, {8, 30}}", MATRIX % r"4 & 8 \\ 8 & 30"),
    (r"Sqrt[\[Sigma]^2]", r"\sqrt{\sigma^2}"),
    ("Subscript[sigma, u]^2 IdentityMatrix[3]", r"\sigma_u^2\mathbf{I}_3"),
    # LaTeX
    (r"\mathbf{V} \ \mathbf{X}", r"\mathbf{V}\mathbf{X}"),
]


@pytest.mark.parametrize(("typed", "meant"), OF_OTHER_PROGRAMS)
def test_divisions_by_matrices_and_mathematica_are_read(typed: str, meant: str) -> None:
    assert read(typed).tree == read(meant).tree


@pytest.mark.parametrize(
    "typed", ["V \\ X", "(X'V^{-1}X) \\ (X'V^{-1}y)", "X*1 \\ y", "X/V", "X.T @ X / V", "X' %*% X / V"]
)
def test_a_division_that_may_be_none_is_refused(typed: str) -> None:
    with pytest.raises(ReadError) as refused:
        read(typed)
    assert refused.value.kind == "division-by-matrix"
    assert refused.value.tip


@pytest.mark.parametrize(
    "name",
    ["su2", "s2u", "s2_u", "s_u2", "sig2_u", "sigsq_u", "sigmau2", "sigmau^2", "σu²", "σu^2", "var_u", "sd_u^2"],
)
@pytest.mark.parametrize(("groups", "reps"), [("a", "n"), (4, 3)])
def test_a_variance_has_the_name_that_a_keyboard_gives_it(name: str, groups: str, reps: str) -> None:
    names = one_way(groups, reps).vocabulary
    assert read(name, names).tree == read("σ²_u", names).tree
    assert read(name.replace("u", "e"), names).tree == read("σ²", names).tree


@pytest.mark.parametrize("name", ["var_w", "sw2", "sd_w", "inv_sigmoid(μ)"])
def test_a_name_of_no_variance_of_the_model_is_not_read(name: str) -> None:
    with pytest.raises((ReadError, ShapeError)):
        read(name, one_way("a", "n").vocabulary)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("kronecker(diag(3), sigma2*diag(4) + sigma2_u)", "I_3 ⊗ (σ² I_4 + σ²_u J_4)"),
        ("np.kron(np.eye(3), sigma2*np.eye(4) + sigma2_u)", "I_3 ⊗ (σ² I_4 + σ²_u J_4)"),
        ("1 - diag(3)", "J_3 - I_3"),
    ],
)
def test_a_number_beside_a_matrix_is_added_to_each_entry_in_programs(text: str, same: str) -> None:
    told, meant = (read(each).tree for each in (text, same))
    assert told is not None and meant is not None
    assert compare(told, meant).same


@pytest.mark.parametrize("text", ["σ² I_4 + σ²_u", "eye(4)*sigma2 + sigma2_u", r"\sigma^2 I_4 + \sigma_u^2"])
def test_in_formulas_and_in_sympy_there_is_no_such_sum(text: str) -> None:
    with pytest.raises(ShapeError):
        read(text)

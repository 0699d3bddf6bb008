"""What stands around an answer claims nothing: words, names of one's own, letters that are explained."""

from __future__ import annotations

import pytest

from tutor import check, random_intercepts, repeated_measures

M = random_intercepts(3, [1, 2, 4])

RIGHT = [
    ("Var(y_11)", "the variance is σ_u² + σ²"),
    ("Var(y_11)", "Answer: σ_u² + σ²"),
    ("Var(y_11)", "Var = σ_u² + σ²"),
    ("Var(y_11)", "V(y_11) = σ_u² + σ²"),
    ("Corr(y_11, y_21)", "ρ = σ_u²/(σ_u² + σ²)"),
    ("V", "Q = ZGZ' + R"),
    ("V", "Since u and e are not correlated, Var(y) is $ZGZ' + R$"),
    ("V", "WDW' + R; D = σ_u² I_3, W = I_3 ⊗ 1_3"),
    ("V", r"\mathbf{W}\mathbf{G}\mathbf{W}' + \mathbf{R} where \mathbf{W} = I_3 \otimes 1_3"),
    ("V", "sigma2*eye(9) + sigma2_u*kron(eye(3), ones(3))"),
    ("Var(y_11)", "The variance of y_11 is σ_u² + σ²"),
    ("Var(y_11)", r"The variance of $y_{11}$ is $\sigma_u^2 + \sigma^2$."),
    ("Var(y_11)", r"$Var(y_{11})$ is $\sigma_u^2 + \sigma^2$"),
    ("Var(y_11)", "Var(y_11) equals σ_u² + σ²"),
    ("Var(y_11)", "Hence σ_u² + σ²"),
    ("Var(y_11)", "By independence, Var(y_11) = σ_u² + σ²"),
    ("Cov(y_11, y_21)", "both rows are in group 1, so the covariance is σ_u²"),
    ("Cov(y_11, y_21)", "They do not differ in the group, hence σ_u²"),
    ("Cov(y_11, y_21)", "the group is shared, the residual is not: σ_u²"),
    ("Cov(y_11, y_21)", "The two errors are not the same: $\\sigma_u^2$"),
    ("Cov(y_11, y_21)", "The covariance between y_11 and y_21 is σ_u²"),
    ("Cov(y_11, y_21)", "I think it's σ_u²"),
    ("Cov(y_11, y_21)", "It is σ_u² because both rows are in group 1"),
    ("Cov(y_11, y_21)", "σ_u², since they share a group"),
    ("Cov(y_11, y_21)", "σ_u² (same group)"),
    ("Cov(y_11, y_21)", "σ_u² (the variance of u_1)"),
    ("Cov(y_11, y_21)", "It should be σ_u² I guess"),
    ("V", "(b) ZGZ' + R"),
    ("V", "Answer: V = ZGZ' + R"),
    ("V", "→ ZGZ' + R"),
    ("V", "`ZGZ' + R`"),
    ("V", "Z %*% G %*% t(Z) + R  # the blocks and the plots"),
    ("V", "A <- sigma_u^2*matrix(1,3,3) + sigma^2*diag(3)\nbdiag(A, A, A)"),
    ("V", "s, su = symbols('sigma sigma_u')\nkronecker_product(eye(3), s**2*eye(3) + su**2*ones(3, 3))"),
    ("V", "import numpy as np\nA = s2*np.eye(3) + s2u*np.ones((3, 3))\nnp.kron(np.eye(3), A)"),
    ("V", "blockdiag(A, A, A), A = σ²I + σ_u²J"),
    ("V", "I_3 ⊗ (aI_3 + bJ_3) with a = σ² and b = σ_u²"),
    ("V", "bdiag(V_1, V_2, V_3), V_j = σ²I_3 + σ_u²J_3"),
    ("V", "block_diag(*[A]*3) with A = s2*np.eye(3) + s2u*np.ones((3, 3))"),
    ("V", "σ²(I + λZZ') where λ is the ratio σ_u²/σ²"),
    ("V", "a <- sigma2 + sigma2_u\nb <- sigma2_u\nkronecker(diag(3), matrix(c(a,b,b,b,a,b,b,b,a), 3))"),
    ("Cov(y_11, y_21)", "same group, two occasions → σ_u²"),
    ("Cov(y_11, y_21)", "Var(u_1), so σ_u²"),
    ("Var(y_11)", "group + error: σ_u² + σ²"),
    ("Var(y_11)", "σ_u² + σ² (x = 1)"),
    ("Var(y_11)", "σ_u² (groups) + σ² (error)"),
    ("Var(y_11)", "total variance: σ_u² + σ²"),
    ("Var(y_11)", "σ²_group + σ²_error"),
    ("Var(y_11)", r"\sigma^2_{\text{group}} + \sigma^2_{res}"),
    ("Var(y_11)", "independent, so σ_u² + σ²"),
    ("Corr(y_11, y_21)", "So the ICC is σ_u²/(σ_u² + σ²)."),
    ("Corr(y_11, y_21)", "The correlation equals σ_u²/(σ_u² + σ²)"),
    ("Cov(y_11, y_21)", "one group, two occasions: σ_u²"),
    ("Cov(y_11, y_21)", "σ_u², same group"),
    ("Cov(y_11, y_21)", "σ_u² — one group, the errors differ"),
    ("Var(y_11 - y_21)", "the group cancels, 2σ²"),
    ("Var(y_11 - y_21)", "2σ², group effects drop out"),
    ("Var(y_11 - y_21)", "u_1 cancels, leaving 2σ²"),
    ("Var(y_11 - y_21)", "2σ² since Cov(ε_11, ε_21) = 0"),
    ("V", "V = ZGZ' + R where G = σ_u² I and R = σ² I"),
    ("V", "G = σ_u² I, R = σ² I, V = ZGZ' + R"),
    ("Var(y)", "Var(y) = ZGZ' + R; Z = I_3 ⊗ 1_3"),
    ("y ~ N(Xβ, V)", r"\mathbf{Y} \sim N(\mathbf{X}\boldsymbol\beta, \mathbf{V})"),
]

WRONG = [
    ("Var(y_11)", "the variance is σ²"),
    ("Var(y_11)", "V(y_11) = σ²"),
    ("V", "WGW' + R with W = 1_3 ⊗ I_3"),
    ("V", "Q = ZGZ' - R"),
    ("V", "Since u and e are correlated, Var(y) is $ZGZ'$"),
    ("V", "G = ZGZ' + R"),
    ("Var(y_11)", "The variance of y_11 is σ²"),
    ("Var(y_11)", "The mean of y_11 is σ_u² + σ²"),
    ("Cov(y_11, y_21)", "They share a group, so it is σ²"),
    ("V", "ZGZ' + R, where G = σ² I and R = σ_u² I"),
    ("V", "ZGZ' + R with G = σ_u I"),
    ("Cov(y_11, y_21)", "the group is shared, the residual is not: σ_u² + σ²"),
    ("Cov(y_11, y_21)", "The variance is σ_u²"),
    ("Cov(y_11, y_21)", "total variance: σ_u²"),
    ("Cov(y_11, y_21)", "one group, two occasions: σ²"),
    ("Var(y_11)", "σ²_group, same group"),
    ("V", "blockdiag(A, A, A), A = σ²I + σ_uJ"),
    ("V", "bdiag(V_1, V_2, V_3), V_j = σ²J_3 + σ_u²I_3"),
    ("V", "σ²(I + λZZ') where λ is the ratio σ²/σ_u²"),
    ("Cov(y_11, y_21)", "Var(ε_11), so σ_u²"),
    ("Cov(y_11, y_21)", "same group, two occasions → σ²"),
    ("V", "A <- sigma_u*matrix(1,3,3) + sigma^2*diag(3)\nbdiag(A, A, A)"),
]

UNREAD = [
    "Since u is random, Var(y_11) is not σ_u² + σ²",
    "the variance is not σ_u² + σ²",
    "σ_u² + c with c = d",
    "c = σ_u² + σ², with c = 3",
    "the answer",
    "It is not σ_u² + σ²",
    "It is not: σ_u² + σ²",
    "The group is not: σ_u² + σ²",
    "The variance of the groups is not: σ_u² + σ²",
    "Groups differ: not σ_u² + σ²",
    "If groups are random: σ_u² + σ²",
    "Without groups there are only residuals: σ_u² + σ²",
    "Two rows have the sum: σ_u² + σ²",
    "I don't think it is σ_u² + σ²",
    "The variance of y_11 is never σ_u² + σ²",
    "Var(y_11) is not equal to σ_u² + σ²",
    "They share a group, so not σ_u² + σ²",
    "σ_u² + σ² (not σ²)",
    "σ² hence σ_u² + σ²",
    "It is either σ² or σ_u² + σ²",
    "σ_u² + σ², but it could be σ²",
    "V where V = σ_u² + σ²",
    "By mistake, σ_u² + σ²",
    "With probability one half, σ_u² + σ²",
    "It would be wrong to say σ_u² + σ²",
    "It is bigger than σ_u² + σ²",
    "Without groups it is σ_u² + σ²",
    "They share a group, so the square of σ_u² + σ²",
    "σ_u² + σ², plus the covariance of the groups",
    "σ_u² + σ², the blocks come on top",
    "σ_u² + σ², but the groups differ",
    "σ_u² + σ² — twice for two groups",
    "σ_u² + σ², unless groups share a block",
    "sum over the groups: σ_u² + σ²",
    "The variance is not σ_u² + σ²",
    "the inverse of the groups: σ_u² + σ²",
    "minus the groups: σ_u² + σ²",
    "two times: σ_u² + σ²",
    "kσ² where k is the inverse of σ²",
    "σ_u² + σ², S = σ²",
    "one of two groups, so half: σ_u² + σ²",
]


@pytest.mark.parametrize(("asked", "answer"), RIGHT)
def test_what_stands_around_a_right_answer_is_left_out(asked: str, answer: str) -> None:
    verdict = check(answer, asked, M.vocabulary)
    assert verdict.correct, verdict.feedback


@pytest.mark.parametrize(("asked", "answer"), WRONG)
def test_what_stands_around_makes_no_wrong_answer_right(asked: str, answer: str) -> None:
    assert check(answer, asked, M.vocabulary).correct is False


@pytest.mark.parametrize("answer", UNREAD)
def test_what_denies_or_explains_nothing_is_not_read(answer: str) -> None:
    assert check(answer, "Var(y_11)", M.vocabulary).outcome == "unreadable"


@pytest.mark.parametrize(
    ("asked", "answer", "told"),
    [
        ("V", "Since u and e are correlated, Var(y) is ZGZ' + R", "Cov(u, ε) = 0"),
        ("V", r"Since $\mathbf{u}$ and $\boldsymbol{\varepsilon}$ are dependent, Var(y) = ZGZ' + R", "Cov(u, ε) = 0"),
        ("V", "ZGZ' + R since u is correlated with ε", "Cov(u, ε) = 0"),
        ("Var(y_11)", "y_11 and y_21 are independent, so it is σ_u² + σ²", "Cov(y_11, y_21) is not 0"),
        ("V", "Since u and e are independent, Var(y) is ZGZ' + R", ""),
        ("V", "Since u and e are not correlated, Var(y) is ZGZ' + R", ""),
        ("Cov(y_11, y_21)", "y_11 and y_21 are not independent, so it is σ_u²", ""),
    ],
)
def test_a_reason_that_does_not_hold_is_told(asked: str, answer: str, told: str) -> None:
    verdict = check(answer, asked, M.vocabulary)
    assert verdict.correct, verdict.feedback
    assert (f"Your reason does not hold, though: {told}" in verdict.feedback) is bool(told)
    assert ("reason" in verdict.facts) is bool(told)


@pytest.mark.parametrize(
    "remark",
    [
        "plus the residual variance", "minus a small correction", "times the number of blocks",
        "but twice that for two plots", "only for plots of one block", "in the limit of many plots",
        "divided by the mean",
    ],
)  # fmt: skip
def test_a_remark_that_changes_a_value_is_not_left_out(remark: str) -> None:
    asked = M.derive("Cov(y_11, y_21)").goal
    assert check(f"σ_u² ({remark})", asked, M).correct is not True
    assert check("σ_u² (both rows are in group one)", asked, M).correct is True


@pytest.mark.parametrize(
    ("answer", "is_right"),
    [
        ("I_2 ⊗ Σ, Σ_ij = σ²ρ^|i−j|", True),
        ("I_2 ⊗ Σ where Σ_{ij} = σ² ρ^{|i-j|}", True),
        ("I_2 ⊗ σ²[ρ^|i−j|]", True),
        (r"\mathbf{I}_2 \otimes \sigma^2 \{\rho^{|i-j|}\}", True),
        (r"\mathbf{I}_2 \otimes \boldsymbol{\Sigma},\ \boldsymbol{\Sigma} = (\sigma^2\rho^{|i-j|})_{i,j=1}^4", True),
        ("I_2 ⊗ Σ, Σ_ij = σρ^|i−j|", False),
        ("I_2 ⊗ Σ, Σ_ij = ρ^|i−j|", False),
        ("I_4 ⊗ Σ, Σ_ij = σ²ρ^|i−j|", False),
    ],
)
def test_a_matrix_by_its_elements_has_the_size_that_fits(answer: str, is_right: bool) -> None:
    assert check(answer, "V", repeated_measures(2, 4).vocabulary).correct is is_right

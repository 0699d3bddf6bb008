r"""What is said in words of distributions: independence, in which manner, and when a statement holds.

Each row is a text and the statements that it makes. No word that says something is dropped in silence: what is left
out is remarked on.
"""

from __future__ import annotations

import pytest

from tests.notation.outlines import outline
from tests.notation.test_rows_expressions import assert_reads_back
from tutor.notation.read import read

U, E = "u[q,1]", "e[n,1]"
U_DISTRIBUTED = f"{U} ~ N(Zero[q,1], G[q,q])"
E_DISTRIBUTED = f"{E} ~ N(Zero[n,1], R[n,n])"
MODEL = f"y[n,1] = (X[n,p] @ beta[p,1]) + (Z[n,q] @ {U}) + {E}"

ROWS: list[tuple[str, str]] = [
    # names at the end of a text that are independent
    ("u ~ N(0, G), e ~ N(0, R), u and e are independent", f"several: {U_DISTRIBUTED} ; {E_DISTRIBUTED} ; {U} ⊥ {E}"),
    ("u ~ N(0, G), e ~ N(0, R), u and e independent", f"several: {U_DISTRIBUTED} ; {E_DISTRIBUTED} ; {U} ⊥ {E}"),
    (r"u \sim N(0, G), e \sim N(0, R), \text{ } u \text{ and } e \text{ are independent}",
     f"several: {U_DISTRIBUTED} ; {E_DISTRIBUTED} ; {U} ⊥ {E}"),
    (r"y = X\beta + Zu + e, u and e are independent", f"several: {MODEL} ; {U} ⊥ {E}"),
    (r"y = X\beta + Zu + e, where u and e are mutually independent", f"several: {MODEL} ; {U} ⊥ {E}"),
    (r"u_j \sim N(0, \sigma^2_u), u_j, v_k and e_{ij} are independent",
     "several: u_j ~ N(0, sigma2_u) ; u_j ⊥ v_k ⊥ e_ij"),
    ("u and e are independent", f"other: {U} ⊥ {E}"),
    # words between names
    ("u independent of e", f"other: {U} ⊥ {E}"),
    ("u is independent of e", f"other: {U} ⊥ {E}"),
    ("u ~ N(0, G), e ~ N(0, R), u independent of e", f"several: {U_DISTRIBUTED} ; {E_DISTRIBUTED} ; {U} ⊥ {E}"),
    (r"\mathbf{u} \text{ is independent of } \mathbf{e}", f"other: {U} ⊥ {E}"),
    (r"u \perp e", f"other: {U} ⊥ {E}"),
    (r"u \perp\!\!\!\perp e", f"other: {U} ⊥ {E}"),
    ("u ⊥⊥ e", f"other: {U} ⊥ {E}"),
    ("u ⫫ e", f"other: {U} ⊥ {E}"),
    # behind a distribution: what has it is independent of what is named
    ("e ~ N(0, R), independent of u", f"several: {E_DISTRIBUTED} ; {E} ⊥ {U}"),
    (r"e_{ij} \sim N(0, \sigma^2) \text{ independent of } u_j", "several: e_ij ~ N(0, sigma2) ; e_ij ⊥ u_j"),
    (r"e_{ij} \sim N(0, \sigma^2), \text{ independently of } u_j", "several: e_ij ~ N(0, sigma2) ; e_ij ⊥ u_j"),
    (r"u \sim N(0, G), independent of e \sim N(0, R)",
     f"several: {U} ~ independent N(Zero[q,1], G[q,q]) ; {E_DISTRIBUTED}"),
    ("e ~ N(0, R), uncorrelated with u", f"several: {E_DISTRIBUTED} ; Cov({E}, {U}) = Zero[n,q]"),
    ("e_{ij} ~ N(0, σ²), independent of u_j and v_k", "several: e_ij ~ N(0, sigma2) ; e_ij ⊥ u_j ⊥ v_k"),
    # uncorrelated is less than independent
    ("u and e are uncorrelated", f"equation: Cov({U}, {E}) = Zero[q,n]"),
    ("u is uncorrelated with e", f"equation: Cov({U}, {E}) = Zero[q,n]"),
    (r"\mathbf{u} \text{ and } \mathbf{e} \text{ are uncorrelated}", f"equation: Cov({U}, {E}) = Zero[q,n]"),
    (r"u_j, v_k and e_{ij} are uncorrelated",
     "several: Cov(u_j, v_k) = 0 ; Cov(u_j, e_ij) = 0 ; Cov(v_k, e_ij) = 0"),
    # the manner of a distribution
    ("e_{ij} ~ iid N(0, σ²)", "distribution: e_ij ~ iid N(0, sigma2)"),
    ("e_{ij} ∼ i.i.d. N(0, σ²)", "distribution: e_ij ~ iid N(0, sigma2)"),
    ("e_{ij} ~ iidN(0, σ²)", "distribution: e_ij ~ iid N(0, sigma2)"),
    (r"e_{ij} \sim NID(0, \sigma^2)", "distribution: e_ij ~ ind N(0, sigma2)"),
    (r"e_{ij} \sim \text{NIID}(0, \sigma^2)", "distribution: e_ij ~ iid N(0, sigma2)"),
    (r"e_{ij} \overset{iid}{\sim} N(0, \sigma^2)", "distribution: e_ij ~ iid N(0, sigma2)"),
    (r"e_{ij} \stackrel{\text{iid}}{\sim} N(0, \sigma^2)", "distribution: e_ij ~ iid N(0, sigma2)"),
    (r"e_{ij} \stackrel{ind}{\sim} N(0, \sigma^2)", "distribution: e_ij ~ ind N(0, sigma2)"),
    ("u_j are iid N(0, σ²_u)", "distribution: u_j ~ iid N(0, sigma2_u)"),
    ("u_j are i.i.d. N(0, σ²_u)", "distribution: u_j ~ iid N(0, sigma2_u)"),
    (r"e_{ij} \sim IID(0, \sigma^2)", "distribution: e_ij ~ iid (0, sigma2)"),
    (r"y \text{ is distributed as } N(X\beta, V)", "distribution: y[n,1] ~ N(X[n,p] @ beta[p,1], V[n,n])"),
    (r"y follows N(X\beta, V)", "distribution: y[n,1] ~ N(X[n,p] @ beta[p,1], V[n,n])"),
    (r"y_1, \dots, y_k, \dots, y_n \sim N(\mu, \sigma^2)",
     "several: y_i ~ N(mu, sigma2) ; i from 1 to n"),
    # when a statement holds
    (r"Cov(y_i, y_j) = 0 for all i \neq j", "several: Cov(y_i, y_j) = 0 ; i ≠ j"),
    (r"Cov(y_i, y_j) = 0 \text{ if } i \neq j", "several: Cov(y_i, y_j) = 0 ; i ≠ j"),
    (r"e_{ij} \sim N(0, \sigma^2) \text{ for all } i \text{ and } j", "distribution: e_ij ~ N(0, sigma2)"),
    (r"e_{ij} \sim N(0, \sigma^2) \text{ independently for all } i, j",
     "distribution: e_ij ~ independent N(0, sigma2)"),
    (r"y = X\beta + e, assuming e \sim N(0, R)",
     f"several: y[n,1] = (X[n,p] @ beta[p,1]) + {E} ; {E_DISTRIBUTED}"),
    (r"y = X\beta + e \text{ where } e \sim N(0, R)",
     f"several: y[n,1] = (X[n,p] @ beta[p,1]) + {E} ; {E_DISTRIBUTED}"),
    (r"y_{ij} = \mu + \tau_i + e_{ij} with i = 1, ..., t", "index-model: y_ij = e_ij + mu + tau_i ; i from 1 to t"),
]  # fmt: skip

DROPPED: list[tuple[str, str]] = [
    # a text, and the words in it that are left out
    ("e_{ij} are independent", "are independent"),
    (r"y_i = \mu + e_i \text{ for all pairs}", r"\text{ for all pairs}"),
    ("y = Xβ + Zu + ε, where u is the vector of random effects, and u ~ N(0, G)", "is the vector of random effects"),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[text for text, _ in ROWS])
def test_a_text_says_what_its_words_do(text: str, told: str) -> None:
    reading = read(text)
    assert outline(reading) == told
    assert "words-dropped" not in {finding.key for finding in reading.findings}
    assert_reads_back(reading)


@pytest.mark.parametrize(("text", "words"), DROPPED, ids=[text for text, _ in DROPPED])
def test_words_that_are_left_out_are_remarked_on(text: str, words: str) -> None:
    reading = read(text)
    (found,) = [finding for finding in reading.findings if finding.key == "words-dropped"]
    assert reading.text[found.start : found.end].strip(" ,") == words.strip()
    assert "left out" in found.sentence


def test_independence_at_the_end_states_the_covariance() -> None:
    text = r"u_j \sim N(0, \sigma^2_u), e_{ij} \sim N(0, \sigma^2)"
    for said, is_open in (("", True), (", u_j and e_{ij} are independent", False),
                          (", u_j and e_{ij} are uncorrelated", False)):  # fmt: skip
        keys = [finding.key for finding in read(text + said).findings]
        assert ("covariance-unstated" in keys) is is_open

"""Two slips at once are found and named by both keys, in the order of the table."""

from __future__ import annotations

import pytest

from tests.checking.misconceptions.designs import Answer, answer, reference, vocabulary
from tutor import check, read, split_plot
from tutor.checking.misconceptions.table import MISCONCEPTIONS, ORDER

PAIRS: list[tuple[str, str, Answer, str]] = [
    ("blocks", "V", r"\sigma_u ZZ'", "missing-residual+sd-for-variance"),
    ("blocks by letters", "V", r"\sigma_u I_b \otimes J_t", "missing-residual+sd-for-variance"),
    ("more blocks", "V", r"\sigma I_{12}", "missing-random+sd-for-variance"),
    ("blocks by letters", "Var(y_11)", r"\sigma", "missing-random+sd-for-variance"),
    ("blocks", "V", r"(\sigma I_2 + \sigma_u J_2) \otimes I_3", "sd-for-variance+kronecker-swapped"),
    ("blocks by letters", "V", r"(\sigma_u^2 I_t + \sigma^2 J_t) \otimes I_b", "components-swapped+kronecker-swapped"),
    ("blocks", "V", r"\sigma_u^2 J_2 \otimes I_3", "missing-residual+kronecker-swapped"),
    ("more blocks", "V", r"\sigma_u^2 J_{12}", "missing-residual+covariance-everywhere"),
    ("blocks", "V", r"\sigma_u J_6 + \sigma I_6", "sd-for-variance+covariance-everywhere"),
    ("blocks", "V", r"\sigma^2 J_6 + \sigma_u^2 I_6", "components-swapped+covariance-everywhere"),
    ("blocks", "V", r"\sigma_u^2 I_6", "missing-residual+diagonal-only"),
    ("groups", "V", r"(\sigma + \sigma_u) I_6", "sd-for-variance+diagonal-only"),
    ("blocks", "V", r"\frac{1}{\sigma_u^2} ZZ' - R", "inverse-for-G+sign"),
    ("blocks", "V", r"\sigma ZZ' + \sigma_u I", "sd-for-variance+components-swapped"),
    ("blocks", "V^{-1}", "(ZGZ' + 2R)", "inverse-lost+factor-2"),
    ("split plots", "V", r"\sigma_u I_2 \otimes J_6 + \sigma_v I_4 \otimes J_3", "missing-residual+sd-for-variance"),
    ("blocks by letters", r"2\sigma^2/b", r"2(\sigma^2 + \sigma_u^2)", "missing-replication+blocks-in-difference"),
    ("blocks by letters", r"\sqrt{2\sigma^2/b}", r"\frac{2(\sigma^2 + \sigma_u^2)}{b}",
     "variance-for-sd+blocks-in-difference"),
    ("times", "Cov(y_11, y_31)", "ρ", "dropped-rho-power+correlation-for-covariance"),
    ("times", "Cov(y_11, y_31)", "ρ³", "off-by-one+correlation-for-covariance"),
    ("lecture", r"GZ'V^{-1}(y - X\beta)", "Z'V^{-1}y", "missing-factor+mean-not-subtracted"),
    ("blocks by letters", r"2\sigma^2/b", r"2\sigma", "missing-replication+sd-for-variance"),
    ("unequal groups", r"GZ'V^{-1}(y - X\beta)", r"\frac{1}{\sigma_u^2}Z'V^{-1}y", "inverse-for-G+mean-not-subtracted"),
]  # fmt: skip
"""Design, what is asked for, the wrong answer, both slips."""

NO_PAIR: list[tuple[str, str, Answer]] = [
    ("more blocks", "V", "ZGZ'ZGZ' + R"),
    ("blocks", "V", r"17 ZGZ' + \frac{1}{3} R"),
    ("blocks by letters", "V", r"\sigma^6 I"),
    ("unequal groups", "(X'V^{-1}X)^{-1}X'V^{-1}y", "(X'V^{-1}X)^{-1}X'V^{-1}RV^{-1}y"),
    ("split plots", "V", "ZGZ'R"),
    ("blocks by letters", r"2\sigma^2/b", r"\frac{7\sigma^2 + \sigma_u^4}{b^3}"),
]
"""Wrong answers that no slip, and no two, explain."""


@pytest.mark.parametrize(("design", "asked", "given", "keys"), PAIRS)
def test_two_slips_at_once_are_both_named(design: str, asked: str, given: Answer, keys: str) -> None:
    tree = reference(design, asked)
    verdict = check(answer(given, tree), tree, vocabulary(design))
    assert verdict.outcome == "incorrect"
    assert verdict.misconception == keys
    places = [ORDER[key] for key in keys.split("+")]
    assert places == sorted(places)
    assert all(MISCONCEPTIONS[key].words.law in verdict.explanation for key in keys.split("+"))


@pytest.mark.parametrize(("design", "asked", "given"), NO_PAIR)
def test_what_no_slip_explains_has_no_name(design: str, asked: str, given: Answer) -> None:
    tree = reference(design, asked)
    verdict = check(answer(given, tree), tree, vocabulary(design))
    assert verdict.outcome == "incorrect"
    assert verdict.misconception is None
    assert verdict.feedback.endswith("?")


def test_the_search_is_not_cut_short_in_a_design_of_72_rows() -> None:
    m = split_plot(3, 4, 6)
    asked = read("X'V^{-1}X", m.vocabulary).tree
    assert check("X'(ZGZ' - 2R)^{-1}X", asked, m.vocabulary).misconception == "factor-2+sign"

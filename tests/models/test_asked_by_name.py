"""A question by the name that it has elsewhere is told how it is asked here, and what is told there is can be asked."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from tests.models.truth import our_model
from tutor.errors import MissingAttributeError, TutorError
from tutor.models.asked_by_name import OF_FITS, OF_MODELS, how_asked
from tutor.models.catalogue import rcbd, regression

BLOCKS = rcbd("t", "b")
CALL = re.compile(r"\bm(?:\.\w+(?:\((?:\"[^\"…]*\"|seed=1|m\.\w+|, )*\)|\[\"\w+\"\])*)+")
CALLS = sorted({call for told in OF_MODELS.values() for call in CALL.findall(told)})


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gls", "m.blue"),
        ("PEV", 'm.Var("u_hat - u")'),
        ("Corr", "m.correlation("),
        ("variance_components", 'm.variance_estimators("ML")'),
        ("emmeans", "m.se_means("),
        ("log_likelihood", 'm.loglik("ML")'),
        ("simulat", "Did you mean simulate?"),
    ],
)
def test_a_model_says_how_it_is_asked(name: str, told: str) -> None:
    with pytest.raises(MissingAttributeError) as refused:
        getattr(BLOCKS, name)
    assert refused.value.tip is not None and told in refused.value.tip


@pytest.mark.parametrize("words", ["BLUE", "prediction error variance", "ANOVA", "Fisher information", "loglik", "ICC"])
def test_a_derivation_of_a_name_says_where_it_is(words: str) -> None:
    with pytest.raises(TutorError) as refused:
        BLOCKS.derive(words)
    assert refused.value.tip == how_asked(words)


def test_a_fit_says_where_the_numbers_of_lme4_are() -> None:
    fit = our_model("rail_oneway").fit()
    for word, told in OF_FITS.items():
        for name in re.findall(r"(?<!\w)\.(\w+)", told):
            assert hasattr(fit, name), (word, name)
    with pytest.raises(MissingAttributeError, match=r"The predictions û are \.effects"):
        fit.ranef  # noqa: B018  (asking is what raises) # pyright: ignore[reportAttributeAccessIssue]


@pytest.mark.parametrize("call", CALLS)
def test_what_is_told_can_be_asked(call: str) -> None:
    m = rcbd(2, 2)
    names = re.findall(r"\bm\.(\w+)", call)
    assert all(hasattr(m, name) for name in names)
    if "fit(" not in call and "simulate(" not in call:
        # The call is a line of the table, not of a student. β̂ is unique in the regression.
        eval(call, {"m": regression(4) if call == 'm.Var("beta_hat")' else BLOCKS})  # noqa: S307  (our own)


def test_a_model_is_copied_and_stored_as_before() -> None:
    m = rcbd(2, 2)
    assert copy.deepcopy(m) == m and pickle.loads(pickle.dumps(m)) == m  # noqa: S301
    assert not hasattr(m, "__array__") and not hasattr(m, "_repr_png_")

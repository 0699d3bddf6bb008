"""The reason of a closed form names what stands in its step, and what that stands for."""

from __future__ import annotations

import re
from functools import cache

import pytest

import tutor
from tutor.errors import TutorError
from tutor.models.mixed import MixedModel

NAME = re.compile(r"(?:[XZGR]|V(?!ar))(?:_\w)?")

MAKERS = {
    "rcbd": lambda: tutor.rcbd("t", "b"),
    "rcbd, fixed blocks": lambda: tutor.rcbd(3, 2, "fixed"),
    "split plot": lambda: tutor.split_plot(2, 3, 2),
    "strip plot": lambda: tutor.strip_plot("r", "c", "b"),
    "random slopes": lambda: tutor.random_slopes(3, [1, 2, 4]),
    "unequal groups": lambda: tutor.model("y ~ 1 + (1 | g)", {"y": [1, 2, 3, 4, 5], "g": list("aaabb")}),
}

REQUESTS = ("X'X", "X'Z", "Z", "X", "G", "ZG", "GZ'", "Z'Z", "ZZ'", "ZGZ'", "ZGZ' + R", "ZZ'X", "RX", "V", "Cov(u, y)",
            "Var(u)", "V^-1", "GZ'V^-1", "X'V^-1X", "Z'R^-1Z", "log|V|")  # fmt: skip


@cache
def made(name: str) -> MixedModel:
    return MAKERS[name]()


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("request_", REQUESTS)
def test_a_reason_names_nothing_that_is_not_in_its_step(name: str, request_: str) -> None:
    m = made(name)
    if m.Z is None and re.search("[ZGu]", request_):
        return
    try:
        derivation = m.derive(request_)
    except TutorError as refused:
        assert "No other form" in str(refused), refused
        return
    for step in derivation.steps:
        known = set(NAME.findall(f"{step.before} {step.after}"))
        for clause in step.because.split(", "):
            left, _, right = clause.partition(" = ")
            if set(NAME.findall(left)) <= known:
                known |= set(NAME.findall(right))  # Z = [Z_u Z_v] says what Z_u and Z_v are
            assert set(NAME.findall(clause)) <= known, f"{step.before} = {step.after}: {step.because}"


@pytest.mark.parametrize(
    ("name", "request_", "reason", "result"),
    [
        ("rcbd", "X'X", "X = [1_bt, 1_b ⊗ I_t]", "[[bt, b 1_t'], [b 1_t, b I_t]]"),
        ("rcbd", "ZG", "Z = I_b ⊗ 1_t, G = σ²_u I_b", "σ²_u (I_b ⊗ 1_t)"),
        ("rcbd", "GZ'V^-1", "G = σ²_u I_b, Z = I_b ⊗ 1_t", "(σ²_u/(σ² + t σ²_u)) (I_b ⊗ 1_t')"),
        ("rcbd", "Z'R^-1Z + G^-1", "Z = I_b ⊗ 1_t", "(t/σ² + 1/σ²_u) I_b"),
        ("rcbd", "Var(u)", "G = σ²_u I_b", "σ²_u I_b"),
        ("rcbd", "ZGZ'", "Z = I_b ⊗ 1_t, so ZZ' = I_b ⊗ J_t", "σ²_u (I_b ⊗ J_t)"),
        ("split plot", "Z", "I_m ⊗ I_n = I_mn, 1_m ⊗ 1_n = 1_mn", "[[I₂ ⊗ 1₆, I₄ ⊗ 1₃]]"),
        ("split plot", "ZGZ'", "Z_u Z_u' = I₂ ⊗ J₆, Z_v Z_v' = I₄ ⊗ J₃", "I₂ ⊗ (σ²_v (I₂ ⊗ J₃) + σ²_u J₆)"),
        ("unequal groups", "ZGZ'", "Z = 1₃ ⊕ 1₂, so ZZ' = J₃ ⊕ J₂", "σ²_u J₃ ⊕ σ²_u J₂"),
    ],
)
def test_the_last_step_has_its_own_reason(name: str, request_: str, reason: str, result: str) -> None:
    derivation = made(name).derive(request_)
    assert (derivation.steps[-1].because, str(derivation.result)) == (reason, result)

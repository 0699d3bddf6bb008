"""Correlations and variances are those of R's nlme (Pinheiro and Bates 2000, section 5.3)."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from typing import Any

import numpy as np
import pytest

from tutor.covariance import nugget, structure

TIMES = [0, 1, 2.5, 4]
FIELD = [(0, 0), (1, 0.5), (2, 2), (0.5, 3)]


@cache
def nlme_is_here() -> bool:
    """Whether R runs and has the packages."""
    if shutil.which("Rscript") is None:
        return False
    command = ["Rscript", "-e", "stopifnot(requireNamespace('nlme'), requireNamespace('jsonlite'))"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not nlme_is_here(), reason="Rscript with nlme and jsonlite is not here"),
]

PHI, THETA = 0.6, 0.3
GAMMA = (1 + PHI * THETA) * (PHI + THETA) / (1 + 2 * PHI * THETA + THETA**2)

CORRELATIONS: dict[str, tuple[str, Any, dict[str, float]]] = {
    "corAR1": ("corAR1(0.6, ~ k)", structure("ar1"), {"rho": 0.6}),
    "corAR1 negative": ("corAR1(-0.4, ~ k)", structure("ar1"), {"rho": -0.4}),
    "corCAR1": ("corCAR1(0.6, ~ x)", structure("pow", positions=TIMES), {"rho": 0.6}),
    "corCompSymm": ("corCompSymm(-0.2, ~ 1)", structure("cs"), {"rho": -0.2}),
    "corARMA": ("corARMA(c(0.6, 0.3), ~ k, p = 1, q = 1)", structure("arma11"), {"rho": PHI, "gamma": GAMMA}),
    "corExp": ("corExp(1.7, ~ x)", structure("exp", positions=TIMES), {"theta": 1.7}),
    "corExp in a field": ("corExp(1.7, ~ a + b)", structure("exp", positions=FIELD), {"theta": 1.7}),
    "corGaus": ("corGaus(1.7, ~ a + b)", structure("gau", positions=FIELD), {"theta": 1.7}),
    "corSpher": ("corSpher(2.7, ~ a + b)", structure("sph", positions=FIELD), {"theta": 2.7}),
    "corLin": ("corLin(2.7, ~ x)", structure("lin", positions=TIMES), {"theta": 2.7}),
    "corRatio": ("corRatio(1.7, ~ a + b)", structure("ratio", positions=FIELD), {"theta": 1.7}),
    "corSymm": (
        "corSymm(c(0.5, 0.2, -0.1, 0.4, 0.3, 0.25), ~ k)",
        structure("unr"),
        {f"sigma2_{k}": 1 for k in range(1, 5)}
        | {"rho_12": 0.5, "rho_13": 0.2, "rho_14": -0.1, "rho_23": 0.4, "rho_24": 0.3, "rho_34": 0.25},
    ),
    # nlme's variance is that of both, its nugget the share of what each row has alone.
    "nugget": (
        "corExp(c(1.7, 0.25), ~ x, nugget = TRUE)",
        nugget(structure("exp", positions=TIMES)),
        {"sigma2": 0.75, "theta": 1.7, "c": 0.25},
    ),
}
"""What it is: R's call, our structure, our values (the variance is 1 unless given)."""

VARIANCES: dict[str, tuple[str, Any, dict[str, float]]] = {
    "varIdent": (
        "varIdent(c(B = 2, C = 0.5, D = 3), ~ 1 | f)",
        structure("diag"),
        {"sigma2_1": 1, "sigma2_2": 4, "sigma2_3": 0.25, "sigma2_4": 9},
    ),
    "varPower": ("varPower(0.7, ~ v)", structure("varpower", covariate=[1, 2, 3.5, 0.5]), {"theta": 0.7}),
    "varExp": ("varExp(0.3, ~ v)", structure("varexp", covariate=[1, 2, 3.5, 0.5]), {"theta": 0.3}),
}
"""The same for functions of variance; nlme's weights are reciprocals of standard deviations."""


@cache
def matrices_of_nlme() -> dict[str, Any]:
    """Every matrix, by one process of R."""
    told = [
        "k = 1:4",
        f"x = c({', '.join(map(str, TIMES))})",
        "v = c(1, 2, 3.5, 0.5)",
        'f = factor(c("A","B","C","D"))',
    ]
    told += [f"{name} = c({', '.join(str(point[at]) for point in FIELD)})" for at, name in enumerate("ab")]
    lines = ["suppressPackageStartupMessages(library(nlme))", f"d <- data.frame({', '.join(told)})", "answer <- list()"]
    for name, (call, _, _) in CORRELATIONS.items():
        lines.append(f'answer[["{name}"]] <- unname(as.matrix(corMatrix(Initialize({call}, d))))')
    for name, (call, _, _) in VARIANCES.items():
        lines.append(f'answer[["{name}"]] <- diag(1 / as.numeric(varWeights(Initialize({call}, d)))^2)')
    lines.append("cat(jsonlite::toJSON(answer, digits = NA))")
    done = subprocess.run(
        ["Rscript", "--vanilla", "-"], input="\n".join(lines), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", [*CORRELATIONS, *VARIANCES])
def test_the_matrix_is_that_of_nlme(name: str) -> None:
    _, ours, values = (CORRELATIONS | VARIANCES)[name]
    scale = {"sigma2": 1} if any(p.key == "sigma2" for p in ours.parameters_of(4)) else {}
    np.testing.assert_allclose(ours.numpy({**scale, **values}, 4), matrices_of_nlme()[name], rtol=1e-12, atol=1e-14)

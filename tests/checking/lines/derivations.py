# ruff: noqa: E501  (an answer stands on one line)
"""Derivations as students write them: what was asked, the lines, the first wrong line, and the law that it breaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tutor import (
    Derivation,
    Lines,
    MixedModel,
    TutorError,
    crossed,
    latin_square,
    nested,
    one_way,
    random_intercepts,
    random_slopes,
    rcbd,
    read,
    regression,
    repeated_measures,
    split_plot,
)


@dataclass(frozen=True, slots=True)
class Case:
    """``line`` is the first wrong one, None for an answer that is right; ``key`` the misconception; ``carried`` are
    the lines that follow from a wrong one, ``again`` those that are right again after it."""

    model: str
    asked: str
    text: str
    line: int | None = None
    key: str | None = None
    carried: tuple[int, ...] = ()
    again: tuple[int, ...] = ()


@cache
def model(name: str) -> MixedModel:
    return {
        "blocks": lambda: rcbd(treatments=3, blocks=4),
        "letters": lambda: rcbd(treatments="t", blocks="b"),
        "line": lambda: regression([1, 2, 4]),
        "intercepts": lambda: random_intercepts(3, [1, 2, 3]),
        "slopes": lambda: random_slopes(3, [1, 2, 3]),
        "split": lambda: split_plot(whole=2, sub=2, blocks=3),
        "groups": lambda: one_way(groups=3, reps=2),
        "times": lambda: repeated_measures(subjects=2, times=3),
        "cs": lambda: repeated_measures(subjects=2, times=3, within="cs"),
        "latin": lambda: latin_square(3),
        "nested": lambda: nested(2, 2, 2),
        "crossed": lambda: crossed(2, 3, 2),
        "onel": lambda: one_way("a", "n"),
        "two": lambda: rcbd(2, 3),
    }[name]()


@cache
def derivation(name: str, asked: str) -> Derivation | Lines:
    """The derivation that the model of this name knows; where it knows none, the goal alone."""
    return derivation_of(model(name), asked)


def derivation_of(m: MixedModel, asked: str) -> Derivation | Lines:
    """The derivation that a model knows; where it knows none, the goal alone."""
    try:
        return m.derive(asked)
    except TutorError:
        tree = read(asked, m.vocabulary).tree
        assert tree is not None
        return Lines(tree)


RIGHT = [
    # one model, many spellings
    Case(
        "blocks",
        "Var(y)",
        "Var(y) = Var(Xβ + Zu + ε)\n= Var(Zu + ε)\n= Var(Zu) + Var(ε)\n= Z Var(u) Z' + Var(ε)\n= ZGZ' + R",
    ),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu + ε) = Var(Zu) + Var(ε) = ZGZ' + R"),
    Case("blocks", "Var(y)", "Var(y) = Var(2Xβ + Zu + ε)\n= Cov(Zu, 2Xβ) + Cov(2Zu, Zu)/2 + Var(ε)\n= ZGZ' + R"),
    Case(
        "blocks",
        "Var(y)",
        r"""
\begin{align*}
\operatorname{Var}(\mathbf{y}) &= \operatorname{Var}(\mathbf{X}\boldsymbol\beta + \mathbf{Zu} + \boldsymbol\varepsilon) \\
 &= \mathbf{Z}\operatorname{Var}(\mathbf{u})\mathbf{Z}' + \operatorname{Var}(\boldsymbol\varepsilon) && \text{since $u$ and $\varepsilon$ are independent} \\[4pt]
 &= \mathbf{ZGZ}' + \mathbf{R} \tag{1}
\end{align*}""",
    ),
    Case(
        "blocks",
        "Var(y)",
        r"\begin{eqnarray*} Var(y) &=& Var(Zu) + Var(\varepsilon) \\ &=& ZGZ' + R \nonumber \end{eqnarray*}",
    ),
    Case(
        "blocks", "Var(y)", r"$$\begin{array}{rcl} Var(y) &=& Var(Zu) + Var(\varepsilon) \\ &=& ZGZ' + R \end{array}$$"
    ),
    Case("blocks", "Var(y)", "1. Var(y) = Var(Zu + ε)\n2. = Var(Zu) + Var(ε)\n3. = ZGZ' + R"),
    Case("blocks", "Var(y)", "(1) Var(y) = Var(Zu + ε)\n(2) = Var(Zu) + Var(ε)\n(3) = ZGZ' + R"),
    Case("blocks", "Var(y)", "  1  Var(y) = Var(Xβ + Zu + ε)\n  2         = Var(Zu) + Var(ε)\n  3         = ZGZ' + R"),
    Case("blocks", "Var(y)", "Line 1: Var(y) = Var(Zu) + Var(ε)\nLine 2: Var(y) = ZGZ' + R"),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu + ε)\nVar(y) = Var(Zu) + Var(ε)\nVar(y) = ZGZ' + R"),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu + ε)\nVar(Zu + ε) = Var(Zu) + Var(ε)\nVar(Zu) + Var(ε) = ZGZ' + R"),
    Case("blocks", "Var(y)", "Var(Zu + ε)\nVar(Zu) + Var(ε)\nZGZ' + R"),
    Case(
        "blocks",
        "Var(y)",
        "= Var(Zu) + Var(ε) (since Cov(u, ε) = 0)\n= Z Var(u) Z' + R   [Var(Ax) = A Var(x) A']\n= ZGZ' + R",
    ),
    Case(
        "blocks",
        "Var(y)",
        "Var(y) = Var(Xβ + Zu + ε)  # the model\n= Var(Zu) + Var(ε), because they are independent\n= ZGZ'\n + R",
    ),
    Case(
        "blocks",
        "Var(y)",
        "We start from the model:\nVar(y) = Var(Zu + ε)\nNow use independence.\nThus Var(y) = Var(Zu) + Var(ε)\n⇒ Var(y) = ZGZ' + R",
    ),
    Case("blocks", "Var(y)", "V(y) = Var(Zu) + Var(ε)\n= ZGZ' + R"),
    Case("blocks", "Var(y)", "Var(y) = ZGZ' + R\n= σ²_u ZZ' + σ² I₁₂\n= I₄ ⊗ (σ²_u J₃ + σ² I₃)"),
    Case("blocks", "Var(y)", "ZGZ' + R"),
    Case("blocks", "Var(y)", "y ~ N(Xβ, ZGZ' + R)"),
    Case("blocks", "Var(y)", "E(y) = Xβ + Z E(u) + E(ε)\n= Xβ\nVar(y) = Var(Zu) + Var(ε)\n= ZGZ' + R"),
    Case("blocks", "Var(y)", "E(y) = Xβ\nVar(y) = ZGZ' + R\ny ~ N(Xβ, ZGZ' + R)"),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu + ε)\nCov(u, ε) = 0\n= Var(Zu) + Var(ε)\n= ZGZ' + R"),
    # backwards, and from both ends
    Case("blocks", "Var(y)", "ZGZ' + R = Z Var(u) Z' + Var(ε)\n= Var(Zu) + Var(ε)\n= Var(Zu + ε)\n= Var(y)"),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\nZGZ' + R = Z Var(u) Z' + Var(ε)\n= Var(Zu) + Var(ε)"),
    Case(
        "blocks",
        "Var(y)",
        "Var(y) = Cov(Zu + ε, Zu + ε)\n= Cov(Zu, Zu) + Cov(Zu, ε) + Cov(ε, Zu) + Cov(ε, ε)\n= Z Cov(u, u) Z' + 0 + 0 + R\n= ZGZ' + R",
    ),
    # means
    Case("blocks", "E(y)", "E(y) = E(Xβ + Zu + ε)\n= E(Xβ) + E(Zu) + E(ε)\n= Xβ + Z E(u) + 0\n= Xβ + Z 0 + 0\n= Xβ"),
    Case("blocks", "E(y)", "E(y) = Xβ + Z E(u) + E(ε) = Xβ"),
    Case("blocks", "E(y_11)", "E(y_11) = E(μ + τ_1 + u_1 + ε_11)\n= μ + τ_1 + E(u_1) + E(ε_11)\n= μ + τ_1"),
    Case("blocks", "E(y'y)", "E(y'y) = tr(Var(y)) + E(y)'E(y)\n= tr(V) + β'X'Xβ\n= 12(σ² + σ²_u) + β'X'Xβ"),
    Case("blocks", "E(y_11^2)", "E(y_11²) = Var(y_11) + E(y_11)²\n= σ² + σ²_u + (μ + τ_1)²"),
    # elements and averages
    Case(
        "blocks",
        "Cov(y_11, y_21)",
        "Cov(y_11, y_21) = Cov(μ + τ_1 + u_1 + ε_11, μ + τ_2 + u_1 + ε_21)\n= Cov(u_1 + ε_11, u_1 + ε_21)\n= Var(u_1)\n= σ²_u",
    ),
    Case(
        "blocks",
        "Cov(y_11, y_21)",
        "Cov(y_11, y_21) = Cov(u_1, u_1) + Cov(u_1, ε_21) + Cov(ε_11, u_1) + Cov(ε_11, ε_21)\n= σ²_u + 0 + 0 + 0\n= σ²_u",
    ),
    Case(
        "letters",
        "Cov(y_11, y_21)",
        "Cov(y_11, y_21) = Cov(u_1 + ε_11, u_1 + ε_21)\n= Var(u_1) + Cov(ε_11, ε_21)\n= σ²_u",
    ),
    Case(
        "blocks",
        "Var(y_11 - y_21)",
        "Var(y_11 - y_21) = Var(y_11) + Var(y_21) - 2Cov(y_11, y_21)\n= 2(σ² + σ²_u) - 2σ²_u\n= 2σ²",
    ),
    Case(
        "blocks",
        "Var(y_11 - y_21)",
        "Var(y_11 - y_21) = Var(u_1 + ε_11 - u_1 - ε_21) = Var(ε_11 - ε_21) = Var(ε_11) + Var(ε_21) = 2σ²",
    ),
    Case(
        "blocks",
        "Var(ybar_1.)",
        r"\operatorname{Var}(\bar y_{1\cdot}) = \frac{1}{4^2}\operatorname{Var}(y_{11} + y_{12} + y_{13} + y_{14}) \\ = \frac{1}{16}(\operatorname{Var}(y_{11}) + \operatorname{Var}(y_{12}) + \operatorname{Var}(y_{13}) + \operatorname{Var}(y_{14})) \\ = \frac{\sigma^2 + \sigma^2_u}{4}",
    ),
    Case(
        "letters",
        "Var(ybar_1.)",
        r"Var(ȳ_1·) = \frac{1}{b^2} \sum_{j=1}^b Var(y_{1j}) \\ = \frac{1}{b^2} b(σ² + σ²_u) \\ = (σ² + σ²_u)/b",
    ),
    Case(
        "letters",
        "Var(ybar_1. - ybar_2.)",
        "Var(ȳ_1· - ȳ_2·) = Var(ȳ_1·) + Var(ȳ_2·) - 2Cov(ȳ_1·, ȳ_2·)\n= 2(σ² + σ²_u)/b - 2σ²_u/b\n= 2σ²/b",
    ),
    Case("letters", "Var(ybar_1. - ybar_2.)", "Var(ȳ_1· - ȳ_2·) = Var(ε̄_1· - ε̄_2·)\n= 2σ²/b"),
    Case(
        "blocks",
        "corr(y_11, y_21)",
        r"Corr(y_11, y_21) = \frac{Cov(y_11, y_21)}{\sqrt{Var(y_11) Var(y_21)}} \\ = \frac{σ²_u}{\sqrt{(σ² + σ²_u)^2}} \\ = \frac{σ²_u}{σ² + σ²_u}",
    ),
    Case(
        "blocks",
        "sqrt(Var(ybar_1. - ybar_2.))",
        "sqrt(Var(ȳ_1· - ȳ_2·)) = sqrt(Var(ε̄_1·) + Var(ε̄_2·))\n= sqrt(2σ²/4)\n= sqrt(σ²/2)",
    ),
    # estimates
    Case(
        "line",
        "Var(betahat)",
        "Var(β̂) = Var((X'V⁻¹X)⁻¹X'V⁻¹y)\n= (X'V⁻¹X)⁻¹X'V⁻¹ Var(y) V⁻¹X(X'V⁻¹X)⁻¹\n= (X'V⁻¹X)⁻¹X'V⁻¹VV⁻¹X(X'V⁻¹X)⁻¹\n= (X'V⁻¹X)⁻¹",
    ),
    Case("intercepts", "betahat", "X'V⁻¹Xβ̂ = X'V⁻¹y\nβ̂ = (X'V⁻¹X)⁻¹X'V⁻¹y"),
    Case("intercepts", "E(betahat)", "E(β̂) = (X'V⁻¹X)⁻¹X'V⁻¹ E(y) = (X'V⁻¹X)⁻¹X'V⁻¹Xβ = β"),
    Case("intercepts", "Cov(u, y)", "Cov(u, y) = Cov(u, Xβ + Zu + ε)\n= Cov(u, Zu) + Cov(u, ε)\n= Var(u) Z'\n= GZ'"),
    Case("intercepts", "Var(uhat)", "Var(û) = GZ'P_V Var(y) P_V ZG = GZ'P_V V P_V ZG = GZ'P_V ZG"),
    Case("groups", "E(MS_e)", "E(MS_e) = σ²"),
    Case(
        "blocks", "E(MS_e)", "E(MS_e) = (1/6) E(y'A_residual y)\n= (1/6) (tr(A_residual V) + (Xβ)'A_residual Xβ)\n= σ²"
    ),
    Case("blocks", "V^-1", "V⁻¹ = (ZGZ' + R)⁻¹\n= R⁻¹ − R⁻¹Z(Z'R⁻¹Z + G⁻¹)⁻¹Z'R⁻¹"),
    # symbolic sizes and explicit matrices
    Case(
        "letters",
        "Var(y)",
        "Var(y) = ZGZ' + R\n= σ²_u (I_b ⊗ 1_t)(I_b ⊗ 1_t)' + σ² I\n= σ²_u (I_b ⊗ J_t) + σ² (I_b ⊗ I_t)\n= I_b ⊗ (σ²_u J_t + σ² I_t)",
    ),
    Case(
        "groups",
        "Var(y)",
        r"Var(y) = ZGZ' + R \\ = I_3 \otimes \begin{bmatrix} σ²_u & σ²_u \\ σ²_u & σ²_u \end{bmatrix} + σ² I \\ = I_3 \otimes \begin{bmatrix} σ²+σ²_u & σ²_u \\ σ²_u & σ²+σ²_u \end{bmatrix}",
    ),
    Case("groups", "Cov(y_11, y_12)", "Cov(y_11, y_12) = Cov(u_1 + ε_11, u_1 + ε_12) = σ²_u"),
    Case("split", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= ZGZ' + R"),
    Case("slopes", "Var(y)", "Var(y) = Z Var(u) Z' + R\n= ZGZ' + R"),
    Case("times", "Var(y)", "Var(y) = Var(Xβ + ε)\n= Var(ε)\n= R"),
]
"""Right answers."""

WRONG = [
    Case(
        "blocks",
        "Var(y)",
        "  1  Var(y) = Var(Xβ + Zu + ε)\n  2         = Xβ + Var(Zu) + Var(ε)\n  3         = Xβ + ZGZ' + R",
        2,
        "mean-in-variance",
        carried=(3,),
    ),
    Case("blocks", "Var(y)", "Var(y) = Var(Xβ) + Var(Zu) + Var(ε)\n= Xββ'X' + ZGZ' + R", 2, "mean-in-variance"),
    Case("blocks", "Var(y)", "Var(y) = Xβ + Var(Zu) + Var(ε)\n= ZGZ' + R", 1, "mean-in-variance", again=(2,)),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= Z Var(u) + R\n= ZG + R", 2, "scalar-rule", carried=(3,)),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= Z² Var(u) + R\n= Z²G + R", 2, "scalar-rule", carried=(3,)),
    Case(
        "blocks", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= Z Var(u) Z + R\n= ZGZ + R", 2, "transpose-lost", carried=(3,)
    ),
    Case(
        "blocks",
        "Var(y)",
        "Var(y) = Var(Zu) + Var(ε)\n= Z' Var(u) Z + R\n= Z'GZ + R",
        2,
        "transpose-misplaced",
        carried=(3,),
    ),
    Case("blocks", "Var(y)", "Var(y) = ZGZ' + R\n= GZZ' + R", 2, "order-swapped"),
    Case("blocks", "Var(y)", "Var(y) = ZGZ' + R\n= σ²_u ZZ' + σI₁₂", 2, "sd-for-variance"),
    Case("blocks", "Var(y)", "Var(y) = ZGZ' + R\n= σ² ZZ' + σ²_u I₁₂", 2, "components-swapped"),
    Case("blocks", "Var(y)", "Var(y) = ZGZ' + R\n= ZGZ'", 2, "missing-residual"),
    Case("blocks", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= R", 2, None),
    Case("blocks", "Var(y)", "Var(y) = σ²_u ZZ' + σ² I₁₂\n= σ²_u (J₃ ⊗ I₄) + σ² I₁₂", 2, "kronecker-swapped"),
    Case(
        "blocks",
        "Var(y)",
        "Var(y) = σ²_u (I₄ ⊗ 1₃)(I₄ ⊗ 1₃)' + σ² I₁₂\n= σ²_u (I₄ ⊗ 1₃)(1₃' ⊗ I₄) + σ² I₁₂",
        2,
        "kronecker-swapped",
    ),
    Case("blocks", "Var(y)", "Var(y) = σ²_u ZZ' + σ² I₁₂\n= σ²_u I₁₂ + σ² I₁₂", 2, "identity-for-ones"),
    Case("letters", "Var(y)", "Var(y) = ZGZ' + R\n= σ²_u (I_b ⊗ J_t) + σ² I\n= (σ²_u + σ²)(I_b ⊗ J_t)", 3, None),
    Case("letters", "Var(y)", "Var(y) = Xβ + ZGZ' + R", 1, "mean-in-variance"),
    Case("letters", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= Z Var(u) Z + R", 2, "transpose-lost"),
    Case(
        "groups",
        "Var(y)",
        r"Var(y) = ZGZ' + R \\ = I_3 \otimes \begin{bmatrix} σ²+σ²_u & σ²_u \\ σ²_u & σ²+σ²_u \end{bmatrix} \\ = I_3 \otimes \begin{bmatrix} σ²+σ²_u & 0 \\ 0 & σ²+σ²_u \end{bmatrix}",
        3,
        "diagonal-only",
    ),
    Case("blocks", "E(y)", "E(y) = E(Xβ) + E(Zu) + E(ε)\n= Xβ + Zu", 2, "random-in-mean"),
    Case("blocks", "E(y)", "E(y) = Xβ + Z E(u) + E(ε)\n= Xβ + ε", 2, "error-in-mean"),
    Case("blocks", "E(y_11)", "E(y_11) = E(μ + τ_1 + u_1 + ε_11)\n= μ + τ_1 + u_1", 2, "random-in-mean"),
    Case("blocks", "E(y'y)", "E(y'y) = E(y)'E(y)\n= β'X'Xβ", 1, "jensen", carried=(2,)),
    Case("blocks", "E(y_11^2)", "E(y_11²) = E(y_11)²\n= (μ + τ_1)²", 1, "jensen", carried=(2,)),
    Case("blocks", "E(y_11 y_21)", "E(y_11 y_21) = E(y_11) E(y_21)\n= (μ + τ_1)(μ + τ_2)", 1, "jensen", carried=(2,)),
    Case(
        "blocks",
        "Var(y_11 - y_21)",
        "Var(y_11 - y_21) = Var(y_11) + Var(y_21)\n= 2σ² + 2σ²_u",
        1,
        "variance-of-sum",
        carried=(2,),
    ),
    Case("blocks", "Var(y_11 - y_21)", "Var(y_11 - y_21) = Var(y_11) - Var(y_21)\n= 0", 1, "sign", carried=(2,)),
    Case(
        "blocks",
        "Var(y_11 - y_21)",
        "Var(y_11 - y_21) = Var(y_11) + Var(y_21) + 2Cov(y_11, y_21)\n= 2σ² + 4σ²_u",
        1,
        "sign",
        carried=(2,),
    ),
    Case(
        "blocks",
        "Var(y_11 + y_21)",
        "Var(y_11 + y_21) = Var(y_11) + Var(y_21) + Cov(y_11, y_21)\n= 2σ² + 3σ²_u",
        1,
        "factor-2",
        carried=(2,),
    ),
    Case("blocks", "Var(2y_11)", "Var(2y_11) = 2Var(y_11)\n= 2(σ² + σ²_u)", 1, "scalar-rule", carried=(2,)),
    Case(
        "blocks",
        "Var(ybar_1.)",
        "Var(ȳ_1·) = (1/4) Var(y_11 + y_12 + y_13 + y_14)\n= (1/4) 4(σ² + σ²_u)\n= σ² + σ²_u",
        1,
        "scalar-rule",
        carried=(2, 3),
    ),
    Case(
        "letters",
        "Var(ybar_1.)",
        r"Var(ȳ_1·) = \frac1b \sum_{j=1}^b Var(y_{1j}) \\ = σ² + σ²_u",
        1,
        "scalar-rule",
        carried=(2,),
    ),
    Case("letters", "Var(ybar_1.)", "Var(ȳ_1·) = σ² + σ²_u", 1, "missing-replication"),
    Case(
        "letters",
        "Var(ybar_1. - ybar_2.)",
        "Var(ȳ_1· - ȳ_2·) = Var(ȳ_1·) + Var(ȳ_2·)\n= 2(σ² + σ²_u)/b",
        1,
        "variance-of-sum",
        carried=(2,),
    ),
    Case(
        "blocks",
        "Var(ybar_1. - ybar_2.)",
        "Var(ȳ_1· - ȳ_2·) = Var(ȳ_1·) + Var(ȳ_2·)\n= 2(σ² + σ²_u)/4\n= σ²/2",
        1,
        "variance-of-sum",
        carried=(2,),
        again=(3,),
    ),
    Case("letters", "Var(ybar_1. - ybar_2.)", "Var(ȳ_1· - ȳ_2·) = Var(ȳ_1·) - Var(ȳ_2·)\n= 0", 1, "sign", carried=(2,)),
    Case("blocks", "Cov(y_11, y_21)", "Cov(y_11, y_21) = Cov(u_1 + ε_11, u_1 + ε_21)\n= 0", 2, "covariance-missing"),
    Case(
        "blocks",
        "Cov(y_11, y_21)",
        "Cov(y_11, y_21) = Cov(u_1 + ε_11, u_1 + ε_21)\n= Var(u_1) + Var(ε_11)\n= σ²_u + σ²",
        2,
        "variance-for-covariance",
        carried=(3,),
    ),
    Case(
        "letters",
        "Cov(y_11, y_21)",
        "Cov(y_11, y_21) = Cov(u_1 + ε_11, u_1 + ε_21)\n= Var(u_1) + Var(ε_11)\n= σ²_u + σ²",
        2,
        "variance-for-covariance",
        carried=(3,),
    ),
    Case(
        "blocks", "Cov(2y_11, 3y_21)", "Cov(2y_11, 3y_21) = 2Cov(y_11, y_21)\n= 2σ²_u", 1, "scalar-rule", carried=(2,)
    ),
    Case(
        "blocks",
        "corr(y_11, y_21)",
        "Corr(y_11, y_21) = Cov(y_11, y_21)\n= σ²_u",
        1,
        "covariance-for-correlation",
        carried=(2,),
    ),
    Case(
        "blocks",
        "corr(y_11, y_21)",
        "Corr(y_11, y_21) = Cov(y_11, y_21)/(Var(y_11) Var(y_21))\n= σ²_u/(σ² + σ²_u)²",
        1,
        "variance-for-sd",
        carried=(2,),
    ),
    Case(
        "intercepts",
        "Var(betahat)",
        "Var(β̂) = Var((X'V⁻¹X)⁻¹X'V⁻¹y)\n= (X'V⁻¹X)⁻¹X'V⁻¹ Var(y)\n= (X'V⁻¹X)⁻¹X'",
        2,
        "scalar-rule",
        carried=(3,),
    ),
    Case(
        "intercepts",
        "Var(betahat)",
        "Var(β̂) = Var((X'V⁻¹X)⁻¹X'V⁻¹y)\n= (X'V⁻¹X)⁻¹X'V⁻¹ Var(y) (X'V⁻¹X)⁻¹X'V⁻¹",
        2,
        "transpose-lost",
    ),
    Case("intercepts", "Var(betahat)", "Var(β̂) = (X'V⁻¹X)⁻¹X'V⁻¹VV⁻¹X(X'V⁻¹X)⁻¹\n= X'V⁻¹X", 2, "inverse-lost"),
    Case("intercepts", "Var(betahat)", "Var(β̂) = (X'V⁻¹X)⁻¹\n= X⁻¹V(X')⁻¹", 2, "shapes-do-not-meet"),
    Case("intercepts", "Cov(u, y)", "Cov(u, y) = Cov(u, Zu)\n= Cov(u, u) Z\n= GZ", 2, "transpose-lost", carried=(3,)),
    Case("intercepts", "Cov(u, y)", "Cov(u, y) = GZ'\n= ZG", 2, "transpose-lost"),
    Case("blocks", "V^-1", "V⁻¹ = (ZGZ' + R)⁻¹\n= (ZGZ')⁻¹ + R⁻¹", 2, "inverse-of-sum"),
    Case("blocks", "(V + R)^-1", "(V + R)⁻¹ = V⁻¹ + R⁻¹", 1, "inverse-of-sum"),
    Case("slopes", "(ZG)'", "(ZG)' = Z'G'", 1, "order-swapped"),
    Case("slopes", "(V(XX' + I))^-1", "(V(X X' + I))⁻¹ = V⁻¹(X X' + I)⁻¹", 1, "order-swapped"),
    Case("slopes", "V(XX' + R)V^-1", "V(XX' + R)V⁻¹ = XX' + R", 1, "order-swapped"),
    Case("blocks", "V - (ZGZ' + XX')", "V - (ZGZ' + XX') = V - ZGZ' + XX'\n= R + XX'", 1, "sign", carried=(2,)),
    Case("blocks", "V(R + XX')", "V(R + XX') = VR + XX'", 1, "parentheses-lost"),
    Case("blocks", "(V + R)(V + XX')", "(V + R)(V + XX') = VV + RXX'", 1, "missing-term"),
    Case("blocks", "tr(V XX')", "tr(V XX') = tr(V) tr(XX')", 1, "trace-of-product"),
    Case("blocks", "|V + R|", "|V + R| = |V| + |R|", 1, "determinant-of-sum"),
    Case("blocks", "J_3 J_3", "J_3 J_3 = J_3", 1, "missing-factor"),
    Case("blocks", "sqrt(σ² + σ²_u)", "sqrt(σ² + σ²_u) = σ + σ_u", 1, "sum-of-sd"),
    Case("blocks", "1/(σ² + σ²_u)", "1/(σ² + σ²_u) = 1/σ² + 1/σ²_u", 1, "inverse-of-sum"),
    Case("blocks", "(σ² + σ²_u)^2", "(σ² + σ²_u)² = σ⁴ + σ⁴_u", 1, "missing-term"),
    Case(
        "groups",
        "E(MS_e)",
        "E(MS_e) = (1/3) E(y'A_residual y)\n= (1/3) (Xβ)'A_residual Xβ\n= 0",
        2,
        "jensen",
        carried=(3,),
    ),
    Case("split", "Var(y)", "Var(y) = Var(Zu) + Var(ε)\n= ZGZ' - R", 2, "sign"),
    Case("blocks", "Var(y)", "y ~ N(Xβ, ZGZ')", 1, "missing-residual"),
    Case("blocks", "Var(y)", "E(y) = Xβ + Zu\nVar(y) = ZGZ' + R", 1, "random-in-mean"),
]
"""Wrong answers; a key of None is any or none."""

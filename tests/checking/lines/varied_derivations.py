# ruff: noqa: E501  (an answer stands on one line)
"""More derivations as students write them, about many designs: written down before the checker had seen them."""

from __future__ import annotations

from tests.checking.lines.derivations import Case

# fmt: off
VARIED_RIGHT = [
    Case("blocks","E(ybar_1.)","E(ȳ_1·) = E((y_11 + y_12 + y_13 + y_14)/4)\n= (1/4)(E(y_11) + E(y_12) + E(y_13) + E(y_14))\n= (1/4) 4 (μ + τ_1)\n= μ + τ_1"),
    Case("letters","E(ybar_1.)","E(ȳ_1·) = E(1/b Σ_{j=1}^b y_1j)\n= 1/b Σ_{j=1}^b E(y_1j)\n= 1/b b (μ + τ_1)\n= μ + τ_1"),
    Case("letters","Var(ybar_1.)",r"Var(\bar y_{1\cdot}) = Var(\frac1b \sum_{j=1}^b y_{1j}) \\ = \frac{1}{b^2} Var(\sum_{j=1}^b y_{1j}) \\ = \frac{1}{b^2} \sum_{j=1}^b Var(y_{1j}) \\ = \frac{1}{b^2} b (\sigma^2 + \sigma_u^2) \\ = \frac{\sigma^2 + \sigma_u^2}{b}"),
    Case("letters","Var(ybar_1.)",r"Var(\bar y_{1\cdot}) = Var(\sum_j y_{1j} / b) = \frac{1}{b^2}\sum_j Var(y_{1j}) = \frac{\sigma^2 + \sigma_u^2}{b}"),
    Case("letters","Var(ybar_1. - ybar_2.)",r"Var(ȳ_1· - ȳ_2·) = Var(\frac1b \sum_{j=1}^b (y_{1j} - y_{2j})) \\ = \frac{1}{b^2} \sum_{j=1}^b Var(ε_{1j} - ε_{2j}) \\ = \frac{1}{b^2} b 2σ² \\ = 2σ²/b"),
    Case("blocks","Var(ybar_1. - ybar_2.)","Var(ȳ_1· - ȳ_2·) = Var(ȳ_1·) + Var(ȳ_2·) - 2 Cov(ȳ_1·, ȳ_2·)\n= (σ² + σ²_u)/4 + (σ² + σ²_u)/4 - 2 σ²_u/4\n= σ²/2"),
    Case("blocks","Cov(y_11, y_21)","Cov(y_11, y_21) = E(y_11 y_21) - E(y_11)E(y_21)\n= σ²_u + (μ + τ_1)(μ + τ_2) - (μ + τ_1)(μ + τ_2)\n= σ²_u"),
    Case("blocks","Cov(y_11, y_12)","Cov(y_11, y_12) = Cov(u_1 + ε_11, u_2 + ε_12) = Cov(u_1, u_2) + Cov(u_1, ε_12) + Cov(ε_11, u_2) + Cov(ε_11, ε_12) = 0"),
    Case("nested","Cov(y_111, y_121)","Cov(y_111, y_121) = Cov(u_1 + v_11 + ε_111, u_1 + v_12 + ε_121)\n= Var(u_1)\n= σ²_u"),
    Case("nested","Var(ybar_1..)","Var(ȳ_1··) = Var(u_1 + v̄_1· + ε̄_1··)\n= σ²_u + σ²_v/2 + σ²/4"),
    Case("crossed","Var(y_111)","Var(y_111) = Var(μ + u_1 + v_1 + w_11 + ε_111)\n= Var(u_1) + Var(v_1) + Var(w_11) + Var(ε_111)\n= σ²_u + σ²_v + σ²_w + σ²"),
    Case("latin","Cov(y_111, y_122)","Cov(y_111, y_122) = Cov(r_1 + c_1 + ε_111, r_1 + c_2 + ε_122) = Cov(r_1, r_1) = σ²_r"),
    Case("onel","Var(ybar_1.)",r"Var(ȳ_1·) = Var(μ + u_1 + ε̄_1·) \\ = Var(u_1) + Var(ε̄_1·) \\ = σ²_u + σ²/n"),
    Case("onel","Var(ybar_1.)",r"Var(ȳ_1·) = Var(u_1 + \frac1n\sum_{j=1}^n ε_{1j}) = σ²_u + \frac{1}{n^2}\sum_{j=1}^n Var(ε_{1j}) = σ²_u + \frac{σ²}{n}"),
    Case("blocks","V^-1","V⁻¹ = (R + ZGZ')⁻¹\n= R⁻¹ - R⁻¹Z(G⁻¹ + Z'R⁻¹Z)⁻¹Z'R⁻¹\n= (1/σ²)(I_12 - Z(σ²/σ²_u I_4 + Z'Z)⁻¹Z')\n= (1/σ²)(I_12 - (σ²_u/(σ² + 3σ²_u)) ZZ')"),
    Case("letters","V^-1","V⁻¹ = (I_b ⊗ (σ² I_t + σ²_u J_t))⁻¹\n= I_b ⊗ (σ² I_t + σ²_u J_t)⁻¹\n= I_b ⊗ (1/σ²)(I_t - σ²_u/(σ² + tσ²_u) J_t)"),
    Case("intercepts","Var(betahat)","Var(β̂) = (X'V⁻¹X)⁻¹X'V⁻¹ Var(y) (  (X'V⁻¹X)⁻¹X'V⁻¹ )'\n= (X'V⁻¹X)⁻¹X'V⁻¹V V⁻¹X(X'V⁻¹X)⁻¹\n= (X'V⁻¹X)⁻¹(X'V⁻¹X)(X'V⁻¹X)⁻¹\n= (X'V⁻¹X)⁻¹"),
    Case("intercepts","uhat","û = Cov(u, y) Var(y)⁻¹ (y - Xβ̂)\n= GZ'V⁻¹(y - Xβ̂)"),
    Case("cs","Var(y_11 - y_21)","Var(y_11 - y_21) = Var(y_11) + Var(y_21) - 2Cov(y_11, y_21)\n= σ² + σ² - 2ρσ²\n= 2σ²(1 - ρ)"),
    Case("times","Cov(y_11, y_31)","Cov(y_11, y_31) = Cov(ε_11, ε_31) = σ²ρ²"),
    Case("blocks","Var(y)","E(y) = Xβ\nVar(y) = Var(Zu) + Var(ε)\n= Z G Z' + R\nThus y ~ N(Xβ, ZGZ' + R)"),
    Case("split","Var(y)","Var(y) = Z Var(u) Z' + Var(ε)\n= σ²_u Z_u Z_u' + σ²_v Z_v Z_v' + σ² I_12"),
    Case("groups","E(MS_e)","E(MS_e) = E(SS_e)/3\n= 3σ²/3\n= σ²"),
    Case("groups","E(MS_group)","E(MS_group) = E(SS_group)/2 = (2σ² + 4σ²_u)/2 = σ² + 2σ²_u"),
    Case("blocks","E(y)","E(y) = Xβ + Z·0 + 0 = Xβ"),
    Case("blocks","E(MS_block)","E(MS_block) = σ²+3σ_u²\nE(MS_e) = σ²\nE((MS_block − MS_e)/3) = (E(MS_block) − E(MS_e))/3\n= σ_u²"),
]

VARIED_WRONG = [
    Case("groups","E(MS_e)","E(MS_e) = E(SS_e)/3\n= 3σ²",2,"missing-replication"),
    Case("groups","E(MS_group)","E(MS_group) = E(SS_group)/2 = σ²_u + 2σ²",2,"components-swapped"),
    Case("line","Var(2y_1 - y_2)","Var(2y_1 - y_2) = 2σ² + σ²",1,"scalar-rule"),
    Case("line","Var(2y_1 - y_2)","Var(2y_1 - y_2) = 4σ² - σ²",1,"sign"),
    Case("blocks","Var(2y_11 - y_21)","Var(2y_11 - y_21) = 2Var(y_11) + Var(y_21) - 4Cov(y_11, y_21)",1,"scalar-rule"),
    Case("blocks","Var(2y_11 - y_21)","Var(2y_11 - y_21) = 4Var(y_11) - Var(y_21) - 4Cov(y_11, y_21)",1,"sign"),
    Case("groups","Var(ybar_2.)","Var(ȳ_2.) = Var((y_21 + y_22)/2)\n= (1/2)Var(y_21 + y_22)",2,"scalar-rule"),
    Case("groups","Var(ybar_2.)","Var(ȳ_2.) = Var(u_2 + ε̄_2.)\n= σ²_u + σ²",2,"missing-replication"),
    Case("split","Var(y)","Var(y) = Z Var(u) Z' + Var(ε) = ZG⁻¹Z' + R",2,"inverse-for-G"),
    Case("blocks","Var(y)","Var(y) = Z Var(u) Z' + Var(ε)\n= σ²_u Z'Z + σ² I",2,"transpose-misplaced"),
    Case("blocks","E(ybar_1.)","E(ȳ_1·) = (1/4)(E(y_11) + E(y_12) + E(y_13) + E(y_14))\n= 4(μ + τ_1)",2,None),
    Case("letters","Var(ybar_1.)",r"Var(\bar y_{1\cdot}) = Var(\frac1b \sum_{j=1}^b y_{1j}) \\ = \frac{1}{b} \sum_{j=1}^b Var(y_{1j}) \\ = σ² + σ²_u",2,"scalar-rule",carried=(3,)),
    Case("letters","Var(ybar_1. - ybar_2.)","Var(ȳ_1· - ȳ_2·) = Var(ȳ_1·) + Var(ȳ_2·) - 2Cov(ȳ_1·, ȳ_2·)\n= 2(σ² + σ²_u)/b - 2σ²_u\n= 2σ²/b",2,None,again=(3,)),
    Case("blocks","Cov(y_11, y_21)","Cov(y_11, y_21) = Cov(u_1 + ε_11, u_1 + ε_21)\n= Cov(u_1, u_1) + Cov(ε_11, ε_21)\n= σ²_u + σ²",3,"variance-for-covariance"),
    Case("nested","Cov(y_111, y_121)","Cov(y_111, y_121) = Cov(u_1 + v_11 + ε_111, u_1 + v_12 + ε_121)\n= Var(u_1) + Var(v_11)\n= σ²_u + σ²_v",2,"variance-for-covariance",carried=(3,)),
    Case("nested","Var(ybar_1..)","Var(ȳ_1··) = Var(u_1 + v̄_1· + ε̄_1··)\n= (σ²_u + σ²_v + σ²)/4",2,None),
    Case("crossed","Var(y_111)","Var(y_111) = Var(u_1) + Var(v_1) + Var(w_11) + Var(ε_111)\n= σ_u + σ_v + σ_w + σ",2,"sd-for-variance"),
    Case("latin","Cov(y_111, y_122)","Cov(y_111, y_122) = Cov(r_1 + c_1 + ε_111, r_1 + c_2 + ε_122) = σ²_r + σ²_c",2,None),
    Case("onel","Var(ybar_1.)","Var(ȳ_1·) = Var(u_1 + ε̄_1·) = (σ²_u + σ²)/n",2,None),
    Case("blocks","V^-1","V⁻¹ = R⁻¹ - R⁻¹Z(G + Z'R⁻¹Z)⁻¹Z'R⁻¹",1,"G-for-inverse"),
    Case("blocks","V^-1","V⁻¹ = R⁻¹ - R⁻¹Z(G⁻¹ + Z'R⁻¹Z)⁻¹Z'R⁻¹\n= (1/σ²)(I_12 - (σ²_u/(σ² + σ²_u)) ZZ')",2,None),
    Case("blocks","V^-1","V⁻¹ = R⁻¹ + R⁻¹Z(G⁻¹ + Z'R⁻¹Z)⁻¹Z'R⁻¹",1,"sign"),
    Case("intercepts","Var(betahat)","Var(β̂) = (X'V⁻¹X)⁻¹X'V⁻¹ Var(y) V⁻¹X(X'V⁻¹X)⁻¹\n= (X'V⁻¹X)⁻¹X'V⁻¹X",2,None),
    Case("intercepts","Var(betahat)","Var(β̂) = (X'V⁻¹X)⁻¹X'V⁻¹ Var(y) V⁻¹X(X'V⁻¹X)⁻¹\n= σ²(X'X)⁻¹",2,None),
    Case("intercepts","uhat","û = GZ'V⁻¹(y - Xβ̂)\n= GZ'V⁻¹y",2,"mean-not-subtracted"),
    Case("intercepts","uhat","û = Cov(u, y) Var(y)⁻¹ (y - Xβ̂)\n= ZG V⁻¹(y - Xβ̂)",2,None),
    Case("cs","Var(y_11 - y_21)","Var(y_11 - y_21) = Var(y_11) + Var(y_21) - 2Cov(y_11, y_21)\n= 2σ² - 2ρ",2,None),
    Case("times","Cov(y_11, y_31)","Cov(y_11, y_31) = Cov(ε_11, ε_31) = 2σ²ρ",2,None),
    Case("blocks","Var(y)","Var(y) = E(yy') - E(y)E(y)'\n= E(yy')\n= ZGZ' + R",2,None,again=(3,)),
    Case("split","Var(y)","Var(y) = Z Var(u) Z' + Var(ε)\n= σ²_u Z Z' + σ² I_12",2,None),
    Case("two","Var(ybar_1.)","Var(ȳ_1·) = (1/9)(Var(y_11) + Var(y_12) + Var(y_13))\n= (1/9)(σ² + σ²_u)\n= (σ² + σ²_u)/9",2,None,carried=(3,)),
    Case("two","E(y)","E(y) = E(Xβ) + E(Zu) + E(ε)\n= Xβ + Zu + 0",2,"random-in-mean"),
    Case("two","Var(y)","Var(y) = Var(Zu) + Var(ε)\n= Z²G + R",2,"scalar-rule"),
]
# fmt: on
"""Right and wrong answers; of a wrong one the first wrong line and its key, None for any or none."""

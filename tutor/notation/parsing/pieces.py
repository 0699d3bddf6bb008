"""The pieces of a text by their looks, of which the lexer makes tokens: the name of a group is the kind of a piece."""

from __future__ import annotations

import re

PIECE = re.compile(
    r"""(?P<space>\s+)
    |(?P<linebreak>\\\\\*?(?:\s*\[\s*-?[\d.]+\s*(?:[a-z]{2}|\\[A-Za-z]+)\s*\])?)
    |(?P<defines>\\colon\s*=|:=|=:|<-(?=\s))
    |(?P<denied>\\not\s*(?:=|\\sim(?![A-Za-z])))
    |(?P<environment>\\(?:begin|end)\s*\{)
    |(?P<command>\\(?:[A-Za-z]+(?:(?:(?<=operatorname)|(?<=[hv]space))\*)?|.|$))
    |(?P<number>(?:[0-9]+\{,\}[0-9]+|[0-9]+(?:\.[0-9]+|\.(?![A-Za-z.]))?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?![A-Za-z0-9]))?)
    |(?P<module>(?:np|numpy|sp|sympy|scipy|la|npl|linalg)\.(?:(?:linalg|special|sparse)\.)?(?=[A-Za-z])
        |(?:base|stats|MASS|Matrix|lme4|nlme)::(?=[A-Za-z]))
    |(?P<prepared>(?:i\.\s?i\.\s?d\.?|(?:indep|ind|approx|asymp|asy)\.(?=\s))(?![A-Za-z]))
    |(?P<program>chol2inv(?=\s*\())
    |(?P<dotted>s\.\s?e\.?(?=\s*\}?\s*(?:\(|\[|\\left)))
    |(?P<method>\.\s*(?:[TI](?![A-Za-z])|(?:t|inv|transpose|det|trace)\(\s*\)|dot(?=\s*\()|shape\s*\[\s*[01]\s*\]))
    |(?P<pointed>(?<=[A-Za-z0-9])\.(?=[A-Za-z_]))
    |(?P<ellipsis>\.{4,6}|\.\ ?\.\ ?\.|(?<=[0-9,])\.\.(?=[,A-Za-z])|[…⋯⋮⋱])
    |(?P<small>[⁰¹²³⁴-⁹⁺⁻ᵀᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴾᴿ]+)
    |(?P<vulgar>[¼½¾⅓⅔⅕⅙⅛])
    |(?P<letter>[^\W\d_]|[𝟙𝟏𝟎])
    |(?P<percent>%\*%|%x%|%o%)
    |(?P<power>\*\*|\^)
    |(?P<equal>==?|(?<=\s)<-(?=\s))
    |(?P<order><=|>=|!=)
    |(?P<prime>['′’ʹ″]+)
    |(?P<mark>[&$])
    |(?P<bar>[|‖])
    |(?P<sign>.)""",
    re.X | re.S,
)
"""One piece; its last group takes any character."""

PLURAL = re.compile(
    r"['’]s(?=\s*\$?\s*(?:\\(?:text|mathrm|textrm|mbox)\s*\{\s*)?(?:[,]?\s*(?:are|follow|i\.?\s?i\.?\s?d)(?![A-Za-z]))|\s*(?:\\sim(?![A-Za-z])|∼))"
)
"""The s of several of a name, as in "the u_j's are iid N(0, σ²)"."""

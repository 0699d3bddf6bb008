r"""Which characters and TeX commands say the same thing: tables only, read by the lexer."""

from __future__ import annotations

from tutor.notation.names import GREEK

GREEK_COMMANDS: dict[str, str] = {
    **{key: key for key in GREEK},
    "varepsilon": "epsilon",
    "vartheta": "theta",
    "varphi": "phi",
    "varrho": "rho",
    "varsigma": "sigma",
    "varpi": "pi",
    "varkappa": "kappa",
}
"""TeX command: base of a key."""

GREEK_LETTERS: dict[str, str] = {
    **{unicode: key for key, (_, unicode) in GREEK.items()},
    "ϵ": "epsilon",
    "ϑ": "theta",
    "ϕ": "phi",
    "ϱ": "rho",
    "ς": "sigma",
    "ϖ": "pi",
    "µ": "mu",
}
"""Unicode letter: base of a key."""

BOLD_FONTS = frozenset({"mathbf", "boldsymbol", "bm", "pmb", "symbf", "mathbfit", "textbf", "bf", "vec", "underline"})
OTHER_FONTS = frozenset(
    {"mathrm", "mathit", "mathsf", "mathcal", "mathscr", "mathbb", "mathfrak", "mathnormal", "mathtt", "operatorname",
     "operatorname*", "text", "textrm", "textit", "textnormal", "textsf", "mbox", "hbox", "mathop", "ensuremath", "rm",
     "it", "cal", "mathord", "mathbin"}
)  # fmt: skip
FONTS = BOLD_FONTS | OTHER_FONTS

ACCENTS: dict[str, str] = {
    "hat": "hat",
    "widehat": "hat",
    "bar": "bar",
    "overline": "bar",
    "tilde": "tilde",
    "widetilde": "tilde",
}
"""TeX command: ending of the key (ȳ is ybar)."""

BLANK = frozenset(
    {",", ";", ":", "!", " ", ">", "/", "quad", "qquad", "thinspace", "medspace", "thickspace", "enspace", "enskip",
     "negthinspace", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag", "hfill",
     "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr",
     "bigm", "Bigm", "middle", "hline", "noindent", "relax", "null", "allowbreak", "nobreak", "par", "-"}
)  # fmt: skip
"""TeX commands that print nothing by which a formula differs."""

BLANK_WITH_ARGUMENT = frozenset(
    {
        "phantom",
        "hphantom",
        "vphantom",
        "hspace",
        "hspace*",
        "vspace",
        "label",
        "tag",
        "mspace",
        "overset",
        "stackrel",
        "textcolor",
        "color",
    }
)

SIGNS: dict[str, tuple[str, str]] = {
    "cdot": ("TIMES", "*"),
    "times": ("TIMES", "*"),
    "ast": ("TIMES", "*"),
    "bullet": ("TIMES", "*"),
    "otimes": ("KRON", "⊗"),
    "pm": ("PLUSMINUS", "±"),
    "mp": ("PLUSMINUS", "∓"),
    "div": ("SLASH", "/"),
    "sim": ("SIM", "~"),
    "in": ("IN", "∈"),
    "colon": ("COLON", ":"),
    "lt": ("REL", "<"),
    "gt": ("REL", ">"),
    "le": ("REL", "≤"),
    "leq": ("REL", "≤"),
    "leqslant": ("REL", "≤"),
    "ge": ("REL", "≥"),
    "geq": ("REL", "≥"),
    "geqslant": ("REL", "≥"),
    "ne": ("REL", "≠"),
    "neq": ("REL", "≠"),
    "equiv": ("DEFINES", "≡"),
    "coloneqq": ("DEFINES", "≡"),
    "triangleq": ("DEFINES", "≡"),
    "doteq": ("DEFINES", "≡"),
    "prime": ("PRIME", "'"),
    "mid": ("GIVEN", "|"),
    "frac": ("FRAC", ""),
    "tfrac": ("FRAC", ""),
    "dfrac": ("FRAC", ""),
    "cfrac": ("FRAC", ""),
    "sqrt": ("SQRT", ""),
}
"""TeX command: (terminal, value)."""

CHARACTERS: dict[str, tuple[str, str]] = {
    "+": ("PLUS", "+"),
    "-": ("MINUS", "-"),
    "−": ("MINUS", "-"),
    "–": ("MINUS", "-"),
    "‐": ("MINUS", "-"),
    "±": ("PLUSMINUS", "±"),
    "*": ("TIMES", "*"),
    "@": ("TIMES", "@"),
    "·": ("TIMES", "*"),
    "⋅": ("TIMES", "*"),
    "∙": ("TIMES", "*"),
    "•": ("TIMES", "*"),
    "×": ("TIMES", "*"),
    "/": ("SLASH", "/"),
    "÷": ("SLASH", "/"),
    "∕": ("SLASH", "/"),
    "⊗": ("KRON", "⊗"),
    "=": ("REL", "="),
    "<": ("REL", "<"),
    ">": ("REL", ">"),
    "≤": ("REL", "≤"),
    "≥": ("REL", "≥"),
    "≠": ("REL", "≠"),
    "∈": ("IN", "∈"),
    ":": ("COLON", ":"),
    "≡": ("DEFINES", "≡"),
    "≔": ("DEFINES", "≡"),
    "∼": ("SIM", "~"),
    "∣": ("GIVEN", "|"),
    "√": ("SQRT", ""),
}

OPENING: dict[str, tuple[str, str]] = {
    "(": ("LPAR", "RPAR"),
    "[": ("LSQB", "RSQB"),
    "\\{": ("LCURLY", "RCURLY"),
}
"""Sign: the terminals that open and close."""

CLOSING: dict[str, str] = {")": "(", "]": "[", "}": "{"}

BRACKET_COMMANDS: dict[str, tuple[str, bool]] = {
    "{": ("\\{", True),
    "}": ("\\{", False),
    "lbrace": ("\\{", True),
    "rbrace": ("\\{", False),
    "lbrack": ("[", True),
    "rbrack": ("[", False),
    "lparen": ("(", True),
    "rparen": ("(", False),
}
"""TeX command: the sign of the bracket, and whether it opens."""

BAR_COMMANDS = frozenset({"vert", "lvert", "rvert", "Vert", "|", "lVert", "rVert"})

LETTERLIKE: dict[str, str] = {"𝔼": "E", "ℓ": "ell", "𝟙": "1", "𝟏": "1", "𝟎": "0"}

ELLIPSES = frozenset({"dots", "ldots", "cdots", "vdots", "ddots", "dotsc", "dotsb", "dotsm", "adots", "iddots"})

SUPERSCRIPT_CHARACTERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵗᵇ", "0123456789+-=()niTtb")
SUBSCRIPT_CHARACTERS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+-=()aehijklmnoprstuvxβγρφχ")

MATRIX_ENVIRONMENTS = frozenset(
    {"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix",
     "array", "pmatrix*", "bmatrix*", "matrix*", "vmatrix*"}
)  # fmt: skip
TRANSPARENT_ENVIRONMENTS = frozenset(
    {name + star for star in ("", "*") for name in ("align", "aligned", "equation", "gather", "gathered", "split",
     "displaymath", "math", "eqnarray", "multline", "alignat", "flalign")}
)  # fmt: skip

CONNECTIVES = frozenset({"and", "where", "with"})
"""Words between two statements."""

PREPARED_WORDS = frozenset({"iid", "i.i.d.", "i.i.d", "IID", "ind", "indep"})
"""Words between ~ and the family of a distribution; they add nothing to the notation."""

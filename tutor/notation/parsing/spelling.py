r"""Which characters and TeX commands say the same thing: tables only, read by the lexer."""

from __future__ import annotations

import re

from tutor.notation.names import GREEK
from tutor.notation.parsing.manners import PREPARED_WORDS

GREEK_COMMANDS: dict[str, str] = {
    **{key: key for key in GREEK if key != "infinity"},
    "varepsilon": "epsilon",
    "eps": "epsilon",  # as a terminal has it, and the macro of many lectures
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
    "ǫ": "epsilon",  # as fonts of TeX are copied from a page
    "ϑ": "theta",
    "ϕ": "phi",
    "ϱ": "rho",
    "ς": "sigma",
    "ϖ": "pi",
    "µ": "mu",
}
"""Unicode letter: base of a key."""

BOLD_FONTS = frozenset(
    {"mathbf", "boldsymbol", "bm", "pmb", "symbf", "mathbfit", "textbf", "bf", "vec", "underline", "mb", "vect", "mat"}
)
NAMING = frozenset({r"\mathbf", r"\boldsymbol", r"\bm", *(f"\\{letter}" for letter in GREEK_COMMANDS)})
"""Commands with which nothing starts but a name: no words, no operator, and no sign with something over it."""

OTHER_FONTS = frozenset(
    {"mathrm", "mathit", "mathsf", "mathcal", "mathscr", "mathbb", "mathfrak", "mathnormal", "mathtt", "operatorname",
     "operatorname*", "text", "textrm", "textit", "textnormal", "textsf", "texttt", "mbox", "hbox", "mathop",
     "ensuremath", "rm", "it", "cal", "mathord", "mathbin", "mathrel", "mathopen", "mathclose"}
)  # fmt: skip
FONTS = BOLD_FONTS | OTHER_FONTS
WORD_FONTS = frozenset(
    {"mathrm", "operatorname", "text", "textrm", "textit", "textnormal", "mbox", "mathit", "texttt", "mathtt"}
)
"""Fonts in which letters side by side are a word."""

ACCENTS: dict[str, str] = {
    "hat": "hat",
    "widehat": "hat",
    "bar": "bar",
    "overline": "bar",
    "tilde": "tilde",
    "widetilde": "tilde",
    "dot": "dot",
    "ddot": "ddot",
}
"""TeX command: ending of the key (ȳ is ybar)."""

BLANK = frozenset(
    {",", ";", ":", "!", " ", ">", "/", "quad", "qquad", "thinspace", "medspace", "thickspace", "enspace", "enskip",
     "negthinspace", "displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag", "hfill",
     "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "Biggl", "Biggr",
     "bigm", "Bigm", "middle", "hline", "noindent", "relax", "null", "allowbreak", "nobreak", "par", "-",
     "tiny", "Tiny", "scriptsize", "footnotesize", "small", "normalsize", "large", "Large", "LARGE", "huge", "Huge"}
)  # fmt: skip
"""TeX commands that print nothing by which a formula differs."""

WIDE_BLANKS = frozenset({"quad", "qquad"})
"""Blanks that part statements where nothing else does."""

WIDE_BLANK = "quad"
"""The value of their token."""

HORIZONTAL_SPACES = frozenset({"hspace", "hspace*", "hskip", "kern", "mkern", "mskip"})
"""Blanks as wide as their argument says, or what stands behind them without braces."""

BLANK_WITH_ARGUMENT = frozenset(
    {
        "phantom",
        "hphantom",
        "vphantom",
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
    "dag": ("METHOD", "Moore-Penrose inverse"),
    "dagger": ("METHOD", "Moore-Penrose inverse"),
    "otimes": ("KRON", "⊗"),
    "bigotimes": ("KRON", "⊗"),
    "odot": ("HADAMARD", "⊙"),
    "circ": ("HADAMARD", "∘"),
    "oplus": ("OPLUS", "⊕"),
    "bigoplus": ("OPLUS", "⊕"),
    "binom": ("BINOM", ""),
    "tbinom": ("BINOM", ""),
    "dbinom": ("BINOM", ""),
    "pm": ("PLUSMINUS", "±"),
    "mp": ("PLUSMINUS", "∓"),
    "div": ("SLASH", "/"),
    "sim": ("SIM", "~"),
    "thicksim": ("SIM", "~"),
    "nsim": ("SIM", "≁"),
    "infty": ("NUMBER", "∞"),
    "in": ("IN", "∈"),
    "forall": ("SEP", "∀"),
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
    "approx": ("REL", "≈"),
    "simeq": ("REL", "≈"),
    "cong": ("REL", "≈"),
    "propto": ("REL", "∝"),
    "to": ("REL", "→"),
    "rightarrow": ("REL", "→"),
    "longrightarrow": ("REL", "→"),
    "ll": ("REL", "≪"),
    "perp": ("REL", "⊥"),
    "Perp": ("REL", "⊥"),
    "indep": ("REL", "⊥"),
    "gg": ("REL", "≫"),
    "Rightarrow": ("SEP", "⇒"),
    "Leftrightarrow": ("SEP", "⇔"),
    "implies": ("SEP", "⇒"),
    "iff": ("SEP", "⇔"),
    "equiv": ("DEFINES", "≡"),
    "coloneqq": ("DEFINES", "≡"),
    "coloneq": ("DEFINES", "≡"),
    "eqqcolon": ("DEFINES", "≡"),
    "bigzero": ("NUMBER", "0"),
    "triangleq": ("DEFINES", "≡"),
    "doteq": ("DEFINES", "≡"),
    "prime": ("PRIME", "'"),
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
    "†": ("METHOD", "Moore-Penrose inverse"),
    "⊗": ("KRON", "⊗"),
    "⊙": ("HADAMARD", "⊙"),
    "∘": ("HADAMARD", "∘"),
    "⊕": ("OPLUS", "⊕"),
    "!": ("FACTORIAL", "!"),
    "=": ("REL", "="),
    "<": ("REL", "<"),
    ">": ("REL", ">"),
    "≤": ("REL", "≤"),
    "≥": ("REL", "≥"),
    "≠": ("REL", "≠"),
    "≈": ("REL", "≈"),
    "∝": ("REL", "∝"),
    "→": ("REL", "→"),
    "≪": ("REL", "≪"),
    "⊥": ("REL", "⊥"),
    "⫫": ("REL", "⊥"),
    "≫": ("REL", "≫"),
    "⇒": ("SEP", "⇒"),
    "⇔": ("SEP", "⇔"),
    "≁": ("SIM", "≁"),
    "∞": ("NUMBER", "∞"),
    "∈": ("IN", "∈"),
    "∀": ("SEP", "∀"),
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
    "⟨": ("LPAR", "RPAR"),
}
"""Sign: the terminals that open and close; those of an inner product, ⟨x, y⟩ = x'y, are the function's."""

CLOSING: dict[str, str] = {")": "(", "]": "[", "}": "{", "⟩": "⟨"}

BRACKET_COMMANDS: dict[str, tuple[str, bool]] = {
    "{": ("\\{", True),
    "}": ("\\{", False),
    "lbrace": ("\\{", True),
    "rbrace": ("\\{", False),
    "lbrack": ("[", True),
    "rbrack": ("[", False),
    "lparen": ("(", True),
    "rparen": ("(", False),
    "langle": ("⟨", True),
    "rangle": ("⟨", False),
    "lgroup": ("(", True),
    "rgroup": ("(", False),
    "lmoustache": ("(", True),
    "rmoustache": ("(", False),
}
"""TeX command: the sign of the bracket, and whether it opens."""

BAR_COMMANDS = frozenset({"mid", "vert", "lvert", "rvert", "Vert", "|", "lVert", "rVert"})

LETTERLIKE: dict[str, str] = {"ℝ": "R", "𝔼": "E", "ℓ": "ell", "𝟙": "1", "𝟏": "1", "𝟎": "0"}

ORDER_SIGNS: dict[str, str] = {"<=": "≤", ">=": "≥", "!=": "≠"}
"""Signs of programs: those of mathematics."""

ELLIPSES = frozenset(
    {"dots", "ldots", "cdots", "vdots", "ddots", "dotsc", "dotsb", "dotsm", "hdots", "adots", "iddots"}
)

RAISED_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴾᴿ"
RAISED = re.compile(f"[⁰¹²³⁴-⁹⁺⁻{RAISED_LETTERS}]+")
SUPERSCRIPT_CHARACTERS = str.maketrans(
    f"⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵀ{RAISED_LETTERS}", "0123456789+-=()TabcdefghijklmnoprstuvwxyzABDEGHIJKLMNPR"
)
SUBSCRIPT_CHARACTERS = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+-=()aehijklmnoprstuvxβγρφχ")

PLAIN_MATRICES = frozenset({"matrix", "pmatrix", "bmatrix", "vmatrix", "smallmatrix"})
r"""Commands of plain TeX with the cells in braces, \\pmatrix{1 & 0 \\cr 0 & 1}."""

CASES_ENVIRONMENTS = frozenset({"cases", "dcases", "rcases", "cases*", "dcases*"})
MATRIX_ENVIRONMENTS = frozenset(
    {"matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "psmallmatrix", "bsmallmatrix",
     "array", "pmatrix*", "bmatrix*", "matrix*", "vmatrix*"}
)  # fmt: skip
TRANSPARENT_ENVIRONMENTS = frozenset(
    {name + star for star in ("", "*") for name in ("align", "aligned", "equation", "gather", "gathered", "split",
     "displaymath", "math", "eqnarray", "multline", "alignat", "flalign")}
)  # fmt: skip

DISPLAYS = frozenset(
    {"equation", "align", "gather", "displaymath", "math", "eqnarray", "multline", "alignat", "flalign"}
)
"""Those of them that stand alone, so that another formula is another statement."""

QUANTIFIERS = frozenset({"for", "for all", "for each", "for every", "for any", "for some", "∀"})
"""Words before the indices for which a statement holds."""

CONNECTIVES = QUANTIFIERS | frozenset(
    {"and", "where", "with", "if", "when", "or", "vs", "vs.", "versus", "against",
     "so that", "such that", "subject to", "s.t", "then", "hence", "thus", "therefore", "otherwise", "else",
     "given that", "assuming", "assuming that", "assume", "assume that", "provided", "provided that", "let", "but",
     "that is", "in which", "since", "because",
     "implying", "implying that", "implies", "implies that", "which implies",
     "whereas", "while", "if and only if", "iff", "only if", "and thus", "and hence", "say"}
)  # fmt: skip
"""Words between two statements."""

EXCEPTIONS = frozenset(
    {"unless", "except", "außer", "ausgenommen", "sauf", "excepto", "salvo", "tranne", "除了", "除非"}
)
"""Words behind which a condition stands under which a statement does not hold."""

DIMENSION_VERBS = frozenset(
    {"is", "is a", "is an", "is of size", "is of dimension", "is of dimensions", "has size", "has dimension",
     "has dimensions", "of size", "of dimension", "of dimensions"}
)  # fmt: skip
"""Words between a name and its dimensions."""

DIMENSION_NOUNS = frozenset({"matrix", "vector", "column vector", "row vector", "matrices", "vectors"})
"""Words after dimensions, which say no more than these."""

INDEPENDENCE = frozenset({"independent of", "is independent of", "are independent of", "indep. of"})
"""Words between what is independent."""

ARE_INDEPENDENT, ARE_UNCORRELATED = "are independent", "are uncorrelated"
"""The values of the tokens that say so of the names before them."""

UNCORRELATED = "uncorrelated with"
"""The value of the token between what is uncorrelated."""

REMARKS = frozenset({"independent", "independently", "all independent", "mutually independent", "indep", "iid"})
"""Words after a statement, which say no more than its signs."""

TEX_WORDS = frozenset(
    {"mathbf", "boldsymbol", "mathrm", "frac", "sqrt", "begin", "end", "otimes", "times", "cdot", "left", "right",
     "text", "operatorname", "bmatrix", "pmatrix", "hat", "prime", "top", "sim", "bm", "mathit"}
)  # fmt: skip
"""Commands that are as often typed without their backslash."""

WORDS = CONNECTIVES | DIMENSION_VERBS | DIMENSION_NOUNS | REMARKS | PREPARED_WORDS | {"independent", "dots", "cdots"}
"""Words that may stand beside formulas."""

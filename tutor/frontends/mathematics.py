"""The LaTeX of an exercise as a person would type it in a terminal, to be read by eye.

Nothing is computed from it: a formula is shown as its author wrote it. Our own reader would say what it means, and
change its form.
"""

from __future__ import annotations

import re

from tutor.notation.names import GREEK, SUBSCRIPT, SUPERSCRIPT
from tutor.notation.writing.layout import aligned, brackets, display_width, padded

_SIGNS = {
    r"\otimes": "⊗",
    r"\times": "×",
    r"\cdot": "·",
    r"\sim": "~",
    r"\dots": "…",
    r"\ldots": "…",
    r"\cdots": "…",
    r"\neq": "≠",
    r"\ne": "≠",
    r"\leq": "≤",
    r"\geq": "≥",
    r"\in": "∈",
    r"\equiv": "≡",
    r"\approx": "≈",
    r"\pm": "±",
    r"\infty": "∞",
    r"\vdots": "⋮",
    r"\ddots": "⋱",
    r"\top": "ᵀ",
    r"\prime": "'",
    r"\sqrt": "√",
    r"\sum": "Σ",
    r"\varepsilon": "ε",
    r"\mid": "|",
    r"\quad": "  ",
    r"\qquad": "    ",
    r"\,": " ",
    r"\;": " ",
    r"\:": " ",
    r"\ ": " ",
    r"\{": "{",
    r"\}": "}",
    r"\left": "",
    r"\right": "",
    r"\mathbf": "",
    r"\boldsymbol": "",
    r"\bm": "",
    r"\mathrm": "",
    r"\text": "",
    r"\operatorname": "",
    **dict(GREEK.values()),
}
_GROUP = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
"""What stands in braces, which may hold two more levels of them."""

_FRACTION = re.compile(rf"\\[dt]?frac{_GROUP}{_GROUP}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
_SUM = re.compile(r"[−+]|\\cdot")
_BRACED = re.compile(r"\{\{([^{}]*)\}\}")
_ROOT = re.compile(r"√\{([^{}]*)\}")
_ACCENT = re.compile(r"\\(?:wide)?(hat|bar|tilde|dot|ddot)\s*(?:\{([^{}]*)\}|(\S))")
_COMBINING = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "ddot": "\u0308"}
_LEFT = re.compile(r"\\left\s*[\[(]\s*\\begin\{matrix\}")
_RIGHT = re.compile(r"\\end\{matrix\}\s*\\right\s*[\])]")
_MATRIX = re.compile(r"\\begin\{[bpv]?matrix\}(.*?)\\end\{[bpv]?matrix\}", re.DOTALL)
_ROW_END = re.compile(r"\\\\(?:\[[^\]]*\])?")
_SIZE = re.compile(r"(?<![^\W_])([IJ10])_(?:\{(\d+)\}|(\d))")
"""The size of an identity, or of a matrix or vector of ones or of zeros."""

_NAME = re.compile(r"(?<![_^])\{([^\W_]+)\}")
"""A name that needs no braces, as bold commands and \\mathrm leave them."""

_HYPHEN = re.compile(r"(?<![A-Za-z])-(?![A-Za-z]{2})|(?<= )-(?= )")
"""A minus sign, and no hyphen of a word."""

_RAISED = re.compile(r"\^(?:\{([^{}]*)\}|(\S))")


def told(source: str) -> str:
    r"""A formula on one line, its matrices as lists of rows.

    >>> told(r"\mathbf{Z}\mathbf{G}\mathbf{Z}' + \sigma^2_u \mathbf{I}_{12}")
    "ZGZ' + σ²_u I₁₂"
    >>> told(r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}")
    '[[1, 0], [0, 1]]'
    """
    pieces = enumerate(_MATRIX.split(_one_name(source)))
    return "".join(_list(_cells(piece)) if number % 2 else _between(piece) for number, piece in pieces).strip()


def drawn(source: str) -> list[str]:
    r"""A formula in lines, its matrices drawn over several.

    >>> print("\n".join(drawn(r"\mathbf{A} = \begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}")))
    A = ⎡ 1  0 ⎤
        ⎣ 0  1 ⎦
    """
    pieces = _MATRIX.split(_one_name(source))
    blocks = [_draw(_cells(piece)) if number % 2 else [_between(piece)] for number, piece in enumerate(pieces)]
    blocks[0][0], blocks[-1][0] = blocks[0][0].lstrip(), blocks[-1][0].rstrip()
    height = max(map(len, blocks))
    lines = [""] * height
    for block in blocks:
        width = max(map(display_width, block))
        above = (height - len(block)) // 2
        for number in range(height):
            inside = block[number - above] if 0 <= number - above < len(block) else ""
            lines[number] += padded(inside, width)
    return [line.rstrip() for line in lines]


def _one_name(source: str) -> str:
    """The source with its matrices as bmatrix, whose brackets are its own."""
    return _RIGHT.sub(r"\\end{bmatrix}", _LEFT.sub(r"\\begin{bmatrix}", source))


def _cells(body: str) -> list[list[str]]:
    """The cells of a matrix, row by row."""
    rows = [row for row in _ROW_END.split(body) if row.strip()]
    return [[_between(cell).strip() for cell in row.split("&")] for row in rows]


def _list(cells: list[list[str]]) -> str:
    if len(cells) > 1 and all(len(row) == 1 for row in cells):
        return f"[{', '.join(row[0] for row in cells)}]'"
    rows = [", ".join(row) for row in cells]
    return f"[{', '.join(f'[{row}]' for row in rows)}]"


def _draw(cells: list[list[str]]) -> list[str]:
    width = max(map(len, cells))
    columns = [aligned([row[number] if number < len(row) else "" for row in cells]) for number in range(width)]
    return [
        f"{left} {'  '.join(column[number] for column in columns)} {right}"
        for number, (left, right) in enumerate(brackets(len(cells)))
    ]


def _between(source: str) -> str:
    """A piece of a formula without matrices; blanks at its ends stay."""
    text = _HYPHEN.sub("−", source)
    while (fewer := _FRACTION.sub(_fraction, text)) != text:
        text = fewer
    text = _COMMAND.sub(lambda found: _SIGNS.get(found.group(), found.group()), text)
    text = _SIZE.sub(lambda found: found[1] + (found[2] or found[3]).translate(SUBSCRIPT), _NAME.sub(r"\1", text))
    text = _RAISED.sub(_raised, _BRACED.sub(r"{\1}", text))
    text = _ROOT.sub(lambda found: f"√({found[1]})" if len(found[1]) > 1 else f"√{found[1]}", text)
    text = _ACCENT.sub(lambda found: (found[2] or found[3]) + _COMBINING[found[1]], text)
    return re.sub(r"\\([A-Za-z]*)", r"\1", text).replace("{", "").replace("}", "")


def _fraction(found: re.Match[str]) -> str:
    above, below = (f"({part})" if _SUM.search(part) else part for part in found.groups())
    return f"{above}/{below}"


def _raised(found: re.Match[str]) -> str:
    inner = found[2] if found[1] is None else found[1]  # there may be nothing in the braces
    plain = inner.replace("−", "-")
    lifted = plain.translate(SUPERSCRIPT)
    if all(new != old for new, old in zip(lifted, plain, strict=True)):
        return lifted
    return inner if inner in ("'", "ᵀ") else f"^({inner})" if len(inner) > 1 else f"^{inner}"

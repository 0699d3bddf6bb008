r"""What other programs write, in the spellings of the grammar: A \ B of MATLAB and Julia, and Mathematica's brackets.

Both are told from LaTeX by what a text has besides: one with commands or braces of TeX is left as it is.
"""

from __future__ import annotations

import re

from tutor.errors import ReadError

_COMMANDS = re.compile(r"\\(?:[A-Za-z]{2,}|[\\,;:!%#|>)\]{}]|$)")
_TEX = re.compile(rf"[{{}}$&]|{_COMMANDS.pattern}")
_DIVIDED = re.compile(r"\\(?=\s*[A-Za-z0-9(\[])")
_ENDS_OPERAND = re.compile(r"[\w)}\]'′⁻¹ᵀ]\s*\Z")
_MARKS = re.compile(r"\*|\binv\s*\(|\\(?=[A-Za-z(\[])")
"""What no LaTeX without commands has: a star, inv( ), and a backslash right before a letter or a bracket."""

_OPEN, _CLOSED, _ENDS_TERM = "([", ")]", "+-−=,;<>~"

DIVISION = "division-by-matrix"


def with_left_divisions(text: str) -> str:
    r"""The text with (A)^-1 * B for A \ B, which takes all of a product on its left as A * B / C does.

    >>> with_left_divisions(r"(X'*inv(V)*X) \ (X'*inv(V)*y)")
    "((X'*inv(V)*X))^-1 * (X'*inv(V)*y)"
    >>> with_left_divisions(r"\sigma^2 \ \mathbf{I}")
    '\\sigma^2 \\ \\mathbf{I}'

    Raises
    ------
    ReadError
        For a backslash and a blank between two operands of a text that nothing shows to be LaTeX, or a program.
    """
    if "\\" not in text or _COMMANDS.search(text):
        return text
    is_program = not _TEX.search(text) and _MARKS.search(text)
    found = _DIVIDED.search(text)
    while found is not None:
        if not _ENDS_OPERAND.search(text, 0, found.start()):
            return text
        if not is_program:
            raise ReadError("A backslash and a blank are a blank in LaTeX, and divide in MATLAB and Julia.", text=text,
                            start=found.start(), end=found.start() + 1, kind=DIVISION,
                            tip="Write A^-1 B for A \\ B, or A B for a product.")  # fmt: skip
        start = _start_of_product(text, found.start())
        left = text[start : found.start()].strip()
        text = f"{text[:start]}({left})^-1 * {text[found.end() :].lstrip()}"
        found = _DIVIDED.search(text)
    return text


def least_squares(text: str) -> ReadError:
    r"""The refusal of an A \ B that has no inverse: of an A that is not square programs make least squares."""
    at = max(text.find("\\"), 0)
    return ReadError("A \\ B is an inverse here, which these matrices do not have or which does not conform.",
                     text=text, start=at, end=at + 1, kind=DIVISION,
                     tip="Write it with inverses, as inv(A'*A)*A'*B for an A that is not square.")  # fmt: skip


def divides_by_matrices(text: str) -> bool:
    """Whether A/B is A B^-1 in a text, as in MATLAB, Julia and SymPy: products have stars, and nothing is of LaTeX, R
    or NumPy, where a slash divides cell by cell.

    >>> divides_by_matrices("X'/V*X"), divides_by_matrices("X'/V"), divides_by_matrices("X.T @ X / V")
    (True, False, False)
    """
    return _STAR.search(text) is not None and not _TEX.search(text) and not _BY_CELLS.search(text)


_STAR = re.compile(r"[A-Za-z)'\]]\s*\*\s*[A-Za-z(\[]")
_BY_CELLS = re.compile(r"%\*%|%x%|@|\bnp\.|\bsolve\(|\*\*|\\")


def _start_of_product(text: str, end: int) -> int:
    """Where the product starts that ends at a place: behind a sign or an opening bracket."""
    depth, at = 0, end
    while at > 0:
        sign = text[at - 1]
        depth += (sign in _CLOSED) - (sign in _OPEN)
        is_exponent = sign in "-−" and text[: at - 1].rstrip().endswith("^")
        if depth < 0 or (depth == 0 and sign in _ENDS_TERM and not is_exponent):
            break
        at -= 1
    while text[at] == " ":
        at += 1
    return at


_HEADS = {
    "Transpose": "transpose", "Inverse": "inv", "KroneckerProduct": "kron", "IdentityMatrix": "eye",
    "DiagonalMatrix": "diag", "Det": "det", "Tr": "tr", "Sqrt": "sqrt", "Exp": "exp", "Log": "log",
}  # fmt: skip
"""Mathematica's names of functions, and ours."""

_HEAD = re.compile(rf"(?<![\w\\])({'|'.join([*_HEADS, 'ConstantArray', 'Subscript'])})\[")
_LIST_OF_ROWS = re.compile(
    r"\s*(?:[^{}\\=]{1,40}=\s*)?\{\s*\{[^{}\\]*\}(?:\s*,\s*\{[^{}\\]*\})+\s*\}\s*|\s*\{\s*\{[^{}\\]*,[^{}\\]*\}\s*\}\s*"
)
_LETTER = re.compile(r"\\\[([A-Z][a-z]+)\]")
_SUBSCRIPT = re.compile(r"Subscript\[([^\[\],]{1,20}),\s*([^\[\],]{1,20})\]")
_CONSTANT = re.compile(r"ConstantArray\[([^\[\]{},]{1,60}),\s*\{([^{}]{1,30})\}\]")
_DOT = re.compile(r"(?<=[A-Za-z\])}])\s*\.\s*(?=[A-Za-z(])|(?<=[A-Za-z_]\d)\s*\.\s*(?=[A-Za-z(])")
_BRACKETS = str.maketrans("{}", "[]")


def from_mathematica(text: str) -> str:
    """The text with Transpose[X].Inverse[V].X as transpose(X) * inv(V) * X, and {{1, 2}, {3, 4}} as a list of rows.

    >>> from_mathematica("KroneckerProduct[IdentityMatrix[3], {{1, r}, {r, 1}}]")
    'kron(eye(3), [[1, r], [r, 1]])'
    >>> from_mathematica(r"\\mathbf{X}[1]")
    '\\\\mathbf{X}[1]'
    """
    plain = _LETTER.sub(lambda found: found[1].lower(), text)
    if "\\" in plain:
        return text
    if _LIST_OF_ROWS.fullmatch(plain):
        return plain.translate(_BRACKETS)
    if not _HEAD.search(plain):
        return text
    plain = _SUBSCRIPT.sub(r"\1_\2", plain)
    plain = _CONSTANT.sub(r"(\1) * ones(\2)", plain)
    plain = _DOT.sub(" * ", plain)
    result, open_calls = "", list[str]()
    at = 0
    while at < len(plain):
        head = _HEAD.match(plain, at)
        if head is not None and head[1] in _HEADS:
            result += f"{_HEADS[head[1]]}("
            open_calls.append(")")
            at = head.end()
            continue
        sign = plain[at]
        if sign in "([{":
            open_calls.append({"(": ")", "[": "]", "{": "]"}[sign])
            sign = "[" if sign == "{" else sign
        elif sign in ")]}" and open_calls:
            sign = open_calls.pop()
        result += sign
        at += 1
    return result

"""What a program has around an answer: imports, declared symbols, comments, assignments, marks of code.

Each claims nothing; an assignment explains a letter, as "where A = …" does. Text stays text: nothing of it is run.
"""

from __future__ import annotations

import re
from itertools import zip_longest

_OF_SCRIPT = re.compile(r"[Ss]ymbols?\(|<-|\bimport\b|\blibrary\(")
_LOADED = re.compile(
    r"\s*(?:import\s+[\w.]+(?:\s+as\s+\w+)?|from\s+[\w.]+\s+import\s+[\w*, ]+|(?:library|require)\(\w+\)"
    r"|using\s+[\w, ]+)\s*;?\s*"
)
_DECLARED = re.compile(
    r"\s*(?:(?P<names>[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*)\s*=\s*)?(?:sp\.|sympy\.)?(?:[Ss]ymbols?|var)\(\s*"
    r"(?P<mark>['\"])(?P<told>[\w^*, {}\\]+)(?P=mark)(?:\s*,\s*\w+\s*=\s*\w+)*\s*\)\s*;?\s*"
)
_SYMBOL = re.compile(
    r"(?:sp\.|sympy\.)?(?:Symbol|symbols)\(\s*(?P<mark>['\"])(?P<told>[\w^*]+)(?P=mark)(?:\s*,\s*\w+\s*=\s*\w+)*\s*\)"
)
_COMMENT = re.compile(r"(?<!\\)(?<![\w({])#[^\n]*")
_ASSIGNED = re.compile(r"(?m)^(\s*[A-Za-z][\w.]{0,20}\s*)<-")
_SHOWN = re.compile(
    r"\s*(?:(?:print|simplify|pprint|display|as\.matrix|as_matrix|disp)\((?P<of>.*)\)|return\s+(?P<returned>\S.*))\s*;?\s*",
    re.S,
)
_METHOD = re.compile(r"(?<=[\w)\]])\.(?:tolist|simplify|evalf|doit|expand|as_explicit|copy|toarray|todense|A1?)\(\)")
_PACKAGE = re.compile(r"(?<![\w.])(?:scipy\.(?:special|stats|linalg|sparse)\.|Matrix::\.?|LinearAlgebra\.|base::)")
_MARKED = re.compile(
    r"\s*(?:`{1,3}(?:r|R|python|py|math|latex|tex)?\s*(?P<code>[^`]+?)`{1,3}|\*\*(?P<bold>[^*]+(?:\*(?!\*)[^*]*)*)\*\*)\s*[.]?\s*"
)


def without_script(text: str) -> str:
    """An answer without what only a program has, with := where it assigns; any other text as it is.

    >>> without_script("from sympy import *\\ns, su = symbols('sigma sigma_u')\\ns**2 + su**2")
    's := sigma, su := sigma_u\\ns**2 + su**2'
    >>> without_script("A <- sigma2*diag(2)  # one block\\nbdiag(A, A)")
    'A := sigma2*diag(2)\\nbdiag(A, A)'
    >>> without_script("`sigma_u^2`")
    'sigma_u^2'
    """
    marked = _MARKED.fullmatch(text)
    if marked is not None:
        text = marked["code"] or marked["bold"]
    if "\\" in text:
        return text
    kept: list[str] = []
    for line in _lines(_COMMENT.sub("", text)):
        declared = None if _SYMBOL.fullmatch(line.strip()) else _DECLARED.fullmatch(line)
        if _LOADED.fullmatch(line):
            continue
        if declared is None:
            kept.append(line.rstrip())
        elif told := _explained(declared):
            kept.append(told)
    if kept and (shown := _SHOWN.fullmatch(kept[-1])) is not None:
        kept[-1] = shown["of"] or shown["returned"]
    left = _ASSIGNED.sub(r"\1:=", "\n".join(kept).strip("\n"))
    left = _SYMBOL.sub(lambda found: found["told"], left)
    return _PACKAGE.sub("", _METHOD.sub("", left))


def _lines(text: str) -> list[str]:
    """The lines of a script; a semicolon outside of brackets ends one too."""
    if not _OF_SCRIPT.search(text):
        return text.split("\n")
    lines, depth = [""], 0
    for sign in text:
        depth += (sign in "([{") - (sign in ")]}")
        if sign == "\n" or (sign == ";" and depth == 0):
            lines.append("")
        else:
            lines[-1] += sign
    return lines


def _explained(declared: re.Match[str]) -> str:
    """The letters that a program has for other names, as definitions."""
    names = re.findall(r"\w+", declared["names"] or "")
    symbols = re.split(r"[,\s]+", declared["told"].strip())
    pairs = zip_longest(names, symbols) if names else ()
    return ", ".join(f"{name} := {symbol}" for name, symbol in pairs if name and symbol and name != symbol)

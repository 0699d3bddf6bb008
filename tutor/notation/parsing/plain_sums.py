"""Sums that tell no index, as they are typed and as programs write them: sum x_i^2, Σ(x_i − x̄)², sum((x - mean(x))^2).

Each is written with the one index that stands in its terms. A sum( ) whose power may be that of its terms is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from tutor.errors import ReadError
from tutor.notation.parsing.brackets import closing_bracket

_INDEX = re.compile(
    r"(?<=[^\W\d_])\u0304?\s?(?:_(?:(?P<bare>[i-o])(?![A-Za-z0-9])|\{(?P<braced>[i-o])\})|(?P<small>[ᵢⱼₖₗₘₙ]))"
)
_SMALL = str.maketrans("ᵢⱼₖₗₘₙ", "ijklmn")
_SIGN = re.compile(r"(?<![\w\\.])(?:np\.)?(?P<word>sum)(?=\s*\(|\s+[a-zα-ω])|(?P<sign>[Σ∑])(?=\s*(?:\(|[a-zα-ω]))")
_NAME = re.compile(r"\s*(?:[a-zα-ω][A-Za-zα-ω0-9]{0,8}|ȳ)\u0304?(?:_?\{?[i-o]\}?|[ᵢⱼₖₗₘₙ])?")
_DOUBLE = re.compile(
    r"(Σ)\s?Σ\s?(?P<terms>(?:\([^()]*?)?[^\W\d_]{1,8}\)?_?\{?(?P<indices>[i-o]{2}|[ᵢⱼₖₗₘₙ]{2})(?![a-z]))"
)
_POWER = re.compile(r"\s*(?:\^|\*\*|²)")
_DEVIATION = re.compile(r"bar|\u0304|ȳ|mean")
_METHOD = re.compile(r"(?<![\w.)\]])(?P<of>[a-z]\w{0,8})\.(?P<name>sum|mean)\(\)|(?P<close>\))\.(?P<total>sum)\(\)")
_MEAN = re.compile(r"(?<![\w.])(?:np\.)?mean\(\s*(?P<of>[a-z])\s*\)")
_SET = re.compile(r"%\*%|@|[A-Z\[]|\bc\(|\brep\(|,")
"""What stands in a sum over matrices, or of several arguments."""


def with_indices_of_sums(text: str, covariates: Collection[str]) -> str:
    r"""A text of no TeX whose sums tell their index; ``covariates`` are letters of vectors that are summed by elements.

    >>> with_indices_of_sums("sum x_i^2 - n xbar^2", ())
    'sum_i x_i^2 - n xbar^2'
    >>> with_indices_of_sums("s2/np.sum((x - x.mean())**2)", "x")
    's2/(sum_i ((x_i - xbar)**2))'
    >>> with_indices_of_sums("Σx²/Σu", "x")
    'Σ_{i}x_i²/Σu'

    Raises
    ------
    ReadError
        "ambiguous", for sum(x_i)^2: the square of the sum, or the sum of squares.
    """
    if "\\" in text or not re.search(r"sum|[Σ∑]|mean\(", text):
        return text
    text = _DOUBLE.sub(_of_two, _with_calls(text) if covariates else text)
    done, at = "", 0
    while (found := _SIGN.search(text, at)) is not None:
        done += text[at : found.start()]
        told = _told(text, found, covariates)
        if told is None:
            done += found[0]
            at = found.end()
            continue
        written, end = told
        done += written
        at = end
    return done + text[at:]


def _of_two(found: re.Match[str]) -> str:
    """A double sum over the two indices of its terms, in their order."""
    first, second = found["indices"].translate(_SMALL)
    return found[0] if first == second else f"{found[1]}_{{{first}}}{found[1]}_{{{second}}}{found['terms']}"


def _with_calls(text: str) -> str:
    """sum(x) for x.sum(), and xbar for mean(x)."""
    text = _METHOD.sub(lambda found: f"{found['name']}({found['of']})" if found["of"] else found[0], text)
    while (found := re.search(r"\)\.sum\(\)", text)) is not None:
        opening = _opening(text, found.start())
        if opening is None:
            break
        text = f"{text[:opening]}sum({text[opening : found.start() + 1]}){text[found.end() :]}"
    return _MEAN.sub(r"\g<of>bar", text)


def _told(text: str, sign: re.Match[str], covariates: Collection[str]) -> tuple[str, int] | None:
    """A sum with its index, and where that ends in the text; None where it is no such sum."""
    at = sign.end()
    body = re.compile(r"\s*").match(text, at)
    assert body is not None
    start = body.end()
    closing = closing_bracket(text, start) if text[start] == "(" else None
    if text[start] == "(" and closing is None:
        return None
    name = None if closing is not None else _NAME.match(text, start)
    end = closing + 1 if closing is not None else name.end() if name is not None else start
    inner, index = _indexed(text[start:end], covariates)
    is_left = sign["sign"] == "∑" and not covariates  # no letter, so that the meaning is plain without the index
    if (
        index is None
        or is_left
        or (sign["sign"] == "Σ" and not (_is_sum(text, at, start, end) or (closing and covariates)))
    ):
        return None
    # Beside a sign there is no blank, which would part the cells of [n Σx; Σx Σx²].
    operator = f"sum_{index} " if sign["word"] else f"{sign['sign']}_{{{index}}}"
    is_call = sign["word"] is not None and closing is not None and start == at
    if not is_call:
        return f"{operator}{inner}", end
    is_raised, has_index = _POWER.match(text, end) is not None, _INDEX.search(text, start, end) is not None
    if is_raised and has_index and _DEVIATION.search(inner):
        return f"{operator}{inner}", end  # deviations add up to nothing, so that each has its square
    if is_raised and has_index:
        raise ReadError("The square of this sum may be that of the whole, or of each term.", text=text,
                        start=sign.start(), end=end, kind="ambiguous",
                        tip=f"Write ({operator}…)^2, or {operator}…^2 for the sum of squares.")  # fmt: skip
    return f"({operator}{inner})", end


def _is_sum(text: str, at: int, start: int, end: int) -> bool:
    """Whether a Σ before terms is no matrix: it has squares, or a number right behind it, Σx_i."""
    return _POWER.match(text, end) is not None or (start == at and text[start] not in "(ubeεβγδ")


def _indexed(inner: str, covariates: Collection[str]) -> tuple[str, str | None]:
    """The terms of a sum with the index at each covariate, and the one index that they have."""
    if _SET.search(inner):
        return inner, None
    told = (found["bare"] or found["braced"] or found["small"] for found in _INDEX.finditer(inner))
    letters = {letter.translate(_SMALL) for letter in told}
    if letters:
        return inner, letters.pop() if len(letters) == 1 else None
    of = "".join(covariates)
    told = re.sub(rf"(?<![\w.])([{of}])(?![A-Za-z0-9_(ᵢⱼₖ\u0304])", r"\1_i", inner) if of else inner
    return told, "i" if told != inner else None


def _opening(text: str, closing: int) -> int | None:
    depth = 0
    for at in range(closing, -1, -1):
        depth += (text[at] in ")]}") - (text[at] in "([{")
        if depth == 0:
            return at
    return None

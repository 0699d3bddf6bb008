r"""How something is distributed: independently, identically so, or approximately, told over ~, below it, or in words.

\overset{iid}{\sim}, \sim_{ind}, \dot\sim, "~ i.i.d. N(0, σ²)", "NID(0, σ²)" and "N(0, σ²), independent".
"""

from __future__ import annotations

import re

from tutor.errors import ReadError
from tutor.notation.parsing.token import Token

IID, INDEPENDENT, APPROXIMATE = "iid", "ind", "approx"

_SPELLINGS: dict[str, tuple[str, ...]] = {
    IID: ("iid", "i.i.d.", "i.i.d", "IID", "iid."),
    INDEPENDENT: ("ind", "indep", "indep.", "ind.", "independent", "independently", "Ind", "Indep"),
    APPROXIMATE: ("approx", "approx.", "approximately", "asymp", "asymp.", "asy", "asy.", "asymptotically"),
}

_MANNERS = {spelling: manner for manner, spellings in _SPELLINGS.items() for spelling in spellings}

PREPARED_WORDS = frozenset(_MANNERS)
"""Words between ~ and the family of a distribution, or behind its arguments."""

BESIDES = "independent"
"""The manner of a distribution behind which "independent" stands: of what else is said, too."""

OF_FAMILIES = {
    **dict.fromkeys(("NID", "IN", "NI", "indN"), INDEPENDENT),
    **dict.fromkeys(("NIID", "iidN", "IIDN"), IID),
}
"""Spellings of the normal distribution that say so themselves."""

_WORD = r"(?:\\[A-Za-z]+\s*\{\s*)?(?P<%s>[A-Za-z.]+?|\\cdot|\\bullet)\s*\}?"
_SIM = r"(?:\\sim(?![A-Za-z])|∼|~)"
_ABOVE = re.compile(
    rf"\\(?:overset|stackrel|underset)\s*\{{\s*{_WORD % 'over'}\s*\}}\s*(?:\{{\s*{_SIM}\s*\}}|{_SIM})"
    rf"|\\dot\s*(?:\{{\s*{_SIM}\s*\}}|{_SIM})"
)
_DEFINED = re.compile(
    r"\\(?:overset|stackrel)\s*\{\s*(?:\\[A-Za-z]+\s*\{\s*)?(?:def|definition|defn|Def|△|\\triangle|\\Delta)\.?\s*\}?\s*\}\s*(?:\{\s*=\s*\}|=)"
)
_ASIDE = re.compile(
    rf"\\(?:overset|stackrel)\s*\{{(?P<words>(?:[^{{}}]|\{{[^{{}}]*\}})*)\}}\s*(?:\{{\s*(?P<braced>{_SIM}|=)\s*\}}|(?P<bare>{_SIM}|=))"
)
_UNDER = re.compile(
    r"\\(?:overset|stackrel)\s*\{\s*(?P<words>(?:\\(?:text|mathrm)\s*\{\s*under\s*\}\s*)?H_(?:\{[01aA]\}|[01aA]))\s*\}\s*"
    rf"(?:\{{\s*{_SIM}\s*\}}|{_SIM})"
)
"""The hypothesis under which something is distributed so, over ~."""

_ARROW = r"(?:\\(?:(?:long)?rightarrow|to|rightsquigarrow)(?![A-Za-z])|→)"
_CONVERGES = re.compile(
    rf"\\xrightarrow\s*(?:\[[^\[\]]*\])?\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}"
    rf"|\\(?:overset|stackrel)\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*\}}\s*(?:\{{\s*{_ARROW}\s*\}}|{_ARROW})"
    rf"|{_ARROW}\s*[_^]\s*(?:\{{\s*(?:\\[A-Za-z]+\s*\{{?\s*)?[dDLpP]\s*\}}?\s*\}}|[dDLpP](?![A-Za-z]))"
)
_NEARLY = re.compile(
    rf"(?:{_ARROW}|\\approx(?![A-Za-z])|≈)(?=\s*(?:\\mathcal\s*\{{?\s*)?(?:MV)?N\s*\}}?\s*(?:_\s*(?:\{{[^{{}}]*\}}|\w)\s*)?(?:\\left\s*)?\([^()]*,)"
)
"""\\to N(0, Σ) and \\approx N(0, Σ)."""

_FAMILY_AHEAD = re.compile(
    r"\s*(?:\\[,;:! ]\s*)*(?:\\(?:mathcal|mathrm|text|operatorname|mathsf)\s*\{?\s*)?"
    r"(?:(?:MV)?N(?![A-Za-z])|(?:\\chi(?![A-Za-z])|χ))"
)
"""\\xrightarrow{d} N(0, Σ): in large samples something is distributed so."""

_BESIDE = re.compile(rf"[_^]\s*(?:\{{\s*{_WORD % 'braced'}\s*\}}|{_WORD % 'bare'})")
_ABOVE_ONLY = {"a": APPROXIMATE, ".": APPROXIMATE, r"\cdot": APPROXIMATE, r"\bullet": APPROXIMATE}
"""What says "approximately" where it is set over ~, and elsewhere is something else."""


def manner(words: str) -> str:
    """The key of a manner of being distributed, "iid", "ind" or "approx"; "" for other words.

    >>> manner("i.i.d."), manner("independently"), manner("same")
    ('iid', 'ind', '')
    """
    return _MANNERS.get(words, "")


def sign_at(text: str, start: int, end: int) -> tuple[str, str, int] | None:
    r"""The token of a sign with words over it that starts at an offset, its value, and where it ends; None for others.

    >>> sign_at(r"\overset{iid}{\sim} N", 0, 21), sign_at(r"\stackrel{\text{def}}{=} 0", 0, 26)
    (('SIM', 'iid', 19), ('DEFINES', '≡', 24))
    >>> sign_at(r"\xrightarrow{d} N", 0, 17), sign_at(r"\to_p 0", 0, 7)
    (('SIM', 'approx', 15), ('REL', '→', 5))

    Raises
    ------
    ReadError
        "unknown-manner", for other words over ~, and for a question mark over =: without them it would say more.
    """
    found = _ABOVE.match(text, start, end)
    if found is not None:
        told = found["over"] or "."
        key = _ABOVE_ONLY.get(told) or manner(told)
        if key:
            return "SIM", key, found.end()
    under = _UNDER.match(text, start, end)
    if under is not None:
        return "SIM", "~", under.end()
    defined = _DEFINED.match(text, start, end)
    if defined is not None:
        return "DEFINES", "≡", defined.end()
    converges = _CONVERGES.match(text, start, end)
    if converges is not None:
        is_distributed = _FAMILY_AHEAD.match(text, converges.end(), end) is not None
        return ("SIM", APPROXIMATE, converges.end()) if is_distributed else ("REL", "→", converges.end())
    nearly = _NEARLY.match(text, start, end)
    if nearly is not None:
        return "SIM", APPROXIMATE, nearly.end()
    aside = _ASIDE.match(text, start, end)
    if aside is not None and (
        "?" in aside["words"] or (aside["words"].strip() and (aside["braced"] or aside["bare"]) != "=")
    ):
        raise ReadError(f"“{aside['words'].strip()}” over this sign has no meaning in this notation.", text=text,
                        start=start, end=aside.end(), kind="unknown-manner",
                        tip="Over ~ there may be iid, ind or approx; leave other words out.")  # fmt: skip
    return None


def hypothesis_above(text: str, start: int, end: int) -> tuple[int, int] | None:
    r"""Where the hypothesis stands under which something is distributed so, \\overset{H_0}{\\sim}; None without one."""
    under = _UNDER.match(text, start, end)
    return None if under is None else under.span("words")


def manner_beside(text: str, start: int, end: int) -> tuple[str, int] | None:
    r"""The manner that stands below or above ~ from an offset on, as _{iid}, and where it ends."""
    found = _BESIDE.match(text, start, end)
    key = manner(found["braced"] or found["bare"]) if found is not None else ""
    return (key, found.end()) if found is not None and key else None


def in_manner(sign: Token, told: str) -> Token:
    """The sign of a distribution that says how something is distributed; ≁ and one that says so already stay."""
    return sign if sign.value != "~" else Token("SIM", told, sign.start, sign.end)

"""How a name is spelled: one plain key, and what LaTeX and Unicode make of it.

A key is a Python identifier: a base, and subscripts after underscores: ``sigma2_u``, ``tau_1``, ``y_11``,
``y_1_12``. Bases are Latin letters or the names of Greek ones; ``sigma2`` is the square of sigma, which the
package takes as the parameter (its root is derived), and ``e`` is the residual, written ε.
Subscripts that are joined by an underscore are written with a comma; digits and letters within one stand side
by side, an index each.
"""

from __future__ import annotations

from tutor.notation.escape import escaped

GREEK: dict[str, tuple[str, str]] = {
    "alpha": (r"\alpha", "α"),
    "beta": (r"\beta", "β"),
    "gamma": (r"\gamma", "γ"),
    "delta": (r"\delta", "δ"),
    "epsilon": (r"\varepsilon", "ε"),
    "zeta": (r"\zeta", "ζ"),
    "eta": (r"\eta", "η"),
    "theta": (r"\theta", "θ"),
    "iota": (r"\iota", "ι"),
    "kappa": (r"\kappa", "κ"),
    "lambda": (r"\lambda", "λ"),
    "mu": (r"\mu", "μ"),
    "nu": (r"\nu", "ν"),
    "xi": (r"\xi", "ξ"),
    "pi": (r"\pi", "π"),
    "rho": (r"\rho", "ρ"),
    "sigma": (r"\sigma", "σ"),
    "tau": (r"\tau", "τ"),
    "upsilon": (r"\upsilon", "υ"),
    "phi": (r"\phi", "φ"),
    "chi": (r"\chi", "χ"),
    "psi": (r"\psi", "ψ"),
    "omega": (r"\omega", "ω"),
    "ell": (r"\ell", "ℓ"),
    "Gamma": (r"\Gamma", "Γ"),
    "Delta": (r"\Delta", "Δ"),
    "Theta": (r"\Theta", "Θ"),
    "Lambda": (r"\Lambda", "Λ"),
    "Xi": (r"\Xi", "Ξ"),
    "Pi": (r"\Pi", "Π"),
    "Sigma": (r"\Sigma", "Σ"),
    "Phi": (r"\Phi", "Φ"),
    "Psi": (r"\Psi", "Ψ"),
    "Omega": (r"\Omega", "Ω"),
}
"""Base of a key: (LaTeX, Unicode)."""

RESIDUAL = "e"
"""The key of the residual vector and its elements, written ε."""

SUBSCRIPT = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
SUPERSCRIPT = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


def split_key(key: str) -> tuple[str, bool, tuple[str, ...]]:
    """A key as (base, squared, subscripts).

    >>> split_key("sigma2_u"), split_key("y_1_12"), split_key("x1")
    (('sigma', True, ('u',)), ('y', False, ('1', '12')), ('x', False, ('1',)))
    """
    base, *subscripts = key.split("_")
    squared = base == "sigma2"
    if squared:
        base = "sigma"
    letters = base.rstrip("0123456789")
    if letters and letters != base:
        base, subscripts = letters, [base[len(letters) :], *subscripts]
    return base, squared, tuple(subscripts)


def latex_name(key: str, *, bold: bool = False) -> str:
    r"""A key in LaTeX; bold for vectors and matrices.

    >>> latex_name("sigma2_u"), latex_name("y_1_12"), latex_name("beta", bold=True), latex_name("X", bold=True)
    ('\\sigma^2_u', 'y_{1,12}', '\\boldsymbol{\\beta}', '\\mathbf{X}')
    """
    base, squared, subscripts = split_key(key)
    if base == RESIDUAL:
        base = "epsilon"
    if base in GREEK:
        text = GREEK[base][0]
        text = rf"\boldsymbol{{{text}}}" if bold else text
    else:
        letters = _latex_letters(base)
        text = rf"\mathbf{{{letters}}}" if bold else letters if len(letters) == 1 else rf"\mathrm{{{letters}}}"
    if squared:
        text += "^2"
    if subscripts:
        inner = ",".join(_latex_subscript(part) for part in subscripts)
        text += f"_{inner}" if len(inner) == 1 else f"_{{{inner}}}"
    return text


def _latex_subscript(part: str) -> str:
    if part in GREEK:
        return GREEK[part][0]
    letters = sum(c.isalpha() for c in part)
    return rf"\mathrm{{{_latex_letters(part)}}}" if letters > 3 else _latex_letters(part)


def _latex_letters(text: str) -> str:
    """Letters that mathematics can set; names out of data files may hold anything."""
    return text if text.isascii() and text.replace(".", "").isalnum() else rf"\text{{{escaped(text)}}}"


def unicode_name(key: str) -> str:
    """A key in Unicode, for a terminal.

    >>> unicode_name("sigma2_u"), unicode_name("y_11"), unicode_name("y_1_12"), unicode_name("e")
    ('σ²_u', 'y_11', 'y_{1,12}', 'ε')
    """
    base, squared, subscripts = split_key(key)
    if base == RESIDUAL:
        base = "epsilon"
    text = GREEK[base][1] if base in GREEK else base
    if squared:
        text += "²"
    if subscripts:
        inner = ",".join(GREEK[part][1] if part in GREEK else part for part in subscripts)
        # A comma or a blank would let what stands behind it seem to belong elsewhere.
        text += f"_{inner}" if inner.replace(".", "").isalnum() else f"_{{{inner}}}"
    return text


def unicode_subscript(text: str) -> str:
    """Digits and letters lowered where Unicode has them all, otherwise after an underscore.

    >>> unicode_subscript("12"), unicode_subscript("b")
    ('₁₂', '_b')
    """
    lowered = text.translate(SUBSCRIPT)
    return lowered if all(new != old for new, old in zip(lowered, text, strict=True)) else f"_{text}"

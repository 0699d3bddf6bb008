"""The words of what is judged beside the value of one expression: column spaces, forms, and the parts of statements.

`feedback` has those of single slips. Each sentence explains without giving the answer away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tutor.checking.witness import Outside

NUDGE = "Not yet. Look at it once more, one part after the other."

UNSPANNED = "column-space"


def listed(names: Sequence[str]) -> str:
    """Names in a row: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def signed(number: str) -> str:
    """A number as text, with the minus of print in place of the hyphen."""
    return number.replace("-", "−")


def told_values(values: Mapping[str, str]) -> str:
    """The values of letters in a row: σ² = 1, μ = −2."""
    return ", ".join(f"{name} = {signed(value)}" for name, value in values.items())


def other_coding(coefficients: Sequence[str], inverse: bool, *, is_right: bool) -> str:
    """What is said of a design matrix in another coding, with what its coefficients are."""
    opening = (
        "Yes. This is another coding of the same model: its columns span the same space."
        if is_right
        else "Nearly. Your columns span the right space, but this is another coding than the one that was asked for."
    )
    if not coefficients:
        return opening
    if inverse:
        told = f"With b_1, b_2, … for your coefficients, those of the other coding are {listed(coefficients)}."
    else:
        told = f"Your coefficients are {listed(coefficients)}."
    return f"{opening} {told}"


def other_effects(told: Mapping[str, str]) -> str:
    """What is said of fixed effects that are others and have the same means, with what they are."""
    opening = "Yes. These are other fixed effects, with the same means"
    known = [f"your {name} is {value}" for name, value in told.items() if name != value]
    return f"{opening}: {listed(known)}." if known else f"{opening}."


def other_space(lacking: Sequence[str], strange: Sequence[str], witness: Outside | None = None) -> str:
    """What is said of a design matrix whose columns span another space, with the numbers that show it."""
    lines = ["Not yet. Your columns span another space than those of the model."]
    if lacking:
        verb = "is no sum" if len(lacking) == 1 else "are no sums"
        lines.append(f"The model's {listed(lacking)} {verb} of multiples of your columns.")
    if strange:
        verb = "is no sum" if len(strange) == 1 else "are no sums"
        lines.append(f"Your {listed(strange)} {verb} of multiples of the model's columns.")
    if witness is not None:
        own, others = (strange, "the model's") if witness.of_answer else (lacking, "your")
        one = f"your {own[0]}" if witness.of_answer else f"the model's {own[0]}"
        told = f"its product with each of {others} columns is 0, and with {one} it is {witness.value}"
        lines.append(f"Take the vector k = {witness.k}: {told}.")
    lines.append("Which means can your model give to the observations, and which not?")
    return "\n".join(lines)


def names_left(names: Sequence[str]) -> str:
    return f"True, but the question wants it written out, without {', '.join(names)}."

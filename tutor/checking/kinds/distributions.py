"""One distribution against another: what is held fixed, the family, the mean and the variance, each judged apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import sympy

from tutor.algebra.expansion import expanded
from tutor.algebra.nodes import Scalar, Symbol
from tutor.algebra.sizes import same_shape, same_size
from tutor.algebra.tree import Tree
from tutor.algebra.walk import symbols_of
from tutor.checking.equal import compare
from tutor.checking.judge import Request, judge
from tutor.checking.kinds.claims import Claim, is_nothing
from tutor.checking.kinds.parts import Judged, right, wrong
from tutor.checking.verdict import Verdict
from tutor.notation.names import unicode_name

WEIGHT_OF_FAMILY = 0.5
"""What the family weighs beside the mean and the variance, 1 each: N is written without much thought."""

WEIGHT_OF_WHOLE = 2 + WEIGHT_OF_FAMILY

_WITHOUT_U = frozenset({"missing-random", "R-for-V", "covariance-missing", "diagonal-only"})
"""What the variance lacks where a conditional distribution was written for the marginal one."""

_WITH_U = frozenset({"extra-term", "covariance-everywhere"})
"""What the variance has too much where the marginal distribution was written for the conditional one."""

_EXPLAINS = frozenset({"conditional-for-marginal", "marginal-for-conditional", "wrong-family"})
"""Mistakes of the whole that explain a wrong mean and a wrong variance as well."""


def judge_claim(asked: Claim, said: Claim, request: Request, alone: bool) -> list[Judged]:
    """The parts of a distribution; ``alone`` where it is the only one that was asked for."""
    of = "" if alone else f" of {asked.name}"
    parts: list[Judged] = []
    if asked.given != said.given:
        parts.append(Judged((f"{asked.key}.given", "given"), f"the condition{of}", _condition(asked, said)))
    if asked.family:
        verdict = _family(asked, said)
        parts.append(Judged((f"{asked.key}.family", "family"), f"the family{of}", verdict, WEIGHT_OF_FAMILY))
    if asked.arguments:
        return parts + list(_arguments(asked, said, request, of))
    verdicts = {
        what: _moment(mine, theirs, what, request)
        for what, mine, theirs in (
            ("mean", said.mean, asked.mean),
            ("variance", said.variance, asked.variance),
        )
        if theirs is not None
    }
    whole = next((part.verdict for part in parts if part.is_wrong and part.verdict.misconception in _EXPLAINS), None)
    for what, verdict in _together(asked, said, verdicts, request).items():
        if whole is not None and verdict.outcome == "incorrect":
            verdict = replace(verdict, misconception=whole.misconception)
        parts.append(Judged((f"{asked.key}.{what}", what), f"the {what}{of}", verdict))
    return parts


def _condition(asked: Claim, said: Claim) -> Verdict:
    names = [unicode_name(key) for key in sorted(said.given - asked.given or asked.given - said.given)]
    if said.given - asked.given:
        told = f"This is the distribution for a given {' and '.join(names)}; none was to be held fixed."
        return wrong("conditional-for-marginal", told, "Over what do you average when nothing is given?")
    told = f"This is the distribution with {' and '.join(names)} averaged out; it was asked for a given one."
    return wrong("marginal-for-conditional", told, "What is fixed, and what still varies?")


def _family(asked: Claim, said: Claim) -> Verdict:
    if said.is_denied and not asked.is_denied:
        return wrong("wrong-family", "≁ says that it does not have this distribution.", "Was ~ meant?")
    if not said.family:
        return wrong("missing-family", "Which family of distributions it is, is not told.", "Is it normal?")
    if said.family.lower() != (asked.family or "").lower():
        return wrong("wrong-family", f"{said.family} is another family than the one asked for.",
                     "Which values can it take, and how are they spread?")  # fmt: skip
    if said.below and said.family == "N" and not _is_dimension(said.below, said.subject):
        return wrong("wrong-dimension", f"It has {said.subject.rows} elements, not {said.below}.",
                     "How long is the vector?")  # fmt: skip
    if said.family != "N" and said.below != asked.below:
        return wrong("wrong-family", "Its degrees of freedom are others.", "How many are there?")
    return right()


def _is_dimension(below: str, subject: Tree) -> bool:
    """Whether N_12, or N_n with a letter, has the dimension of its subject: another letter is a name of the size."""
    return not below.isdigit() or not subject.rows.is_Integer or same_size(sympy.Integer(int(below)), subject.rows)


def _arguments(asked: Claim, said: Claim, request: Request, of: str) -> Iterator[Judged]:
    """The arguments of a family that is not given by its mean and variance, as Binomial(n, p)."""
    for number, theirs in enumerate(asked.arguments, start=1):
        mine = said.arguments[number - 1] if number <= len(said.arguments) else None
        name = f"argument {number}{of}"
        verdict = wrong("missing-term", f"{name} is missing.") if mine is None else judge(theirs, mine, request)
        yield Judged((f"argument-{number}",), name, verdict)


def _moment(mine: Tree | None, theirs: Tree, what: str, request: Request) -> Verdict:
    if mine is None:
        return wrong(f"missing-{what}", f"The {what} is not told.", "What are the two arguments of N( , )?")
    if is_nothing(mine) and is_nothing(theirs) and what == "mean":
        return right()  # 0 is the vector of zeros where it is a mean
    if isinstance(mine, Symbol) and mine.definition is not None and not isinstance(theirs, Symbol):
        # In a distribution the name of a variance, V, says what it is; it repeats no question.
        return _named(mine, theirs, request)
    return judge(theirs, mine, request)


def _named(mine: Symbol, theirs: Tree, request: Request) -> Verdict:
    verdict = judge(theirs, mine, request)
    return right() if verdict.form == "repeats-the-name" else verdict


def _together(asked: Claim, said: Claim, verdicts: dict[str, Verdict], request: Request) -> dict[str, Verdict]:
    """The two verdicts, where one mistake explains both."""
    bad = [what for what, verdict in verdicts.items() if verdict.outcome == "incorrect"]
    if not bad:
        return verdicts
    if _swapped(asked, said):
        told = wrong(
            "mean-variance-swapped", "The two arguments are exchanged.", "Which of them comes first in N( , )?"
        )
        return {what: replace(told, counterexample=verdict.counterexample) for what, verdict in verdicts.items()}
    for what in bad:
        verdicts[what] = _special(what, asked, said, verdicts[what], request)
    both = [verdicts[what].misconception for what in ("mean", "variance") if what in verdicts]
    holds_random = both[0] == "random-in-mean" or (
        said.mean is not None and any(symbol.role == "random" for symbol in symbols_of(said.mean))
    )
    if (
        not asked.given
        and len(both) == len(bad) == len(("mean", "variance"))
        and holds_random
        and both[1] in _WITHOUT_U
    ):
        told = "These are the mean and the variance for given random effects."
        whole = wrong("conditional-for-marginal", told, "What is the mean of a random effect, and how does it vary?")
        return {what: replace(whole, counterexample=verdict.counterexample) for what, verdict in verdicts.items()}
    if asked.given and len(bad) == len(both) and both[0] == "missing-random" and both[1] in _WITH_U:
        told = "These are the mean and the variance with the random effects averaged out."
        whole = wrong("marginal-for-conditional", told, "What is fixed, and what still varies?")
        return {what: replace(whole, counterexample=verdict.counterexample) for what, verdict in verdicts.items()}
    return verdicts


def _special(what: str, asked: Claim, said: Claim, verdict: Verdict, request: Request) -> Verdict:
    """A mean of a random effect that is not zero, and the variance component of another effect."""
    is_unnamed = verdict.misconception in (None, "mean-in-variance")  # a mean of 0 is no variance
    if what == "mean" and is_unnamed and asked.mean is not None and is_nothing(asked.mean):
        told = wrong("mean-not-zero", "An effect that is a deviation has the mean 0.", "Where does its mean belong?")
        return replace(told, counterexample=verdict.counterexample)
    if verdict.misconception is None:
        mine, theirs = (said.mean, asked.mean) if what == "mean" else (said.variance, asked.variance)
        key = _of_elements(mine, theirs, request) if isinstance(mine, Scalar) and isinstance(theirs, Scalar) else None
        if key is not None:
            return replace(_in_words(key), counterexample=verdict.counterexample)
    if what == "variance" and verdict.misconception is None and _is_other_component(said.variance, asked.variance):
        told = wrong("components-swapped", f"{said.variance} is the variance of another effect.",
                     "Whose variance stands here?")  # fmt: skip
        return replace(told, counterexample=verdict.counterexample)
    return verdict


_ELEMENTS = {
    "missing-random": ("A part of the variance is missing.", "Which random effects are in it?"),
    "missing-residual": ("A part of the variance is missing.", "Why do two observations with the same effects differ?"),
    "random-in-mean": ("A random effect is in the mean, and a mean is not random.", "What is its mean?"),
    "error-in-mean": ("The error is in the mean, and a mean is not random.", "What is its mean?"),
    "wrong-index": ("An effect has another index than it should.", "Which effect does this observation have?"),
}
"""Key of a slip in the mean or the variance of an element: what is seen, and a question."""


def _in_words(key: str) -> Verdict:
    return wrong(key, *_ELEMENTS[key])


def _of_elements(mine: Scalar, theirs: Scalar, request: Request) -> str | None:
    """The slip in the mean or the variance of an element, by the letters in which it differs from what was asked."""
    difference = expanded(mine.value - theirs.value)
    terms = [term.as_coeff_Mul() for term in sympy.Add.make_args(difference)]
    if not all(isinstance(letter, sympy.Symbol) and abs(number) == 1 for number, letter in terms):
        return None
    names = {str(letter): number for number, letter in terms}
    if all(name.startswith("sigma2") and number == -1 for name, number in names.items()):
        return "missing-residual" if set(names) == {"sigma2"} else "missing-random"
    bases = {name.partition("_")[0] for name in names}
    if len(bases) == 1 and sorted(names.values()) == [-1, 1]:
        return "wrong-index" if not bases & {"sigma2"} else None
    random = {
        name.tree.name for name in request.vocabulary if isinstance(name.tree, Symbol) and name.tree.role == "random"
    }
    if bases <= random and all(number == 1 for number in names.values()):
        return "error-in-mean" if bases == {"e"} else "random-in-mean"
    return None


def _is_other_component(mine: Tree | None, theirs: Tree | None) -> bool:
    names = [str(tree.value) for tree in (mine, theirs) if isinstance(tree, Scalar) and tree.value.is_Symbol]
    return len(names) == len(("mine", "theirs")) and all(name.startswith("sigma2") for name in names)


def _swapped(asked: Claim, said: Claim) -> bool:
    """Whether the mean stands where the variance belongs and the reverse."""
    if said.mean is None or said.variance is None or asked.mean is None or asked.variance is None:
        return False
    return _same(said.mean, asked.variance) and _same(said.variance, asked.mean)


def _same(mine: Tree, theirs: Tree) -> bool:
    if is_nothing(mine) and is_nothing(theirs):
        return True
    return same_shape(mine.shape, theirs.shape) and compare(mine, theirs).same is True

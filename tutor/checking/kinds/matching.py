"""A model by elements against another one, part by part, for one way of renaming the index letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import sympy

from tutor.algebra.nodes import Explicit, Identity, Scalar, Scaled
from tutor.algebra.sizes import same_shape, same_size
from tutor.algebra.tree import Tree
from tutor.checking.equal import compare
from tutor.checking.judge import Request, judge
from tutor.checking.kinds.claims import is_nothing
from tutor.checking.kinds.index_models import Drawn, Effect, Element, IndexModel, is_capital
from tutor.checking.kinds.parts import Judged, right, wrong
from tutor.checking.verdict import Cell, Counterexample, Verdict
from tutor.checking.words import signed
from tutor.notation.names import GREEK, unicode_name

_VARIANCE = re.compile(r"(?i:var|v|g|r|sigma2)(?:_|\d|$)")
"""Letters of what is a variance already."""

Letters = Mapping[str, str]
Pairs = list[tuple[Effect, Effect]]


def matched(asked: IndexModel, said: IndexModel, letters: Letters, request: Request) -> list[Judged]:
    """The parts of a model: its response, each term, each distribution, and the ranges that were told."""
    parts = [_response(asked, said, letters)]
    pairs, missing, stray = _paired(asked, said, letters)
    confused = {id(mine) for theirs, mine in pairs if _is_drawn(said, mine) and not _is_drawn(asked, theirs)}
    repeated = {id(mine) for mine in _repeated(pairs)}
    for theirs, mine in pairs:
        verdict = right()
        if id(mine) in repeated:
            verdict = wrong("wrong-index", f"{mine.element.name} stands in two terms, where there are two effects.",
                            "Are the effects in these terms one and the same number?")  # fmt: skip
        elif id(mine) in confused:
            verdict = wrong("fixed-random-confused", f"{mine.name} has a distribution, and is fixed here.",
                            "Were its levels drawn from many, or chosen?")  # fmt: skip
        elif mine.factor != theirs.factor and not _is_turned(asked, said, theirs, mine):
            key, told = ("sign", "It has another sign.") if mine.factor == -theirs.factor else (
                "extra-factor", f"It is multiplied by {signed(str(mine.factor))}.")  # fmt: skip
            verdict = wrong(key, told, "How much does the effect add to an observation?")
        parts.append(Judged(("terms",), f"the term {mine.name}", verdict))
    kin = _kin(asked, said, missing, stray)
    parts += _unmatched(asked, missing, stray, kin)
    parts += _distributions(asked, said, [*pairs, *kin], bool(confused), request)
    return parts + list(_ranges(asked, said, letters))


def partners(asked: IndexModel, said: IndexModel, letters: Letters) -> list[tuple[Effect, Effect | None]]:
    """Each effect of an answer with the effect of the reference that it is, or is meant to be."""
    pairs, missing, stray = _paired(asked, said, letters)
    kin = _kin(asked, said, missing, stray)
    others = [mine for mine in stray if not any(mine is each for _, each in kin)]
    return [*((mine, theirs) for theirs, mine in (*pairs, *kin)), *((mine, None) for mine in others)]


def _repeated(pairs: Pairs) -> Iterator[Effect]:
    """The terms of an answer with an effect of another term once more, where the reference has two: u_1j + u_1j x_i for
    u_0j + u_1j x_i."""
    first: dict[str, Element] = {}
    for theirs, mine in pairs:
        if first.setdefault(mine.element.key, theirs.element).key != theirs.element.key:
            yield mine


def _response(asked: IndexModel, said: IndexModel, letters: Letters) -> Judged:
    if said.response.with_indices(letters) == asked.response.indices:
        verdict = right()
    else:
        counts = len(said.response.indices), len(asked.response.indices)
        told = f"{said.response.name} has {counts[0]} {'index' if counts[0] == 1 else 'indices'}."
        verdict = wrong("wrong-index", told, "How many indices tell one observation from all others?")
    return Judged(("response",), "the response", verdict, 0.5)


# Terms


def _paired(asked: IndexModel, said: IndexModel, letters: Letters) -> tuple[Pairs, list[Effect], list[Effect]]:
    """Effects of both models that are the same one, those of the reference left over, and those of the answer."""
    missing, stray = _all_effects(asked), _with_intercept(_all_effects(said))
    known = {effect.element.letter: effect for effect in missing}
    own = {effect.element.letter for effect in stray}
    pairs: Pairs = []

    def is_free(theirs: Effect, mine: Effect) -> bool:
        """Whether the letter may be another one here: the reference has it for no effect; or for one that this term
        cannot be, as in α_i + β_j for τ_i + α_j, with both random or both fixed, and letters that do not trade places.
        """
        other = known.get(mine.element.letter)
        if other is None:
            return True
        alike = _is_drawn(said, mine) == _is_drawn(asked, theirs)
        return alike and theirs.element.letter not in own and not _fits(other, mine, letters)

    for theirs in list(missing):
        fitting = [mine for mine in stray if _fits(theirs, mine, letters) and (
            mine.element.letter == theirs.element.letter or theirs.is_intercept or is_free(theirs, mine))]  # fmt: skip
        if fitting:
            # Of two on the same index the one with the same letter, or the same distribution, is meant.
            best = max(fitting, key=lambda mine, other=theirs: _likeness(asked, said, other, mine))
            pairs.append((theirs, best))
            missing.remove(theirs)
            stray.remove(best)
    return pairs, missing, stray


def _with_intercept(effects: list[Effect]) -> list[Effect]:
    """The effects, with means μ_i for μ + τ_i where there is no μ beside them."""
    means = next((each for each in effects if each.element.base == "mu" and each.element.indices), None)
    if means is None or means.covariates or any(each.is_intercept for each in effects):
        return effects
    rest = [each for each in effects if each is not means]
    deviation = Element(f"{means.element.base}_", means.element.indices, key=means.element.key)
    return [Effect(Element("mu", key="mu")), Effect(deviation), *rest]


def _likeness(asked: IndexModel, said: IndexModel, theirs: Effect, mine: Effect) -> tuple[bool, bool]:
    same_letter = mine.element.letter == theirs.element.letter
    return same_letter, _is_drawn(said, mine) == _is_drawn(asked, theirs)


def _all_effects(model: IndexModel) -> list[Effect]:
    return [*model.effects, *(() if model.residual is None else (model.residual,))]


def _fits(theirs: Effect, mine: Effect, letters: Letters) -> bool:
    """Whether two terms have the same indices and covariates, whatever their letters."""
    same_indices = mine.element.with_indices(letters) == theirs.element.indices
    return same_indices and _same_covariates(theirs, mine, letters)


def _same_covariates(theirs: Effect, mine: Effect, letters: Letters) -> bool:
    """Whether the covariates are the same. One may have more indices than it needs: x_i is x_ij too."""
    own = sorted(mine.covariates, key=lambda each: (each.base, each.number))
    others = sorted(theirs.covariates, key=lambda each: (each.base, each.number))
    return [(each.base, each.number) for each in own] == [(each.base, each.number) for each in others] and all(
        one.indices <= each.with_indices(letters) for each, one in zip(own, others, strict=True)
    )


def _is_drawn(model: IndexModel, effect: Effect) -> bool:
    """Whether an effect is random: it has a distribution, or is the residual."""
    return effect is model.residual or model.distribution(effect) is not None


def _is_turned(asked: IndexModel, said: IndexModel, theirs: Effect, mine: Effect) -> bool:
    """Whether a random effect only has the other sign: −u_j is distributed as u_j where it is drawn alone."""
    alone = all(
        drawn is None or len(drawn.elements) == 1 for drawn in (asked.distribution(theirs), said.distribution(mine))
    )
    return mine.factor == -theirs.factor and _is_drawn(asked, theirs) and _is_drawn(said, mine) and alone


def _kin(asked: IndexModel, said: IndexModel, missing: list[Effect], stray: list[Effect]) -> Pairs:
    """Terms of the answer that are meant to be ones of the reference, and have other indices."""
    open_ones = list(stray)
    found: Pairs = []
    for theirs in missing:
        mine = next((each for each in open_ones if each.element.letter == theirs.element.letter), None)
        mine = mine or next((each for each in open_ones if _is_kin(asked, said, theirs, each)), None)
        if mine is not None:
            open_ones.remove(mine)
            found.append((theirs, mine))
    return found


def _unmatched(asked: IndexModel, missing: list[Effect], stray: list[Effect], kin: Pairs) -> Iterator[Judged]:
    """Terms that are missing, that have other indices than they should, and that do not belong."""
    for theirs in missing:
        mine = next((each for other, each in kin if other is theirs), None)
        if mine is not None:
            told = f"{mine.name} has other indices than it should."
            verdict = wrong("wrong-index", told, "Between which observations does it differ?")
            yield Judged(("terms",), f"the term {mine.name}", verdict)
            continue
        key, name, question = _kind(asked, theirs)
        verdict = wrong(key, f"{name[:1].upper()}{name[1:]} is missing.", question)
        yield Judged(("terms",), name, verdict)
    for mine in (each for each in stray if not any(each is one for _, one in kin)):
        verdict = wrong("extra-term", f"{mine.name} does not belong.", "What in the design would it stand for?")
        yield Judged(("terms",), f"the term {mine.name}", verdict)


def _is_kin(asked: IndexModel, said: IndexModel, theirs: Effect, mine: Effect) -> bool:
    """Whether both are random effects, or both the same covariates' coefficients, only on other indices."""
    if theirs.is_intercept or mine.is_intercept:
        return False
    same = [each.base for each in theirs.covariates] == [each.base for each in mine.covariates]
    return same and _is_drawn(said, mine) and _is_drawn(asked, theirs) and theirs is not asked.residual


def _kind(asked: IndexModel, effect: Effect) -> tuple[str, str, str]:
    """The key of a missing term, what kind it is in words, and a question that leads to it."""
    if effect is asked.residual:
        return "missing-residual", "the residual", "Why do two observations with the same effects differ?"
    if effect.is_intercept:
        return "missing-intercept", "the intercept", "From which value do the effects deviate?"
    if _is_drawn(asked, effect):
        return "missing-random", "a random effect", "What do some of the observations share?"
    return "missing-term", "a fixed effect", "What was done to the units?"


# Distributions


def _distributions(
    asked: IndexModel, said: IndexModel, pairs: Pairs, confused: bool, request: Request
) -> Iterator[Judged]:
    partner = {id(theirs): mine for theirs, mine in pairs}
    names: dict[str, str] = {}
    told_already: set[int] = set()
    for theirs in _all_effects(asked):
        reference = asked.distribution(theirs)
        if reference is None or id(reference) in told_already:
            continue
        told_already.add(id(reference))
        mine = partner.get(id(theirs))
        if mine is None:
            continue  # what is missing is missing once
        drawn = said.distribution(mine)
        members = [each for each in _all_effects(asked) if asked.distribution(each) == reference]
        if drawn is None:
            as_fixed = confused or _is_written_as_fixed(said, mine)
            key = "fixed-random-confused" if as_fixed else "missing-distribution"
            told = f"{mine.name} has no distribution here{', as if it were fixed' if as_fixed else ''}."
            verdict = wrong(key, told, "Is it fixed or random, and how large are its values?")
        elif any(id(each) not in partner for each in members):
            continue  # that an effect is missing is why the others have no covariance with it
        else:
            named = _named_effect(said, mine, drawn.variance)
            told = _Told(names, asked, said)
            verdict = _judge_drawn(reference, drawn, told, request) if named is None else wrong(
                None, f"{named} is an effect, and no variance.", "What is its variance called?")  # fmt: skip
        yield Judged(("distributions",), f"the distribution of {mine.element.name}", verdict)


def _named_effect(said: IndexModel, effect: Effect, variance: Tree) -> str | None:
    """The effect, as u_j, that stands where its own variance or that of another should, or the square of it; its letter
    alone is that of the effect too. None where there is none."""
    letters = variance.value.free_symbols if isinstance(variance, Scalar) else ()
    own = effect.element
    taken = {each.element.key for each in _all_effects(said) if each.element.indices}
    taken |= {own.base, f"{own.base}_{own.number}"} if own.indices else set()
    return next((unicode_name(str(letter)) for letter in letters if str(letter) in taken), None)


def _is_written_as_fixed(said: IndexModel, effect: Effect) -> bool:
    """Whether a term without a distribution has the letter of a fixed effect, while other terms have distributions."""
    is_coefficient = effect.element.base in GREEK and effect.element.letter != "e"
    return is_coefficient and effect is not said.residual and bool(said.drawn)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told beside a distribution: ``names`` are the variances so far, those of the answer with what they stand
    for in the model that was asked for."""

    names: dict[str, str]
    asked: IndexModel
    said: IndexModel


def _judge_drawn(asked: Drawn, said: Drawn, told: _Told, request: Request) -> Verdict:
    if said.family != asked.family:
        key = "wrong-family" if said.family else "missing-family"
        return wrong(key, "Its family is another one." if said.family else "Its family is not told.", "Is it normal?")
    if not is_nothing(said.mean):
        if is_nothing(said.variance):
            return wrong("mean-variance-swapped", "Its two arguments are exchanged.", "Which comes first in N( , )?")
        return wrong("mean-not-zero", "An effect that is a deviation has the mean 0.", "Where does its mean belong?")
    if isinstance(asked.variance, Scalar) and isinstance(said.variance, Scalar):
        return _judge_variance(str(asked.variance.value), said.variance.value, told)
    return _judge_structure(asked, said, request)


def _judge_variance(asked: str, said: sympy.Expr, told: _Told) -> Verdict:
    """A variance by its name: another name is as good, unless it means something else already."""
    if not said.is_Symbol:
        if said.has(sympy.Pow) and any(power.exp == sympy.Rational(1, 2) for power in said.atoms(sympy.Pow)):
            return wrong("sd-for-variance", "The second argument is a standard deviation.",
                         "If y is in kg, what is a standard deviation in, and what is a variance?")  # fmt: skip
        if not isinstance(said, sympy.Pow) or said.exp != 2:
            return wrong(None, "This is not its variance.", "What is its variance called?")
        if not _is_deviation(said.base):
            return wrong("squared-twice", "The variance is squared once more.", "What is it in, if y is in kg?")
    name = str(said.base if isinstance(said, sympy.Pow) else said)
    if said.is_Symbol and told.said.is_deviation(name):
        return wrong("sd-for-variance", "The second argument is a standard deviation.",
                     "If y is in kg, what is a standard deviation in, and what is a variance?")  # fmt: skip
    variances = {str(drawn.variance.value) for drawn in told.asked.drawn.values() if isinstance(drawn.variance, Scalar)}
    if name in variances and name != asked:
        return wrong("components-swapped", f"{unicode_name(name)} is the variance of another effect.",
                     "Whose variance stands here?")  # fmt: skip
    if told.names.setdefault(name, asked) != asked:
        return wrong("wrong-index", f"{Scalar(said)} is the variance of another effect already.",
                     "Do both effects vary alike?")  # fmt: skip
    return right()


def _is_deviation(base: sympy.Basic) -> bool:
    """Whether a letter that is squared may be a standard deviation of the student's own, as the s of s_u²."""
    return isinstance(base, sympy.Symbol) and not _VARIANCE.match(base.name)


def _judge_structure(asked: Drawn, said: Drawn, request: Request) -> Verdict:
    """Correlated effects, or residuals over an index: the matrix of their covariances."""
    is_letter = is_capital(said.variance)
    if isinstance(said.variance, Scalar) and not is_letter:
        key = "covariance-missing" if len(asked.elements) > 1 else "wrong-structure"
        told = wrong(key, "They are correlated, and here they are not.", "Which of them have something in common?")
        independent = Scaled(said.variance, Identity(asked.variance.rows))
        return replace(told, counterexample=judge(asked.variance, independent, request).counterexample)
    if isinstance(asked.variance, Scalar):
        return wrong("wrong-structure", "They are independent here, each with the same variance.",
                     "Which of them could have something in common?")  # fmt: skip
    if (is_letter and _is_free(asked.variance)) or _same(said.variance, asked.variance):
        return right()
    if is_letter:
        return wrong("wrong-structure", f"How {said.variance} looks is not told.", "Which entries does it have?")
    told = wrong("wrong-structure", "Their covariances are not as asked.", "How does a covariance change with the lag?")
    return replace(told, counterexample=judge(asked.variance, said.variance, request).counterexample)


def _is_free(variance: Tree) -> bool:
    """Whether each variance and covariance is a parameter of its own, so that a letter says all there is to say."""
    if not isinstance(variance, Explicit):
        return False
    matrix = variance.matrix
    cells = [matrix[i, j] for i in range(matrix.rows) for j in range(i + 1)]
    return all(isinstance(cell, sympy.Symbol) for cell in cells) and len(set(cells)) == len(cells)


def _same(mine: Tree, theirs: Tree) -> bool:
    return mine == theirs or (same_shape(mine.shape, theirs.shape) and compare(mine, theirs).same is True)


# Ranges


def _ranges(asked: IndexModel, said: IndexModel, letters: Letters) -> Iterator[Judged]:
    """Ranges that were told; a letter is as good a name for a size as its number."""
    for index, last in said.ranges.items():
        theirs = asked.ranges.get(letters.get(index, ""))
        if theirs is None or last is None or same_size(last, theirs):
            continue
        if last.is_Integer:
            told = f"{index} does not run to {last}."
            verdict = wrong("wrong-range", told, "How many are there?")
            if theirs.is_Integer:
                example = Counterexample({}, Cell(0, 0), str(last), str(theirs), f"the last {index}")
                verdict = replace(verdict, counterexample=example)
            yield Judged(("ranges",), f"the range of {index}", verdict, 0.5)

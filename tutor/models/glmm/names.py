"""The names of a generalized model, for reading the lines of a derivation about it, and the moments that these have.

Given u an observation has the mean and the variance of its family at its η, and those are functions of normal u. What
is asked of such functions is a mean, E(f), E(f²) − E(f)² or E(fg) − E(f)E(g), in closed form where `laws` has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import combinations_with_replacement
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Covariance, Expectation, Scalar, Symbol, Variance
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.errors import TutorError
from tutor.models.element_names import key_of
from tutor.models.glmm.laws import Normals, mean_of
from tutor.models.glmm.predictor import Observation, observation, predictor_of
from tutor.notation.meaning.functions import Phi
from tutor.notation.names import split_given, unicode_name
from tutor.notation.vocabulary import Name, Vocabulary, lecture_vocabulary

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

Number = sympy.Expr

_OF_OBSERVATIONS = frozenset({"y", "x", "eta", "mu", "pi", "lambda"})
"""Letters that have the index of an observation in any model."""


@dataclass(frozen=True)
class Scope:
    """What a derivation is about: a model, and what its letters for the moments of η stand for, as m for μ."""

    model: GeneralizedModel
    letters: tuple[tuple[sympy.Symbol, sympy.Expr], ...] = ()

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of the model: its effects and parameters, η and μ by the effects that they are made of, and the
        letters by their values."""
        linear = self.model.linear
        letters = [parameter.symbol for parameter in self.model.parameters]
        for vector in (linear.beta, linear.u):
            if vector is not None and vector.entries is not None:
                letters += [cast(sympy.Symbol, entry) for entry in vector.entries.flat()]
        told = [Name(letter.name, Scalar(letter)) for letter in dict.fromkeys(letters)]
        told += [Name(base, Symbol(base, size(f"q_{base}"), ONE, "random")) for base in random_bases(self.model)]
        told += [Name(letter.name, Scalar(value)) for letter, value in self.letters]
        words = lecture_vocabulary().with_names(*told)
        # A letter with an index that the model has not, as v_1, is no name of it.
        own = {name.key.partition("_")[0] for name in told} | _OF_OBSERVATIONS
        families = {base: family for base, family in words.families.items() if base in own}
        words = replace(words, families=MappingProxyType(families))
        moments = Moments(self.model)
        return replace(words, takes_new_names=False, made=partial(_made, self.model), element_moment=moments.of)


def random_bases(model: GeneralizedModel) -> tuple[str, ...]:
    """The letters of the random effects, u and v."""
    names = (name for effects in model.linear.index.effects for name in effects.names)
    return tuple(dict.fromkeys(key_of(name).partition("_")[0] for name in names))


def _made(model: GeneralizedModel, key: str) -> Name | None:
    """η_11 as μ + τ_1 + u_1, and μ_11, the mean given u, as the function of it."""
    base, _, below = key.partition("_")
    if not below or base not in {"eta", model.family.letter}:
        return None
    of = _observation(model, f"y_{below}")
    if of is None or of.at_large:
        return None
    eta = predictor_of(model.linear, of)
    return Name(key, Scalar(eta if base == "eta" else model.link.mean(eta)))


def _observation(model: GeneralizedModel, key: str) -> Observation | None:
    try:
        return observation(model.linear, key)
    except TutorError:
        return None


class Moments:
    """The moments of functions of observations and of random effects."""

    def __init__(self, model: GeneralizedModel) -> None:
        self._model = model
        self._random = frozenset(random_bases(model))
        self._pairs: dict[tuple[sympy.Symbol, sympy.Symbol], Number] = {}

    def of(self, moment: Tree) -> Tree | None:
        """The value of E, Var, Cov or Corr of scalars; None for any other tree.

        Raises
        ------
        TutorError
            For a moment that does not follow from the model, or has no closed form.
        """
        parts = [part.value for part in moment.parts if isinstance(part, Scalar)]
        if len(parts) < len(moment.parts):
            return None
        if isinstance(moment, Expectation):
            return Scalar(self._mean(parts[0]))
        if isinstance(moment, Variance):
            return Scalar(self._covariance(parts[0], parts[0]))
        if isinstance(moment, Covariance):
            return Scalar(self._covariance(*parts))
        if isinstance(moment, Applied) and moment.function == "Corr":
            one, other = parts
            variances = self._covariance(one, one) * self._covariance(other, other)
            return Scalar(self._covariance(one, other) / sympy.sqrt(variances))
        return None

    def _covariance(self, one: Number, other: Number) -> Number:
        """Cov(f, g) = E(fg) − E(f)E(g)."""
        return self._mean(one * other, (one, other)) - self._mean(one) * self._mean(other)

    def _mean(self, value: Number, factors: tuple[Number, ...] = ()) -> Number:
        """E(f), or the mean given u where f has observations given u; ``factors`` are those of which f is the product.

        All observations in it are given u, or none is.
        """
        responses = {letter: of for letter in _letters(value) if (of := self._response(letter)) is not None}
        given = {letter for letter in responses if split_given(letter.name)[1]}
        if given and (len(given) < len(responses) or any(not self._has(factor, given) for factor in factors)):
            raise TutorError("What is given u stands beside what is not.", tip="Write each as y | u, or neither.")
        conditional = self._given(value, responses)
        return conditional if given else self._marginal(conditional)

    @staticmethod
    def _has(value: Number, given: Iterable[sympy.Symbol]) -> bool:
        return bool(value.free_symbols.intersection(given))

    def _response(self, letter: sympy.Symbol) -> Observation | None:
        """The observation that a letter is, y_11 or y_11 | u."""
        name = split_given(letter.name)[0]
        return _observation(self._model, name) if name.startswith("y_") else None

    def _given(self, value: Number, responses: dict[sympy.Symbol, Observation]) -> Number:
        """The mean given u of a polynomial in observations, of the second degree at most: given u they are independent
        of each other."""
        if not responses:
            return value
        polynomial = value.as_poly(*responses)
        if polynomial is None or polynomial.total_degree() > 2:
            raise TutorError("Only sums and products of two observations have a mean here.")
        etas = {letter: predictor_of(self._model.linear, of) for letter, of in responses.items()}
        total: Number = sympy.S.Zero
        for powers, coefficient in polynomial.terms():
            within = [letter for letter, power in zip(responses, powers, strict=True) for _ in range(power)]
            mean = sympy.Mul(*(self._model.mean_given(etas[letter]) for letter in within))
            if len(within) == 2 and responses[within[0]] == responses[within[1]]:
                mean = mean + self._model.variance_given(etas[within[0]])
            total = total + coefficient * mean
        return total

    def _marginal(self, value: Number) -> Number:
        """The mean over the random effects."""
        effects = [letter for letter in _letters(value) if letter.name.partition("_")[0] in self._random]
        if not effects:
            return value
        value, ends = _with_ends(value, effects)
        forms = {
            **{letter: {letter: sympy.S.One} for letter in effects},
            **{end: form for end, (_, form) in ends.items()},
        }
        means = {**dict.fromkeys(effects, sympy.S.Zero), **{end: constant for end, (constant, _) in ends.items()}}
        covariances = {
            (one, other): sympy.expand(
                sympy.Add(*(a * b * self._pair(x, z) for x, a in forms[one].items() for z, b in forms[other].items()))
            )
            for one, other in combinations_with_replacement(forms, 2)
        }
        found = mean_of(value, Normals(means, covariances))
        if found is None:
            names = ", ".join(unicode_name(letter.name) for letter in effects)
            raise TutorError(f"The mean of this function of {names} has no closed form that is known here.")
        return found

    def _pair(self, one: sympy.Symbol, other: sympy.Symbol) -> Number:
        """Cov of two random effects."""
        if (one, other) not in self._pairs:
            told = self._model.linear.derive(Covariance(Scalar(one), Scalar(other))).result
            value = told.value if isinstance(told, Scalar) else told.explicit()[0, 0]
            self._pairs[one, other] = self._pairs[other, one] = cast(Number, value)
        return self._pairs[one, other]


def _letters(value: Number) -> list[sympy.Symbol]:
    return sorted((letter for letter in value.free_symbols if isinstance(letter, sympy.Symbol)), key=str)


Ends = dict[sympy.Symbol, tuple[Number, dict[sympy.Symbol, Number]]]
"""A letter for a + k'u: a, and each effect with its factor."""


def _with_ends(value: Number, effects: list[sympy.Symbol]) -> tuple[Number, Ends]:
    """A function with a letter, normal too, for each linear function of effects of which it takes Φ."""
    ends: Ends = {}
    letters: dict[Number, sympy.Symbol] = {}
    for inside in _arguments_of_probit(value):
        polynomial = inside.as_poly(*effects)
        if polynomial is None or polynomial.total_degree() != 1:
            continue
        letter = letters.setdefault(inside, sympy.Dummy(f"eta{len(letters)}", real=True))
        form = {effect: cast(Number, polynomial.coeff_monomial(effect)) for effect in effects}
        ends[letter] = cast(Number, polynomial.coeff_monomial(1)), form
    told = {Phi(inside): Phi(letter) for inside, letter in letters.items()}
    return cast(Number, value.xreplace(told)), ends


def _arguments_of_probit(value: Number) -> Iterator[Number]:
    for function in sorted(value.atoms(Phi), key=str):
        yield cast(Number, function.args[0])

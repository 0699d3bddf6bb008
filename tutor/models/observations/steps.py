"""The lines from a moment of elements to its formula, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.algebra.laws.joining import times
from tutor.algebra.nodes import Covariance, Expectation, Scalar, Sum, Symbol, Variance
from tutor.algebra.rules import Derivation, Step, without_detours
from tutor.algebra.single import sum_or_term
from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.models.collected import collected
from tutor.models.element_names import letters_of
from tutor.models.levels import DOT, key_over
from tutor.models.observations.cells import Element
from tutor.models.observations.forms import LinearForm
from tutor.models.observations.overlap import Indices
from tutor.models.observations.symbols import Effects
from tutor.models.words import listed_words
from tutor.notation.names import unicode_name

if TYPE_CHECKING:
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True, slots=True)
class Part:
    """One argument of a moment: elements with coefficients beside a constant, as written and by the model."""

    elements: Mapping[Element, sympy.Expr]
    rest: sympy.Expr
    form: LinearForm


@dataclass(frozen=True, slots=True)
class Steps:
    """A moment of forms on its way to a formula."""

    model: MixedModel
    effects: Effects
    forms: Mapping[Element, LinearForm]
    parts: Sequence[Part]
    kind: type[Expectation | Variance | Covariance]

    @property
    def written(self) -> list[Tree]:
        """The arguments as written, each element by its name with what the model says of it."""
        return [self._written(part) for part in self.parts]

    def derivation(self) -> Derivation:
        goal = line = self.kind(*self.written)
        steps: list[Step] = []
        for rule, because, after, assumption in self._lines():
            if after != line:
                steps.append(Step(rule, because, line, after, assumption))
                line = after
        return without_detours(goal, steps)

    def _moment(self, argument: Callable[[Part], Tree]) -> Tree:
        return self.kind(*map(argument, self.parts))

    def _lines(self) -> list[tuple[str, str, Tree, str | None]]:
        found: list[tuple[str, str, Tree, str | None]] = [
            ("definition-of-y", self._by_the_model(), self._moment(self._entered), None),
            ("like-terms", self._cancelled(), self._moment(lambda part: self.effects.tree(part.form)), None),
        ]
        return found + (self._of_mean() if self.kind is Expectation else self._of_second())

    # The lines on the way

    def _written(self, part: Part) -> Tree:
        terms = [times(c, self._symbol(element)) for element, c in part.elements.items()]
        return sum_or_term([*terms, *([Scalar(part.rest)] if part.rest != 0 or not terms else [])])

    def _symbol(self, element: Element) -> Symbol:
        """An element by its name, with what the model says of it."""
        if element in self.effects.symbols:
            return self.effects.symbols[element]
        key = f"{element.key}|{','.join(element.given)}" if element.given else element.key
        return Symbol(key, ONE, ONE, role="random", definition=self.effects.tree(self.forms[element]))

    def _entered(self, part: Part) -> Tree:
        terms: list[Tree] = []
        for element, coefficient in part.elements.items():
            tree = self.effects.tree(self.forms[element])
            if coefficient == 1 and isinstance(tree, Sum):
                terms += tree.terms
            else:
                terms.append(times(coefficient, tree))
        return sum_or_term([*terms, *([Scalar(part.rest)] if part.rest != 0 or not terms else [])])

    def _by_the_model(self) -> str:
        name = self.model.index.response
        elements = [element for part in self.parts for element in part.elements if element.name == name]
        averaged = {letter for each in elements for letter in letters_of(name) if each.level(letter) == DOT}
        told = f", averaged over {listed_words(sorted(averaged))}" if averaged else ""
        own = "".join(f"; {each}" for each in dict.fromkeys(filter(None, map(self._over_plots, elements))))
        return f"the model{told}{own}"

    def _over_plots(self, average: Element) -> str:
        """Which averages of effects are over the plots of an average of y."""
        names = [name for effects in self.model.index.effects for name in effects.names]
        names += [term.coefficient for term in self.model.index.terms]
        keys = {key_over(name, average.levels) for name in names}
        form = self.forms[average]
        own = [key for key in (*map(str, form.fixed), *(effect.key for effect in form.random)) if key in keys]
        told = listed_words([unicode_name(key) for key in own])
        return f"{told} {'is' if len(own) == 1 else 'are'} over the plots of {average}" if own else ""

    def _cancelled(self) -> str:
        gone: dict[str, None] = {}
        for part in self.parts:
            for element in part.elements:
                form = self.forms[element]
                gone |= dict.fromkeys(
                    unicode_name(str(letter)) for letter in form.fixed if letter not in part.form.fixed
                )
                gone |= dict.fromkeys(str(effect) for effect in form.random if effect not in part.form.random)
        return (
            f"{listed_words(list(gone))} {'cancels' if len(gone) == 1 else 'cancel'}" if gone else "like terms together"
        )

    # Means

    def _of_mean(self) -> list[tuple[str, str, Tree, str | None]]:
        (part,) = self.parts
        told = ", ".join(f"E({effect}) = 0" for effect in part.form.random)
        constants = self.effects.constants(part.form)
        mean = sum_or_term(constants or [Scalar(sympy.S.Zero)])
        sums = {letter: symbol.definition for letter, symbol in self.effects.averages.items()
                if letter in part.form.fixed}  # fmt: skip
        known = {letter: total.value for letter, total in sums.items() if isinstance(total, Scalar)}
        value = Scalar(sympy.expand(part.form.constant.xreplace(known)))  # pyright: ignore[reportArgumentType]
        because = ", ".join(f"{Scalar(letter)} = {total}" for letter, total in sums.items())
        return [
            ("declared-expectation", told or "a constant is its own mean", mean, told or None),
            ("averages-of-effects", because or "written as one", value, None),
        ]

    # Variances and covariances

    def _of_second(self) -> list[tuple[str, str, Tree, str | None]]:
        found: list[tuple[str, str, Tree, str | None]] = []
        first, last = self.parts[0].form, self.parts[-1].form
        zero = Scalar(sympy.S.Zero)
        constants = [sum_or_term(terms) for part in self.parts if (terms := self.effects.constants(part.form))]
        what = "variance" if self.kind is Variance else "covariance"
        told = listed_words(list(dict.fromkeys(map(str, constants))))
        if not first.random or not last.random:
            return [("variance-of-constant", f"{told} is fixed: it does not vary", zero, None)]
        moving = self._moment(lambda part: sum_or_term(self.effects.effects(part.form)))
        verb = "is" if len(set(map(str, constants))) == 1 else "are"
        found.append(("variance-of-shifted", f"{told} {verb} fixed; adding a constant changes no {what}", moving, None))
        pairs = self._pairs(first, last)
        kept = [(a, b, c) for a, b, c in pairs if self.effects.covariances[a, b] != 0]
        split = [times(c, self._second(a, b)) for a, b, c in kept]
        zeros = self._zeros(pairs)
        because = zeros or self._law(len(kept))
        if not kept:
            return [*found, ("covariance-of-uncorrelated", zeros, zero, zeros)]
        found.append(("variance-of-uncorrelated-sum", because, sum_or_term(split), zeros or None))
        values = [Scalar(c * self.effects.covariances[a, b]) for a, b, c in kept]
        known = ", ".join(dict.fromkeys(self._value(a, b) for a, b, _ in kept))
        blocks = Indices.of(self.model).blocks
        meets = blocks is not None and any(a.plots or b.plots for a, b, _ in kept)
        because = f"{known}: {blocks.told}" if blocks is not None and meets else known
        found.append(("declared-variance", because, sum_or_term(values), known))
        total = self._together(sympy.Add(*(value.value for value in values)))
        because = "like terms together" if sympy.fraction(total)[1] == 1 else "in one fraction"
        found.append(("collected", because, Scalar(total), None))
        return found

    def _law(self, terms: int) -> str:
        if self.kind is Covariance:
            return "a covariance is linear in each of its arguments"
        return "Var(c x) = c² Var(x)" if terms == 1 else "Var(x + y) = Var(x) + 2 Cov(x, y) + Var(y)"

    def _together(self, total: sympy.Expr) -> sympy.Expr:
        """By variances where there are no others, as correlations, among the parameters."""
        plain = all(str(s).startswith("sigma") or s.is_integer or s not in self._parameters for s in total.free_symbols)
        return collected(total) if plain else sympy.factor_terms(total)  # pyright: ignore[reportReturnType]

    @property
    def _parameters(self) -> set[sympy.Symbol]:
        return {parameter.symbol for parameter in self.model.parameters}

    def _pairs(self, first: LinearForm, last: LinearForm) -> list[tuple[Element, Element, sympy.Expr]]:
        """The pairs of effects with the coefficients of their covariances; of a variance each pair once."""
        if self.kind is Covariance:
            return [(a, b, c * d) for a, c in first.random.items() for b, d in last.random.items()]
        effects = list(first.random.items())
        return [
            (a, b, c * c if a == b else 2 * c * d)
            for place, (a, c) in enumerate(effects)
            for b, d in effects[place:]
        ]  # fmt: skip

    def _second(self, one: Element, other: Element) -> Tree:
        symbols = self.effects.symbols
        return Variance(symbols[one]) if one == other else Covariance(symbols[one], symbols[other])

    def _zeros(self, pairs: Sequence[tuple[Element, Element, sympy.Expr]]) -> str:
        """Which effects are uncorrelated: two vectors, or effects of one."""
        told: dict[str, None] = {}
        order = list(dict.fromkeys(map(_vector, self.effects.symbols)))
        for one, other, _ in pairs:
            if self.effects.covariances[one, other] == 0:
                vectors = [_vector(one), _vector(other)]
                first, second = (one, other) if vectors[0] == vectors[1] else sorted(vectors, key=order.index)
                told[f"Cov({first}, {second}) = 0"] = None
        return ", ".join(told)

    def _value(self, one: Element, other: Element) -> str:
        value = Scalar(self.effects.covariances[one, other])
        return f"Var({one}) = {value}" if one == other else f"Cov({one}, {other}) = {value}"


def _vector(element: Element) -> str:
    return unicode_name("".join(element.name.bases))

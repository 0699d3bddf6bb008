"""What a text says of a model by elements: its equation term by term, and which names have which distribution."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import sympy
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.errors import ReadError
from tutor.models.about_their_means import keys_of
from tutor.models.element_names import element_name, is_greek, key_of, letters_of, plain_name, split_base
from tutor.models.index import IndexTerm, Name
from tutor.models.laws import Law, law_of
from tutor.models.offsets import Offset, offset_of
from tutor.models.stacked import effects_of
from tutor.models.terms import index_term, is_in, multiplied, of_covariates
from tutor.models.told import Effects, Told
from tutor.models.told_variances import check_one_variance, of_each_level
from tutor.models.transformed import power_of_effect, refused_mean, transformed
from tutor.notation.names import GREEK, unicode_name
from tutor.notation.statement import Statement, Term
from tutor.notation.write import unicode

RESIDUALS = frozenset({"e", "epsilon", "varepsilon", "E"})
"""Bases that are a residual even where no distribution says so, if they carry every index of the response."""

MOST_SUBSTITUTIONS = 200

Place = Statement | Term


@dataclass(frozen=True, slots=True)
class Declaration:
    """A model by elements as a text declares it.

    ``terms`` are those of the right side without the residual, ``places`` where they stand; ``random`` the effects
    with a distribution; ``residual_variance`` is None where none was written, and ``correlated`` the distribution of
    residuals over an index. ``ranges`` hold the last value of an index by its letter. ``law`` is the distribution of a
    response that is not normal or has a link, ``offsets`` are the terms of its linear predictor without a coefficient.
    """

    text: str
    response: Name
    terms: tuple[IndexTerm, ...]
    places: tuple[Place, ...]
    residual: Name
    residual_variance: sympy.Symbol | None
    random: tuple[Effects, ...]
    ranges: dict[str, Size | None]
    zeros: tuple[Name, ...]
    correlated: Effects | None = None
    law: Law | None = None
    offsets: tuple[Offset, ...] = ()

    @property
    def repeated(self) -> str:
        """The index over which residuals or effects are correlated; none where they are not."""
        of = (*self.random, *(() if self.correlated is None else (self.correlated,)))
        return next((effects.over for effects in of if effects.over), "")

    def error(self, problem: str, kind: str, tip: str, place: Place | None = None) -> ReadError:
        """A ReadError at a place of the text, or of the whole."""
        return located(self.text, problem, kind, tip, place)


def located(text: str, problem: str, kind: str, tip: str, place: Place | None = None) -> ReadError:
    """A ReadError at a place of a text, or of the whole."""
    start, end = (0, len(text)) if place is None else (place.start, place.end)
    return ReadError(problem, text=text, start=start, end=end, kind=kind, tip=tip)


_GENERAL_MEAN = re.compile(rf"({'|'.join(GREEK)})(?:bar)?_[.,]+")
"""μ.. and μ̄.., the general mean."""


class Declaring:
    """Puts together what the statements of a text told."""

    def __init__(self, told: Told, covariates: frozenset[str]) -> None:
        self.told = told
        self.law = law_of(told)
        self.covariates = covariates
        keys = {key for equation in told.equations.values() for key in keys_of(equation)}
        bases = {key.partition("_")[0] for key in keys}
        self.bases = frozenset(base for base in bases if len(base) == 1 or base in GREEK)

    def error(self, problem: str, kind: str, tip: str, place: Place | None = None) -> ReadError:
        return located(self.told.text, problem, kind, tip, place)

    def declaration(self) -> Declaration:
        response, terms, own = self._response()
        offsets = {at: offset for at, term in enumerate(terms) if (offset := self._offset(term, response)) is not None}
        terms = [term for at, term in enumerate(terms) if at not in offsets]
        names = [of_covariates(self._factors(term), response) for term in terms]
        residual, at = self._residual(response, names, own)
        rest = [i for i in range(len(names)) if i != at]
        self._check_tells_nothing_of(response)
        random = self._random([name for i in rest for name in names[i]], residual)
        of_residual = next((e for e in random if residual in e.names), None)
        correlated = of_residual if of_residual is not None and of_residual.over else None
        if correlated is None:
            correlated = of_each_level(residual, own, of_residual, self._place_of_mean(), self.error)
        variance = own if of_residual is None or correlated is not None else of_residual.variance
        if not (variance is None or isinstance(variance, sympy.Symbol)):
            raise self.error("The residual of one observation has one variance.", "no-index-model",
                             f"Write {plain_name(residual)} ~ N(0, σ²).")  # fmt: skip
        effects = tuple(e for e in random if residual not in e.names)
        for each in effects:
            check_one_variance(each, self.error)
        self._check_told_once(random)
        if self.law is None and correlated is None:
            self._check_own_variance(residual, variance, effects)
        drawn = {name for e in effects for name in e.names}
        for i in rest:
            power = power_of_effect(names[i], drawn)
            if power is not None:
                raise self._no_effect(plain_name(power), terms[i])
        self._check_covariates([names[i] for i in rest], drawn)
        self._check_no_effects_multiplied([names[i] for i in rest], drawn)
        self._check_one_constant([names[i] for i in rest])
        return Declaration(
            text=self.told.text,
            response=response,
            terms=tuple(index_term(names[i], drawn, self.covariates) for i in rest),
            places=tuple(terms[i] for i in rest),
            residual=residual,
            residual_variance=variance,
            random=effects,
            ranges=self.told.ranges,
            zeros=tuple(self._name(key) for key in self.told.zeros),
            correlated=correlated,
            law=self.law,
            offsets=tuple(offsets.values()),
        )

    def _offset(self, term: Term, response: Name) -> Offset | None:
        """The offset that a term is; none without a family, where a coefficient is missing before log x_ij."""
        return None if self.law is None else offset_of(term, response)

    def _check_told_once(self, random: Sequence[Effects]) -> None:
        """Raise ReadError "told-twice" for a name with two distributions."""
        told = [(name, effects.statement) for effects in random for name in effects.names]
        for at, (name, statement) in enumerate(told):
            if any(name == other for other, _ in told[:at]):
                raise self.error(f"{plain_name(name)} has two distributions.", "told-twice", "Leave one of them out.",
                                 statement)  # fmt: skip

    def _check_own_variance(self, residual: Name, variance: sympy.Symbol | None, effects: Sequence[Effects]) -> None:
        """Raise ReadError "one-variance" for effects with the variance of the residual, also where that is not told."""
        own = "sigma2" if variance is None else str(variance)
        for each in effects:
            if isinstance(each.variance, sympy.Symbol) and str(each.variance) == own and not each.over:
                name, base = plain_name(each.names[0]), unicode_name("".join(each.names[0].bases))
                shown = f"{name} has the variance {unicode_name(own)}, which is that of {plain_name(residual)}."
                tip = f"Give each its own, as {name} ~ N(0, σ²_{base})."
                raise self.error(shown, "one-variance", tip, each.statement)

    def _place_of_mean(self) -> Statement | None:
        return next((place for _, _, place in self.told.means.values()), None)

    def _name(self, key: str) -> Name:
        return element_name(key, self.bases)

    # The equation

    def _response(self) -> tuple[Name, list[Term], sympy.Symbol | None]:
        """The response, the terms of its mean or of itself with what they stand for, and the residual's variance."""
        equations = self.told.equations
        used = {key for equation in equations.values() for key in keys_of(equation)}
        used |= {str(letter) for mean, _, _ in self.told.means.values() for letter in _letters(mean)}
        for key in [key for key in self.told.means if key in used]:
            mean, variance, place = self.told.means.pop(key)
            (deviation,) = self.told.about_means([key], [mean], place)
            self.told.random.append(Effects((self._name(deviation),), variance, place))
        for key, (mean, variance, place) in self.told.means.items():
            return self._name(key), self._expanded([Term((mean,), place.start, place.end)]), variance
        heads = [key for key in equations if key not in used]
        if not equations:
            raise self.error("There is no equation of a response here.", "no-index-model",
                             "Write y_ij = μ + τ_i + u_j + ε_ij.")  # fmt: skip
        if not heads:
            raise self._circle(next(iter(equations.values())))
        head = max(heads, key=lambda key: (len(letters_of(self._name(key))), key.startswith("y")))
        if not letters_of(self._name(head)):
            raise self.error(f"{head} has no index.", "no-index-model",
                             "Write the model by elements, y_ij = μ + τ_i + …", equations[head])  # fmt: skip
        return self._name(head), self._expanded(list(equations[head].terms)), None

    def _circle(self, place: Place) -> ReadError:
        return self.error("These equations define each other in a circle.", "no-index-model",
                          "Each name is defined once, by names of the next level.", place)  # fmt: skip

    def _expanded(self, terms: list[Term]) -> list[Term]:
        """The terms with brackets multiplied out, and every name that another equation defines replaced by it."""
        pending, done, steps = list(terms), [], 0
        while pending:
            term = pending.pop(0)
            steps += 1
            if steps > MOST_SUBSTITUTIONS:
                raise self._circle(term)
            for at, tree in enumerate(term.factors):
                inner = self._inner(tree)
                if inner is not None:
                    head, tail = term.factors[:at], term.factors[at + 1 :]
                    pending = [Term((*head, *part, *tail), term.start, term.end) for part in inner] + pending
                    break
            else:
                done.append(term)
        return done

    def _inner(self, tree: Tree) -> list[tuple[Tree, ...]] | None:
        """The terms that a factor stands for, where it stands for a sum."""
        if not isinstance(tree, Scalar):
            return None
        equation = self.told.equations.get(str(tree.value)) if tree.value.is_Symbol else None
        if equation is not None:
            return [term.factors for term in equation.terms]
        if not isinstance(tree.value, sympy.Add) or transformed(tree.value, self._name) is not None:
            return None
        # SymPy has forgotten the order in brackets; Greek letters come first in a lecture.
        parts = sorted(tree.value.args, key=lambda part: (not _starts_greek(part), str(part)))
        return [tuple(Scalar(factor) for factor in sympy.Mul.make_args(part)) for part in parts]  # pyright: ignore[reportArgumentType]

    def _factors(self, term: Term) -> tuple[Name, ...]:
        """The names of a term, in the order written."""
        names: list[Name] = []
        values = [v for t in term.factors if isinstance(t, Scalar) for v in sympy.Mul.make_args(t.value)]
        refused = refused_mean([value for value in values if not _GENERAL_MEAN.fullmatch(str(value))])
        if refused is not None:
            raise self.error(*refused, term)
        for tree in term.factors:
            for value in sympy.Mul.make_args(tree.value) if isinstance(tree, Scalar) else (None,):
                covariate = None if value is None else transformed(value, self._name)
                if covariate is not None:
                    names.append(covariate)
                    continue
                if not isinstance(value, sympy.Symbol):
                    raise self._no_effect(unicode(tree if value is None else value), term)
                names.append(self._name(_GENERAL_MEAN.sub(r"\1", str(value))))
        return tuple(names)

    def _no_effect(self, shown: str, term: Term) -> ReadError:
        if shown == "−1":
            return self.error("A minus stands before this term: −1 is neither an effect nor a covariate.",
                              "no-index-model", "Write + before each effect; its sign is its own.", term)  # fmt: skip
        return self.error(f"{shown} is neither an effect nor a covariate.", "no-index-model",
                          "Each term is an effect, or a coefficient times covariates.", term)  # fmt: skip

    def _check_no_effects_multiplied(self, terms: Sequence[tuple[Name, ...]], drawn: set[Name]) -> None:
        """Raise ReadError "effects-multiplied" for μ τ_i: two Greek letters of which none has a distribution
        and none is named as a covariate."""
        for term in terms:
            pair = multiplied(term, drawn, self.covariates)
            if pair is not None:
                first, second = map(plain_name, pair)
                covariate = next(name for name in reversed(pair) if name not in drawn).bases[0]
                raise self.error(f"{first} {second} is a product of two effects.", "effects-multiplied",
                                 f"Is a + missing, {first} + {second}? A covariate has a Latin letter, or is named: "
                                 f'covariates=["{covariate}"].')  # fmt: skip

    def _check_one_constant(self, names: Sequence[tuple[Name, ...]]) -> None:
        """Raise ReadError "two-constants" for μ + u_seed: of two letters without an index one is no effect."""
        alone = [own[0] for own in names if len(own) == 1 and not letters_of(own[0])]
        if len(alone) > 1:
            first, second = map(plain_name, alone[:2])
            raise self.error(f"{first} and {second} are both one number in all observations.", "two-constants",
                             "Give the effect its index, or leave one out.")  # fmt: skip

    def _check_covariates(self, terms: Sequence[tuple[Name, ...]], drawn: set[Name]) -> None:
        """Raise ReadError "no-covariate" for one that is in no product, or has a distribution."""
        for key in sorted(self.covariates):
            places = [(term, name) for term in terms for name in term if is_in(name, frozenset({key}))]
            if not places or any(len(term) == 1 or name in drawn for term, name in places):
                raise self.error(f"{unicode_name(key)} is no covariate of this equation.", "no-covariate",
                                 f"A covariate has a coefficient before it, as β {unicode_name(key)}_ij.")  # fmt: skip

    def _residual(
        self, response: Name, terms: Sequence[tuple[Name, ...]], own: sympy.Symbol | None
    ) -> tuple[Name, int | None]:
        """The residual and its place: the last term with all indices that is one by name or by its distribution."""
        if own is not None:
            # Beside a family there is no residual: an e_ij in the equation is an effect of each observation.
            return replace(response, bases=("e",) if self.law is None else ("residual",)), None
        every = set(letters_of(response))
        whole = [i for i, term in enumerate(terms) if len(term) == 1 and set(letters_of(term[0])) == every]
        drawn = {name for effects in self.told.random for name in effects.names}
        by_name = [i for i in whole if terms[i][0].bases[0] in RESIDUALS]
        found = by_name or [i for i in whole if terms[i][0] in drawn or terms[i][0].bases[0] in self.told.vectors]
        if not found:
            self._check_comma(response, terms)
            other = next((t[0] for t in terms if len(t) == 1 and t[0].bases[0] in RESIDUALS), None)
            if other is not None:
                raise self.error(f"{plain_name(other)} is a residual by its name, and has other indices than "
                                 f"{plain_name(response)}.", "index-on-one-side", "Give both the same.")  # fmt: skip
            missing = plain_name(replace(response, bases=("e",)))
            candidate = next((plain_name(terms[i][0]) for i in reversed(whole) if not is_greek(terms[i][0])), None)
            if candidate is not None:
                raise self.error(f"{candidate} has no distribution: is it the residual?", "no-residual",
                                 f"Add {candidate} ~ N(0, σ²) if it is, or + {missing} to the equation.")  # fmt: skip
            raise self.error(f"The equation has no residual {missing}.", "no-residual",
                             f"Add + {missing}, or write the model as y | u ~ N(μ, σ²).")  # fmt: skip
        return terms[found[-1]][0], found[-1]

    def _check_comma(self, response: Name, terms: Sequence[tuple[Name, ...]]) -> None:
        """Raise ReadError "missing-comma" for ε_ij u_j ~ N(0, …): the equation ends before u_j."""
        every = set(letters_of(response))
        for term in terms:
            first = term[0]
            if len(term) == 2 and first.bases[0] in RESIDUALS and set(letters_of(first)) == every:
                shown, behind = map(plain_name, term)
                raise self.error(f"{shown} {behind} is a product here.", "missing-comma",
                                 f"Put a comma between the equation and {behind} ~ ….")  # fmt: skip

    # The distributions

    def _check_tells_nothing_of(self, response: Name) -> None:
        """Raise for a covariance or correlation of elements of y, which nothing is free to tell."""
        for each in self.told.serial:
            if each.key.partition("_")[0] == "".join(response.bases) and not each.innovation:
                raise self.error(f"How elements of {response.bases[0]} vary together follows from the model.",
                                 "follows-from-model", "Tell it of the residuals, or leave it out.",
                                 each.statement)  # fmt: skip

    def _random(self, names: Iterable[Name], residual: Name) -> list[Effects]:
        """The effects with a distribution: one of a vector is that of all its elements."""
        every = tuple(dict.fromkeys([*names, residual]))
        found = [
            replace(e, names=tuple(self._indexed(split_base("".join(n.bases), self.bases), n, every) for n in e.names))
            for e in self.told.random
        ]
        found += [effects_of(vector, every, self.told) for vector in self.told.stacked]
        drawn = {name for effects in found for name in effects.names}
        for base, (variance, statement) in self.told.vectors.items():
            own = tuple(dict.fromkeys(n for n in every if "".join(n.bases) == base and n not in drawn))
            if own:
                found.append(Effects(own, variance, statement))
        return self._joined(found)

    def _indexed(self, bases: tuple[str, ...], name: Name, every: Sequence[Name]) -> Name:
        """A name as the equation has it: a lecture may leave the indices out, ε ~ N(0, σ²) for ε_ijk."""
        own = replace(name, bases=bases)
        alike = [n for n in every if n.bases == bases and n.number == own.number]
        return alike[0] if not letters_of(own) and len(alike) == 1 else own

    def _joined(self, effects: list[Effects]) -> list[Effects]:
        """Effects of one letter and group as one vector, u_0j and u_1j: with the covariance that was written, or 0."""
        groups: dict[tuple[tuple[str, ...], str, str], list[Effects]] = {}
        for each in effects:
            first = each.names[0]
            if any((own.names, own.variance) == (each.names, each.variance) for own in chain(*groups.values())):
                continue  # Var(u_j) = σ²_u beside u_j ~ N(0, σ²_u) says it again
            groups.setdefault((first.bases, first.indices, first.within), []).append(each)
        joined: list[Effects] = []
        unread = dict(self.told.covariances)
        for same in groups.values():
            if len(same) == 1 or not all(isinstance(each.variance, sympy.Symbol) for each in same):
                joined += same
                continue
            names = tuple(name for each in same for name in each.names)
            matrix = sympy.diag(*(each.variance for each in same)).as_mutable()
            for i, a in enumerate(names):
                for j, b in enumerate(names[:i]):
                    pair = frozenset({key_of(a), key_of(b)})
                    covariance, _ = unread.pop(pair, (sympy.S.Zero, None))
                    matrix[i, j] = matrix[j, i] = covariance
            joined.append(Effects(names, Explicit(ImmutableDenseMatrix(matrix)), same[0].statement))
        for _, place in unread.values():
            raise self.told.unread_covariance(place)
        return joined


def _starts_greek(part: sympy.Basic) -> bool:
    return min(map(str, part.free_symbols), default="").partition("_")[0] in GREEK


def _letters(tree: Tree) -> set[sympy.Symbol]:
    return {s for s in tree.value.free_symbols if isinstance(s, sympy.Symbol)} if isinstance(tree, Scalar) else set()

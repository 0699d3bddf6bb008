"""Expected mean squares step by step, from E(y'Ay) = tr(AV) + μ'Aμ, and what follows from them.

Source: Searle, Casella and McCulloch (1992), Variance Components, chapter 4; Satterthwaite (1946), Biometrics Bulletin
2, 110–114.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.chain import Chain
from tutor.algebra.laws.joining import product_of, sum_of
from tutor.algebra.nodes import (
    Block,
    Expectation,
    Explicit,
    Identity,
    Inverse,
    Product,
    Scalar,
    Scaled,
    Symbol,
    Trace,
    Transpose,
    Variance,
)
from tutor.algebra.rules import Derivation
from tutor.algebra.sizes import ONE
from tutor.algebra.structure.conditions import normal
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.display import writer
from tutor.errors import TutorError
from tutor.models.components import components
from tutor.models.inference.adjusted_units import projection_of_adjusted
from tutor.models.inference.carryover_sources import assumed_of_carryover
from tutor.models.inference.combination import mean_square
from tutor.models.inference.error_contrasts import response_of
from tutor.models.inference.incomplete_units import assumed_of_incomplete, is_incomplete
from tutor.models.inference.restricted import is_restricted, restricted_square
from tutor.models.inference.source_parts import RESIDUAL, Source, projection_symbol
from tutor.models.inference.source_projections import expectation_of, source_projections
from tutor.models.inference.sources import sources_of
from tutor.models.inference.spectrum import assumed
from tutor.models.inference.unequal_groups import Size, named_sizes, tree_of

if TYPE_CHECKING:
    from tutor.models.effects import RandomTerm
    from tutor.models.mixed import MixedModel


@dataclass(frozen=True)
class MeanSquares:
    """The mean squares of a model as quadratic forms, MS = y'Ay/f, and their moments.

    ``adjusted`` are units adjusted for treatments, beside the sources of the table. In the ``restricted`` model the
    effects of an interaction of a random with a fixed factor add up to 0 over that.
    """

    model: MixedModel
    sources: tuple[Source, ...]
    restricted: bool = False
    adjusted: tuple[Source, ...] = ()

    @cached_property
    def projections(self) -> Mapping[str, Symbol]:
        found = source_projections(self.model, sources_of(self.model))
        for source in self.adjusted:
            tree = projection_of_adjusted(self.model, source, self.sources)
            found[source.name] = projection_symbol(self.model, source.name, tree)
        return found

    @cached_property
    def y(self) -> Tree:
        """y, or y − o with an offset; in the restricted model a y of its own variance."""
        if not self.restricted:
            return response_of(self.model)
        n, mean = self.model.n, Product((self.model.X, self.model.beta))
        return Symbol("y", n, ONE, role="random", mean=mean, variance=self.V)

    @cached_property
    def V(self) -> Symbol:
        """Var(y), n × n."""
        if not self.restricted:
            return self.model.covariance
        facts = frozenset({"symmetric", "positive definite"})
        return Symbol("V", self.model.n, self.model.n, facts=facts, definition=self._written_out())  # pyright: ignore[reportArgumentType]

    def source(self, name: str) -> Source:
        return next(each for each in self.sources if each.name == name)

    def form(self, source: Source) -> Tree:
        """y'Ay."""
        return Product((Transpose(self.y), self.projections[source.name], self.y))

    def symbol(self, source: Source) -> Symbol:
        """MS = y'Ay/f, by its name.

        Raises
        ------
        TutorError
            For a source without degrees of freedom.
        """
        if source.degrees_of_freedom == 0:
            raise TutorError(
                f"The source {source.name!r} has no degrees of freedom, and no mean square: the effects before it take "
                "all that the observations tell.",
                tip=f"Its sum of squares is 0, E(SS_{source.name}). A model with fewer effects, or more replicates, "
                "leaves something.",
            )
        definition = _times(1 / source.degrees_of_freedom, self.form(source))
        return Symbol(f"MS_{source.name}", ONE, ONE, role="random", definition=definition, scope=self.model.scope)

    def sum_symbol(self, source: Source) -> Symbol:
        """SS = y'Ay, by its name."""
        return Symbol(f"SS_{source.name}", ONE, ONE, role="random", definition=self.form(source),
                      scope=self.model.scope)  # fmt: skip

    def fixed_part(self, source: Source) -> Symbol:
        """Q = (Xβ)'A Xβ/f, by its name."""
        mean = Product((self.model.X, self.model.beta))
        inner = product_of((Transpose(mean), self.projections[source.name], mean))
        definition = _times(1 / source.degrees_of_freedom, inner)
        return Symbol(f"Q_{'+'.join(source.means)}", ONE, ONE, definition=definition, scope=self.model.scope)

    @cached_property
    def variance_in_components(self) -> list[tuple[sympy.Symbol, Tree | None]]:
        """V = Σ σ²_k Z_kZ_k' + σ² I: each variance with its matrix, None for I."""
        residual = self.model.parameters[0].symbol
        parts = zip(components(self.model), self.model.random, strict=True)
        shares: list[tuple[sympy.Symbol, Tree | None]] = [
            (term.parameters[0].symbol, self._square(term, part.Z)) for part, term in parts
        ]
        return [*shares, (residual, None)]

    def _square(self, term: RandomTerm, Z: Symbol) -> Tree:
        """Z_kZ_k', or what is left of it in the restricted model."""
        if self.restricted and is_restricted(self.model, term):
            return restricted_square(self.model, term)
        return Product((Z, Transpose(Z)))

    def expectation(self, source: Source) -> Derivation:
        """E(MS) as a sum of variances and of Q(fixed effects).

        Raises
        ------
        TutorError
            For a source without degrees of freedom.
        """
        f = source.degrees_of_freedom
        chain = self._to_traces(source, self.symbol(source), f)
        shares: list[Tree] = [self._coefficient(variance, c) for variance, c in source.coefficients]
        if not source.means:
            return chain.to("fixed-part", self._without_means(source, f), sum_of(shares), self.assumption).derivation
        Q = self.fixed_part(source)
        divided = f"divided by {_inline(Scalar(f))}; " if f != 1 else ""
        because = f"{divided}{_inline(Q)} = {_inline(Q.definition)}"
        return chain.to("fixed-part", because, sum_of([*shares, Q])).derivation

    def expected_sum(self, source: Source) -> Derivation:
        """E(SS), SS = y'Ay, as a sum of variances and of (Xβ)'A Xβ."""
        chain = self._to_traces(source, self.sum_symbol(source), sympy.S.One)
        if source.means:
            return chain.derivation
        numbers = self._numbers(source) if source.degrees_of_freedom != 0 else [Scalar(sympy.S.Zero)]
        told = self._without_means(source, sympy.S.One)
        return chain.to("fixed-part", told, sum_of(numbers), self.assumption).derivation

    def _to_traces(self, source: Source, symbol: Symbol, f: sympy.Expr) -> Chain:
        """E(y'Ay/f) as far as the traces of A with each part of V."""
        model, A = self.model, self.projections[source.name]
        own, share = self.form(source), 1 / f
        mean = Product((model.X, model.beta))
        fixed = product_of((Transpose(mean), A, mean))
        chain = Chain(Expectation(symbol))
        over = "" if symbol.definition == own else " over its degrees of freedom"
        chain.to("definition", f"y'Ay{over}, A = {self.told(A)}", Expectation(_times(share, own)))
        chain.to("expectation-of-scaled", "E(cx) = c E(x)", _times(share, Expectation(own)))
        chain.to(
            "quadratic-mean",
            "E(y'Ay) = tr(A Var(y)) + E(y)'A E(y)",
            _times(share, sum_of([Trace(Product((A, self.V))), fixed])),
        )
        traces = [
            Scaled(Scalar(variance), Trace(A if matrix is None else product_of((A, matrix))))
            for variance, matrix in self.variance_in_components
        ]
        chain.to(
            "variance-components",
            f"V = {_inline(self._written_out())}, tr(A(B + C)) = tr(AB) + tr(AC), tr(cA) = c tr(A)",
            _times(share, sum_of([*traces, fixed])),
        )
        total = sum_of([*self._numbers(source), fixed])
        return chain.to("traces", self._traces(source), _times(share, total), self.assumption)

    def _numbers(self, source: Source) -> list[Tree]:
        """σ² tr(A ZZ') of each variance that has a part in it."""
        told = dict(source.coefficients)
        return [self._share(source, v, told[v]) for v, _ in self.variance_in_components if v in told]

    @cached_property
    def assumption(self) -> str | None:
        """What the traces take for granted of columns that letters do not tell."""
        if is_incomplete(self.model):
            return assumed_of_incomplete(self.model)
        return assumed_of_carryover(self.model) or assumed(self.model)

    def _without_means(self, source: Source, f: sympy.Expr) -> str:
        """Why the fixed effects have no part in it, and what the letters in it are."""
        told, name = dict(source.coefficients), _inline(self.projections[source.name])
        divided = f", and divided by {_inline(Scalar(f))}" if f != 1 else ""
        sizes = (f"; {name} = {_inline(size.definition)}" for name, size in self.sizes.items() if name in told.values())
        return f"{name} X = 0{divided}{''.join(sizes)}"

    @cached_property
    def sizes(self) -> Mapping[sympy.Symbol, Size]:
        """What letters in the coefficients stand for: n_0."""
        return named_sizes(self.model)

    @cached_property
    def _named(self) -> dict[sympy.Symbol, Tree]:
        """The same as names with their definitions."""
        return {name: Symbol(str(name), ONE, ONE, definition=size.definition) for name, size in self.sizes.items()}

    def _share(self, source: Source, variance: sympy.Symbol, share: sympy.Expr) -> Tree:
        """σ² tr(A ZZ')."""
        if share in self.sizes:
            return Scaled(self._trace(source.degrees_of_freedom, share), Scalar(variance))
        return Scalar(normal(source.degrees_of_freedom * share) * variance)

    def _coefficient(self, variance: sympy.Symbol, share: sympy.Expr) -> Tree:
        """c σ², n_0 by its name."""
        if share in self.sizes:
            return Scaled(tree_of(share, self._named), Scalar(variance))
        return Scalar(share * variance)

    def told(self, A: Symbol) -> str:
        """What A is, in a formula, or in words where it is a matrix of entries, or of columns beside each other."""
        if A.definition is None or any(isinstance(node, Explicit | Block) for node in walk(A.definition)):
            if A.name == f"A_{RESIDUAL}":
                return f"{A}, what the projection on the columns of all sources leaves"
            return f"{A}, what the projection on the columns of this source and those before it adds to that of those"
        return f"{A} = {_inline(A.definition)}"

    def _written_out(self) -> Tree:
        """σ²_u ZZ' + σ² I."""
        eye = Identity(self.model.n)
        return sum_of(
            [Scaled(Scalar(v), eye if matrix is None else matrix) for v, matrix in self.variance_in_components]
        )

    def _trace(self, f: sympy.Expr, share: sympy.Expr) -> Tree:
        size = self.sizes.get(share) if isinstance(share, sympy.Symbol) else None
        return Scalar(normal(f * share)) if size is None else size.trace

    def _traces(self, source: Source) -> str:
        """What each trace is, and why."""
        A, told, f = self.projections[source.name], dict(source.coefficients), source.degrees_of_freedom
        values = [
            f"{_inline(Trace(A if matrix is None else product_of((A, matrix))))} = "
            f"{_inline(self._trace(f, told.get(variance, sympy.S.Zero)))}"
            for variance, matrix in self.variance_in_components
        ]
        values[-1] += ", its rank and the degrees of freedom"
        return ", ".join(values)

    # What follows

    def multiples(self, total: sympy.Expr) -> list[tuple[Source, sympy.Expr]]:
        """The sources of a sum of mean squares MS_… with their factors, in the order of the table."""
        every = [(each, mean_square(each.name)) for each in (*self.sources, *self.adjusted)]
        shares = [(each, cast(sympy.Expr, total.coeff(symbol))) for each, symbol in every]  # in the factors they have
        return [(each, share) for each, share in shares if share != 0]

    def component(self, variance: sympy.Symbol, multiples: Sequence[tuple[Source, sympy.Expr]]) -> Derivation:
        """E(Σ c MS) = σ²: mean squares equated to their expectations."""
        squares: list[Tree] = [self._times(share, self.symbol(each)) for each, share in multiples]
        chain = Chain(Expectation(sum_of(squares)))
        means: list[Tree] = [self._times(share, Expectation(self.symbol(each))) for each, share in multiples]
        chain.to("expectation-of-sum", "E(ax + by) = a E(x) + b E(y)", sum_of(means))
        values: list[Tree] = [self._times(share, self._expected(each)) for each, share in multiples]
        told = ", ".join(
            f"{_inline(Expectation(self.symbol(each)))} = {_inline(self._expected(each))}" for each, _ in multiples
        )
        chain.to("expected-mean-squares", told, sum_of(values))
        return chain.to("like-terms", "what the others have in common cancels", Scalar(variance)).derivation

    def _variance(self, source: Source, share: sympy.Expr) -> Tree:
        """c² Var(MS) as 2c²/f² tr(AVAV)."""
        A = self.projections[source.name]
        factor = 2 * share**2 / source.degrees_of_freedom**2
        return _times(factor, Trace(Product((A, self.V, A, self.V))))

    def _expected(self, source: Source) -> Tree:
        """Σ c σ²."""
        return sum_of([self._coefficient(v, c) for v, c in source.coefficients])

    def _times(self, c: sympy.Expr, tree: Tree) -> Tree:
        """cA, n_0 in c by its name."""
        return _times(c, tree) if not c.free_symbols & set(self._named) else Scaled(tree_of(c, self._named), tree)

    def satterthwaite(self, multiples: Sequence[tuple[Source, sympy.Expr]]) -> Derivation:
        """2 E(D)²/Var(D) of D = Σ c MS, the degrees of freedom of a multiple of χ² with the moments of D."""
        squares: list[Tree] = [_times(share, self.symbol(each)) for each, share in multiples]
        D = Symbol("D", ONE, ONE, role="random", definition=sum_of(squares), scope=self.model.scope)
        two = Scalar(sympy.Integer(2))

        def ratio(mean: Tree, variance: Tree) -> Tree:
            return Scaled(two, Scaled(_squared(mean), Inverse(variance)))

        chain = Chain(ratio(Expectation(D), Variance(D)))
        means = sum_of([_times(share, Expectation(self.symbol(each))) for each, share in multiples])
        spreads = sum_of([_times(share**2, Variance(self.symbol(each))) for each, share in multiples])
        chain.to(
            "independent",
            f"D = {_inline(D.definition)}, whose mean squares are independent: A V B = 0 for two of them, y normal",
            ratio(means, spreads),
        )
        traces = sum_of([self._variance(each, share) for each, share in multiples])
        chain.to(
            "quadratic-variance",
            "Var(y'Ay) = 2 tr(AVAV) + 4 E(y)'AVA E(y) for a normal y, and A X = 0",
            ratio(means, traces),
        )
        values = {each.name: Scalar(expectation_of(each)) for each, _ in multiples}
        expected = sum_of([_times(share, values[each.name]) for each, share in multiples])
        variances = [
            _times(2 * share**2 / each.degrees_of_freedom, _squared(values[each.name])) for each, share in multiples
        ]
        chain.to(
            "variance-of-mean-square",
            "A V A = E(MS) A and tr(A) = f, so that tr(AVAV) = f E(MS)²",
            ratio(expected, sum_of(variances)),
        )
        parts = [_times(share**2 / each.degrees_of_freedom, _squared(values[each.name])) for each, share in multiples]
        return chain.to(
            "cancel",
            "2 cancels; with the mean squares for their expectations these are the degrees of freedom",
            Scaled(_squared(expected), Inverse(sum_of(parts))),
        ).derivation


def _times(c: sympy.Expr, tree: Tree) -> Tree:
    return tree if c == 1 else Scaled(Scalar(c), tree)


def _squared(tree: Tree) -> Tree:
    return Scalar(tree.value**2) if isinstance(tree, Scalar) else Applied("power", (tree, Scalar(sympy.Integer(2))))


def _inline(thing: object) -> str:
    return writer().inline(thing)

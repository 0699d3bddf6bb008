"""What ties a symbol to its model: the names that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sympy

    from tutor.algebra.nodes import Symbol
    from tutor.models.mixed import MixedModel
    from tutor.notation.vocabulary import Vocabulary


class Scope:
    """The model of a symbol, told once when the model is complete, and the model's vocabulary, made when asked for.

    A symbol is made before its model, so it holds this instead. A scope that is pickled without its model comes
    back empty.
    """

    __slots__ = ("_model", "_vocabulary")

    def __init__(self) -> None:
        self._model: MixedModel | None = None
        self._vocabulary: Vocabulary | None = None

    def belong(self, model: MixedModel) -> None:
        """Tell the model. Raises RuntimeError when another one was told before."""
        if self._model is not None and self._model is not model:
            raise RuntimeError("A scope belongs to one model.")
        self._model = model

    @property
    def model(self) -> MixedModel | None:
        """The model, or None if there is none any more."""
        return self._model

    @property
    def vocabulary(self) -> Vocabulary | None:
        """The names of the model; None without a model."""
        if self._vocabulary is None and self._model is not None:
            from tutor.models.names import vocabulary

            self._vocabulary = vocabulary(self._model)
        return self._vocabulary

    def relations(self, symbol: Symbol) -> tuple[str, ...]:
        """The sums of columns of a matrix of the model that are equal, in words; none where none are known."""
        if self._model is None or symbol != self._model.X:
            return ()
        return self._model.null_space().told

    @property
    def symbols(self) -> Mapping[str, sympy.Symbol]:
        """The letters of the model that take numbers, by name: parameters, sizes and fixed effects."""
        if self._model is None:
            return {}
        model = self._model
        letters: list[Any] = [parameter.symbol for parameter in model.parameters]
        letters += [letter for run in (model.n, model.p) for letter in run.free_symbols]
        letters += [] if model.beta.entries is None else model.beta.entries.free_symbols
        return {str(letter): letter for letter in letters}

    def require_fixed(self, names: Sequence[str]) -> None:
        """Names without a value; what is random in a model is told as such elsewhere."""

    @property
    def may_vanish(self) -> frozenset[str]:
        """The parameters of random effects whose G may be singular, as estimates of variances may be 0: V is not."""
        if self._model is None:
            return frozenset()
        free = (term for term in self._model.random if term.covariance.over is None)
        return frozenset(parameter.key for term in free for parameter in term.parameters)

    def not_varying(self, parameter: str) -> str | None:
        """What does not vary where this parameter, a variance of random effects, is 0; None for other parameters."""
        known = () if self._model is None else self._model.parameters
        meaning = next((each.meaning for each in known if each.key == parameter), "")
        return meaning.removeprefix("variance of ") if meaning.startswith("variance of ") else None

    @property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The factors of the model by name, each with its level in every row; none where sizes are letters."""
        if self._model is None or not self._model.n.is_Integer:
            return ()
        return tuple(
            (factor.name, tuple(factor.levels[code] for code in factor.codes))
            for factor in self._model.factors
            if factor.codes is not None and factor.levels
        )

    def check(self, values: Mapping[str, float]) -> None:
        """Refuse values of parameters outside the domains of the model's structures. Raises DomainError."""
        if self._model is not None:
            from tutor.models.structure_domains import check_structures

            check_structures(self._model, values)

    def __reduce__(self) -> tuple[Any, ...]:
        return Scope, ()

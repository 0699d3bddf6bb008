"""What ties a moment to its generalized model where it is asked for in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sympy

from tutor.errors import DomainError
from tutor.notation.names import unicode_name

if TYPE_CHECKING:
    from tutor.models.glmm.model import GeneralizedModel

_RANDOM = ("eta_", "y_")


@dataclass(frozen=True)
class Origin:
    """The model of a moment, as `tutor.models.scope.Scope` is that of a symbol of a mixed model."""

    model: GeneralizedModel

    @property
    def symbols(self) -> Mapping[str, sympy.Symbol]:
        """The letters of the model that take numbers, by name: parameters, fixed effects, and what is held given u."""
        own = {parameter.key: parameter.symbol for parameter in self.model.parameters}
        vectors = (self.model.linear.beta, self.model.linear.u)
        entries = [vector.entries for vector in vectors if vector is not None and vector.entries is not None]
        return own | {str(letter): letter for each in entries for letter in each.free_symbols}

    @property
    def may_vanish(self) -> frozenset[str]:
        """The parameters of random effects, whose variances may be 0."""
        return self.model.linear.scope.may_vanish

    def check(self, values: Mapping[str, float]) -> None:
        """Refuse values of parameters outside the domains of the structures of G. Raises DomainError."""
        self.model.linear.scope.check(values)

    def require_fixed(self, names: Sequence[str]) -> None:
        """Refuse a mean over η that has no closed form. Raises DomainError for names of what is random."""
        random = [name for name in names if name.startswith(_RANDOM)]
        if random:
            told = ", ".join(map(unicode_name, random))
            are, them = ("is", "it") if len(random) == 1 else ("are", "them")
            raise DomainError(
                f"{told} {are} random, and the mean over {them} has no closed form.",
                tip='Quadrature takes it at values of the parameters: g.value("E(y_11)", …).',
            )

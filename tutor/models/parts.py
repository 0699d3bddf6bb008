"""The parts of a mixed model: its vectors and matrices, its terms, its parameters and its design."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Block, Product, Sum, Symbol
from tutor.algebra.sizes import Size
from tutor.algebra.tree import Tree
from tutor.covariance.parameters import Parameter
from tutor.display import Shown
from tutor.errors import TutorError
from tutor.models.covariance import Covariance
from tutor.models.design import Factor
from tutor.models.effects import FixedTerm, RandomTerm, covariance_blocks
from tutor.models.index import IndexModel
from tutor.models.plan import Plan
from tutor.models.scope import Scope

if TYPE_CHECKING:
    import numpy as np

    from tutor.notation.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, repr=False)
class ModelParts(Shown):
    """The parts of a linear mixed model, as `MixedModel` tells them."""

    title: str
    y: Symbol
    X: Symbol
    beta: Symbol
    Z: Symbol | None
    u: Symbol | None
    e: Symbol
    G: Symbol | None
    R: Symbol
    covariance: Symbol
    fixed: tuple[FixedTerm, ...]
    random: tuple[RandomTerm, ...]
    parameters: tuple[Parameter, ...]
    rank: Size
    factors: tuple[Factor, ...]
    index: IndexModel
    columns: tuple[tuple[str, tuple[Any, ...]], ...]
    response: tuple[float, ...] | None
    response_name: str
    scope: Scope = field(compare=False)
    plan: Plan | None = None
    residual: Covariance | None = None
    offset: Symbol | None = None
    left_out: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"<MixedModel: {self.title}, n = {self.n}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, part.name) for part in fields(self))

    @property
    def mean(self) -> Tree:
        """E(y), n × 1, as it is written: Xβ, or Xβ + o with an offset."""
        fixed = Product((self.X, self.beta))
        return fixed if self.offset is None else Sum((fixed, self.offset))

    def fixed_blocks(self) -> Iterator[tuple[FixedTerm, Tree]]:
        """The fixed terms with their columns of X as notation; none where X is not written term by term."""
        definition = self.X.definition
        blocks = definition.grid[0] if isinstance(definition, Block) and len(definition.grid) == 1 else (definition,)
        if len(blocks) == len(self.fixed):
            for term, block in zip(self.fixed, blocks, strict=True):
                if block is not None:
                    yield term, block

    @property
    def V(self) -> Tree:
        """Var(y), n × n, as it is written: ZGZ' + R, or R without random effects."""
        assert self.covariance.definition is not None
        return self.covariance.definition

    @property
    def n(self) -> Size:
        """The number of observations."""
        return self.y.rows

    @property
    def p(self) -> Size:
        """The number of fixed coefficients, the columns of X."""
        return self.X.columns

    @property
    def q(self) -> Size | None:
        """The number of random effects, the columns of Z; None where the model has none."""
        return None if self.Z is None else self.Z.columns

    @property
    def symbols(self) -> tuple[Symbol, ...]:
        """The vectors and matrices of the model, V last."""
        every = (self.y, self.X, self.beta, self.offset, self.Z, self.u, self.e, self.G, self.R, self.covariance)
        return tuple(symbol for symbol in every if symbol is not None)

    @property
    def domains(self) -> tuple[ImmutableDenseMatrix, ...]:
        """The matrices of parameters that must be positive definite; single variances are positive by their symbol."""
        return covariance_blocks(self.random) + (() if self.residual is None else self.residual.blocks)

    @property
    def vocabulary(self) -> Vocabulary:
        """The names of the model, for reading what is written about it."""
        found = self.scope.vocabulary
        assert found is not None
        return found

    @property
    def observed(self) -> np.ndarray:
        """The observed response, n numbers. Raises TutorError for a model without data."""
        import numpy as np

        if self.response is None:
            raise TutorError(
                "This model has a design and no observations.",
                tip="m.simulate(seed=1, …) draws some; tutor.model(formula, data) takes yours.",
            )
        return np.array(self.response, dtype=float)

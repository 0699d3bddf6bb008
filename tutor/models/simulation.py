"""Responses drawn from a model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from sympy.matrices.immutable import ImmutableDenseMatrix

from tutor.algebra.nodes import Kronecker
from tutor.algebra.numeric import outside
from tutor.algebra.parameters import argument_name, by_name, scalars_of
from tutor.algebra.tree import Tree
from tutor.errors import DomainError, ShapeError, SizeError, UnknownNameError
from tutor.notation.write import inline

if TYPE_CHECKING:
    from tutor.covariance.parameters import Parameter
    from tutor.models.effects import RandomTerm
    from tutor.models.mixed import MixedModel


def simulate(model: MixedModel, seed: int, parameters: Mapping[str, Any]) -> np.ndarray:
    """y = Xβ + Zu + ε with u ~ N(0, G) and ε ~ N(0, R), n numbers; the same seed draws the same.

    Random effects are drawn before the residuals, term by term and level by level.

    Raises
    ------
    SizeError
        When a size of the model is a letter.
    DomainError
        When a value is missing, is no number, or makes a variance negative or a covariance matrix not one.
    UnknownNameError
        For a name that is no parameter of the model.
    """
    generator = np.random.default_rng(seed)
    values = {parameter.key: parameters[parameter.key] for parameter in model.parameters if parameter.key in parameters}
    eta = linear_predictor(model, generator, parameters, model.parameters)
    return eta + _residuals(model, _variances(model, values, model.parameters), generator)


def linear_predictor(
    model: MixedModel, generator: np.random.Generator, given: Mapping[str, Any], parameters: Sequence[Parameter]
) -> np.ndarray:
    """η = Xβ + Zu with u ~ N(0, G) drawn, n numbers; ``parameters`` are those that must be given besides the effects.

    Raises as `simulate` does.
    """
    if not model.n.is_Integer or not model.p.is_Integer:
        raise SizeError(
            f"A model with n = {inline(model.n)} observations cannot be simulated.",
            tip="Give numbers in place of the letters.",
        )
    values = dict(given)
    beta = _coefficients(model, values)
    covariates = {key: values.pop(key) for key in _keys(model.X) if key in values}
    variances = _variances(model, values, parameters)
    eta = _fixed_matrix(model, covariates) @ beta
    if model.offset is not None:
        eta = eta + model.offset.numpy().ravel()
    for term in model.random:
        eta = eta + term.matrix.numpy() @ _effects(term, variances, generator)
    return eta


def _keys(tree: Tree) -> list[str]:
    return [str(parameter) for parameter in scalars_of(tree)]


def _coefficients(model: MixedModel, values: dict[str, Any]) -> np.ndarray:
    """β, from ``beta`` or from each effect by its key; what is used is taken out of ``values``."""
    names = [] if model.beta.entries is None else [str(entry) for entry in model.beta.entries]
    given = [name for name in names if name in values]
    if "beta" in values:
        if given:
            raise DomainError(f"Both beta and {given[0]} are given.", tip="Give all effects as beta, or each by name.")
        beta = _numbers("beta", values.pop("beta"))
        if len(beta) != model.p:
            raise ShapeError("product", [("X", model.X.shape), ("beta", (len(beta), 1))])
        return beta
    missing = [name for name in names if name not in values]
    if missing or not names:
        labels = dict(zip(names, model.beta.row_labels or names, strict=True))
        told = ", ".join(f"{name} ({labels[name]})" if labels[name] != name else name for name in missing[:12])
        more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
        raise DomainError(
            f"Values are needed for the effects: {told}{more}." if names else f"Give beta, {model.p} numbers.",
            tip=f"Give them by name, or all {model.p} as beta=[…].",
        )
    return np.concatenate([_numbers(name, [values.pop(name)]) for name in names])


def _variances(model: MixedModel, values: Mapping[str, Any], parameters: Sequence[Parameter]) -> dict[str, float]:
    known = [parameter.key for parameter in parameters]
    effects = [] if model.beta.entries is None else [str(entry) for entry in model.beta.entries]
    values = by_name(values, known)
    for name in values:
        if name not in known:
            raise UnknownNameError("The parameter", name, [*known, *effects, "beta", *_keys(model.X)])
    missing = [p for p in parameters if p.key not in values]
    if missing:
        told = ", ".join(f"{p.key} ({p.meaning})" for p in missing)
        raise DomainError(f"Values are needed for {told}.", tip=f"For example {argument_name(missing[0].key)}=1.")
    numbers = {key: float(_numbers(key, [values[key]])[0]) for key in known}
    model.y.scope.check({key: value for key, value in numbers.items() if value != 0})  # a variance may be 0
    for parameter in parameters:
        if parameter.symbol.is_positive and numbers[parameter.key] < 0:
            raise DomainError(
                f"{parameter.key} is {numbers[parameter.key]:g}: the {parameter.meaning} cannot be negative."
            )
    return numbers


def _numbers(name: str, given: Any) -> np.ndarray:
    try:
        numbers = np.asarray(list(given) if isinstance(given, Iterable) else given, dtype=float)
    except (TypeError, ValueError):
        raise DomainError(f"{name} = {given!r} is no number, nor a list of numbers.") from None
    if numbers.ndim != 1 or not np.isfinite(numbers).all():
        raise DomainError(f"{name} = {given!r} is not a list of finite numbers.")
    return numbers


def _fixed_matrix(model: MixedModel, covariates: Mapping[str, Any]) -> np.ndarray:
    missing = [key for key in _keys(model.X) if key not in covariates]
    if missing:
        told = ", ".join(missing[:12]) + (", …" if len(missing) > 12 else "")
        raise DomainError(f"Values are needed for the covariate: {told}.", tip=f"Write {missing[0]}=1 and so on.")
    return model.X.numpy(**covariates)


def _residuals(model: MixedModel, variances: Mapping[str, float], generator: np.random.Generator) -> np.ndarray:
    """ε, from its own variance, or group by group where R has equal blocks along its diagonal."""
    n = int(model.n)  # pyright: ignore[reportArgumentType]
    if model.residual is None or not model.residual.blocks:
        return np.sqrt(variances[model.parameters[0].key]) * generator.standard_normal(n)
    if not isinstance(model.R.definition, Kronecker):
        used = {str(parameter): variances[str(parameter)] for parameter in scalars_of(model.R)}
        return np.linalg.cholesky(model.R.numpy(**used)) @ generator.standard_normal(n)
    root = _root(model.residual.blocks[0], variances)
    return (generator.standard_normal((n // len(root), len(root))) @ root.T).ravel()


def _effects(term: RandomTerm, variances: Mapping[str, float], generator: np.random.Generator) -> np.ndarray:
    """u of one term, block by block of G_k: each block's are L z, with LL' = Σ."""
    root = _root(term.covariance.of_one_level, variances)
    blocks = int(term.size) * len(term.coefficients) // len(root)  # pyright: ignore[reportArgumentType]
    return (generator.standard_normal((blocks, len(root))) @ root.T).ravel()


def _root(block: ImmutableDenseMatrix, variances: Mapping[str, float]) -> np.ndarray:
    """L with LL' = Σ for these values of the parameters."""
    values = {symbol: variances[str(symbol)] for symbol in block.free_symbols}
    sigma = np.array([[float(entry.xreplace(values)) for entry in row] for row in block.tolist()])
    # A root by eigenvalues exists on the boundary too, where a variance is 0 and Cholesky's does not.
    eigenvalues, vectors = np.linalg.eigh(sigma)
    if eigenvalues[0] < -1e-12 * max(1.0, eigenvalues[-1]):
        names = ", ".join(sorted(map(str, values)))
        raise outside(sigma, f"the matrix of {names}", {str(symbol): value for symbol, value in values.items()})
    return vectors * np.sqrt(np.clip(eigenvalues, 0, None))

"""The maximum of a likelihood over the Cholesky factors of unstructured covariance matrices, singular ones included.

G = LL' is a covariance matrix for every lower triangular L, so that no step leaves the domain, and a singular G is
reached as any other. With S = ∂ℓ/∂G, dℓ = tr(S dG), a change of L by D changes ℓ by 2 tr(SLD') + tr(SDD') through
G: the last term holds the curvature that leads to the boundary. A singular G is a maximum where N'SN has no positive
eigenvalue for the columns N of its null space; otherwise ℓ rises along G + tvv'. Source: Bates, Mächler, Bolker and
Walker (2015), Journal of Statistical Software 67(1), section 2; Boyd and Vandenberghe (2004), Convex Optimization,
section 5.9.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from tutor.errors import DomainError
from tutor.models.inference.likelihood import Likelihood, Point
from tutor.models.inference.unstructured import SINGULAR, Block, spectrum
from tutor.notation.names import is_variance

MOST_STEPS = 200
MOST_ASCENTS = 10
"""How often a singular matrix that is no maximum is left along its null space."""

TOLERANCE = 1e-10
"""Gain in log-likelihood, as foreseen by a quadratic, below which the steps end."""


def climb(likelihood: Likelihood, blocks: list[Block], start: Mapping[str, float], least: float) -> Point | None:
    """The maximum that is reached from a start, with each block singular or not; None where no end is reached.

    ``least`` is a variance below which one that falls further is held: it stands for 0.
    """
    point = likelihood.at(start)
    for _ in range(MOST_ASCENTS):
        settled = _settle(point, blocks, least)
        if settled is None:
            return None
        risen = _off_the_boundary(settled, blocks)
        if risen is None:
            return _on_the_boundary(settled, blocks)
        point = risen
    return None


def _settle(point: Point, blocks: list[Block], least: float) -> Point | None:
    """Steps until a quadratic foresees no gain."""
    damping = 0.0
    for _ in range(MOST_STEPS):
        score, expected, observed, spread = _by_factors(point, blocks)
        names = [key for key in point.of.keys if not any(key in block.all_keys for block in blocks)]
        held = {
            len(score) - len(names) + i
            for i, key in enumerate(names)
            if is_variance(key) and point.values[key] < least and score[len(score) - len(names) + i] < 0
        }
        free = [i for i in range(len(score)) if i not in held]
        gradient, own = score[free], observed[np.ix_(free, free)]
        # Expected information that is half of the observed one makes each step twice too long, to and fro without end.
        if not _is_definite(own):
            own = expected[np.ix_(free, free)]
        newton = np.linalg.lstsq(own, gradient, rcond=1e-12)[0]
        if float(gradient @ newton) < TOLERANCE:
            return point
        scale = np.diag(np.maximum(np.diag(own), 1e-12 * max(float(np.diag(own).max()), 1e-300)))
        better = None
        while better is None and damping < 1e12:
            step = np.zeros(len(score))
            step[free] = newton if damping == 0 else np.linalg.solve(own + damping * scale, gradient)
            better = _moved(point, blocks, spread, names, step)
            damping = 1e-4 if damping == 0 and better is None else damping * (0.2 if better else 4)
        if better is None:
            return point  # no step along the gradient gains in double precision
        damping = 0.0 if damping < 1e-4 else damping
        point = better
    return None


def _is_definite(matrix: np.ndarray) -> bool:
    """Whether a curvature bends downwards in every direction."""
    values = np.linalg.eigvalsh(matrix)
    return bool(values[0] > 1e-10 * values[-1])


def _by_factors(point: Point, blocks: list[Block]) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[np.ndarray]]:
    """The slope and two curvatures by the entries of the factors and by the other parameters; and the factors.

    A curvature is J'IJ with −2 S ⊗ I added: of the expected information I and the part of the other that is not
    negative, and of the observed information and all of it, which may bend upwards.
    """
    keys = point.of.keys
    score, information = point.score_and_information()
    factors = [_factor(block.matrix(point.values)) for block in blocks]
    jacobian: list[np.ndarray] = []
    added: list[tuple[int, np.ndarray, np.ndarray]] = []
    for block, factor in zip(blocks, factors, strict=True):
        begin = len(jacobian)
        for i, j in block.order:
            change = np.zeros_like(factor)
            change[i, :] += factor[:, j]
            change[:, i] += factor[:, j]
            column = np.zeros(len(keys))
            for key, value in block.values(change).items():
                column[keys.index(key)] = value
            jacobian.append(column)
        slope = _slope(block, keys, score)
        falling, whole = (
            np.array([[-2 * S[i, r] * (j == s) for r, s in block.order] for i, j in block.order])
            for S in (_negative_part(slope), slope)
        )
        added.append((begin, falling, whole))
    inside = {key for block in blocks for key in block.all_keys}
    jacobian += [np.eye(len(keys))[i] for i, key in enumerate(keys) if key not in inside]
    J = np.array(jacobian).T
    expected, observed = J.T @ information @ J, J.T @ point.observed_information() @ J
    for begin, falling, whole in added:
        own = slice(begin, begin + len(whole))
        expected[own, own] += falling
        observed[own, own] += whole
    return J.T @ score, expected, observed, factors


def _slope(block: Block, keys: tuple[str, ...], score: np.ndarray) -> np.ndarray:
    """S, k × k: the derivative by a covariance is shared between its two entries."""
    by_key = dict(zip(keys, score, strict=True))
    k = len(block.keys)
    return np.array([[by_key[block.keys[i][j]] / (1 if i == j else 2) for j in range(k)] for i in range(k)])


def _negative_part(matrix: np.ndarray) -> np.ndarray:
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.minimum(values, 0)) @ vectors.T


def _factor(matrix: np.ndarray) -> np.ndarray:
    """L, lower triangular, with LL' a covariance matrix that may be singular."""
    values, vectors = np.linalg.eigh(matrix)
    root = vectors * np.sqrt(np.maximum(values, 0))
    return np.linalg.qr(root.T)[1].T


def _moved(
    point: Point, blocks: list[Block], factors: list[np.ndarray], names: list[str], step: np.ndarray
) -> Point | None:
    """The point after a step, where the likelihood is larger."""
    values, place = dict(point.values), 0
    for block, factor in zip(blocks, factors, strict=True):
        changed = factor.copy()
        for i, j in block.order:
            changed[i, j] += step[place]
            place += 1
        values |= block.values(changed @ changed.T)
    for key, change in zip(names, step[place:], strict=True):
        old = values[key]
        values[key] = max(old + change, 0.1 * old) if is_variance(key) else old + change
    try:
        there = point.of.at(values)
        return there if there.log_likelihood > point.log_likelihood else None
    except DomainError:
        return None


def _off_the_boundary(point: Point, blocks: Iterable[Block]) -> Point | None:
    """A larger likelihood beside a singular matrix, along its null space; None at a maximum."""
    score, _ = point.score_and_information()
    for block in blocks:
        matrix = block.matrix(point.values)
        values, vectors, scales = spectrum(matrix)
        null = vectors[:, values <= SINGULAR]
        if not null.shape[1]:
            continue
        slope = _slope(block, point.of.keys, score) * np.outer(scales, scales)
        slopes, directions = np.linalg.eigh(null.T @ slope @ null)
        if slopes[-1] <= 0:
            continue
        along = scales * (null @ directions[:, -1])
        size = 1.0
        while size > 1e-8:
            there = point.of.at({**point.values, **block.values(matrix + size * np.outer(along, along))})
            if there.log_likelihood > point.log_likelihood + TOLERANCE:
                return there
            size /= 4
    return None


def _on_the_boundary(point: Point, blocks: Iterable[Block]) -> Point:
    """The point with what is next to 0 at 0: the matrices that are nearly singular are singular."""
    values = dict(point.values)
    for block in blocks:
        if block.is_singular(values):
            eigenvalues, vectors, scales = spectrum(block.matrix(values))
            kept = np.where(eigenvalues > SINGULAR, eigenvalues, 0.0)
            values |= block.values((vectors * kept) @ vectors.T * np.outer(scales, scales))
    return point.of.at(values)

"""Difference sets and families: blocks whose steps around a circle of treatments make a balanced design."""

from __future__ import annotations

Blocks = list[tuple[int, ...]]

MOST_STEPS = 20_000_000
"""Differences that are counted before a search is given up."""


def difference_set(t: int, k: int) -> tuple[int, ...] | None:
    """k numbers modulo t whose differences cover every number but 0 equally often, or None where none is found.

    >>> difference_set(7, 3)
    (0, 1, 3)
    """
    concurrence, rest = divmod(k * (k - 1), t - 1)
    family = None if rest or not concurrence else difference_family(t, k, concurrence)
    return None if family is None else family[0]


def difference_family(t: int, k: int, concurrence: int) -> Blocks | None:
    """Blocks of k numbers modulo t whose differences cover every number but 0 λ times, or None where none are found.

    Their translates, t of each block, are a balanced design. Source: Bose (1939), On the construction of balanced
    incomplete block designs, Annals of Eugenics 9, 353–399.

    >>> difference_family(13, 3, 1)
    [(0, 1, 4), (0, 2, 7)]
    """
    number, rest = divmod(concurrence * (t - 1), k * (k - 1))
    if rest or not number:
        return None
    trials, most = 0, MOST_STEPS // (t * k)

    def grow(family: Blocks, chosen: list[int], counts: list[int]) -> Blocks | None:
        nonlocal trials
        trials += 1
        if len(chosen) == k:
            family = [*family, tuple(chosen)]
            if len(family) == number:
                return family
            # The least difference that is still open is in one of the next blocks, and may be at its beginning.
            step = next(d for d in range(1, t) if counts[d] < concurrence)
            chosen, candidates = [0], [step]
        else:
            candidates = range(chosen[-1] + 1, t)
        for new in candidates:
            if trials > most:
                return None
            more = counts.copy()
            for old in chosen:
                more[(new - old) % t] += 1
                more[(old - new) % t] += 1
            if max(more[1:]) <= concurrence:
                found = grow(family, [*chosen, new], more)
                if found is not None:
                    return found
        return None

    return grow([], [0], [0] * t)


def translates(block: tuple[int, ...], t: int) -> Blocks:
    """A block of numbers modulo t moved by each of them."""
    return [tuple(sorted((place + step) % t for place in block)) for step in range(t)]

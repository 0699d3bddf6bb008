"""How the estimates of `tutor.algebra.costs` compare with what FLINT takes: ``python -m benchmarks.costs``."""

from __future__ import annotations

import random
from collections.abc import Callable
from time import thread_time

from flint import fmpq, fmpq_mat

from tutor.algebra.costs import determinant_seconds, inverse_seconds, product_seconds

MOST_WORK = 1e8
"""n³ times bits of the largest matrix that is measured."""


def measured(work: Callable[[], object]) -> float:
    started = thread_time()
    work()
    return thread_time() - started


def main() -> None:
    rng = random.Random(1)
    print("rows  bits   inverse     estimate  determinant  estimate  product     estimate   (seconds)")
    for order in (6, 12, 24, 36, 60):
        for bits in (8, 64, 300, 964):
            if order**3 * bits > MOST_WORK:
                continue
            matrix = fmpq_mat(order, order, [fmpq(rng.getrandbits(bits)) for _ in range(order**2)])
            pairs = (
                (measured(matrix.inv), inverse_seconds(order, bits)),
                (measured(matrix.det), determinant_seconds(order, bits)),
                (measured(lambda m=matrix: m * m), product_seconds(order, order, order, 2 * bits)),
            )
            print(f"{order:4} {bits:5}   " + "   ".join(f"{took:.2e}   {told:.2e}" for took, told in pairs))


if __name__ == "__main__":
    main()

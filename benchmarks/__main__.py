"""Print all figures as one table."""

from __future__ import annotations

from benchmarks import building, judging, startup, structure
from benchmarks.timing import table


def main() -> None:
    """Measure and print."""
    print(table([*startup.rows(), *judging.rows(), *building.rows(), *structure.rows()]))


if __name__ == "__main__":
    main()

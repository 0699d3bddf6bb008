"""What the figures in README come from; ``python -m benchmarks`` prints them beside a peer's, in one run."""

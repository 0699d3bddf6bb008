"""``python -m tutor``: the command line."""

from __future__ import annotations

from tutor.frontends.cli import main

if __name__ == "__main__":
    main()

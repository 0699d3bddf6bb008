"""What all tests share: examples have no time limit, since how fast a machine is decides nothing here."""

from __future__ import annotations

import gc

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Leave what was collected, which stays to the end, out of each search for garbage: there are many tests, and
    IPython asks for such a search whenever it is reset."""
    gc.collect()
    gc.freeze()

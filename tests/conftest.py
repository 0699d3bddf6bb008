"""What all tests share: examples have no time limit, since how fast a machine is decides nothing here."""

from __future__ import annotations

import gc
import os

from hypothesis import settings

# The workers of a run share the cores: threads of the linear algebra beside them would only wait for each other. NumPy
# reads this when it is first imported, which is later.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Leave what was collected, which stays to the end, out of each search for garbage: there are many tests, and
    IPython asks for such a search whenever it is reset."""
    gc.collect()
    gc.freeze()

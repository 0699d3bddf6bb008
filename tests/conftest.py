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


# Trees are made by the million, and next to none refer to each other in circles: to search all of them for such garbage
# again and again, as is Python's custom, takes a third of the time of a run.
gc.disable()

YOUNG = 2_000_000
"""So many objects more than at the last search are searched for garbage."""


def pytest_collection_finish() -> None:
    """Leave what was collected, which stays to the end, out of each search for garbage."""
    gc.collect()
    gc.freeze()


def pytest_runtest_logfinish() -> None:
    """Search what has come since the last time; what stays is kept by caches, and left out from now on."""
    if gc.get_count()[0] > YOUNG:
        gc.collect()
        gc.freeze()

"""Known slips: a table of keys, and the search for the slip that turns the reference into what a student wrote."""

from tutor.checking.misconceptions.search import diagnose
from tutor.checking.misconceptions.shapes import diagnose_shape

__all__ = ["diagnose", "diagnose_shape"]

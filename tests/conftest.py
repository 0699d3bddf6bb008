"""What all tests share: examples have no time limit, since how fast a machine is decides nothing here."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

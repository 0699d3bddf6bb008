"""Lessons at an IPython prompt and in Jupyter."""

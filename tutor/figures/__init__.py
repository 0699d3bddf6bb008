"""Figures: what all pictures of the package share. matplotlib, of the extra "plots", is imported for the first one."""

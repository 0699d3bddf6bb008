"""Matrices as notation: trees, what is known of them, and the named rules that change them. Knows no statistics."""

"""Patterns of what tells that a letter is transposed."""

from __future__ import annotations

UNMISTAKABLE = r"(?:\^\s*\{?\s*\\(?:top|intercal|prime)(?![A-Za-z])|ᵀ)"
LETTER_T = r"(?:\^\s*(?:\{\s*)?(?:\\(?:mathrm|mathsf|rm|text)\s*\{?\s*)?T(?![A-Za-z])|\^T(?=[A-Za-z](?![a-z])))"
TRANSPOSE = rf"(?:{UNMISTAKABLE}|{LETTER_T}|['′’])"
TRANSPOSED_BEFORE = rf"(?:{TRANSPOSE}\s*\}}?|\^\s*T)\s*"
"""What stands between a transposed letter and the next one, also in X^TWz."""

TRANSPOSING = ("'", "′", "’", "ᵀ", "T", r"\top", r"\intercal", r"\prime")
"""One of these stands in every text that has a transpose."""

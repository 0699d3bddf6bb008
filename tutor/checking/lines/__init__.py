"""A derivation that a student wrote, line by line: which line does not follow, and which law was broken."""

"""From text to a syntax tree: characters, tokens, brackets and environments, and the grammar."""

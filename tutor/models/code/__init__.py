"""The same model in the languages of other programs."""

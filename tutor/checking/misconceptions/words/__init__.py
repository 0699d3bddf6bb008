"""The words of the slips, by what the slips are about. `table` puts them together with the keys."""

"""Single observations, averages and random effects by their indices, in designs of any size."""

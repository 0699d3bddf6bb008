"""What the structure of a matrix makes known in closed form: strata, inverses, determinants, eigenvalues."""

"""The laws of matrices and of moments as named rules, by what they speak of; `catalogue` lists all."""

"""What follows for a matrix from how it is written: one module for each family of facts, put together by `facts`."""

"""Is an answer right, and if not, what was the student thinking? Never "wrong" without evidence."""

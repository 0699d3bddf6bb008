"""What judges each kind of reference beside single expressions, one file a kind; `check` registers them all."""

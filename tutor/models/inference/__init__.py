"""What follows from a mixed model: analysis of variance, estimates, predictions and likelihoods."""

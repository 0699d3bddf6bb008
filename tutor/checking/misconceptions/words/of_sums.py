"""Words for slips in sums and in moments: what is missing, what is too much, what was averaged and what not."""

from tutor.checking.misconceptions.words.kind import NEARLY, NOT_YET, Words

OF_SUMS: dict[str, Words] = {
    "missing-residual": Words(
        NOT_YET, "{kept} is part of it, and that part is right.", "What else makes one observation vary?",
        "Each observation has an error of its own. Independent parts add their variances, so the variance of "
        "the error comes on top of that of the random effects.",
        "What you have",
    ),
    "missing-random": Words(
        NOT_YET, "{kept} is part of it, and that part is right.", "What do two observations of one group share?",
        "A random effect varies too, and all observations of its group have it in common. It adds to their variances, "
        "and to the covariances between them.",
        "What you have",
    ),
    "missing-term": Words(
        NOT_YET, "A term of the sum is missing.", "Which effects of the model have you counted?",
        "Every term of the model contributes one to the result, unless it is constant or its share is zero.",
    ),
    "extra-term": Words(
        NOT_YET, "{added} is counted in, and was not asked for.", "Which part of the model is the question about?",
        "The moment of a part of the model holds only what belongs to that part.",
    ),
    "missing-component-on-diagonal": Words(
        NEARLY, "The covariances are right; the variances are not.",
        "What is the covariance of an observation with itself?",
        "What two observations of a group share, each shares with itself. A component that stands beside "
        "the diagonal stands on it as well, together with what is an observation's own.",
    ),
    "missing-intercept": Words(
        NEARLY, "The intercept is missing.", "By which number is the intercept multiplied in each row?",
        "The intercept is in the mean of every observation: its column in X is a column of ones.",
    ),
    "random-in-mean": Words(
        NOT_YET, "{added} is random, and a mean is not.", "What is the mean of a random effect?",
        "A mean is averaged over everything random. Random effects have mean zero, so they leave it.",
    ),
    "error-in-mean": Words(
        NOT_YET, "{added} is random, and a mean is not.", "What is the mean of the error?",
        "A mean is averaged over everything random. Errors have mean zero, so they leave it.",
    ),
    "mean-in-variance": Words(
        NOT_YET, "{added} is fixed, and stands in a variance.", "How much does a constant vary?",
        "Adding a constant shifts every value alike and changes no distance between them: Var(c + x) = Var(x).",
    ),
    "mean-not-subtracted": Words(
        NOT_YET, "y stands where a deviation from its mean belongs.", "What is E(y)?",
        "y has a mean of its own. Predictions and sums of squares are made of deviations from it, whose mean is zero.",
    ),
    "fixed-random-confused": Words(
        NOT_YET, "A fixed effect is treated as random, or a random one as fixed.",
        "Which effects of the model have a variance, and which are unknown constants?",
        "A fixed effect is a constant: it enters the mean. A random effect has mean zero: it enters the variance.",
    ),
    "variance-of-sum": Words(
        NOT_YET, "Variances are added as if the parts were uncorrelated.", "Is the covariance of the two parts zero?",
        "Var(a + b) = Var(a) + Var(b) + 2 Cov(a, b). The last term goes only if the two are uncorrelated.",
    ),
    "scalar-rule": Words(
        NOT_YET, "A factor leaves the variance as it would leave a mean.",
        "If every value is doubled, what happens to the squared deviations?",
        "Var(ax) = a² Var(x) for a number a, and Var(Ax) = A Var(x) A' for a matrix A: it stands on both sides.",
    ),
    "blocks-in-difference": Words(
        NOT_YET, "{parameter} is counted in.", "What of it is left when two of one block are subtracted?",
        "In a difference within blocks each block comes once with a plus and once with a minus, and cancels.",
        "A component of the blocks",
    ),
    "ols-for-gls": Words(
        NOT_YET, "This weighs all observations alike, as if they did not vary together.",
        "Which matrix holds the variances and covariances of y?",
        "Generalized least squares weighs by the inverse of the variance of y. Ordinary least squares takes that "
        "variance for a multiple of I.",
    ),
    "R-for-V": Words(
        NEARLY, "The variance of the error stands where that of y belongs.", "What else makes y vary?",
        "R = Var(ε) is what is left once the random effects are known. y varies with both.",
    ),
    "ml-for-reml": Words(
        NEARLY, "The estimation of the fixed effects is not allowed for.",
        "How many degrees of freedom do the fixed effects take?",
        "Residuals are smaller than errors, since the fixed effects were fitted to the same data. REML divides by "
        "n − p and not by n, and adds the logarithm of |X'V⁻¹X|.",
    ),
    "conditional-for-marginal": Words(
        NOT_YET, "This holds for given random effects; it was to be averaged over them.",
        "Are the random effects known here, or do they vary?",
        "Marginal moments are averages over the random effects: E(y) = E(E(y | u)), "
        "and Var(y) = E(Var(y | u)) + Var(E(y | u)).",
    ),
    "link-forgotten": Words(
        NOT_YET, "This is on the scale of the linear predictor.", "On which scale is y itself measured?",
        "The link maps the mean to the linear predictor. To return to the mean one applies the inverse of the link.",
    ),
    "jensen": Words(
        NOT_YET, "This is the function of a mean; asked for is the mean of a function.",
        "Is the average of the squares the square of the average?",
        "E(g(x)) is not g(E(x)) unless g is a straight line. For a curved g the variance of x enters (Jensen 1906).",
    ),
    "mean-variance-swapped": Words(
        NEARLY, "The two arguments of the distribution are exchanged.", "Which of the two comes first in N(·, ·)?",
        "In N(m, V) the mean comes first and the variance second.",
    ),
}  # fmt: skip
"""Key of the slip: its words."""

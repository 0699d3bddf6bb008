"""Words for slips in parameters, cells and quantities, and for letters that are set as others are."""

from tutor.checking.misconceptions.words.kind import NEARLY, NOT_YET, Words

OF_VALUES: dict[str, Words] = {
    "sd-for-variance": Words(
        NEARLY, "Look at the units of the terms.",
        "If y is in kg, what is a standard deviation in, and what is a variance?",
        "A variance is a mean of squares: with y in kg it is in kg². Its root, in kg, is the standard deviation.",
    ),
    "variance-for-sd": Words(
        NEARLY, "This is the square of what was asked for.", "If y is in kg, what is a standard error in?",
        "A standard deviation, and so a standard error, is the square root of a variance and has the units of y.",
    ),
    "forgot-square": Words(
        NEARLY, "A square, or a root, is missing.", "Which units should each term have?",
        "In a variance each coefficient comes twice, once for each of the two deviations that are multiplied.",
    ),
    "squared-twice": Words(
        NEARLY, "{parameter} is squared once too often.", "What is a variance squared in, if y is in kg?",
        "σ² is a variance already. Squared again it would be in the fourth power of the units of y.",
        "A variance",
    ),
    "components-swapped": Words(
        NEARLY, "{parameter} have changed places.", "Which of them do two observations of one group share?",
        "The variance of a random effect stands wherever two rows share a level of it; the residual variance on the "
        "diagonal only.",
        "Two components",
    ),
    "sum-of-sd": Words(
        NOT_YET, "Standard deviations are added.", "Which of the two adds up for independent parts, σ or σ²?",
        "For independent parts variances add up, and standard deviations as the sides of a right triangle do: "
        "the root of a² + b² is less than a + b.",
    ),
    "covariance-missing": Words(
        NEARLY, "The variances are right; some covariances are wrongly zero.", "Which pairs share an effect?",
        "Two observations covary by the variance of every random effect that they share.",
    ),
    "diagonal-only": Words(
        NOT_YET, "The variances are right; every covariance is zero.",
        "Do two observations of one group vary together?",
        "Observations with a random effect in common are correlated. Only without one are covariances zero.",
    ),
    "covariance-everywhere": Words(
        NOT_YET, "Observations vary together that share nothing.", "Which random effect would they have in common?",
        "Observations covary only through what is common to them. Different levels of a random effect are independent.",
    ),
    "wrong-grouping": Words(
        NOT_YET, "The values are those of the model, but {places}.",
        "Which observation does each row stand for, and with which others does it share a level?",
        "Rows belong together when they share a level of the random effect. Another factor or order of the rows "
        "puts the blocks in other places.",
        "the covariances sit in other places",
    ),
    "wrong-structure": Words(
        NOT_YET, "This has {structure}, and the structure of the model is another.",
        "How does the covariance of two observations depend on the time between them?",
        "Compound symmetry has one covariance for all pairs. With AR(1) it falls with the distance d as ρᵈ. "
        "Unstructured, each pair has its own.",
        "another pattern",
    ),
    "dropped-rho-power": Words(
        NEARLY, "The correlation does not fall with the distance.", "How many steps are the two apart?",
        "In AR(1) each step multiplies by ρ: observations d steps apart have the correlation ρᵈ.",
    ),
    "off-by-one": Words(
        NEARLY, "A count is off by one.", "Where does the count start, and where does it end?",
        "The lag of rows i and j is |i − j|: it is zero on the diagonal and 1 beside it.",
    ),
    "correlation-for-covariance": Words(
        NOT_YET, "This is a correlation, not a covariance.", "What is the diagonal of a correlation matrix?",
        "A correlation is a covariance divided by the two standard deviations: a number without units.",
    ),
    "covariance-for-correlation": Words(
        NOT_YET, "This is a covariance; a correlation was asked for.", "By what is a covariance divided?",
        "A correlation is a covariance divided by the two standard deviations: it lies between −1 and 1.",
    ),
    "variance-for-covariance": Words(
        NOT_YET, "This is how much one observation varies; asked for is how much two vary together.",
        "Which of its parts do the two have in common?",
        "Only what two observations share enters their covariance. Each has an error of its own.",
    ),
    "asymmetric": Words(
        NOT_YET, "Your matrix is not symmetric, and Cov(a, b) = Cov(b, a).", "Which cell has no mirror image?",
        "A matrix of variances and covariances is its own transpose.",
    ),
    "one-entry": Words(
        NEARLY, "All entries are right but one.", "What do its row and its column stand for?",
        "Each entry is found by itself: from the row it stands in and from the column.",
    ),
    "missing-replication": Words(
        NEARLY, "It {divided}.", "How many observations are averaged?",
        "The variance of a mean of m independent parts is that of one of them, divided by m.",
        "is divided by another number than are averaged",
    ),
    "wrong-count": Words(
        NOT_YET, "Your number counts {counted}.", "What is to be counted here, and how many of them are free?",
        "Each effect that is estimated takes one degree of freedom; a column that follows from the others adds none.",
        "something else than was asked for",
    ),
    "column-order": Words(
        NEARLY, "Your columns are right and stand in another order.", "In which order are the coefficients?",
        "Xβ multiplies the first column by the first coefficient: the columns stand in the order of the coefficients.",
    ),
    "wrong-index": Words(
        NEARLY, "This is another element than was asked for.", "Which index counts what?",
        "The indices of an observation say of which level of each factor it is.",
    ),
    "wrong-comparison": Words(
        NOT_YET, "This belongs to another comparison.", "Which means are compared, and what do the two share?",
        "What two means share cancels in their difference. That depends on where the two levels lie: in the same "
        "plot, in the same block, or apart.",
    ),
    "lower-case": Words(
        NEARLY, "A matrix is written with a small letter.", "Which letters stand for matrices?",
        "Matrices have capitals, vectors small letters, both bold; numbers are not bold.",
    ),
    "not-bold": Words(
        NEARLY, "A matrix or a vector is not bold.", "Which letters of the model are bold?",
        "Matrices and vectors are bold, numbers are not: 𝐲 is the vector of all y_ij.",
    ),
}  # fmt: skip
"""Key of the slip: its words."""

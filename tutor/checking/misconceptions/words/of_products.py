"""Words for slips in products, inverses, transposes and the constants I, J and 1."""

from tutor.checking.misconceptions.words.kind import NEARLY, NOT_YET, Words

OF_PRODUCTS: dict[str, Words] = {
    "missing-factor": Words(
        NOT_YET, "A factor is missing.", "Which factors does each term have by its derivation?",
        "A factor that does not equal 1 or I cannot be left out, even where the shapes still meet.",
    ),
    "missing-identity": Words(
        NEARLY, "Your answer is a single number; a matrix was asked for.",
        "Which matrix has that number on its diagonal?",
        "A number times I has that number in each place of the diagonal. A number alone is 1 × 1.",
    ),
    "transpose-lost": Words(
        NEARLY, "{transpose}.", "How many rows and columns does each factor have?",
        "A and A' are different matrices unless A is symmetric: one has the rows of the other as columns.",
        "A transpose is missing",
    ),
    "transpose-misplaced": Words(
        NEARLY, "{transpose}.", "What is Var(Ax), for a constant A?",
        "Var(Ax) = A Var(x) A': the matrix stands first as it is, and last transposed.",
        "A transpose is on the wrong matrix",
    ),
    "order-swapped": Words(
        NEARLY, "Two factors are in the wrong order.", "Does AB equal BA?",
        "Matrices do not commute: AB maps first by B, BA first by A. An inverse or a transpose of a product turns the "
        "order round: what was last comes first.",
    ),
    "parentheses-lost": Words(
        NEARLY, "A bracket that matters is lost.", "What does each sign of the answer apply to?",
        "An inverse, a prime and a factor apply to what stands directly beside them. To apply to a sum, the sum needs "
        "brackets.",
    ),
    "inverse-lost": Words(
        NEARLY, "A matrix stands where its inverse belongs, or the other way round.",
        "Which matrix should undo the other?",
        "A and A⁻¹ are as different as a number and its reciprocal: AA⁻¹ = I.",
    ),
    "inverse-of-sum": Words(
        NOT_YET, "The inverse of a sum is not the sum of the inverses.", "What is 1/(1 + 1), and what is 1/1 + 1/1?",
        "The inverse of a sum has to undo the sum as a whole. For variances Woodbury's identity says how it is found.",
    ),
    "elementwise-inverse": Words(
        NOT_YET, "You inverted the entries one by one.", "What should the product of a matrix and its inverse be?",
        "The inverse is defined by AA⁻¹ = I, and every entry of it depends on all entries of A. "
        "Only a diagonal matrix is inverted entry by entry.",
    ),
    "singular-inverse": Words(
        NOT_YET, "{inverted}, and your answer inverts it.", "What is the rank of that matrix?",
        "Only a square matrix of full rank has an inverse. ZGZ' has at most as many independent columns as Z.",
        "One of your matrices has no inverse here",
    ),
    "G-for-inverse": Words(
        NEARLY, "G stands where its inverse belongs.", "Does a larger variance of u let û vary more, or less?",
        "In the mixed model equations each part is weighed by the inverse of its variance.",
    ),
    "inverse-for-G": Words(
        NEARLY, "G⁻¹ stands where G belongs.", "Is G a variance, or what undoes one?",
        "G = Var(u). Its inverse measures precision and has the units of one over a variance.",
    ),
    "inverse-for-R": Words(
        NEARLY, "R⁻¹ stands where R belongs.", "Is R a variance, or what undoes one?",
        "R = Var(ε). Its inverse measures precision and has the units of one over a variance.",
    ),
    "kronecker-swapped": Words(
        NEARLY, "The two sides of ⊗ are exchanged.",
        "In which order are the rows: which factor changes slowest from one row to the next?",
        "A ⊗ B puts a multiple of B in each place of A: the left factor belongs to what changes slowest.",
    ),
    "identity-for-ones": Words(
        NEARLY, "An identity stands where a matrix of ones belongs.", "What do observations of one group share?",
        "I keeps every observation for itself. J, all ones, ties the observations of a group together.",
    ),
    "ones-for-identity": Words(
        NEARLY, "A matrix of ones stands where an identity belongs.", "Which observations would then vary together?",
        "J, all ones, ties all rows together. What is independent from row to row, or from group to group, has I.",
    ),
    "ones-matrix-for-vector": Words(
        NEARLY, "A matrix J stands where a vector 1 of ones belongs.",
        "How many columns belong to one effect?",
        "1 is a column: one effect, in every row of its group. J is square and belongs in variances.",
    ),
    "factor-2": Words(
        NEARLY, "A factor of 2 is too many, or missing.", "Where does a 2 come from, and is it there?",
        "A 2 comes with two equal parts, as the variances of two means, or with the two halves of a symmetric pair.",
    ),
    "sign": Words(
        NEARLY, "A sign is turned round.", "Which of the two is subtracted, and does a variance subtract?",
        "Var(a − b) = Var(a) + Var(b) − 2 Cov(a, b): a minus is squared away in the variances and stays in the "
        "covariance.",
    ),
    "shapes-do-not-meet": Words(
        NOT_YET, "A product or a sum does not exist.", "How many rows and columns does each part have?",
        "A product needs as many columns on the left as rows on the right, a sum two equal shapes.",
    ),
    "wrong-size": Words(
        NOT_YET, "The pattern is there, at another size.", "How many groups are there, and how many rows has each?",
        "A block for each group, one row and one column for each of its observations: I counts the groups, "
        "J the rows of one group.",
    ),
    "wrong-dimension": Words(
        NOT_YET, "The dimensions are others.", "How many observations are there, and how many effects?",
        "A design matrix has one row for each observation and one column for each effect.",
    ),
}  # fmt: skip
"""Key of the slip: its words."""

"""Why the rules of derivations hold, in words: what `%tutor why` adds to the reason that stands beside a line.

The reason names the law, or what the model says. Here stands where it comes from, for the rules of a first course; a
rule without words of its own has its identity for a reason, which says all there is.
"""

from __future__ import annotations

from tutor.algebra.rules import Step

_OF_DEFINITION = "A name is replaced by what it stands for; nothing is calculated yet."

_GROUNDS: dict[str, str] = {
    # The model
    "definition-of-y": "In place of y stands the right-hand side of the model's equation. Every derivation about y "
    "begins here, since the assumptions are about the parts.",
    "definition-of-V": "V is short for Var(y). That it is ZGZ' + R follows from the model, since u and ε are "
    "uncorrelated.",
    "definition-of-correlation": "A correlation is a covariance in units of the two standard deviations, so that it "
    "has none itself and lies between −1 and 1.",
    "declared-expectation": "This is no law, but an assumption of the model: it stands in the first place of a "
    "distribution statement.",
    "declared-variance": "This is no law, but an assumption of the model: it stands in the second place of a "
    "distribution statement.",
    "known-moment": "It was derived before, or is told with the model.",
    "variance-components": "What the model says of G and R is put in for them: how many effects vary, with which "
    "variance, and whether they vary together.",
    "linear-form": "A sum of elements with a number before each is a row of these numbers times the vector. So the "
    "laws for matrices can be used of it.",
    "entries": "The products are multiplied out with the entries of this design's matrices.",
    "closed-form": "Only the structure of the matrices is used, so the size of the design does not matter: where Z is "
    "made of ones in blocks, so is ZZ'.",
    # Means
    "expectation-of-sum": "E(x + y) = E(x) + E(y), whether or not the two are correlated: an integral of a sum is the "
    "sum of the integrals.",
    "expectation-of-constant": "A constant is the same in all repetitions of the experiment, and so is their average.",
    "expectation-of-linear": "E(Ax) = A E(x): each entry of the product is a sum with constant coefficients, and the "
    "mean of a sum is the sum of the means.",
    "expectation-of-scaled": "A constant factor leaves the mean, as it leaves each of the values that are averaged.",
    "sum-with-zero": "The zero matrix has the shape of what it is added to.",
    "product-with-zero": "Each entry of the product is a sum of zeros; its shape is that of the product.",
    # Variances and covariances
    "variance-of-shifted": "Var(x + c) = Var(x). A constant moves the mean as far as it moves the values, so the "
    "deviations from the mean stay as they were.",
    "variance-of-constant": "A constant never deviates from its mean.",
    "variance-of-sum": "The square of a sum of two deviations has the two squares and twice the product. The mean of "
    "the product is the covariance.",
    "variance-of-uncorrelated-sum": "Var(x + y) = Var(x) + Var(y) + 2 Cov(x, y), since the square of a sum of two "
    "deviations has the two squares and twice the product. Where the covariance is 0, the variances are all that is "
    "left.",
    "variance-of-linear": "Var(Ax) = E((Ax − E(Ax))(Ax − E(Ax))'). The matrix leaves the mean at the left, and its "
    "transpose at the right: that is where the transpose comes from.",
    "variance-of-scaled": "Var(cx) = c² Var(x): each deviation is multiplied by c, and a variance is a mean of "
    "squares.",
    "covariance-of-sum": "Cov(x + y, z) = Cov(x, z) + Cov(y, z): the product of two deviations is multiplied out.",
    "covariance-of-uncorrelated": "Two quantities that share no random effect vary independently of each other under "
    "the model, and their covariance is 0.",
    "covariance-of-linear": "Cov(Ax, By) = E((Ax − E(Ax))(By − E(By))'): the first matrix leaves the mean at the left, "
    "and the second one, transposed, at the right.",
    "covariance-of-scaled": "Cov(cx, y) = c Cov(x, y): each deviation of the first is multiplied by c.",
    "covariance-with-itself": "Cov(x, x) is the mean of a deviation times itself, which is the variance.",
    "covariance": "Of all effects in the two, only those that are the same in both contribute: each with its variance.",
    "variances": "A variance of one observation is the sum of the variances of its uncorrelated parts.",
    "collected": "Equal terms are added; nothing is used of the model.",
    "like-terms": "What stands in both parts of a difference cancels, whatever its value: so blocks leave a comparison "
    "within blocks.",
    "quotient": "The fraction is reduced; nothing is used of the model.",
    "quadratic-mean": "E(y'Ay) = tr(A Var(y)) + E(y)'A E(y): a number is its own trace, tr(y'Ay) = tr(Ayy'), and "
    "E(yy') = Var(y) + E(y)E(y)'.",
    "traces": "The trace of the projection of a source is its rank: the degrees of freedom.",
    "fixed-part": "A source that is orthogonal to the fixed effects has AX = 0: nothing of them is left in its sum of "
    "squares.",
    # Given the random effects
    "total-expectation": "E(y) = E(E(y | u)): the mean over all is the mean, over the groups, of their means.",
    "total-variance": "Var(y) = E(Var(y | u)) + Var(E(y | u)): what varies within the groups, on average, and what "
    "varies between their means.",
    "total-covariance": "Cov(x, y) = E(Cov(x, y | u)) + Cov(E(x | u), E(y | u)): what they share within groups, and "
    "what their groups' means share.",
    "conditional-mean": "Given u the linear predictor is a fixed number, and the inverse of the link makes the mean "
    "of it.",
    "conditional-moments": "Given u only the distribution of the response is left, and its family tells the variance "
    "that belongs to a mean.",
    "independent-given": "What two observations have in common is u. Given u, there is nothing left that they share.",
    "normal-moments": "If η ~ N(m, s), with s for the variance, then E(exp(η)) = exp(m + s/2). The half of the "
    "variance comes from completing the square in the exponent of the density.",
    "variance": "Var(x) = E(x²) − E(x)²: the square of a deviation is multiplied out, and the mean of each term taken.",
    # Matrices
    "inverse-cancels": "An inverse is defined by A⁻¹A = AA⁻¹ = I. Between them nothing else may stand.",
    "transpose-of-product": "(AB)' = B'A': rows of the first factor meet columns of the second. Transposed, they are "
    "columns and rows, and meet only in the other order.",
    "transpose-of-symmetric": "In a symmetric matrix the entry in row i and column j is that in row j and column i; "
    "every variance is symmetric, as Cov(x, y) = Cov(y, x).",
    "mixed-product": "(A ⊗ B)(C ⊗ D) = AC ⊗ BD: the blocks are multiplied among each other, and so are the entries "
    "within them.",
    "trace-cyclic": "tr(AB) = tr(BA): both are the sum of all a_ij b_ji.",
    "woodbury": "Multiply the right-hand side by A + UCW: all but the identity cancels. It pays where U has few "
    "columns, as Z has: one inverts a matrix of the size of u in place of one of the size of y.",
}  # fmt: skip
"""Key of a rule: why it holds, with its formulas in Unicode."""


def ground(step: Step) -> str:
    """Why a step holds beyond its reason; "" where the reason says all there is."""
    told = _GROUNDS.get(step.rule, "")
    return told or (_OF_DEFINITION if step.rule.startswith("definition") else "")

"""Designs without and with blocks: what was randomized, and what X has to hold."""

from __future__ import annotations

from tutor import Lesson, Page, Practice, bibd, crd, latin_square, model, rcbd


def make() -> Lesson:
    square = latin_square(4)
    pastes = model("strength ~ 1 + (1 | batch/cask)", data="pastes.csv")
    return Lesson(
        title="What was randomized",
        about="The units that the lot was drawn for decide what is a replicate, and which effects a model has.",
        day=2,
        parts=(
            Page(
                "The experimental unit",
                r"A treatment is given to a unit as a whole: a plot, a pen, a class. What is measured within one of "
                r"them is a sample of it, not a replicate of the treatment."
                "\n\n"
                r"Below, the lot was drawn for six plots, and two plants are measured on each: twelve observations, "
                r"three replicates of each treatment.",
                shown=crd(2, 3, samples=2).layout(seed=1),
            ),
            Page(
                "Sixty tests, thirty casks",
                r"Of each of ten batches of a paste three casks were drawn, and two tests made of each cask "
                r"(`pastes.csv`). Casks of one batch vary with $\sigma^2_v = 8.43$, tests of one cask with $\sigma^2 = "
                r"0.678$ only. Whatever is done to casks has thirty units here, and not sixty: the mean of the two "
                r"tests of a cask has $8.43 + 0.678/2 = 8.77$ within its batch, hardly less than the $8.43 + 0.678 = "
                r"9.11$ of one test.",
                shown=pastes,
                picture=pastes.plot_variance,
            ),
            Practice("which_unit_was_randomized"),
            Page(
                "No blocks",
                r"In a completely randomized design the lot is drawn for all units at once. They share nothing but "
                r"their treatments, so the variance of $\mathbf{y}$ is $\sigma^2\mathbf{I}$.",
                shown=crd(3, 4).layout(seed=1),
                picture=crd(3, 4).plot_variance,
            ),
            Practice("crd_means"),
            Page(
                "Blocks",
                r"In a randomized complete block design each treatment stands once in each block, and the lot is "
                r"drawn within each block anew. What the plots of a block share is in each of them alike, and falls "
                r"out of their differences.",
                shown=rcbd(4, 3).layout(seed=1),
                picture=rcbd(4, 3).plot_variance,
            ),
            Page(
                "What blocks were worth",
                r"Each of nine persons tried each of four stools (`ergostool.csv`). Estimates are $\sigma^2_u = 1.78$ "
                r"for persons and $\sigma^2 = 1.21$ for errors: the difference of two stools has the variance $2 \cdot "
                r"1.21/9 = 0.27$. With 36 persons, nine for each stool, persons would not fall out, and it would be "
                r"$2(1.78 + 1.21)/9 = 0.66$.",
                shown=rcbd(4, 9).derive("Var(ybar_1. - ybar_2.)"),
            ),
            Page(
                "Two kinds of blocks",
                r"In a Latin square each treatment stands once in each row and once in each column. Both fall out of "
                r"the differences of treatments.",
                shown=square.layout(seed=1),
                picture=square.plot_variance,
            ),
            Practice("latin_square_counts"),
            Page(
                "Random rows and columns",
                r"If both are samples, each row has an effect of its own, and so has each column. An observation has "
                r"one of both kinds, which it shares with those of its row, and with those of its column.",
                shown=square.equation("index"),
            ),
            Practice("latin_square_pairs"),
            Page(
                "Two factors",
                r"Each combination of levels is a treatment, and $(\tau\alpha)_{ij}$ is what the two do together "
                r"beyond what each does alone. Here six treatments stand in each of three blocks.",
                shown=rcbd((2, 3), 3).layout(seed=1),
            ),
            Practice("factorial_treatments"),
            Page(
                "What two factors do together",
                r"If A did the same at each level of B, two differences of means would be alike but for the errors. "
                r"So take the difference of the differences: all that A and B do alone falls out, and its mean is "
                r"$(\tau\alpha)_{11} - (\tau\alpha)_{12} - (\tau\alpha)_{21} + (\tau\alpha)_{22}$.",
                shown=rcbd((2, 3), 3).equation("index"),
            ),
            Practice("variance_of_interaction"),
            Page(
                "Blocks that are too small",
                r"A block need not hold every treatment. When any two come together equally often, all differences "
                r"are estimated equally well, and a little worse than with complete blocks. Below any two of four "
                r"treatments meet in two blocks.",
                shown=bibd(4, 4, 3).layout(seed=1),
            ),
            Practice("incomplete_blocks"),
            Page(
                "What a small block costs",
                r"Treatments that do not stand in a block together are compared by way of others, which costs some of "
                r"what was observed. In the plan above the *efficiency factor* is $4 \cdot 2/(3 \cdot 3) = 8/9$: with "
                r"3 replicates a difference has the variance $2\sigma^2/3$ divided by it, $3\sigma^2/4$.",
                shown=bibd(4, 4, 3, blocks_are="fixed").derive("Var(tauhat_1 - tauhat_2)"),
            ),
            Practice("efficiency_of_blocks"),
        ),
    )

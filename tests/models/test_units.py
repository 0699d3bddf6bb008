"""Units and what is assigned to them give the named designs, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import pytest

import tutor
from tutor.errors import DataError, SizeError, TutorError, UnknownNameError
from tutor.models.mixed import MixedModel
from tutor.models.units import Units, units

PLOTS = units("block", 4) / ("plot", 3)
SPLIT = units("block", 4) / ("whole plot", 3) / ("subplot", 2)

SAME = [
    (units("plot", 12).assign("variety", to="plot", levels=3), lambda: tutor.crd(3, 4)),
    (PLOTS.assign("variety", to="plot"), lambda: tutor.rcbd(3, 4)),
    (
        (units("block", 2) / ("plot", 6)).assign("a", to="plot", levels=2).assign("b", to="plot"),
        lambda: tutor.rcbd((2, 3), 2),
    ),
    (
        SPLIT.assign("variety", to="whole plot").assign("dose", to="subplot"),
        lambda: tutor.split_plot(3, 2, 4),
    ),
    (
        (units("whole plot", 6) / ("subplot", 2))
        .assign("variety", to="whole plot", levels=3)
        .assign("dose", to="subplot"),
        lambda: tutor.split_plot(3, 2, reps=2),
    ),
    (
        (units("block", 3) / (units("row", 2) * ("column", 4))).assign("a", to="row").assign("b", to="column"),
        lambda: tutor.strip_plot(2, 4, 3),
    ),
    (
        (units("block", 2) / ("whole", 2) / ("sub", 3) / ("subsub", 2))
        .assign("a", to="whole")
        .assign("b", to="sub")
        .assign("c", to="subsub"),
        lambda: tutor.split_split_plot(2, 3, 2, 2),
    ),
    (units("outer", 3) / ("inner", 2) / ("observation", 4), lambda: tutor.nested(3, 2, 4)),
    (units("a", 2) / ("b", 2) / ("c", 2) / ("d", 3) / ("e", 2), lambda: tutor.nested(2, 2, 2, 3, 2)),
    ((units("row", 3) * ("column", 4)) / ("observation", 2), lambda: tutor.crossed(3, 4, 2)),
    (units("row", 3) * ("column", 4), lambda: tutor.crossed(3, 4)),
    ((units("row", 4) * ("column", 4)).assign("a", to=("row", "column")), lambda: tutor.latin_square(4)),
    (
        (units("row", 6) * ("column", 6))
        .assign("a", to=("row", "column"), levels=2)
        .assign("b", to=("row", "column"), levels=3),
        lambda: tutor.latin_square(treatments=(2, 3)),
    ),
    (
        (units("row", 5) * ("column", 5)).assign("a", to=("row", "column")).assign("b", to=("row", "column")),
        lambda: tutor.graeco_latin(5),
    ),
    ((units("plot", 6) / ("sample", 2)).assign("variety", to="plot", levels=3), lambda: tutor.crd(3, 2, samples=2)),
]


@pytest.mark.parametrize(("own", "named"), SAME)
def test_own_designs_are_the_named_ones(own: Units, named: Callable[[], MixedModel]) -> None:
    mine, theirs = own.model(), named()
    assert np.array_equal(mine.X.numpy(), theirs.X.numpy())
    assert mine.rank == theirs.rank
    values = [1.5 + k for k in range(len(theirs.parameters))]
    V = [m.V.numpy(**{p.key: v for p, v in zip(m.parameters, values, strict=True)}) for m in (mine, theirs)]
    assert np.allclose(V[0], V[1])


def test_letters_come_from_the_names() -> None:
    m = (units("block") / "plot").assign("variety", to="plot").model()
    assert str(m.n) == "b*p"
    assert str(m.V.closed_form()) == "I_b ⊗ (σ² I_p + σ²_u J_p)"
    assert str(tutor.check(r"I_b \otimes (\sigma^2 I_p + \sigma^2_u J_p)", m.V).outcome) == "correct"


def test_a_taken_letter_is_not_given_twice() -> None:
    m = (units("plot") / "part").model()
    assert str(m.n) == "a*p"


def test_the_program_says_why() -> None:
    own = SPLIT.assign("variety", to="whole plot").assign("dose", to="subplot")
    block, whole, sub = own.reasons()
    assert "Blocks hold several whole plots" in block and "blocks need a random effect, u_k" in block
    assert whole.startswith("variety was assigned to whole plots, so whole plots need a random effect, v_i(k)")
    assert "residual" in sub and "dose was assigned to them" in sub
    assert len(own.model().random) == 2


def test_two_treatments_of_one_unit_are_named_together() -> None:
    own = (units("plot", 8) / ("part", 2)).assign("a", to="plot", levels=2).assign("b", to="plot", levels=2)
    assert own.reasons()[0].startswith("a and b were assigned to plots, so plots need a random effect, u_k(ij)")


def test_fixed_units_are_part_of_the_mean() -> None:
    own = PLOTS.assign("variety", to="plot")
    m, named = own.model(fixed=["block"]), tutor.rcbd(3, 4, "fixed")
    assert m.Z is None and np.array_equal(m.X.numpy(), named.X.numpy())
    assert "said to be fixed" in own.reasons(fixed=["block"])[0]


def test_own_designs_are_randomized_and_sketched() -> None:
    m = (units("block", 2) / ("plot", 3)).assign("variety", to="plot").model()
    assert sorted(m.randomize(seed=1)["variety"][:3]) == ["v1", "v2", "v3"]
    assert str(m.layout()).count("block") == 2


@pytest.mark.parametrize(
    ("build", "error", "words"),
    [
        (lambda: units("block", 4).assign("v", to="plot"), UnknownNameError, "plot"),
        (lambda: PLOTS.assign("v", to="plot", levels=4), SizeError, "4 levels of v do not fit 3"),
        (lambda: (units("block") / "plot").assign("v", to="plot", levels="t"), SizeError, "do not fit"),
        (lambda: PLOTS.assign("v", to="plot").assign("w", to="plot"), SizeError, "No plot is left"),
        (lambda: units("block", 4) / ("block", 3), DataError, "two kinds of unit called block"),
        (lambda: units("block", 1), SizeError, "One block is no kind"),
        (lambda: units("block", 4) / ("plot", 1), SizeError, "With one plot in each block the two are one"),
        (lambda: units("3"), DataError, "cannot name"),
        (lambda: PLOTS.assign("v", to=()), DataError, "names no kind of unit"),
        (lambda: PLOTS.assign("v", to=cast(Any, 5)), DataError, "5, which names no kind of unit"),
        (lambda: PLOTS.assign("v", to="plot", levels=["a", "b", "a"]), DataError, "expected different names"),
        (lambda: PLOTS.assign("v", to="plot", levels=["a"]), SizeError, "the number of levels of v = 1 is too few"),
        (lambda: PLOTS.assign("v", to="block").model(), DataError, "Each level of v is on one block only"),
        (
            lambda: (units("tray", 6) / ("pot", 2)).assign("a", to="tray", levels=3).assign("b", to="tray").model(),
            DataError,
            "Each combination of a and b is on one tray only, so what differs among trays cannot be told from a and b",
        ),
        (
            lambda: (units("a", 2) * ("b", 2) * ("c", 2) * ("d", 2)).model(),
            DataError,
            "cross in 14 ways, and there are letters for 8",
        ),
        (lambda: units("plot", 4).assign("plot", to="plot"), DataError, "name of something else"),
        (lambda: units("plot", 4).assign("a b", to="plot"), DataError, "cannot name a treatment"),
        (lambda: units("block", 4).model(fixed=["bloc"]), UnknownNameError, "Did you mean block"),
        (lambda: PLOTS.assign("v", to="block", levels=2).model(fixed=["block"]), DataError, "v was assigned"),
        (lambda: (units("plot", 3) / ("sample", 2)).assign("v", to="plot").model(), DataError, "v is on one plot only"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_name(build: Callable[[], Any], error: type[TutorError], words: str) -> None:
    with pytest.raises(error) as told:
        build()
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("design", "rows"),
    [
        ((units("square", 2) / (units("row", 3) * ("column", 3))).assign("a", to=("row", "column")), ["square", "row"]),
        ((units("row", 4) * ("column", 8)).assign("a", to=("row", "column")), ["row"]),
        (((units("row", 3) * ("column", 3)) / ("sub", 2)).assign("a", to=("row", "column")), ["row"]),
    ],
)
def test_a_treatment_on_cells_is_equally_often_in_each_row_and_each_column(design: Units, rows: list[str]) -> None:
    frame = dict(design.model().dataframe())
    for sides in (rows, [*rows[:-1], "column"]):
        met = Counter(zip(*(frame[side] for side in sides), frame["a"], strict=True))
        assert len(set(met.values())) == 1
    drawn = dict(design.model().randomize(seed=4))
    for side in ("row", "column"):
        columns = [drawn[name] for name in rows[:-1]] + [drawn[side]]
        assert len(set(Counter(zip(*columns, drawn["a"], strict=True)).values())) == 1


def test_cells_with_parts_have_an_effect_of_their_own_and_a_reason() -> None:
    design = ((units("row", 3) * ("column", 3)) / ("subplot", 2)).assign("a", to=("row", "column"))
    design = design.assign("b", to="subplot")
    assert [term.group for term in design.model().random] == ["row", "column", "row:column"]
    assert any("a was assigned to cells of row and column" in reason for reason in design.reasons())


def test_a_latin_square_of_letters_and_one_with_fixed_rows() -> None:
    square = (units("row", "t") * ("column", "t")).assign("a", to=("row", "column"))
    assert str(square.model().V.closed_form()) == "σ² I_{t²} + σ²_u (I_t ⊗ J_t) + σ²_v (J_t ⊗ I_t)"
    fixed = (units("row", 4) * ("column", 4)).assign("a", to=("row", "column")).model(fixed=["row", "column"])
    assert fixed.Z is None and fixed.rank == np.linalg.matrix_rank(fixed.X.numpy()) == 10


@pytest.mark.parametrize(
    ("build", "error", "words"),
    [
        (lambda: (units("row", 4) * ("column", 4)).assign("a", to=("row", "column"), levels=3), SizeError, "3 levels"),
        (lambda: (units("row", 4) * ("column", 5)).assign("a", to=("row", "column")), SizeError, "do not fit"),
        (lambda: (units("row", 4) / ("column", 4)).assign("a", to=("row", "column")), DataError, "do not cross"),
        (lambda: (units("row", 4) * ("column", 4)).assign("a", to=("row", "row")), DataError, "do not cross"),
        (lambda: (units("row", 4) * ("column", 4)).assign("a", to=("row", "colum")), UnknownNameError, "column"),
    ],
)
def test_cells_that_cannot_take_a_treatment_are_told(build: Any, error: type[TutorError], words: str) -> None:
    with pytest.raises(error, match=words):
        build()


def test_the_words_of_leaves_and_of_two_treatments() -> None:
    plants = (units("plot", 12) / ("plant", 3) / ("leaf", 2)).assign("dose", to="plot", levels=4)
    assert plants.reasons()[1].startswith("Plants hold several leaves")
    runs = (units("day", 6) / ("run", 4)).assign("heat", to="day", levels=2)
    runs = runs.assign("pressure", to="run", levels=2).assign("catalyst", to="run", levels=2)
    assert runs.reasons()[-1].endswith("pressure and catalyst were assigned to them, so the residuals are their error.")
    assert [term.group for term in runs.model().random] == ["heat:day"]


THREE = units("lab", 3) * ("day", 4) * ("operator", 2)
UNDER = (units("lab", 3) / ("day", 4)) * ("operator", 2)


@pytest.mark.parametrize(
    ("design", "formula"),
    [
        (THREE, "y ~ 1 + (1|lab) + (1|day) + (1|operator) + (1|lab:day) + (1|lab:operator) + (1|day:operator)"),
        (THREE / ("repeat", 2), "y ~ 1 + (1|lab) + (1|day) + (1|operator) + (1|lab:day) + (1|lab:operator) + "
                                "(1|day:operator) + (1|lab:day:operator)"),
        (UNDER, "y ~ 1 + (1|lab) + (1|operator) + (1|lab:day) + (1|lab:operator)"),
        (UNDER / ("repeat", 2), "y ~ 1 + (1|lab) + (1|operator) + (1|lab:day) + (1|lab:operator) + "
                                "(1|lab:day:operator)"),
        (units("site", 2) / (units("row", 2) * ("column", 3) * ("layer", 2)),
         "y ~ 1 + (1|site) + (1|site:row) + (1|site:column) + (1|site:layer) + (1|site:row:column) + "
         "(1|site:row:layer) + (1|site:column:layer)"),
    ],
)  # fmt: skip
def test_where_several_kinds_cross_their_cells_are_units_too(design: Units, formula: str) -> None:
    mine = design.model()
    columns = dict(mine.dataframe())
    theirs = tutor.model(formula, {**{name: list(values) for name, values in columns.items()}, "y": range(int(mine.n))})

    def stratum(term: Any) -> tuple[tuple[int, ...], ...]:
        """Which observations share an effect."""
        matrix = term.matrix.numpy()
        return tuple(map(tuple, (matrix @ matrix.T).astype(int)))

    assert {stratum(term) for term in mine.random} == {stratum(term) for term in theirs.random}
    assert len(mine.random) == len(theirs.random)


def test_cells_of_several_kinds_have_their_reasons() -> None:
    told = THREE.reasons()
    assert told[4] == (
        "Cells of lab and operator hold several cells, which are alike for lying together, so cells of lab and "
        "operator need a random effect, s_ik."
    )
    assert told[-1].startswith("Cells of lab, day and operator are the smallest units")


def test_levels_may_have_names_and_cells_may_be_told_in_any_order() -> None:
    frame = dict(
        PLOTS.assign("variety", to="plot", levels=["Victory", "Golden Rain", "Marvellous"]).model().dataframe()
    )
    assert sorted(set(frame["variety"])) == ["Golden Rain", "Marvellous", "Victory"]
    square = units("row", 4) * ("column", 4) / ("part", 2)
    one, other = (square.assign("a", to=to).reasons() for to in (("row", "column"), ("column", "row")))
    assert one == other and "a was assigned to cells of row and column" in one[2]


@pytest.mark.parametrize(
    ("design", "told"),
    [
        (SPLIT, "4 blocks of 3 whole plots of 2 subplots"),
        (units("row", 3) * ("column", 4), "3 rows × 4 columns"),
        (
            units("block", 3) / (units("row", 2) * ("column", 4)) / ("plot", 2),
            "3 blocks of (2 rows × 4 columns) of 2 plots",
        ),
        (UNDER, "3 labs × 2 operators, 4 days"),
    ],
)
def test_the_title_tells_what_lies_in_what(design: Units, told: str) -> None:
    assert design.model().title == told


def test_one_name_may_be_fixed_without_a_list() -> None:
    own = PLOTS.assign("variety", to="plot")
    assert own.model(fixed="block").Z is None
    assert own.reasons(fixed="block") == own.reasons(fixed=["block"])

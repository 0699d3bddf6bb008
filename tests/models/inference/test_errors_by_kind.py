"""Standard errors of designs that are not orthogonal, with letters for sizes, against k'(X'V⁻¹X)⁻k exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest
import sympy
from flint import fmpq, fmpq_mat

import tutor
from tests.models.inference.exact_errors import assert_error_holds, at, direct, parameters_of
from tutor.algebra.sizes import size
from tutor.errors import SizeError, TutorError
from tutor.models.inference.errors_by_kind import OfKind, StandardErrors
from tutor.models.inference.marginal import mean_coefficients
from tutor.models.mixed import MixedModel
from tutor.notation.write import latex, markdown, unicode

Make = Callable[..., MixedModel]


def means_of(m: MixedModel, effect: str) -> dict[str, np.ndarray]:
    found = mean_coefficients(m, tuple(effect.split(":")))
    return {":".join(levels): np.array(k, dtype=object) for levels, k in found.items()}


def pairs_of(m: MixedModel, effect: str) -> Iterator[tuple[str, str, np.ndarray]]:
    for (one, k), (other, minus) in combinations(means_of(m, effect).items(), 2):
        yield one, other, k - minus


def value(kind: OfKind, m: MixedModel, **sizes: int) -> fmpq:
    return at(kind.error, {**parameters_of(m), **sizes})


@pytest.mark.parametrize("blocks_are", ["random", "fixed"])
@pytest.mark.parametrize("sizes", [(2, 6, 3), (1, 4, 4), (3, 10, 2)], ids=str)
def test_checks_and_new_entries_have_the_errors_of_numbers(sizes: tuple[int, int, int], blocks_are: Any) -> None:
    letters, m = tutor.augmented("c", "n", "b", blocks_are), tutor.augmented(*sizes, blocks_are)
    known = dict(zip("cnb", sizes, strict=True))
    per_block = sizes[1] // sizes[2]

    def place(name: str) -> int:
        """The block of a new entry; that of a check is 0."""
        return 0 if name.startswith("check") else 1 + (int(name.removeprefix("new")) - 1) // per_block

    check, new = letters.se_means("entry").kinds
    means = means_of(m, "entry")
    for name, k in means.items():
        assert value(new if place(name) else check, m, **known) == direct(m, k)
    kinds = {kind.error.what.removeprefix("the difference of "): kind for kind in letters.se_differences("entry").kinds}
    counted = dict.fromkeys(kinds, 0)
    total = fmpq(0)
    for one, other, k in pairs_of(m, "entry"):
        both = place(one), place(other)
        name = (
            "two checks" if not any(both)
            else "a check and a new entry" if not all(both)
            else f"two new entries of {'one block' if both[0] == both[1] else 'different blocks'}"
        )  # fmt: skip
        counted[name] += 1
        total += (expected := direct(m, k))
        assert value(kinds[name], m, **known) == expected
    numbers = {size(letter): sympy.Integer(number) for letter, number in known.items()}
    told: dict[str, Any] = {name: kind.number for name, kind in kinds.items()}
    assert {name: int(number.xreplace(numbers)) for name, number in told.items()} == counted
    average = letters.se_differences("entry").average
    assert average is not None
    assert at(average, {**parameters_of(m), **known}) == total / sum(counted.values())
    assert_error_holds(average, letters, m, {**parameters_of(m), **known}, [*means.values()])


@pytest.mark.parametrize("sizes", [(2, 6, 3), (3, 10, 2)], ids=str)
def test_fixed_blocks_of_an_augmented_design(sizes: tuple[int, int, int]) -> None:
    letters, m = tutor.augmented("c", "n", "b", "fixed"), tutor.augmented(*sizes, "fixed")
    known = {**parameters_of(m), **dict(zip("cnb", sizes, strict=True))}
    for k in means_of(m, "block").values():
        assert_error_holds(letters.se_mean("block"), letters, m, known, [k])
    for *_, k in pairs_of(m, "block"):
        assert_error_holds(letters.se_difference("block"), letters, m, known, [k])


@pytest.mark.parametrize("blocks_are", ["random", "fixed"])
@pytest.mark.parametrize("what", ["tau_1 - tau_2", "tau_1 - tau_3", "tau_6 - tau_2"])
def test_checks_whose_number_is_told_are_compared_by_name(what: str, blocks_are: Any) -> None:
    letters = tutor.augmented(2, "n", "b", blocks_are)
    for n, b in ((6, 3), (4, 2), (10, 2)):
        m = tutor.augmented(2, n, b, blocks_are)
        known = {**parameters_of(m), "n": n, "b": b}
        assert_error_holds(letters.se(what), letters, m, known, [m.estimable(what).coefficients])
    with pytest.raises(SizeError, match="whether they are in one block"):
        letters.se("tau_3 - tau_4")


def efficiencies(m: MixedModel, r: int, k: int) -> list[fmpq]:
    """The canonical efficiency factors: the eigenvalues of I − NN'/(rk) but that of 1, which are rational here."""
    columns = dict(m.columns)
    treatments = columns["treatment"]
    blocks = list(zip(columns["replicate"], columns["block"], strict=True))
    rows, units = sorted(set(treatments)), sorted(set(blocks))
    N = fmpq_mat([[sum(x == t and y == b for x, y in zip(treatments, blocks, strict=True)) for b in units]
                  for t in rows])  # fmt: skip
    roots = (N * N.transpose() / (r * k)).charpoly().roots()
    found = [1 - root for root, times in roots for _ in range(times)]
    assert len(found) == len(rows)
    found.remove(fmpq(0))
    return found


@pytest.mark.parametrize("reps_are", ["fixed", "random"])
@pytest.mark.parametrize("sizes", [(12, 2, 3), (9, 3, 3), (12, 3, 4)], ids=str)
def test_the_average_of_resolvable_blocks_is_by_canonical_efficiency(
    sizes: tuple[int, int, int], reps_are: Any
) -> None:
    _, r, k = sizes
    letters, m = tutor.alpha("t", "r", "k", reps_are), tutor.alpha(*sizes, reps_are)
    known = {**parameters_of(m), **dict(zip("trk", sizes, strict=True))}
    E = {f"E_{i + 1}": each for i, each in enumerate(efficiencies(m, r, k))}
    for found, functions in (
        (letters.se_means("treatment"), list(means_of(m, "treatment").values())),
        (letters.se_differences("treatment"), [k for *_, k in pairs_of(m, "treatment")]),
    ):
        assert not found.kinds and found.average is not None
        values = {**known, **E}
        assert at(found.average, values) == sum((direct(m, function) for function in functions), fmpq(0)) / len(
            functions
        )
        assert_error_holds(found.average, letters, m, values, [*means_of(m, "treatment").values()])
    if reps_are == "fixed":
        for what, function in (("se_mean", means_of(m, "replicate")["r1"]),
                               ("se_difference", next(pairs_of(m, "replicate"))[2])):  # fmt: skip
            assert_error_holds(getattr(letters, what)("replicate"), letters, m, known, [function])


def test_a_pair_of_incomplete_blocks_is_refused_with_the_reason() -> None:
    letters = tutor.alpha("t", "r", "k")
    with pytest.raises(TutorError, match="how often two treatments are in one block"):
        letters.se_difference("treatment")
    with pytest.raises(TutorError, match="not told by letters"):
        letters.se("tau_1 - tau_2")
    for m in (tutor.row_column("t", "r", "c"), tutor.alpha({"lime": "a", "dose": "c"}, "r", "k")):
        with pytest.raises(SizeError, match="which treatments are together"):
            m.se_difference(m.fixed[1].name)


@pytest.mark.slow
@pytest.mark.parametrize("subjects", [1, "n"])
@pytest.mark.parametrize("t", [3, 4, 5])
def test_carryover_by_williams_sequences(subjects: Any, t: int) -> None:
    number = 1 if subjects == 1 else 2
    letters, m = tutor.crossover(subjects, "t", carryover=True), tutor.crossover(number, t, carryover=True)
    known = {**parameters_of(m), "n": number, "t": t, "s": t if t % 2 == 0 else 2 * t}
    treatments = letters.se_difference("treatment")
    assert all(at(treatments, known) == direct(m, k) for *_, k in pairs_of(m, "treatment"))
    assert_error_holds(treatments, letters, m, known, [next(pairs_of(m, "treatment"))[2]])
    (left,) = letters.se_differences("carryover").kinds
    for one, other, k in pairs_of(m, "carryover"):
        if "none" not in (one, other):
            assert at(left.error, known) == direct(m, k)
    (periods,) = letters.se_differences("period").kinds
    for one, _, k in pairs_of(m, "period"):
        if one != "p1":
            assert at(periods.error, known) == direct(m, k)
    assert_error_holds(left.error, letters, m, known, [[*pairs_of(m, "carryover")][-1][2]])
    assert_error_holds(periods.error, letters, m, known, [[*pairs_of(m, "period")][-1][2]])
    contrast = letters.se("2 tau_1 - tau_2 - tau_3")
    assert_error_holds(contrast, letters, m, known, [m.estimable("2 tau_1 - tau_2 - tau_3").coefficients])
    if subjects == "n":
        same, other_last = letters.se_differences("sequence").kinds
        for one, other, k in pairs_of(m, "sequence"):
            kind = same if one[-1] == other[-1] else other_last
            assert at(kind.error, known) == direct(m, k)
        for kind, is_same in ((same, True), (other_last, False)):
            for k in [k for one, other, k in pairs_of(m, "sequence") if (one[-1] == other[-1]) == is_same][:1]:
                assert_error_holds(kind.error, letters, m, known, [k])
    with pytest.raises(TutorError, match="Means are not estimable beside carry-over"):
        letters.se_mean("treatment")
    with pytest.raises(TutorError, match="first period has no carry-over"):
        letters.se_difference("period")


@pytest.mark.slow
@pytest.mark.parametrize("subjects", [2, 3, 5])
@pytest.mark.parametrize("sequences", [("ABB", "BAA"), ("AABB", "BBAA", "ABBA", "BAAB"), 3], ids=str)
def test_subjects_of_a_sequence_divide_the_variance(sequences: Any, subjects: int) -> None:
    letters = tutor.crossover("n", sequences, carryover=True)
    m = tutor.crossover(subjects, sequences, carryover=True)
    known = {**parameters_of(m), "n": subjects}
    for effect in ("sequence", "treatment", "period", "carryover"):
        found = letters.se_differences(effect)
        for kind in found.kinds:
            for name in kind.members:
                one, other = name.split(" − ")
                k = next(k for a, b, k in pairs_of(m, effect) if (a, b) == (one, other))
                assert_error_holds(kind.error, letters, m, known, [k])
    assert "Not estimable: " in found.remarks[0]
    assert_error_holds(letters.se("tau_1 - tau_2"), letters, m, known, [m.estimable("tau_1 - tau_2").coefficients])


@pytest.mark.slow
@pytest.mark.parametrize("blocks_are", ["random", "fixed"])
@pytest.mark.parametrize("sizes", [(2, 2, 6, 2), (2, 3, 10, 3), (3, 2, 15, 2)], ids=str)
def test_a_factorial_in_balanced_incomplete_blocks(sizes: tuple[int, int, int, int], blocks_are: Any) -> None:
    a, c, b, k = sizes
    letters = tutor.bibd({"lime": "a", "dose": "c"}, "b", "k", blocks_are)
    m = tutor.bibd({"lime": a, "dose": c}, b, k, blocks_are)
    known = {**parameters_of(m), "a": a, "c": c, "b": b, "k": k}
    for effect in ("lime", "dose", "lime:dose"):
        for found, functions in (
            (letters.se_mean(effect), [*means_of(m, effect).values()]),
            (letters.se_difference(effect), [k for *_, k in pairs_of(m, effect)]),
        ):
            assert {at(found, known)} == {direct(m, function) for function in functions}
            assert_error_holds(found, letters, m, known, functions[:1])
    at_one = letters.se_difference("lime", at="dose")
    cells = means_of(m, "lime:dose")
    (one, other) = [k for name, k in cells.items() if name.endswith(next(iter(cells)).split(":")[1])][:2]
    assert at(at_one, known) == direct(m, one - other)
    for what in ("taualpha_11 - taualpha_12 - taualpha_21 + taualpha_22", "tau_1 - tau_2 + taualpha_12 - taualpha_22"):
        assert_error_holds(letters.se(what), letters, m, known, [m.estimable(what).coefficients])


@pytest.mark.parametrize("sizes", [(4, 6, 2), (7, 7, 3), (6, 10, 3), (5, 10, 3)], ids=str)
def test_fixed_blocks_by_the_treatments_that_they_share(sizes: tuple[int, int, int]) -> None:
    letters, m = tutor.bibd("t", "b", "k", "fixed"), tutor.bibd(*sizes, "fixed")
    known = {**parameters_of(m), **dict(zip("tbk", sizes, strict=True))}
    (kind,) = letters.se_differences("block").kinds
    columns = dict(m.columns)
    held: dict[str, set[str]] = {}
    for block, treatment in zip(columns["block"], columns["treatment"], strict=True):
        held.setdefault(block, set()).add(treatment)
    shared = [({**known, "g": len(held[one] & held[other])}, k) for one, other, k in pairs_of(m, "block")]
    assert all(at(kind.error, values) == direct(m, k) for values, k in shared)
    values, k = shared[0]
    assert_error_holds(kind.error, letters, m, values, [k])
    means = [*means_of(m, "block").values()]
    assert all(at(letters.se_mean("block"), known) == direct(m, k) for k in means)
    assert_error_holds(letters.se_mean("block"), letters, m, known, means[:1])


# Covariates


def letters_of_x(x: np.ndarray, blocked: bool) -> dict[str, Fraction]:
    """x̄ and sums of squares of a table of treatments × replicates."""
    x = x * Fraction(1)
    rows, columns, every = x.mean(axis=1), x.mean(axis=0), x.mean()
    left = x - rows[:, None] - (columns[None, :] - every if blocked else 0)
    return {
        "xbar_..": every,
        **{f"xbar_{i}.": rows[place] for i, place in (("1", 0), ("2", 1), ("i", 0), ("i'", 1))},
        **{f"xbar_.{j}": columns[place] for j, place in (("1", 0), ("j", 0), ("j'", 1))},
        **{f"S_{i}": ((x[place] - rows[place]) ** 2).sum() for i, place in (("i", 0), ("i'", 1))},
        "E_xx": (left**2).sum(),
        "B_xx": len(x) * ((columns - every) ** 2).sum(),
    }


@pytest.mark.parametrize(("blocks_are", "slopes"), [("none", "common"), ("random", "common"), ("fixed", "common"),
                                                    ("none", "separate")])  # fmt: skip
@pytest.mark.parametrize("sizes", [(2, 4), (3, 3), (4, 3)], ids=str)
def test_the_analysis_of_covariance_by_means_of_x(sizes: tuple[int, int], blocks_are: Any, slopes: Any) -> None:
    t, r = sizes
    x = np.random.default_rng(t + 10 * r).integers(0, 9, size=(t, r))
    by_row = (x.T if blocks_are != "none" else x).ravel().tolist()
    letters = tutor.ancova("t", "r", blocks_are, slopes)
    m = tutor.ancova(t, r, blocks_are, slopes, x=by_row)
    known = {**parameters_of(m), "t": t, "r": r, **letters_of_x(x, blocks_are != "none")}
    for effect in ("treatment", "block") if blocks_are == "fixed" else ("treatment",):
        k, other = list(means_of(m, effect).values())[:2]
        for model in (letters, tutor.ancova(t, r, blocks_are, slopes)):
            assert_error_holds(model.se_mean(effect), model, m, known, [k])
            assert_error_holds(model.se_difference(effect), model, m, known, [k - other])
    if slopes == "common":
        for what in ("tau_1 - tau_2", "beta", *(["mu + tau_1 + 3 beta"] if blocks_are != "fixed" else [])):
            assert_error_holds(letters.se(what), letters, m, known, [m.estimable(what).coefficients])


@pytest.mark.parametrize("x", [[0, 1, 3], [2, 2, 5, 7]], ids=str)
@pytest.mark.parametrize("what", ["beta_0", "beta_1", "beta_0 + 3 beta_1"])
@pytest.mark.parametrize("groups", [2, 4])
def test_lines_by_the_mean_and_the_squares_of_x(x: list[int], what: str, groups: int) -> None:
    mean = Fraction(sum(x), len(x))
    squares = {"xbar_.": mean, "S_xx": sum((each - mean) ** 2 for each in x)}
    for letters, m in (
        (tutor.regression("n"), tutor.regression(x)),
        (tutor.random_intercepts("g", "n"), tutor.random_intercepts(groups, x)),
        (tutor.random_slopes("g", "n"), tutor.random_slopes(groups, x)),
        (tutor.random_slopes("g", x), tutor.random_slopes(groups, x)),
    ):
        known = {**parameters_of(m), **squares, "n": len(x), "g": groups}
        assert_error_holds(letters.se(what), letters, m, known, [m.estimable(what).coefficients])


# All pairs of designs with numbers


LISTED = [tutor.augmented(2, 5, 3), tutor.row_column(5, 4, 5), tutor.bibd(6, 10, 3, "fixed"),
          pytest.param(tutor.alpha(12, 2, 3), marks=pytest.mark.slow)]  # fmt: skip


@pytest.mark.parametrize("m", LISTED, ids=lambda m: m.title)
def test_all_pairs_are_listed_with_their_average(m: MixedModel) -> None:
    for effect in (term.name for term in m.fixed if term.variables):
        found = m.se_differences(effect)
        listed = {name: kind for kind in found.kinds for name in kind.members}
        expected = {f"{one} − {other}": direct(m, k) for one, other, k in pairs_of(m, effect)}
        assert listed.keys() == expected.keys()
        for name, kind in listed.items():
            assert value(kind, m) == expected[name]
        pairs = {f"{one} − {other}": k for one, other, k in pairs_of(m, effect)}
        for kind in found.kinds[:2]:
            assert_error_holds(kind.error, m, m, parameters_of(m), [pairs[kind.members[0]]])
        assert found.average is not None
        mean = sum(expected.values(), fmpq(0)) / len(expected)
        assert at(found.average, parameters_of(m)) == mean
        if len(found.kinds) > 1:
            assert_error_holds(found.average, m, m, parameters_of(m), [*means_of(m, effect).values()])
        assert len(found.kinds) == len({str(each) for each in expected.values()})


def test_the_kinds_are_shown_with_their_reasons() -> None:
    found = tutor.augmented("c", "n", "b").se_differences("entry")
    assert isinstance(found, StandardErrors)
    shown = unicode(found)
    assert all(each in shown for each in ("two checks", "one block", "on average", "not the same for all", "√(2σ²/b)"))
    assert r"\sqrt{\dfrac{2\sigma^2}{b}}" in latex(found) and "|" in markdown(found)
    for dialect in ("mathml", "typst", "spoken"):
        assert tutor.write(found, dialect)
    one = tutor.rcbd("t", "b").se_differences("treatment")
    assert len(one.kinds) == 1 and one.average is one.kinds[0].error


def test_an_average_of_some_pairs_says_where_the_derivations_are() -> None:
    data = {"y": range(1, 12), "A": "aabbaabbaab", "B": "xyxyxyxyxyx", "b": "11112222333"}
    columns = {name: list(column) for name, column in data.items()}
    found = tutor.model("y ~ A*B + (1 | b)", data=columns).se_differences("A", at="B").average
    assert found is not None
    with pytest.raises(TutorError, match="each has its derivation"):
        print(found.derivation)

"""Columns from files, mappings and data frames; every fault in one clear line."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import DataError, UnknownNameError
from tutor.models.data import rows_text, table
from tutor.models.from_formula import model
from tutor.models.numbers import exact_number, number_of_text, plain_text

GOOD = "y,g,x\n1.5,a,1\n2,a,2\n3,b,4\n5,b,3\n"

READABLE = {
    "plain": GOOD.encode(),
    "no end of line": GOOD.rstrip().encode(),
    "byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
    "lines of Windows": GOOD.replace("\n", "\r\n").encode(),
    "lines of an old Mac": GOOD.replace("\n", "\r").encode(),
    "blank lines": GOOD.replace("\n", "\n\n").encode(),
    "a blank line first": b"\n" + GOOD.encode(),
    "blanks": GOOD.replace(",", " , ").encode(),
    "quotes": b'"y","g","x"\n"1.5","a","1"\n2,"a",2\n3,b,4\n5,b,3\n',
    "tabs": GOOD.replace(",", "\t").encode(),
    "semicolons": GOOD.replace(",", ";").encode(),
    "decimal commas": GOOD.replace(",", ";").replace("1.5", "1,5").encode(),
    "quotes after blanks": b'y, g, x\n1.5, "a", "1"\n2, "a", 2\n3, "b", 4\n5, "b", 3\n',
    "the line of Excel that tells the delimiter": b"sep=;\r\n" + GOOD.replace(",", ";").replace("\n", "\r\n").encode(),
    "delimiters within a name": b'"a;b;c;d",y,g,x\n'
    + b"".join(b"0," + line for line in GOOD.encode().splitlines(True)[1:]),
    "lines of delimiters below": GOOD.encode() + b",,\n , ,\n",
    "columns of delimiters beside": GOOD.replace("\n", ",,\n").encode(),
    "the end mark of DOS": GOOD.encode() + b"\x1a",
    "every way to write a number": b'y,g,x\n+1.5,a," 1 "\n2.,a,.2e1\n30E-1,b,4.0\n5,b,003\n',
    "exponents": GOOD.replace("1.5", "15e-1").encode(),
    "row names of R": b'"","y","g","x"\n"1",1.5,"a",1\n"2",2,"a",2\n"3",3,"b",4\n"4",5,"b",3\n',
}

UNREADABLE = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\n", "is empty"),
    "a mark and nothing else": (b"\xef\xbb\xbf", "empty"),
    "only names": (b"y,g,x\n", "no rows"),
    "binary": (bytes(range(256)) * 8, "binary"),
    "zip": (b"PK\x03\x04\x14\x00\x00\x00", "binary"),
    "UTF-16": ("y,g,x\n1,a,2\n".encode("utf-16"), "UTF-16"),
    "Latin-1": ("y,g,x\n1,Grün,2\n".encode("latin-1"), "line 2"),
    "short line": (b"y,g,x\n1,a,2\n2,b\n3,b,1\n", "line 3"),
    "long line": (b"y,g,x\n1,a,2\n2,b,1,7\n3,b,1\n", "line 3"),
    "short line after blank ones": (b"y,g,x\n\n\n1,a,2\n2,b\n", "line 5"),
    "open quote": (b'y,g,x\n1,"a,2\n2,b,1\n', "line 2"),
    "one name twice": (b"y,g,x,y\n1,a,2,3\n", "'y'"),
    "missing": (b"y,g,x\n1,a,2\n2,b,\n3,NA,1\n4,b,NA\n", "x is missing in rows 2 and 4"),
    "missing in the words of SAS": (b"y,g,x\n1,a,2\n2,b,.\n3,a,1\n4,b,2\n", "x is missing in row 2"),
    "missing in the words of Excel": (b"y,g,x\n1,a,2\n#N/A,b,1\n3,a,1\n4,b,2\n", "y is missing in row 2"),
    "a slip among the numbers of a covariate": (
        b"y,g,x\n" + b"1,a,2\n2,b,1\n" * 5 + b"3,a,2o\n",
        "x holds numbers, but '2o' in row 11",
    ),
    "an empty line between others": (b"y,g,x\n1,a,2\n,,\n3,a,1\n4,b,2\n", "missing in row 2"),
    "a letter among numbers": (b"y,g,x\n1,a,2\n2o,b,1\n3,b,1\n", "'2o' in row 2"),
    "infinite": (b"y,g,x\n1,a,2\n2,a,Inf\n3,b,1\n4,b,1\n", "row 2"),
    "beyond all numbers": (b"y,g,x\n1,a,2\n2,a,1e999\n3,b,1\n4,b,1\n", "row 2"),
    "digits without end": (b"y,g,x\n1,a,2\n2,a,0." + b"3" * 1000 + b"\n3,b,1\n4,b,1\n", "row 2"),
}


@pytest.mark.parametrize("content", READABLE.values(), ids=READABLE)
def test_a_file_is_read_whoever_wrote_it(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "trial.csv"
    path.write_bytes(content)
    ours = model("y ~ x + (1 | g)", path)
    assert ours.observed.tolist() == [1.5, 2, 3, 5]
    assert ours.X.numpy()[:, 1].tolist() == [1, 2, 4, 3]
    assert ours.random[0].levels == ("a", "b")


def test_a_minus_sign_of_typesetting_is_a_minus(tmp_path: Path) -> None:
    path = tmp_path / "trial.csv"
    path.write_text(GOOD.replace("1.5", "−1.5"), encoding="utf-8")
    assert model("y ~ x", path).observed.tolist() == [-1.5, 2, 3, 5]


def test_words_for_missing_are_levels_among_texts(tmp_path: Path) -> None:
    path = tmp_path / "trial.csv"
    path.write_text("y,f\n1,-\n2,+\n3,-\n4,+\n", encoding="utf-8")
    assert model("y ~ f", path).X.column_labels == ("(Intercept)", "f-")


def test_a_factor_of_numbers_and_a_rare_text_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "trial.csv"
    path.write_text("y,f\n" + "1,10\n2,20\n" * 5 + "3,none\n", encoding="utf-8")
    assert model("y ~ factor(f)", path).X.column_labels == ("(Intercept)", "factor(f)20", "factor(f)none")
    assert model("y ~ f", path, factors=["f"]).X.column_labels == ("(Intercept)", "f20", "fnone")
    assert model("y ~ 1 + (1 | f)", path).random[0].levels == ("10", "20", "none")


@pytest.mark.parametrize(("content", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_faulty_file_is_told_in_one_line(content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / "trial.csv"
    path.write_bytes(content)
    with pytest.raises(DataError) as refusal:
        model("y ~ x + (1 | g)", str(path), missing="fail")
    message = str(refusal.value)
    assert told in message and "trial.csv" in message
    assert "\n" not in message


def test_a_file_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "oats.csv").write_text(GOOD)
    with pytest.raises(DataError, match=r"Did you mean .*oats\.csv"):
        table(tmp_path / "oat.csv")


@pytest.mark.parametrize("path", ["no/such/place/a.csv", "a\0b", "x" * 5000, ""])
def test_a_path_that_cannot_be_opened_is_told(path: str) -> None:
    with pytest.raises(DataError) as refusal:
        table(path)
    assert len(str(refusal.value)) < 200 and "\0" not in str(refusal.value)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="directory"):
        table(tmp_path)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (3, "int"),
        (None, "NoneType"),
        ([1, 2], "list"),
        ({}, "no columns"),
        ({"y": []}, "no rows"),
        ({"y": [1, 2], "x": [1]}, "2 values and x has 1"),
        ({"y": "abc"}, "expected a list"),
        ({"y": 3}, "expected a list"),
        ({"y": {3, 1, 2}}, "expected a list"),
        ({"y": {0: 3, 1: 1}}, "expected a list"),
        (pandas.DataFrame([[1, 2]], columns=["y", "y"]), "'y'"),
        (pandas.DataFrame(), "no columns"),
    ],
)
def test_data_of_another_shape_is_refused(data: Any, told: str) -> None:
    with pytest.raises(DataError) as refusal:
        table(data)
    assert told in str(refusal.value)


@pytest.mark.parametrize("value", [object(), 1j, b"a", pandas.Timestamp("2020-01-01"), sympy.Symbol("x"), [1]])
def test_a_value_of_no_use_is_told_with_its_row(value: Any) -> None:
    with pytest.raises(DataError, match="x in row 2"):
        table({"x": [1, value]}).column("x")


MISSING = [None, float("nan"), np.nan, pandas.NA, pandas.NaT, "", "NA", "  "]


@pytest.mark.parametrize("value", MISSING, ids=repr)
def test_missing_values_of_every_kind_are_found(value: Any) -> None:
    with pytest.raises(DataError, match="x is missing in row 2"):
        table({"x": [1, value, 3]}).column("x")


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
def test_a_short_float_is_the_decimal_that_it_prints(dtype: str) -> None:
    values = np.array([0.1, -2.5, np.nan, np.inf], dtype=dtype)
    for column in (values, pandas.Series(values)):
        raw = table({"x": column}).raw["x"]
        assert raw[:2] == (0.1, -2.5) and np.isnan(raw[2]) and raw[3] == np.inf
    assert model("y ~ factor(x)", {"y": [1, 2], "x": values[:2]}).factors[0].levels == ("-2.5", "0.1")


def test_a_level_may_be_called_none(tmp_path: Path) -> None:
    path = tmp_path / "trial.csv"
    path.write_text("y,t\n1,None\n2,Low\n3,None\n4,Low\n")
    assert model("y ~ t", path).X.column_labels == ("(Intercept)", "tNone")


SAME = {
    "lists": {"y": [1.5, 2, 3, 5], "g": ["a", "a", "b", "b"], "x": [1, 2, 4, 3]},
    "tuples": {"y": (1.5, 2, 3, 5), "g": tuple("aabb"), "x": (1, 2, 4, 3)},
    "arrays": {"y": np.array([1.5, 2, 3, 5]), "g": np.array(list("aabb")), "x": np.array([1, 2, 4, 3], dtype="int8")},
    "exact numbers": {"y": [Fraction(3, 2), Decimal(2), sympy.Integer(3), 5], "g": list("aabb"), "x": [1, 2, 4, 3]},
    "pandas": pandas.DataFrame({"y": [1.5, 2, 3, 5], "g": list("aabb"), "x": [1, 2, 4, 3]}),
    "pandas with another index": pandas.DataFrame(
        {"y": [1.5, 2, 3, 5], "g": list("aabb"), "x": [1, 2, 4, 3]}, index=[7, 7, 1, 0]
    ),
    "pandas with integers that may be missing": pandas.DataFrame(
        {"y": [1.5, 2, 3, 5], "g": pandas.Categorical(list("aabb")), "x": pandas.array([1, 2, 4, 3], dtype="Int64")}
    ),
    "series": {
        name: pandas.Series(v) for name, v in {"y": [1.5, 2, 3, 5], "g": list("aabb"), "x": [1, 2, 4, 3]}.items()
    },
}


@pytest.mark.parametrize("data", SAME.values(), ids=SAME)
def test_the_same_data_make_the_same_model(data: Any) -> None:
    assert model("y ~ x + (1 | g)", data) == model("y ~ x + (1 | g)", SAME["lists"])


class PolarsLikeSeries(list[Any]):
    """What of a polars series is looked at: its values and its type."""

    def __init__(self, values: list[Any], dtype: Any = None) -> None:
        super().__init__(values)
        self.dtype = dtype

    def to_list(self) -> list[Any]:
        return list(self)


class PolarsLikeFrame:
    """What of a polars frame is looked at: the names of its columns, and each by its name."""

    def __init__(self, **series: PolarsLikeSeries) -> None:
        self.columns = list(series)
        self._series = series

    def __getitem__(self, name: str) -> PolarsLikeSeries:
        return self._series[name]


class Enum:
    """As polars' type of this name."""

    categories = ("lo", "mid", "hi")


class Categorical:
    """As polars' type of this name, whose categories have an order of no meaning."""

    categories = ("lo", "hi")


@pytest.mark.parametrize(("dtype", "reference"), [(Enum(), "lo"), (Categorical(), "hi"), (None, "hi")])
def test_categories_of_polars(dtype: Any, reference: str) -> None:
    frame = PolarsLikeFrame(y=PolarsLikeSeries([1.0, 2, 3, 4]), f=PolarsLikeSeries(["lo", "hi", "lo", "hi"], dtype))
    compared = {"lo": "hi", "hi": "lo"}[reference]
    assert model("y ~ f", frame).X.column_labels == ("(Intercept)", f"f{compared}")


def test_categories_of_pandas_keep_their_order_and_unused_ones_are_left_out() -> None:
    f = pandas.Categorical(["lo", "hi", "lo", "hi"], categories=["lo", "mid", "hi"])
    assert model("y ~ f", {"y": [1, 2, 3, 4], "f": f}).X.column_labels == ("(Intercept)", "fhi")


def test_contrasts_of_a_level_without_rows_are_refused() -> None:
    """R's lme4 drops the contrasts that C() sets and takes those of treatments, with a warning."""
    f = pandas.Categorical(["lo", "hi", "lo", "hi"], categories=["lo", "mid", "hi"])
    data = {"y": [1, 2, 3, 4], "f": f}
    with pytest.raises(DataError, match=r"all levels of f, of which mid has no rows.*C\(factor\(f\), sum\)"):
        model("y ~ C(f, sum)", data)
    assert model("y ~ C(factor(f), sum)", data).X.column_labels == ("(Intercept)", "C(factor(f), sum)1")


FACTORS = [
    ([2, 1, 10, 2], ["f"], ("(Intercept)", "f2", "f10")),
    ([2, 1, 10, 2], {"f": [10, 2, 1]}, ("(Intercept)", "f2", "f1")),
    ([2, 1, 10, 2], {"f": ["10", "2", "1"]}, ("(Intercept)", "f2", "f1")),
    ([0.5, 0.2, 0, 0.5], {"f": ["0.0", "0.20", "0.5"]}, ("(Intercept)", "f0.2", "f0.5")),
    (["2", "1", "10", "2"], (), ("(Intercept)", "f10", "f2")),
    (["b", "a", "c", "b"], {"f": ["c", "a", "b"]}, ("(Intercept)", "fa", "fb")),
    ([True, False, True, False], (), ("(Intercept)", "fTRUE")),
    ([2, 1, 10, 2], (), ("(Intercept)", "f")),
]


@pytest.mark.parametrize(("values", "factors", "expected"), FACTORS)
def test_levels_are_sorted_unless_they_are_declared(values: Any, factors: Any, expected: tuple[str, ...]) -> None:
    ours = model("y ~ f", {"y": [1, 2, 3, 4], "f": values}, factors=factors)
    assert ours.X.column_labels == expected


def test_a_factor_within_the_formula_has_the_name_that_R_gives_it() -> None:
    ours = model("y ~ factor(f)", {"y": [1, 2, 3, 4], "f": [2, 1, 10, 2]})
    assert ours.X.column_labels == ("(Intercept)", "factor(f)2", "factor(f)10")


@pytest.mark.parametrize(
    ("factors", "error", "told"),
    [
        ({"f": [2, 1]}, DataError, "'10'"),
        (["ff"], UnknownNameError, "Did you mean f?"),
        ("f", DataError, "factors=['f']"),
    ],
)
def test_declarations_that_do_not_fit_are_refused(factors: Any, error: type[Exception], told: str) -> None:
    with pytest.raises(error) as refusal:
        model("y ~ f", {"y": [1, 2, 3, 4], "f": [2, 1, 10, 2]}, factors=factors)
    assert told in str(refusal.value)


# Numbers


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_is_the_decimal_that_it_prints(value: float) -> None:
    exact = exact_number(value, "x")
    assert exact == sympy.Rational(repr(value)) and float(exact) == value


@given(st.fractions(max_denominator=10**9))
def test_the_text_of_a_number_reads_back(value: Fraction) -> None:
    number = exact_number(value, "x")
    text = plain_text(number)
    assert (text == str(value)) if "/" in text else (number_of_text(text) == number)


@given(st.text(alphabet="0123456789.eE+-", max_size=12))
def test_a_text_is_a_number_where_Python_reads_one(text: str) -> None:
    try:
        expected: float | None = float(text)
    except ValueError:
        expected = None
    found = number_of_text(text)
    if found is None:
        assert expected is None or abs(expected) > 1e300 or abs(expected) < 1e-300
    else:
        assert expected is not None and float(found) == expected


@pytest.mark.parametrize("text", ["", ".", "e5", "1e", "+", "１２", "1_000", "0x10", "1,5", "nan", "1.2.3", "- 1"])
def test_what_is_no_number(text: str) -> None:
    assert number_of_text(text) is None


@given(st.lists(st.integers(1, 999), min_size=1, max_size=30, unique=True))
def test_rows_are_told_in_a_short_line(rows: list[int]) -> None:
    text = rows_text(rows)
    assert str(rows[0]) in text and len(text) < 80
    assert len(rows) < 9 or f"{len(rows)} in all" in text


def test_a_name_without_a_file_is_a_data_set_of_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert table("rail.csv").rows == 18
    (tmp_path / "rail.csv").write_text("Rail,travel\n1,2\n1,4\n2,6\n", encoding="utf-8")
    assert table("rail.csv").rows == 3
    with pytest.raises(DataError):
        table("rails.csv")

"""Files are written whole or not at all, and never over somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.frontends.files import FileError, read_text, write_whole


def test_a_file_is_written_with_its_folder_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.tex"
    assert write_whole(path, "% ours\nσ²\n", mark="% ours") == path
    assert path.read_text(encoding="utf-8") == "% ours\nσ²\n"
    assert [file.name for file in path.parent.iterdir()] == ["a.tex"]


def test_a_file_of_ours_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    for text in ("% ours 1", "% ours 2"):
        write_whole(path, text, mark="% ours")
    assert path.read_text(encoding="utf-8") == "% ours 2"


@pytest.mark.parametrize("content", [b"my thesis", b"", b"\xff\x00"])
def test_a_file_of_somebody_else_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.tex"
    path.write_bytes(content)
    with pytest.raises(FileError, match="was not written by tutor"):
        write_whole(path, "% ours", mark="% ours")
    assert path.read_bytes() == content


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileError, match="cannot be written"):
        write_whole(tmp_path / "file" / "a.tex", "% ours", mark="% ours")
    with pytest.raises(FileError):
        write_whole(tmp_path, "% ours", mark="% ours")


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        write_whole(tmp_path / "a.tex", "% ours \udc80", mark="% ours")
    assert list(tmp_path.iterdir()) == []


def test_a_text_without_its_mark_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mark"):
        write_whole(tmp_path / "a.tex", "no mark", mark="% ours")


def test_names_that_no_file_can_have_are_refused() -> None:
    with pytest.raises(FileError):
        read_text(Path("a\x00b"), limit=10)
    with pytest.raises(FileError):
        write_whole(Path("a\x00b"), "% ours", mark="% ours")

"""Where a line of a formula in MathML may end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.etree import ElementTree

from tutor.notation.writing.latex_lines import EQUAL, FACTOR, PRODUCT, SUM, Break

_SIGNS = {"=": EQUAL, "+": SUM, "−": SUM, "⊕": SUM, "⊗": PRODUCT, "⊙": PRODUCT}
_SCRIPTED = frozenset({"msup", "msub", "msubsup"})


@dataclass(slots=True)
class _Item:
    """Something that is not parted, ``text``; of a bracket the place of its other end, and the element it opens."""

    text: str
    kind: str = ""
    """A sign, "(" or ")"; "" for what is neither."""
    pair: int = -1
    is_held: bool = False
    """Whether it stands between the bars of a determinant."""
    whole: str = ""
    """The element of which a bracket or bar that opens is the first, with what is in it and behind its other end."""
    last: int = -1
    """The place of the other bar."""


class MathMlParts:
    """The elements of a formula in MathML in one row, and the places before which a line may end.

    Elements that have a row within brackets are opened: what is in them may stand on another line.
    """

    def __init__(self, text: str) -> None:
        self._items: list[_Item] = []
        self._held = 0
        self._row([*ElementTree.fromstring(f"<mrow>{text}</mrow>")])
        self.breaks: list[Break] = []
        self._find()

    def _row(self, elements: Sequence[ElementTree.Element]) -> None:
        for element in elements:
            self._element(element)

    def _element(self, element: ElementTree.Element) -> None:
        children = [*element]
        if element.tag in _SCRIPTED and _is_bracketed(_single(children[0])):
            self._bracket(element, _single(children[0]), children[1:])
        elif element.tag == "mrow" and _is_bracketed(element):
            self._bracket(element, element, ())
        elif element.tag == "mrow" and _is_determinant(element):
            first = len(self._items)
            self._held += 1
            self._row(children)
            self._held -= 1
            # No line ends between bars, and out of their row they would not stretch alike.
            self._items[first].whole, self._items[first].last = _written(element), len(self._items) - 1
        elif element.tag == "mrow" and children and children[0].text not in ("[", "{"):
            self._row(children)
        else:
            kind = element.text or "" if element.tag == "mo" and element.text in _SIGNS else ""
            self._items.append(_Item(_written(element), kind, is_held=self._held > 0))

    def _bracket(
        self, whole: ElementTree.Element, row: ElementTree.Element, scripts: Sequence[ElementTree.Element]
    ) -> None:
        opening, *inside, closing = [*row]
        first = len(self._items)
        self._items.append(_Item(_written(opening), "(", whole=_written(whole), is_held=self._held > 0))
        self._row(inside)
        end = _written(closing)
        if scripts:
            end = f"<{whole.tag}>{end}{''.join(map(_written, scripts))}</{whole.tag}>"
        self._items[first].pair = len(self._items)
        # A factor behind a bracket with scripts, or a prime, is not parted from it.
        self._items.append(_Item(end, "" if scripts else ")", pair=first))

    def _find(self) -> None:
        depth, before = 0, "("
        for at, item in enumerate(self._items):
            if item.kind == "(":
                if before == ")":
                    self.breaks.append(Break(at, depth, FACTOR, item.is_held))
                depth += 1
            elif item.pair >= 0:
                depth -= 1
            elif item.kind and before not in ("(", ",", *_SIGNS):
                self.breaks.append(Break(at, depth, _SIGNS[item.kind], item.is_held))
            if item.text not in _UNSEEN:
                before = "," if item.text == "<mo>,</mo>" else item.kind

    def cut(self, chosen: Sequence[int]) -> list[str]:
        """The formula in lines that end before the breaks with these numbers."""
        places = [self.breaks[number].at for number in chosen]
        first, *rest = [self._between(begin, end) for begin, end in pairwise([0, *places, len(self._items)])]
        # At the start of a row a sign would be that of the number behind it.
        return [first, *(line.replace("<mo>", '<mo form="infix">', 1) if line.startswith("<mo>") else line
                         for line in rest)]  # fmt: skip

    def _between(self, begin: int, end: int) -> str:
        told: list[str] = []
        at = begin
        while at < end:
            item = self._items[at]
            other = max(item.pair, item.last)
            if item.whole and other < end:
                told.append(item.whole)
                at = other
            else:
                told.append(item.text)
            at += 1
        return "".join(told)


_UNSEEN = frozenset({"<mo>\u2062</mo>", "<mo>\u2061</mo>"})
"""Signs that are not shown: of multiplication, and between a function and its arguments."""


def _single(element: ElementTree.Element) -> ElementTree.Element:
    """What a row holds, where that is one element."""
    while element.tag == "mrow" and len(element) == 1:
        element = element[0]
    return element


def _is_bracketed(element: ElementTree.Element) -> bool:
    """Whether a row stands between round or square brackets that are not those of a matrix."""
    children = [*element]
    return (
        element.tag == "mrow"
        and len(children) > 1
        and children[0].tag == children[-1].tag == "mo"
        and (children[0].text, children[-1].text) in (("(", ")"), ("[", "]"))
        and children[1].tag != "mtable"
    )


def _is_determinant(element: ElementTree.Element) -> bool:
    """Whether a row stands between bars."""
    return len(element) > 1 and all(end.get("fence") and end.text == "|" for end in (element[0], element[-1]))


def _written(element: ElementTree.Element) -> str:
    return ElementTree.tostring(element, encoding="unicode", short_empty_elements=False)

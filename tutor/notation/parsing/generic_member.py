r"""A general member between two gaps, y_1, …, y_k, …, y_n: it says how the others look, and leaves out nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from tutor.notation.parsing.syntax import Chain, Ellipsis, Named, Node, Number, Sum

_INDICES = frozenset("hijklmrstv")


def without_member(items: Sequence[Node]) -> tuple[Node, ...]:
    """The items of a list with one gap in place of two that stand around a member like the last, with a letter for its
    index; any other list as it is.
    """
    gaps = [at for at, item in enumerate(items) if isinstance(item, Ellipsis)]
    if len(gaps) != 2 or gaps[0] == 0 or gaps[1] != gaps[0] + 2 or gaps[1] == len(items) - 1:
        return tuple(items)
    member, last = items[gaps[0] + 1], items[-1]
    # 1, …, k, …, n counts itself
    is_index = isinstance(member, Named) and not member.spelling.subscript and member.spelling.letters in _INDICES
    if is_index and isinstance(items[0], Number):
        return (*items[: gaps[0] + 1], *items[gaps[1] + 1 :])
    before = items[gaps[0] - 1]
    are_equal = len({one.spelling for one in (before, member, last) if isinstance(one, Named)}) == 1
    is_one_of_equals = are_equal and all(isinstance(one, Named) for one in (before, member, last))  # Q, …, Q, …, Q
    is_general = is_one_of_equals or _is_like(member, last)
    return (*items[: gaps[0] + 1], *items[gaps[1] + 1 :]) if is_general else tuple(items)


def terms_without_member(signs: Sequence[str], terms: Sequence[Node]) -> tuple[tuple[str, ...], tuple[Node, ...]]:
    """The same for what stands between signs, which are alike around the member: y_1 + … + y_k + … + y_n."""
    kept = without_member(terms)
    at = next((place for place, term in enumerate(terms) if isinstance(term, Ellipsis)), 0)
    if len(kept) == len(terms) or len(set(signs[at : at + 4])) > 1:
        return tuple(signs), tuple(terms)
    return (*signs[:at], *signs[at + 2 :]), kept


def _is_like(member: Node, last: Node) -> bool:
    """Whether two items differ only in the indices below their letters, of which those of the first hold a letter."""
    pending, has_index = [(member, last)], False
    while pending:
        one, other = pending.pop()
        if type(one) is not type(other) or len(one.parts) != len(other.parts):
            return False
        if isinstance(one, Named) and isinstance(other, Named):
            first, second = one.spelling, other.spelling
            if (first.letters, first.bold, first.accent) != (second.letters, second.bold, second.accent):
                return False
            if bool(first.subscript) != bool(second.subscript):
                return False
            has_index = has_index or not _INDICES.isdisjoint(first.subscript)
        elif _signs(one) != _signs(other):
            return False
        pending += zip(one.parts, other.parts, strict=True)
    return has_index


def _signs(node: Node) -> object:
    """What a node says besides its parts: the digits of a number, the signs between factors and terms."""
    return node.digits if isinstance(node, Number) else node.signs if isinstance(node, Chain | Sum) else None

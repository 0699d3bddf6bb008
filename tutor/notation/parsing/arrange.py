r"""Where statements end: a pass over the tokens that looks at their neighbours.

``\\`` inside a statement separates nothing; N after ~ is a family of distributions; two statements may stand side
by side with nothing between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from tutor.notation.finding import Finding
from tutor.notation.parsing.equation_numbers import CONTINUES, without_blanks, without_equation_number
from tutor.notation.parsing.families import FAMILIES, POSITIVE_HALVES, WITHOUT_ARGUMENTS, family
from tutor.notation.parsing.independence import with_independence
from tutor.notation.parsing.laws import with_laws_apart
from tutor.notation.parsing.lists import letters_of, outside_brackets, spelling_of, with_lists
from tutor.notation.parsing.manners import in_manner, manner
from tutor.notation.parsing.spelling import QUANTIFIERS
from tutor.notation.parsing.statement_gaps import with_statement_gaps
from tutor.notation.parsing.superscripts import MOORE_PENROSE
from tutor.notation.parsing.token import CLOSED, OPEN, Spelling, Token

_STARTS_STATEMENT = frozenset({"NAME", "FUNCTION", "MATRIX", "LPAR", "LSQB", "NUMBER", "OPERATOR"})
_AWAITS = frozenset(
    {
        "REL",
        "DEFINES",
        "SIM",
        "IN",
        "COLON",
        "PLUS",
        "MINUS",
        "PLUSMINUS",
        "TIMES",
        "SLASH",
        "KRON",
        "HADAMARD",
        "OPLUS",
        "PERCENT",
    }
)


_IN_VALUE = frozenset({"SLASH", "CARET", "PLUS", "MINUS", "TIMES", "FACTORIAL", "METHOD"})
"""Terminals after a number that make it part of a value."""

_IN_SCALE = frozenset({"NAME", "NUMBER", "CARET", "LBRACE", "RBRACE", "LPAR", "RPAR", "PLUS", "TIMES", "SLASH", "FRAC"})
"""Terminals of the number by which a χ² is multiplied."""

_BEFORE_MANNER = frozenset({"NAME", "RPAR", "RSQB", "MATRIX"})
"""Terminals that end what is distributed in a manner, e_ij iid N(0, σ²)."""

_SQUARES = [["CARET", "NUMBER"], ["CARET", "LBRACE", "NUMBER", "RBRACE"]]
"""The tokens of χ² behind its letter."""


def arrange(tokens: Sequence[Token], findings: list[Finding]) -> list[Token]:
    """The tokens with families marked, and separators exactly where one statement ends and another begins. Words that
    are left out are remarked on."""
    tokens = with_independence(without_equation_number(without_blanks(tokens)), findings)
    return _separated(_without_quantified(with_lists(with_statement_gaps(_with_ranges(_with_families(tokens))))))


def _with_families(tokens: Sequence[Token]) -> list[Token]:
    tokens = with_laws_apart(tokens)
    result: list[Token] = []
    at = 0
    first = seen = 0  # where the statement begins, and how far that was looked for
    while at < len(tokens):
        token = tokens[at]
        closing = _family_alone(result, tokens, at)
        if closing is not None:
            result += [Token("FAMILY", spelling_of(token), token.start, token.end), *tokens[at + 1 : closing + 1]]
            at = closing + 1
            continue
        for place in range(seen, len(result)):
            first = place + 1 if result[place].type == "SEP" else first
        seen = len(result)
        if token.value == "=" and (subject := _of_density(result, first, tokens, at)) is not None:
            result[first:] = subject
            seen = len(result)
            token = Token("SIM", "~", token.start, token.end)  # p(θ | y) = N(m, V)
            at += 1
        elif _is_distributed_alone(result, tokens, at):
            token = Token("SIM", "~", token.start, token.start)  # e_ij iid N(0, σ²)
        else:
            at += 1
        result.append(token)
        if token.type != "SIM":
            continue
        if is_listed := _lists(result, first):
            result = [*_without_inner_product(result[:-1]), token]
            first = seen = 0
        while at < len(tokens) and (told := manner(letters_of(tokens[at]))):
            result[-1] = token = in_manner(token, told)
            at += 1
        tokens = _with_half(tokens, at)
        scale = _scale_of_chi_squared(tokens, at)
        if scale > at:
            result += [Token("SCALE", "", tokens[at].start, tokens[at].start), *tokens[at:scale]]
            at = scale
        told = letters_of(tokens[at]) if at < len(tokens) else ""
        behind = at + 1
        if told == "chi":
            types = [token.type for token in tokens[behind : behind + 4]]
            behind += next((len(square) for square in _SQUARES if types[: len(square)] == square), 0)
        opening = behind if told == "chi" and _opens(tokens, behind) else _opening(tokens, at)
        if opening is None:
            if told in WITHOUT_ARGUMENTS:
                result.append(Token("FAMILY", spelling_of(tokens[at]), tokens[at].start, tokens[at].end))
                at = behind
            continue
        if opening == at:
            place = tokens[at].start
            result.append(Token("FAMILY", Spelling(""), place, place))
        else:
            family = tokens[at]
            named = Spelling("N") if told == "n" else spelling_of(family)  # e ~ n(0, σ²)
            result.append(Token("FAMILY", named, family.start, family.end))
        closing = _closing(tokens, opening)
        arguments = _parted(tokens[opening : closing + 1])
        result.extend(_without_inner_product(arguments) if is_listed else arguments)
        at = closing + 1
        behind = at + 1 if at < len(tokens) and (tokens[at].is_comma or tokens[at].value == "$") else at
        if _ends_statement(tokens, behind + 1) and (told := manner(letters_of(tokens[behind]))):
            sign = next(place for place in range(len(result) - 1, -1, -1) if result[place].type == "SIM")
            result[sign] = in_manner(result[sign], told)
            at = behind + 1
        if at < len(tokens) and tokens[at].type in _STARTS_STATEMENT:
            result.append(Token("SEP", "", tokens[at].start, tokens[at].start))
    return result


def _scale_of_chi_squared(tokens: Sequence[Token], at: int) -> int:
    """Where the factors end that stand before a χ², the σ² of SS ~ σ²χ²_k; ``at`` where there are none."""
    end = at
    while end < len(tokens) and letters_of(tokens[end]) != "chi":
        if tokens[end].type not in _IN_SCALE:
            return at
        end += 1
    return end if end < len(tokens) else at


def _lists(statement: Sequence[Token], first: int) -> bool:
    """Whether what has a distribution, from ``first`` to the sign at the end, is a list in angles, ⟨u_0, u_1⟩, which
    elsewhere is an inner product."""
    return first < len(statement) - 1 and _is_inner_product(statement[first]) and statement[-2].type == "RPAR"


def _without_inner_product(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if not _is_inner_product(token)]


def _is_inner_product(token: Token) -> bool:
    return token.type == "FUNCTION" and isinstance(token.value, tuple) and token.value[0] == "inner product"


def _parted(arguments: Sequence[Token]) -> Sequence[Token]:
    """The brackets of a distribution, with a comma between two matrices that stand side by side in them, its mean and
    its variance."""
    if [token.type for token in arguments[1:-1]] != ["MATRIX", "MATRIX"]:
        return arguments
    opening, mean, variance, closing = arguments
    return [opening, mean, Token("COMMA", ",", mean.end, variance.start), variance, closing]


def _family_alone(before: Sequence[Token], tokens: Sequence[Token], at: int) -> int | None:
    """Where the brackets close of a family that is a statement of its own, N(μ, σ²); None for anything else."""
    if before and before[-1].type != "SEP":
        return None
    told = letters_of(tokens[at])
    if family(told) not in FAMILIES or (len(told) == 1 and told != "N"):
        return None
    if told.islower():
        return None  # binomial(n, k) is a coefficient
    if _opening(tokens, at) != at + 1:
        return None
    closing = _closing(tokens, at + 1)
    inside = tokens[at + 2 : closing]
    signs = [inside[place] for place in outside_brackets(inside) if inside[place].type in {"COMMA", "GIVEN"}]
    if not signs or _is_density(signs):
        return None
    return closing if _ends_statement(tokens, closing + 1) else None


def _of_density(before: Sequence[Token], first: int, tokens: Sequence[Token], at: int) -> Sequence[Token] | None:
    """What stands in the brackets of a density that is said to be that of a family, the θ | y of p(θ | y) = N(m, V);
    None for anything else. The statement begins at ``first``."""
    if len(before) < first + 4 or at + 1 >= len(tokens) or _family_alone([], tokens, at + 1) is None:
        return None
    head, opening, *inside, closing = statement = before[first:]
    is_function = isinstance(head.value, tuple) and head.value[0] in {"probability", "density"}
    is_density = (head.type == "FUNCTION" and is_function) or letters_of(head) == "pi"
    is_whole = opening.type == "LPAR" and closing.type == "RPAR" and len(list(outside_brackets(inside))) > 0
    return inside if is_density and is_whole and _closing(statement, 1) == len(statement) - 1 else None


def _is_density(signs: Sequence[Token]) -> bool:
    """Whether the signs in the brackets of a family are those of its density at a value, N(y; μ, σ²), N(y | μ, σ²)."""
    return signs[0].type == "GIVEN" or (signs[0].value == ";" and len(signs) > 1)


def _is_distributed_alone(before: Sequence[Token], tokens: Sequence[Token], at: int) -> bool:
    """Whether "iid" stands between a name and a family with its arguments, and no ~ does."""
    if not (before and before[-1].type in _BEFORE_MANNER and manner(letters_of(tokens[at]))):
        return False
    opening = _opening(tokens, at + 1)
    return opening == at + 2 and family(letters_of(tokens[at + 1])) in FAMILIES


def _ends_statement(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before a place is the last of a statement."""
    return at == len(tokens) or (at < len(tokens) and tokens[at].type == "SEP")


def _with_ranges(tokens: Sequence[Token]) -> list[Token]:
    """i = 1, 2, …, t with the commas and all but the first and the last number taken out; i = 1, 2, 3 likewise."""
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        result.append(tokens[at])
        at += 1
        if not (result[-1].type == "NUMBER" and [t.type for t in result[-3:]] == ["NAME", "REL", "NUMBER"]):
            continue
        if len(letters_of(result[-3])) > 1:
            continue
        stop, dots, last = at, None, None
        while stop + 1 < len(tokens) and tokens[stop].type == "SEP" and tokens[stop].value == ",":
            following = tokens[stop + 1]
            if following.type == "ELLIPSIS":
                dots = following
            elif dots is not None and _is_index(following) and _gap_follows(tokens, stop + 2):
                pass  # the k of 1, …, k, …, n is one of those that the dots leave out
            elif _is_whole(tokens, stop + 1) and (dots is not None or _counts_on(last or result[-1], following)):
                last = following
            else:
                if dots is not None:
                    stop += 1  # what comes after the comma is the end of the range
                    stop += 2 * _is_counted(tokens, stop)
                break
            stop += 2
            if dots is not None and last is not None and following is last:
                break
        if dots is None and last is not None:
            result += [Token("ELLIPSIS", "", last.start, last.start), last]
            at = stop
        elif dots is not None:
            ended = last is not None and last.start > dots.start
            result += [dots, last] if ended and last is not None else [dots]
            at = stop
    return result


def _is_counted(tokens: Sequence[Token], at: int) -> bool:
    """Whether the end of a range is a letter with its number: the a of 1, …, a = 4."""
    told = [token.type for token in tokens[at : at + 4]]
    return told in (["NAME", "REL", "NUMBER"], ["NAME", "REL", "NUMBER", "SEP"]) and tokens[at + 1].value == "="


def _gap_follows(tokens: Sequence[Token], at: int) -> bool:
    return [(token.type, token.value) for token in tokens[at : at + 1]] == [("SEP", ",")] and (
        at + 1 < len(tokens) and tokens[at + 1].type == "ELLIPSIS"
    )


def _is_whole(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number stands there, and is no part of a larger value, as the 1 of 1/N."""
    behind = tokens[at + 1].type if at + 1 < len(tokens) else ""
    return tokens[at].type == "NUMBER" and behind not in _IN_VALUE


def _without_quantified(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the indices that stand alone after "for all" and its like: they say no more than the words."""
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        result.append(tokens[at])
        at += 1
        if not (result[-1].type == "SEP" and str(result[-1].value).strip(",.;: ") in QUANTIFIERS):
            continue
        stop = at
        while stop < len(tokens) and (_is_index(tokens[stop]) or _parts_indices(tokens, stop)):
            stop += 1
        while stop > at and tokens[stop - 1].is_comma:
            stop -= 1  # it ends the statement
        if stop == at < len(tokens) and tokens[at].type == "NAME":
            stop += 1  # for all β
        if stop == len(tokens) or tokens[stop].type == "SEP":
            at = stop
    return result


def _parts_indices(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma stands at a place, or an "and" between two indices."""
    if tokens[at].is_comma:
        return True
    is_and = tokens[at].type == "SEP" and str(tokens[at].value).strip(", ") == "and"
    return is_and and _is_index(tokens[at - 1]) and at + 1 < len(tokens) and _is_index(tokens[at + 1])


def _is_index(token: Token) -> bool:
    letters = letters_of(token)
    return len(letters) == 1 and letters.islower()


def _counts_on(before: Token, after: Token) -> bool:
    return str(before.value).isdigit() and str(after.value) == str(int(str(before.value)) + 1)


def _opens(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].type in {"LPAR", "LSQB"}


def _with_half(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """The tokens with one name for a family with a plus above it, Cauchy⁺(0, 1)."""
    behind = tokens[at + 1 : at + 3]
    signs = [token.type for token in behind]
    count = (
        2 if signs == ["CARET", "PLUS"] else 1 if signs[:1] == ["METHOD"] and behind[0].value == MOORE_PENROSE else 0
    )
    half = POSITIVE_HALVES.get(family(letters_of(tokens[at]))) if count else None
    if half is None:
        return tokens
    name = Token("NAME", Spelling(half), tokens[at].start, behind[count - 1].end)
    return [*tokens[:at], name, *tokens[at + 1 + count :]]


def _opening(tokens: Sequence[Token], at: int) -> int | None:
    """Where the arguments of a distribution open, at its name or right after it; None where they do not."""
    if _opens(tokens, at):
        return at
    named = at < len(tokens) and tokens[at].type in {"NAME", "FUNCTION"}
    return at + 1 if named and _opens(tokens, at + 1) else None


def _closing(tokens: Sequence[Token], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        if tokens[at].type in OPEN:
            depth += 1
        elif tokens[at].type in CLOSED:
            depth -= 1
            if depth == 0:
                return at
    return len(tokens) - 1


def _separated(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    following: Token | None = None
    # From the end, so that what follows a separator is known; then its left neighbour decides.
    for token in reversed(tokens):
        if token.type != "SEP":
            following = token
        elif following is None or _goes_on(token, following):
            continue
        kept.append(token)
    result: list[Token] = []
    for token in reversed(kept):
        if token.type == "SEP" and (not result or result[-1].type == "SEP" or result[-1].type in _AWAITS):
            continue
        result.append(token)
    return result


def _goes_on(separator: Token, following: Token) -> bool:
    """Whether what follows a separator continues the statement before it."""
    return following.type in CONTINUES or (following.type == "MINUS" and separator.value in {"\\\\", "\n"})

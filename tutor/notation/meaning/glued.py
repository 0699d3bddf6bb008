r"""Two things written together that were meant otherwise: \sigma^2u for σ²_u, and N(0,5, 1) for N(0.5, 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tutor.algebra.nodes import Symbol
from tutor.algebra.tree import Tree
from tutor.notation.finding import Finding
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.long_subscripts import long_subscripts
from tutor.notation.names import GREEK, split_base
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import family
from tutor.notation.parsing.slips import comma_in_number

_VARIANCE_OF_LIST = re.compile(
    r"""(?:[)\]]\s*(?:['′ᵀ]|\^\s*\{?\s*(?:\\top|\\prime|T)\s*\}?)|matrix\})\s*(?:~|∼|\\sim(?![A-Za-z]))
    \s*\S{0,24}\([^()~∼]{0,60},\s*$
    |\([^()~∼]{0,60}[XZ][^()~∼]{0,60},\s*$""",
    re.X,
)
"""What stands before the variance of a list, (u_1, u_2)' ~ N(0, σ²A), or behind a mean with a design, N(Xβ, σ²W), which
is a matrix and no σ²_A."""


def lowered(power: syntax.Node, name: syntax.Node, first: Tree, context: Context) -> Tree | None:
    r"""σ²_u, where a square and the letter of a vector stand together as \sigma^2u; None for any other two factors.

    A scalar times that vector is hardly ever meant: a variance of that name must be known, and the letter be plain,
    with no blank before it. What was meant is noted in the findings.
    """
    while isinstance(name, syntax.Prime | syntax.Inverse) and not isinstance(name.inner, syntax.Group):
        name = name.inner
        if isinstance(name, syntax.Named) and len(name.spelling.letters) == 1:
            return None  # u' is a row
    if not (isinstance(power, syntax.Power) and isinstance(name, syntax.Named) and isinstance(first, Symbol)):
        return None
    base, spelling = power.base, name.spelling
    square = isinstance(power.exponent, syntax.Number) and power.exponent.digits == "2"
    if not (square and isinstance(base, syntax.Named) and not base.spelling.subscript and not spelling.bold):
        return None
    letter = spelling.letters[:1]
    if letter == "V":
        return None  # σ²V, the covariance matrix of Aitken's model
    if letter.isupper() and _VARIANCE_OF_LIST.search(context.text[max(power.start - 120, 0) : power.start]) is not None:
        return None
    apart = power.end != name.start or context.text[name.start : name.start + 1] != letter
    if apart or first.is_scalar or first.name != letter or spelling.subscript or spelling.accent:
        return None
    key = replace(base.spelling, letters=f"{base.spelling.letters}2").letters
    known = context.vocabulary.lookup(f"{key}_{letter}")
    tree = known.tree if known is not None else context.vocabulary.member(key, letter)
    if tree is None or not tree.is_scalar:
        return None
    written = context.text[power.start : power.end]
    sentence = f"The {letter} stands below the line: {written}_{letter}."
    context.findings.append(Finding("missing-underscore", power.start, name.start + 1, sentence, f"{written}_{letter}"))
    return tree


def with_interactions(nodes: Sequence[syntax.Node], context: Context) -> Context:
    r"""The context that knows where letters side by side, \tau\alpha_{12}, are the interaction (τα)_12 of its model,
    and where the σ²_bτ of one is one name; ``nodes`` are those of an expression, from the leaves to the root.

    A vocabulary that takes any name has them as factors, unless their effects stand beside them: \tau_i + \alpha_j
    with \tau\alpha_{ij}. What was meant is noted in the findings.
    """
    families = context.vocabulary.families
    chains = [node for node in nodes if isinstance(node, syntax.Chain)]
    if not any(_has_bare_letter(factor) for chain in chains for factor in chain.factors):
        return context
    found: dict[syntax.Node, syntax.Named | None] = {**long_subscripts(chains, context)}
    effects = _effects(nodes[-1]) if context.vocabulary.takes_new_names else frozenset[tuple[str, str]]()
    has_interactions = bool(effects) or any(len(split_base(base)[0]) > 1 for base in families)
    for node in chains if has_interactions else ():
        for last in range(1, len(node.factors)):
            found |= _interaction(node, last, effects, context)
    return replace(context, interactions=found) if found else context


def _effects(root: syntax.Node) -> frozenset[tuple[str, str]]:
    """The Greek letters that are terms of a sum with one index of their own, each with it."""
    terms = [term for node in syntax.postorder(root) if isinstance(node, syntax.Sum) for term in node.terms]
    spelled = [term.spelling for term in terms if isinstance(term, syntax.Named) and _is_greek(term)]
    return frozenset((told.letters, told.subscript) for told in spelled if len(told.subscript) == 1)


def _interaction(
    node: syntax.Chain, last: int, effects: frozenset[tuple[str, str]], context: Context
) -> dict[syntax.Node, syntax.Named | None]:
    """The factors of an interaction that ends with one of them: the last as all of it, the others as nothing."""
    below = node.factors[last]
    if not (isinstance(below, syntax.Named) and below.spelling.subscript and _is_greek(below)):
        return {}
    first = last
    while first and node.signs[first] == "" and _is_greek(before := node.factors[first - 1]) and _is_bare(before):
        first -= 1
    for start in range(first, last):
        letters = "".join(part.spelling.letters for part in node.factors[start : last + 1])  # pyright: ignore[reportAttributeAccessIssue]
        told = replace(below.spelling, letters=letters)
        known = context.vocabulary.lookup(f"{letters}_{told.subscript}")
        if effects:
            each = [part.spelling.letters for part in node.factors[start : last + 1]]  # pyright: ignore[reportAttributeAccessIssue]
            is_known = len(each) == len(told.subscript) and effects.issuperset(zip(each, told.subscript, strict=True))
        else:
            is_known = known is not None or context.vocabulary.member(letters, told.subscript) is not None
        if not is_known:
            continue
        place = node.factors[start].start, below.end
        written = context.text[slice(*place)]
        base, sign, subscript = written.rpartition("_")
        usual = f"({base.strip()}){sign}{subscript}"
        context.findings.append(Finding("brackets-missing", *place, f"An interaction has brackets: {usual}.", usual))
        named = replace(below, start=place[0], spelling=told)
        return {**dict.fromkeys(node.factors[start:last]), below: named}
    return {}


def _has_bare_letter(factor: syntax.Node) -> bool:
    """Whether a factor is a Greek letter alone, or a power of one."""
    base = factor.base if isinstance(factor, syntax.Power) else factor
    return _is_greek(base) and _is_bare(base)


def _is_greek(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Named) and node.spelling.letters in GREEK and not node.spelling.bold


def _is_bare(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Named) and not node.spelling.subscript and not node.spelling.accent


def check_decimals(node: syntax.Distributed, context: Context) -> None:
    """Raise ReadError "decimal-comma" for N of three arguments of which two are numbers glued by a comma: N(0,5, 1)."""
    if family(node.family.letters) != "N" or len(node.arguments) != 3:
        return
    for whole, decimals in zip(node.arguments, node.arguments[1:], strict=False):
        numbers = isinstance(whole, syntax.Number) and isinstance(decimals, syntax.Number)
        if numbers and context.text[whole.end : decimals.start] == ",":
            digits = context.text[whole.start : whole.end], context.text[decimals.start : decimals.end]
            raise comma_in_number(context.text, *digits, whole.start, decimals.end)

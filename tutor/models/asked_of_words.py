"""What words around the formulas of a model tell and no formula does: a question by name, never another model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import sympy

from tutor.algebra.nodes import Explicit, Scalar
from tutor.algebra.tree import Tree
from tutor.algebra.walk import walk
from tutor.errors import ReadError, ShapeError
from tutor.models.accounting import Open, called_fixed, unaccounted
from tutor.models.clauses import clauses
from tutor.models.conditional_laws import Choice, left_open
from tutor.models.declaration import Declaration
from tutor.models.element_names import key_of, letters_of, plain_name
from tutor.models.formulas_among_words import LONGEST_PAGE, law_by_words, places_of_formulas, structure_by_words
from tutor.models.index import Name
from tutor.models.randomness import Kind
from tutor.models.speakers import Effects, Speakers
from tutor.models.worded_structure import worded_structure
from tutor.models.words import listed_words
from tutor.notation.names import unicode_name
from tutor.notation.read import read
from tutor.notation.vocabulary import element_vocabulary


def check_laws(text: str) -> None:
    """Raise ReadError "told-in-words" for N(0, σ²) among words that are left out: an effect would lose it."""
    law = law_by_words(text)
    if law is not None:
        raise ReadError("This distribution stands among words, and no formula says whose it is.", text=text,
                        start=law.start(), end=law.end(), kind="told-in-words",
                        tip="Write it with its effects, as u_j ~ N(0, σ²_u).")  # fmt: skip


def check_words(text: str, told: Declaration, fixed: Sequence[str] = ()) -> None:
    """Raise for what words around the formulas tell, and no formula: random effects, correlated residuals.

    ``fixed`` are the letters of effects of which the user has said that they are fixed.

    Raises
    ------
    ReadError
        "distribution-missing" for words by which an effect without a distribution may be random; "told-in-words" for a
        structure of covariances.
    """
    found = _unaccounted(text, told, fixed) if len(text) <= LONGEST_PAGE else None
    if found is not None:
        raise found
    structure = structure_by_words(text)
    if structure is not None and told.correlated is None and not any(effects.over for effects in told.random):
        raise ReadError(f"{structure[0]} is told in words, and no formula says it.", text=text,
                        start=structure.start(), end=structure.end(), kind="told-in-words",
                        tip="Write it as a formula, as Cov(ε_ij, ε_ij') = σ² ρ^|j−j'|, or leave it out.")  # fmt: skip


def fixed_by_words(text: str, told: Declaration) -> frozenset[str]:
    """The keys of the effects without a distribution that the words of a page call fixed."""
    return called_fixed(_speakers(text, told, _effects(told, ())[0])) if len(text) <= LONGEST_PAGE else frozenset()


def _bases(told: Declaration) -> frozenset[str]:
    return frozenset(base for name in _names(told) for base in ("".join(name.bases), *name.bases) if len(base) > 1)


def _speakers(text: str, told: Declaration, effects: Effects) -> Speakers:
    return Speakers(clauses(text, places_of_formulas(text), _bases(told)), effects, key_in_text)


def _unaccounted(text: str, told: Declaration, fixed: Sequence[str]) -> ReadError | None:
    """The question that words leave open of effects; None where each word is accounted for."""
    effects, free = _effects(told, fixed)
    speakers = _speakers(text, told, effects)
    choice = left_open(text, places_of_formulas(text), _bases(told), speakers)
    if choice is not None:
        return _which(text, choice, {key_of(name): name for name in _names(told)})
    found = unaccounted(speakers)
    return worded_structure(text, speakers, told) if found is None else _question(text, found, free)


def _which(text: str, choice: Choice, names: dict[str, Name]) -> ReadError:
    key = choice.keys[-1]
    name, base = plain_name(names[key]), key.partition("_")[0]
    return ReadError(
        f"Whether {name} is fixed or random is left open here.", text=text, start=choice.start, end=choice.end,
        kind="distribution-missing",
        tip=f"Add {name} ~ N(0, σ²_{unicode_name(base)}) without a condition, or leave its distribution out and say "
            f'fixed=["{base}"].',
    )  # fmt: skip


def _question(text: str, found: Open, free: dict[str, Name]) -> ReadError:
    names = [plain_name(free[key]) for key in found.keys]
    *others, last = names
    said = " ".join(text[found.token.start : found.token.end].split())
    lines = [f"{name} ~ N(0, σ²_{unicode_name(key.partition('_')[0])})"
             for name, key in zip(names, found.keys, strict=True)]  # fmt: skip
    start, end = (found.token.start, found.token.end) if found.name is None else (found.name.start, found.name.end)
    if found.name is not None and found.token.kind is Kind.RANDOM:
        also = f"; so is {listed_words(others)}" if others else ""
        problem = f"{last} is called random and has no distribution{also}."
        tip = f"Add {listed_words(lines)}."
    elif found.name is not None or not others:
        verb = "have" if others else "has"
        problem = f"{listed_words(names)} {verb} no distribution, and “{said}” tells that something is random."
        tip = f"Add {listed_words(lines)}, if it is that"
    else:
        listed = f"{', '.join(others)} or {last}"
        problem = f"“{said}” tells that something is random, and no distribution says what: is it {listed}?"
        tip = f"Add {lines[-1]}, if it is {last}"
    if not tip.endswith("."):
        base = found.keys[-1].partition("_")[0]
        tip += f'; or say fixed=["{base}"].'
    return ReadError(problem, text=text, start=start, end=end, kind="distribution-missing", tip=tip)


def _names(told: Declaration) -> list[Name]:
    return list(dict.fromkeys(t.coefficient for t in told.terms))


def _effects(told: Declaration, fixed: Sequence[str]) -> tuple[Effects, dict[str, Name]]:
    """The effects of a declaration, and those without a distribution by their keys."""
    drawn = {name for effects in told.random for name in effects.names}
    names = [name for name in _names(told) if letters_of(name)]
    free = {key_of(n): n for n in names if n not in drawn and not {"".join(n.bases), plain_name(n)} & set(fixed)}
    covariates = {name for term in told.terms for name in term.factors if name not in drawn} - set(free.values())
    effects = Effects(
        free=tuple(free),
        drawn=tuple(key_of(name) for name in drawn),
        others=frozenset(map(key_of, [told.response, told.residual, *covariates])),
        variances=_variances(told),
        letters={key_of(name): letters_of(name) for name in names},
        interactions=frozenset(key_of(name) for name in names if len(name.bases) > 1),
    )
    return effects, free


def _variances(told: Declaration) -> frozenset[str]:
    """The keys of the parameters in the distributions of a declaration."""
    given = [*(effects.variance for effects in told.random), told.residual_variance]
    given += [] if told.correlated is None else [told.correlated.variance]
    symbols = [own for each in given if each is not None for own in _letters(each)]
    return frozenset(map(str, symbols))


def _letters(variance: sympy.Symbol | Tree) -> set[sympy.Basic]:
    if isinstance(variance, Tree):
        nodes = [node for node in walk(variance) if isinstance(node, Scalar | Explicit)]
        return {s for node in nodes for s in (node.value if isinstance(node, Scalar) else node.matrix).free_symbols}
    return set(variance.free_symbols)


@lru_cache(maxsize=256)
def key_in_text(name: str) -> str:
    """The key of a name in a text; none of what is no name.

    >>> key_in_text(r"\\beta_{j}"), key_in_text("σ²_b")
    ('beta_j', 'sigma2_b')
    """
    try:
        tree = read(name, replace(element_vocabulary(), any_element=True)).tree
    except (ReadError, ShapeError):
        return ""
    return str(getattr(tree, "value", ""))

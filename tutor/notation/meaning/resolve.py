r"""Names to trees: what a spelling means in a vocabulary.

A spelling may be one name (``\sigma_u``), names side by side (``ZGZ``, ``Xbeta``), a letter with a size (``I_3``,
``\mathbf{X}_{n \times p}``), or an index of something known (``\tau_i``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import sympy

from tutor.algebra.nodes import Identity, Ones, Scalar, Symbol
from tutor.algebra.sizes import ONE, size
from tutor.algebra.tree import Tree
from tutor.notation.meaning.accents import accented, letter_of
from tutor.notation.meaning.bold_vectors import (
    is_by_label,
    is_greek_vector_below,
    is_of_open_length,
    is_vector_below,
    length_of,
)
from tutor.notation.meaning.bold_words import is_bold_word
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.differences import of_letter
from tutor.notation.meaning.dimensioned import with_sizes_below
from tutor.notation.meaning.effects import (
    is_effect,
    is_effect_of_item,
    is_interaction_alone,
    is_interaction_of_terms,
    is_of_two_places,
    is_set_word,
    is_statistic,
    is_upright_word,
    is_word_below,
    is_word_with_index,
)
from tutor.notation.meaning.elements import element_of_name
from tutor.notation.meaning.newcomers import (
    block_of_unit,
    boldened,
    identifier,
    is_vector_by_what_is_below,
    key_of,
    matrix,
    newcomer,
    numbered_matrix,
    placed,
    product_before_block,
    square_matrix,
    vector,
    with_dimensions,
)
from tutor.notation.meaning.products_of_letters import is_product_of_letters
from tutor.notation.meaning.side_by_side import exact, is_count, is_interaction, levels, split, times_nought
from tutor.notation.meaning.special import SIZED, averaging, size_beside, sizes_below
from tutor.notation.meaning.states import states_of_vectors
from tutor.notation.meaning.unknown import is_call_by_slip, unknown
from tutor.notation.meaning.usage import Usage
from tutor.notation.meaning.variance_names import variance_by_program_name
from tutor.notation.names import DOTS, RAISED, RESIDUAL, STAR, split_base, unicode_name
from tutor.notation.parsing.syntax import Named
from tutor.notation.parsing.token import Spelling
from tutor.notation.vocabulary import LetterKind

_INDEX_MARKS = re.compile(r"[_()]")
_INDICES = re.compile(r"[0-9i-o]+")
_UNIT_IN_R = re.compile("[XZVRyebu][ijk]")
"""Xi and yj as programs in R name the blocks of a unit."""


def factors(named: Named, sizes: Sequence[Tree], context: Context) -> tuple[Tree, ...]:
    """The trees that a name stands for: one, or those of the names that stand side by side in it.

    Raises
    ------
    ReadError
        "unknown-name", "lower-case", "upper-case", or "wrong-dimension" for a size that is not that of the name.
    """
    kind = context.vocabulary.kinds.get(of_letter(named.spelling))
    if kind is not None and named not in context.size_names:
        return (_of_kind(named, kind, context),)
    if of_letter(named.spelling) in context.crossed and not named.spelling.bold and "0" in named.spelling.subscript:
        known = context.vocabulary.lookup(key_of(named.spelling))
        return (square_matrix(named, context),) if known is None else (known.tree,)
    if of_letter(named.spelling) in context.crossed:
        named = replace(named, spelling=replace(named.spelling, bold=True))
    found = _meant(named, sizes, context)
    is_part = named.spelling.letters in {"beta", "X"} and bool(named.spelling.subscript)  # as long as X is wide
    is_number = len(found) == 1 and (isinstance(found[0], Scalar) or is_part)
    return (vector(named, context),) if is_number and of_letter(named.spelling) in context.columns else found


def _of_kind(named: Named, kind: LetterKind, context: Context) -> Tree:
    if kind == "vector":
        return vector(named, context)
    return matrix(named, context) if kind == "matrix" else Scalar(sympy.Symbol(key_of(named.spelling), real=True))


def _meant(named: Named, sizes: Sequence[Tree], context: Context) -> tuple[Tree, ...]:
    spelling = named.spelling
    is_size = named in context.size_names and spelling.letters in "IJ"
    is_gain = spelling.letters == "J" and spelling.subscript in states_of_vectors(context.usage)  # of a smoother
    if is_effect_of_item(spelling):
        return (Scalar(sympy.Symbol(key_of(spelling), real=True)),)
    if spelling.letters in SIZED and not (is_size or is_gain or is_count(spelling.letters, context)):
        if spelling.accent:
            return (averaging(named, sizes_below(named, sizes, context), context),)
        return (SIZED[spelling.letters](sizes_below(named, sizes, context), named, context),)
    if "×" in spelling.subscript:
        return (_with_dimensions(named, sizes, context),)
    if named in context.size_names:
        return _in_size(named, context)
    if is_vector_by_what_is_below(spelling, context) or is_greek_vector_below(spelling, context):
        return (vector(named, context),)
    if (starred := _starred(named, sizes, context)) is not None:
        return (starred,)
    block = block_of_unit(named, context) or numbered_matrix(named, context)
    if block is not None:
        return (block,)
    if spelling.run and (product := product_before_block(named, context)) is not None:
        return product
    bracketed = spelling.below is not None and "(" in context.text[named.start : spelling.below.start]
    if bracketed and is_interaction(spelling, context):
        key = f"{spelling.letters}{spelling.accent}_{spelling.subscript}"
        return _known(spelling, context) or (Scalar(sympy.Symbol(key, real=True)),)
    if is_interaction_alone(spelling):
        if context.vocabulary.takes_new_names:
            return _known(spelling, context) or (Scalar(sympy.Symbol(spelling.letters, real=True)),)
        spelling = replace(spelling, run=True)
    if is_statistic(spelling, context) or is_interaction_of_terms(spelling, context):
        key = f"{spelling.letters}_{spelling.subscript}" if spelling.subscript else spelling.letters
        return (Scalar(sympy.Symbol(key, real=True)),)
    if is_vector_below(spelling, context) and is_of_open_length(spelling, context):
        return (vector(named, context),)
    found = _known(spelling, context) or _last_element(spelling, context)
    if found is None and (variance := variance_by_program_name(spelling, context.vocabulary)) is not None:
        return (variance.tree,)
    if found is None and (element := element_of_name(spelling, context)) is not None:
        return (element,)
    if found is None and is_call_by_slip(named, context):
        raise unknown(named, context)
    if found is None and is_set_word(named, context):
        return (Scalar(sympy.Symbol(spelling.letters, real=True)),)
    if found is None and not is_word_with_index(spelling, context):
        found = _side_by_side(spelling, context)
    if found is None:
        letters = _letters_apart(named, context)
        if letters is not None:
            return letters
    if found is None and is_effect(spelling, context):
        return (Scalar(sympy.Symbol(f"{spelling.letters}_{spelling.subscript}", real=True)),)
    if found is None:
        new = newcomer(named, context) or identifier(named, context)
        if new is None and is_bold_word(named, context):
            new = vector(named, context)
        if new is None and is_upright_word(named, context):
            new = Scalar(sympy.Symbol(key_of(spelling), real=True))
        if new is None:
            raise unknown(named, context)
        return (new,)
    return boldened(found, named, context)


def _starred(named: Named, sizes: Sequence[Tree], context: Context) -> Tree | None:
    """The X_i^* of a transformed model, of the shape that X_i has; None for other names and for numbers."""
    spelling = named.spelling
    if not spelling.subscript.startswith(f"{STAR}_") or not context.vocabulary.is_open:
        return None
    if key_of(spelling) in context.vocabulary:
        return None
    plain = replace(named, spelling=replace(spelling, subscript=spelling.subscript[len(STAR) + 1 :]))
    (found, *others) = _meant(plain, sizes, context)
    is_name = isinstance(found, Symbol) and not found.is_scalar and not others
    if not is_name or not isinstance(found, Symbol):
        return None
    key = key_of(spelling)
    is_pending = found.name in context.sizing.pending
    return placed(key, found.shape, context) if is_pending else Symbol(key, *found.shape, found.role)


def number_of(named: Named, context: Context) -> sympy.Expr | None:
    """The number that a plain name stands for; None where it is none, or may be more than one name."""
    found = None if of_letter(named.spelling) in context.columns else _known(named.spelling, context)
    tree = found[0] if found is not None and len(found) == 1 else None
    return tree.value if isinstance(tree, Scalar) else None


def _known(spelling: Spelling, context: Context) -> tuple[Tree, ...] | None:
    """The meaning of a spelling as one name."""
    base = spelling.letters + spelling.accent
    if not spelling.subscript:
        name = context.vocabulary.lookup(base)
        return accented(spelling, context) if name is None else (letter_of(name, spelling),)
    subscript = spelling.subscript
    # One element has one key however its indices are set apart: y_{1,2}, v_{1(2)}.
    told: tuple[str, ...] = (subscript,)
    if len(subscript) > 1:
        told = (subscript, _INDEX_MARKS.sub("", subscript), "_".join(subscript) if len(subscript) == 2 else "")
    bases = (base, RESIDUAL + spelling.accent) if spelling.letters == "epsilon" and spelling.accent in DOTS else (base,)
    base = bases[-1]
    for key in dict.fromkeys(f"{told_base}_{below}" for told_base in bases for below in told if below):
        name = context.vocabulary.lookup(key)
        if name is not None:
            return (letter_of(name, spelling),)
    split = None if is_word_below(spelling, context) or _INDICES.fullmatch(subscript) else _loose(spelling, context)
    if split is not None:
        return split
    if is_vector_below(spelling, context):
        return (Symbol(f"{base}_{subscript}", length_of(base, subscript, context) or size("n"), ONE),)
    block = _block(spelling, context)
    if block is not None:
        return (block,)
    member = context.vocabulary.member(base, subscript)
    if member is not None:
        return (member,)
    return accented(spelling, context) or _loose(spelling, context)


def _block(spelling: Spelling, context: Context) -> Tree | None:
    r"""\mathbf{R}_1 where names are open: a block of its own, of the shape that the letter has; G^* is one too."""
    name = context.vocabulary.lookup(spelling.letters)
    known = None if name is None else letter_of(name, spelling)
    if spelling.accent or not isinstance(known, Symbol):
        return None
    is_labelled = is_by_label(spelling, context)
    if not (spelling.bold or is_labelled or (spelling.subscript == STAR and known.rows == known.columns)):
        return None
    is_part = is_labelled or _is_about_parts(context.usage)
    if known.columns == ONE and known.name != RESIDUAL and not is_part:
        return None  # an element, as β_1
    if "any" not in context.vocabulary.families.values():
        return None
    return Symbol(f"{spelling.letters}_{spelling.subscript}", *known.shape, known.role, known.facts)


@lru_cache(maxsize=8)
def _is_about_parts(usage: Usage) -> bool:
    r"""Whether a text has X in parts, \mathbf{X}_1β_1 + \mathbf{X}_2β_2, so that β is too, or is but one bold Greek
    letter with an index, a part as far as anyone can tell: not \boldsymbol{\beta_1}, a number that is set in bold."""
    node = usage.factors[0].node if len(usage.factors) == 1 and usage.factors[0].is_greek else None
    is_part = node is not None and not usage.text.endswith("{", 0, node.start)
    parts = (factor for factor in usage.factors if is_part or factor.letter in {"X", "Z"})
    return any(factor.bold and factor.below and not factor.below.startswith(RAISED) for factor in parts)


def _last_element(spelling: Spelling, context: Context) -> tuple[Tree, ...] | None:
    r"""y_{tb} in a model that knows how many t and b are: the last element."""
    sizes = context.vocabulary.sizes
    if spelling.bold or not any(letter in sizes for letter in spelling.subscript):
        return None
    counts = [sizes.get(letter) for letter in spelling.subscript]
    indices = [
        str(count.value) if isinstance(count, Scalar) else letter
        for count, letter in zip(counts, spelling.subscript, strict=True)
    ]
    below = "".join(indices) if all(len(index) == 1 for index in indices) else "_".join(indices)
    return _known(replace(spelling, subscript=below, loose=False), context)


def _loose(spelling: Spelling, context: Context) -> tuple[Tree, ...] | None:
    r"""\sigma_uZ: without braces the subscript may be one letter, and the rest names of their own."""
    if not spelling.loose or len(spelling.subscript) < 2 or is_of_two_places(spelling, context):
        return None
    first = _known(_plain(spelling, spelling.subscript[0]), context)
    rest = split(spelling.subscript[1:], context, exact(context))
    return (*first, *rest) if first is not None and rest is not None else None


def _plain(spelling: Spelling, subscript: str = "") -> Spelling:
    return Spelling(spelling.letters, False, spelling.bold, spelling.accent, subscript)


def _side_by_side(spelling: Spelling, context: Context) -> tuple[Tree, ...] | None:
    """The meaning of a run of letters as several names; a subscript belongs to the last."""
    if not spelling.run or spelling.accent:
        return None
    digits = re.fullmatch(r"([A-Za-z]+)([0-9]+)", spelling.letters)
    if digits is not None and not spelling.subscript:
        lowered = Spelling(digits[1], len(digits[1]) > 1, spelling.bold, "", digits[2])
        if digits[1] in SIZED:
            order = size(digits[2]) if int(digits[2]) else None
            return None if order is None else ((Identity(order) if digits[1] == "I" else Ones(order, order)),)
        return _known(lowered, context) or _side_by_side(lowered, context) or times_nought(digits, context)
    if not spelling.subscript:
        if _UNIT_IN_R.fullmatch(spelling.letters) and "%*%" in context.text:
            letter, index = spelling.letters
            return _known(Spelling(letter, False, True, "", index), context)
        if "%*%" in context.text and context.vocabulary.takes_new_names and not spelling.letters[-1].isdigit():
            return None  # in R letters side by side are one name
        beside = size_beside(spelling.letters, context)
        if beside is not None and not is_count(spelling.letters[0], context):
            return (beside,)
        return split(spelling.letters, context, exact(context)) or levels(spelling, context)
    if (sized := _before_sized(spelling, context)) is not None:
        return sized
    for length in range(1, len(spelling.letters)):
        last = Spelling(spelling.letters[-length:], False, spelling.bold, "", spelling.subscript, loose=spelling.loose)
        found = _known(last, context)
        before = split(spelling.letters[:-length], context, exact(context)) if found is not None else None
        if found is not None and before is not None:
            return (*before, *found)
    if digits is not None and spelling.subscript.isalpha():
        # b0_i is b_0i: the number tells coefficients apart, the letter is their index.
        return _known(Spelling(digits[1], False, spelling.bold, "", digits[2] + spelling.subscript), context)
    return None


def _before_sized(spelling: Spelling, context: Context) -> tuple[Tree, ...] | None:
    """The Z and the J_2 of ZJ₂."""
    letters, last, order = spelling.letters[:-1], spelling.letters[-1], spelling.subscript
    if last not in {"I", "J"} or not order.isdecimal() or not int(order) or is_count(last, context):
        return None
    before = split(letters, context, exact(context))
    rows = size(int(order))
    return None if before is None else (*before, Identity(rows) if last == "I" else Ones(rows, rows))


def _letters_apart(named: Named, context: Context) -> tuple[Tree, ...] | None:
    r"""\mathbf{LL} and ZU as a product where the text shows that their letters are names, of which some are new."""
    spelling = named.spelling
    if not context.vocabulary.takes_new_names or not is_product_of_letters(spelling, context.usage):
        return None
    found: list[Tree] = []
    for at, letter in enumerate(spelling.letters, 1):
        below = spelling.subscript if at == len(spelling.letters) else ""
        one = replace(named, spelling=Spelling(letter, False, spelling.bold, "", below), sizes=())
        if context.vocabulary.lookup(letter) is None and newcomer(one, context) is None:
            return None
        found += factors(one, (), context)
    return tuple(found)


def _in_size(named: Named, context: Context) -> tuple[Tree, ...]:
    """A name in a size: what the vocabulary knows as a number, otherwise a letter for a positive whole number."""

    def meaning(letters: str) -> Tree | None:
        count = context.vocabulary.sizes.get(letters)
        if count is not None:
            return count
        name = context.vocabulary.lookup(letters)
        if name is not None and isinstance(name.tree, Scalar):
            return name.tree
        return Scalar(size(letters)) if len(letters) == 1 else None

    spelling = named.spelling
    if spelling.subscript:
        found = _known(spelling, context)
        # n_ij counts something too, although an element of that name is any number.
        counts = found is not None and (not isinstance(found[0], Scalar) or found[0].value.is_integer)
        return found if found and counts else (Scalar(size(f"{spelling.letters}_{spelling.subscript}")),)
    found = split(spelling.letters, context, meaning)
    return found if found is not None else (Scalar(size(spelling.letters)),)


def _without_dimensions(spelling: Spelling, context: Context) -> tuple[Tree, ...] | None:
    r"""What a name means that has an accent or scripts of its own, {\hat{\boldsymbol\varepsilon}_{GG}}_{n \times 1}."""
    base, line, below = spelling.letters.partition("_")
    if not line:
        return accented(replace(spelling, subscript=""), context)
    (letters, *others), accent = split_base(base)
    return None if others else _known(Spelling(letters, False, spelling.bold, accent, below), context)


def _with_dimensions(named: Named, sizes: Sequence[Tree], context: Context) -> Tree:
    """X_{n×p}: the name without its subscript, checked."""
    spelling = named.spelling
    name = context.vocabulary.lookup(spelling.letters + spelling.accent)
    estimate = _without_dimensions(spelling, context) if name is None else None
    shape = sizes_below(named, sizes, context)
    if len(shape) != 2:
        raise context.error("Dimensions are rows × columns.", "wrong-dimension", named)
    if name is not None and name.tree.is_scalar and name.bold is None and spelling.bold:
        name = None  # the F of \mathbf{F}_{n \times p} is no statistic
    if name is None and estimate is None:
        new = with_dimensions(named, *shape, context)
        if new is None:
            raise unknown(named, context)
        return new
    known = (letter_of(name, spelling), name.bold, name.tree) if name is not None else estimate or ()
    candidates = [tree for tree in known if tree is not None]
    for tree in candidates:
        if context.sizing.meet_shapes(tree.shape, (shape[0], shape[1])):
            return tree
    given = with_sizes_below(candidates, shape, context)
    if given is not None:
        return given
    rows, columns = candidates[0].shape
    written = unicode_name(spelling.letters + spelling.accent)
    raise context.error(
        f"{written} is {rows} × {columns} here, not {shape[0]} × {shape[1]}.", "wrong-dimension", named,
        "Rows come first, then columns.",
    )  # fmt: skip

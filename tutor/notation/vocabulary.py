r"""What the letters of a text stand for.

A vocabulary maps keys (see `names`) to trees. Made from the symbols and parameters of a model, it holds what a
student may write by convention: σ_u beside σ²_u, the entries y_11 of y, the sizes, Σ for V, b for u. What is no
name at all may still be an index of something known: `families` says which bases take which subscripts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Literal

import sympy

from tutor.algebra.build import symbol, zero
from tutor.algebra.by_distance import DISTANCE, ByDistance
from tutor.algebra.nodes import Explicit, Scalar, Symbol
from tutor.algebra.sizes import ONE, Size, SizeLike, size
from tutor.algebra.tree import Tree
from tutor.algebra.unit_vector import UnitVector
from tutor.algebra.walk import symbols_of, walk
from tutor.errors import nearest
from tutor.notation.names import RESIDUAL, SPELLED, VARIANCES, is_variance, root_key
from tutor.notation.parsing.functions import STATISTICS
from tutor.notation.quadratic_forms import ExpectedSquare
from tutor.notation.style import Style

Family = Literal["any", "index"]
"""Which subscripts a base takes beyond its names: any at all, or index letters only (τ_i, y_ij)."""

CONVENTIONAL: dict[str, tuple[str, ...]] = {
    "V": ("Sigma",),
    "e": ("epsilon", "varepsilon", "eps"),
    "u": ("b", "gamma"),
    "sigma2": ("sigma2_e", "sigma2_epsilon", "sigma2_eps", "s2"),
    "sigma": ("sigma_e", "sigma_epsilon", "sigma_eps"),
}
"""Key: other keys that lectures write for the same thing, understood wherever they mean nothing else."""

_EPSILON = SPELLED[RESIDUAL]
_INDEX = re.compile(r"[0-9]*[i-o][0-9i-o.,()_']*|[0-9._]*\.[0-9i-o._]*")
_COVARIANCE = re.compile(r"[A-Za-z]?[0-9]{2,}|[i-o]{2,}")


@dataclass(frozen=True, slots=True)
class Name:
    """A key and the tree it stands for.

    ``about`` says in a word what it is in this model ("blocks"); ``aliases`` are more keys; ``bold`` is the tree
    of the bold letter where that differs from the plain one (μ a scalar, bold μ a vector), ``element`` the number that
    the plain letter of a vector is among numbers (the slope β of μ + β x). Without ``has_value`` it is a name only, of
    which a model cannot tell the value or the distribution: a mean square, ȳ_i. for any i.
    """

    key: str
    tree: Tree
    about: str = ""
    aliases: tuple[str, ...] = ()
    bold: Tree | None = None
    element: Tree | None = None
    has_value: bool = True


Item = Tree | Name | sympy.Symbol
Letter = tuple[str, str, str]
"""A letter with its accent and its subscript."""
LetterKind = Literal["number", "vector", "matrix"]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Names by key. Iteration gives each name once; ``key in vocabulary`` also knows aliases.

    >>> from tutor.algebra.build import symbol
    >>> words = Vocabulary.of(symbol("Z", 6, 3), sympy.Symbol("sigma2_u", positive=True))
    >>> words.lookup("sigma_u").tree.value
    sqrt(sigma2_u)
    """

    names: Mapping[str, Name]
    families: Mapping[str, Family] = field(default_factory=dict)
    sizes: Mapping[str, Tree] = field(default_factory=dict)
    any_element: bool = False
    """Whether any letters with an index below name an element, as G_i and Diet_j do in a model written by elements."""
    takes_new_names: bool = False
    """Whether letters that it lacks may be new names, as in a text that is about no model in particular."""
    by_style: frozenset[str] = frozenset()
    """Keys by which a style writes names, b for u: they are no second letters, which may be counts as well."""
    blocks: frozenset[str] = frozenset()
    """Indices below which plain letters are blocks of a unit, X_i and e_i, and no elements; with the empty one among
    them Greek capitals are matrices too."""
    kinds: Mapping[Letter, LetterKind] = field(default_factory=dict)
    """What single letters are, whatever else they may be."""
    made: Callable[[str], Name | None] | None = None
    """Gives a name for a key that is not among the others, where there are too many to list: averages, statistics."""
    knows_estimates: bool = False
    """Whether the numbers and vectors that it knows may have a hat, an estimate of the same shape."""
    levels: Mapping[str, Scalar] = field(default_factory=dict)
    """How many levels an index letter has, up to which a sum runs that tells no limit: Σ_j is Σ_{j=1}^b."""
    lacking: Mapping[str, str] = field(default_factory=dict)
    """Letters that one would look for and does not find, each with the sentence that says why there is none."""
    element_moment: Callable[[Tree], Tree | None] | None = None
    """Gives the value of a moment of elements that no vector lists, as Var(y_11) where sizes are letters; None for any
    other tree. Raises TutorError for elements that there are not."""
    expected_square: Callable[[Tree], ExpectedSquare | None] | None = None
    """Gives what E(MS_A) of a source with fixed effects is made of; None for any other tree."""

    @classmethod
    def of(
        cls,
        *items: Item,
        families: Mapping[str, Family] | None = None,
        sizes: Mapping[str, SizeLike] | None = None,
    ) -> Vocabulary:
        """The vocabulary of a model, given its symbols, its parameters, and names of one's own, which win.

        ``sizes`` are letters that count something, as b for the blocks, with their numbers. Below an I, in a divisor
        and wherever the letter has no other meaning it is that number; elsewhere another meaning wins (Zb is Zu).
        """
        given = {item.key: item for item in items if isinstance(item, Name)}
        trees = [item for item in items if isinstance(item, Tree)] + [name.tree for name in given.values()]
        symbols = _with_definitions(found for tree in trees for found in symbols_of(tree))
        parameters = {item: None for item in items if isinstance(item, sympy.Symbol)}
        letters: dict[sympy.Symbol, None] = {}
        for parameter in (*_parameters(trees), *_parameters(s.definition for s in symbols if s.definition)):
            (letters if parameter.is_integer else parameters).setdefault(parameter)
        for tree in (*trees, *symbols):
            letters.update(dict.fromkeys(_free(*tree.shape)))
        derived = [Name(s.name, s) for s in symbols]
        derived += [entry for s in symbols for entry in _entries(s)]
        derived += [name for parameter in parameters for name in _parameter_names(parameter)]
        derived += [Name(str(letter), Scalar(letter), "size") for letter in letters]
        derived += _unit_vectors(trees)
        derived += _conventional_sizes(symbols)
        known = dict(given)
        for name in derived:
            known.setdefault(name.key, name)
        # Of a vector whose length is a letter every element may be spoken of, otherwise only those with letters.
        indexed: dict[str, Family] = {
            s.name: "index" if s.rows.is_Integer else "any" for s in symbols if s.columns == ONE
        }
        indexed |= {key.partition("_")[0]: "index" for key in known if "_" in key and key[-1].isdigit()}
        counts = {letter: Scalar(size(value)) for letter, value in (sizes or {}).items()}
        return cls._closed(known, {**indexed, **(families or {})}, counts)

    @classmethod
    def _closed(
        cls, known: Mapping[str, Name], families: Mapping[str, Family], sizes: Mapping[str, Tree]
    ) -> Vocabulary:
        names = dict(known)
        for name in known.values():
            for alias in name.aliases:
                names.setdefault(alias, name)
        for key, aliases in CONVENTIONAL.items():
            if key in names:
                for alias in aliases:
                    names.setdefault(alias, names[key])
        for letter, count in sizes.items():
            names.setdefault(letter, Name(letter, count, "size"))
        return cls(MappingProxyType(names), MappingProxyType(dict(families)), MappingProxyType(dict(sizes)))

    def with_names(self, *items: Item) -> Vocabulary:
        """This vocabulary and what the items bring; where both know a key, the items win."""
        more = Vocabulary.of(*items)
        own = {name.key: name for name in self}
        names = {**own, **{name.key: name for name in more}}
        joined = Vocabulary._closed(names, {**more.families, **self.families}, {**self.sizes, **more.sizes})
        return replace(self, names=joined.names, families=joined.families, sizes=joined.sizes)

    @property
    def is_open(self) -> bool:
        """Whether there are bases that take any subscript, as in a vocabulary that is not of one model."""
        return "any" in self.families.values()

    def in_style(self, style: Style) -> Vocabulary:
        """This vocabulary for a text in a style: what the style writes is known by that, b and σ²_b for u and σ²_u.

        >>> lecture_vocabulary().in_style(Style(random="b")).lookup("sigma2_b").key
        'sigma2_u'
        """
        styled = {style.key(key): name for key, name in self.names.items() if style.key(key) != key}
        families = {base: family for base, family in self.families.items() if base not in styled}
        names = MappingProxyType({**self.names, **styled})
        return replace(self, names=names, families=MappingProxyType(families), by_style=frozenset(styled))

    def lookup(self, key: str) -> Name | None:
        """The name of a key, by itself, by an alias, or by an alias of its base (b_1 for u_1, ε̂ for ê); or None."""
        found = self.names.get(key)
        if found is not None:
            return found
        base, underscore, subscript = key.partition("_")
        renamed = self.names.get(base)
        if underscore and renamed is not None and renamed.key != base:
            return self.names.get(f"{renamed.key}_{subscript}")
        if base.startswith(_EPSILON) and (estimate := self.names.get(RESIDUAL + key[len(_EPSILON) :])) is not None:
            return estimate
        return None if self.made is None else self.made(key)

    def of_values(self) -> Vocabulary:
        """This vocabulary without the names of which it cannot tell the value, as β̂ and MS_e: for answers that are
        judged by their value."""
        made = None if self.made is None else _Valued(self.made)
        return replace(self, made=made, knows_estimates=False)

    def member(self, base: str, subscript: str) -> Tree | None:
        """The scalar that a subscript makes of a base whose family takes it (τ_i, σ²_b), or None."""
        renamed = self.names.get(base)
        if base not in self.families and renamed is not None:
            base = renamed.key
        family = self.families.get(base)
        if family is None and self.any_element and base.isalpha() and any(map(str.isalpha, subscript)):
            family = "any"
        if family is None or (family == "index" and not _INDEX.fullmatch(subscript)):
            return None
        key = f"{base}_{subscript}"
        if base in VARIANCES:
            return Scalar(sympy.Symbol(key, positive=True))
        if base == "sigma" and not _COVARIANCE.fullmatch(subscript):
            return Scalar(sympy.sqrt(sympy.Symbol(f"sigma2_{subscript}", positive=True)))
        return Scalar(sympy.Symbol(key, real=True))

    def nearest(self, key: str) -> Name | None:
        """The name that was probably meant by an unknown key: of the same base first, then the most alike."""
        base, underscore, _ = key.partition("_")
        bases = dict.fromkeys(known.partition("_")[0] for known in self.names)
        if base not in bases:
            near = nearest(base, bases, cutoff=0.6) if len(base) > 1 else None
            if near is None or 2 * len(near) < len(base):
                return None
            base = near
        cousins = [known for known in self.names if known.partition("_")[0] == base]
        if underscore:
            subscripted = [known for known in cousins if "_" in known and not known[-1].isdigit()]
            cousins = subscripted or [known for known in cousins if "_" in known] or cousins
        closest = nearest(key, cousins, cutoff=0.0)
        return self.names[closest] if closest else None

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.lookup(key) is not None

    def __iter__(self) -> Iterator[Name]:
        return iter({name.key: name for name in self.names.values()}.values())

    def __len__(self) -> int:
        return len({name.key for name in self.names.values()})


@dataclass(frozen=True, slots=True)
class _Valued:
    """The names that are made when they are asked for and have a value."""

    made: Callable[[str], Name | None]

    def __call__(self, key: str) -> Name | None:
        name = self.made(key)
        return name if name is not None and name.has_value else None


def _with_definitions(symbols: Iterable[Symbol]) -> tuple[Symbol, ...]:
    """The symbols, and those that their definitions, means and variances speak of."""
    found: dict[Symbol, None] = {}
    pending = list(symbols)
    while pending:
        current = pending.pop(0)
        if current in found:
            continue
        found[current] = None
        for tree in (current.definition, current.mean, current.variance):
            if tree is not None:
                pending.extend(symbols_of(tree))
    return tuple(found)


def _parameters(trees: Iterable[Tree]) -> tuple[sympy.Symbol, ...]:
    """The free symbols in scalars and explicit matrices, in the order of the text."""
    found: dict[sympy.Symbol, None] = {}
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Scalar):
                found.update(dict.fromkeys(_free(node.value)))
            elif isinstance(node, Explicit):
                found.update(dict.fromkeys(_free(node.matrix)))
            elif isinstance(node, ByDistance):
                entries = (*node.near, node.beyond, *filter(None, (node.corner,)))
                found.update((letter, None) for letter in _free(node.order, *entries) if letter != DISTANCE)
    return tuple(found)


def _unit_vectors(trees: Iterable[Tree]) -> list[Name]:
    """The columns of I, d_1: elsewhere a d with a number below it is a scalar."""
    nodes = dict.fromkeys(node for tree in trees for node in walk(tree) if isinstance(node, UnitVector))
    return [Name(f"d_{node.place}", node) for node in nodes]


def _free(*values: sympy.Basic) -> list[sympy.Symbol]:
    symbols = {s for value in values for s in value.free_symbols if isinstance(s, sympy.Symbol)}
    return sorted(symbols, key=lambda s: s.name)


def _parameter_names(parameter: sympy.Symbol) -> list[Name]:
    """A variance brings its standard deviation: σ²_u is the parameter, σ_u its root."""
    names = [Name(parameter.name, Scalar(parameter))]
    if is_variance(parameter.name):
        names.append(Name(root_key(parameter.name), Scalar(sympy.sqrt(parameter))))
    return names


def _entries(vector: Symbol) -> list[Name]:
    if vector.entries is None:
        return []
    return [Name(entry.name, Scalar(entry)) for entry in vector.entries.flat() if isinstance(entry, sympy.Symbol)]


def _conventional_sizes(symbols: Iterable[Symbol]) -> list[Name]:
    """n observations, p columns of X and q of Z, by the letters of every lecture."""
    by_name = {s.name: s for s in symbols}
    sizes: list[tuple[str, Size]] = []
    if "y" in by_name:
        sizes.append(("n", by_name["y"].rows))
    if "X" in by_name:
        sizes.append(("p", by_name["X"].columns))
    if "Z" in by_name:
        sizes.append(("q", by_name["Z"].columns))
    return [Name(letter, Scalar(value), "size") for letter, value in sizes]


def vocabulary_of(tree: Tree) -> Vocabulary:
    """The vocabulary of the model to which a tree belongs; without one, the lecture's with the tree's own names.

    An answer is about that tree, so that a letter in neither is a slip and no new name.
    """
    for found in symbols_of(tree):
        vocabulary = getattr(found.scope, "vocabulary", None)
        if isinstance(vocabulary, Vocabulary):
            return vocabulary
    return replace(lecture_vocabulary().with_names(tree), takes_new_names=False)


_SCALARS = ("mu", "tau", "rho", "alpha", "eta", "theta", "lambda", "phi", "nu", "kappa", "delta", "xi", "psi", "omega")
_SIZES = ("m", "r", "s", "t", "a", "c", "N")
_TESTS = ("F", "T", "q", "chi", "d", "f", *sorted(STATISTICS))
"""Statistics and counts that take any subscript: F_{1, df}, SS_b."""

_SUBSCRIPTED = (*_SCALARS, *"xyzeuvwbnpt", "beta", "gamma", "pi", "sigma", "sigma2", "ell", *_TESTS)


@cache
def lecture_vocabulary(observations: SizeLike = "n", traits: str = "") -> Vocabulary:
    """The letters of the course with sizes left open: y n × 1, X n × p, Z n × q, V = ZGZ' + R, and scalars.

    ``observations`` is the number of observations, n or bt; ``traits`` the letter for the number of traits where there
    are several: y has t n rows then, and Z t q columns.

    >>> lecture_vocabulary().lookup("Sigma").key
    'V'
    """
    times = size(traits) if traits else ONE
    n, q = times * size(observations), times * size("q")
    X, Z = symbol("X", n, "p"), symbol("Z", n, q)
    beta = symbol("beta", "p", role="unknown")
    covariance = ("symmetric", "positive definite")
    G = symbol("G", q, q, "unknown", covariance)
    R = symbol("R", n, n, "unknown", covariance)
    u = symbol("u", q, role="random", mean=zero(q), variance=G)
    e = symbol("e", n, role="random", mean=zero(n), variance=R, uncorrelated=frozenset({u}))
    V = symbol("V", n, n, "unknown", covariance, definition=Z @ G @ Z.T + R)
    y = symbol("y", n, role="random", definition=X @ beta + Z @ u + e)
    parameters = [sympy.Symbol(key, positive=True) for key in ("sigma2", "sigma2_u", "sigma2_b", "sigma2_v")]
    scalars = [Name(key, Scalar(sympy.Symbol(key, real=True)), bold=symbol(key, n)) for key in _SCALARS]
    sizes = [Name(letter, Scalar(symbol("I", letter).rows), "size") for letter in _SIZES]
    if traits:  # of one trait
        sizes += [Name(str(letter), Scalar(size(letter)), "size") for letter in (observations, "q")]
        of_traits = [symbol(key, times, times, "unknown", covariance) for key in ("G_0", "R_0")]
        sizes += [Name(matrix.name, matrix) for matrix in of_traits]
    residual = Name("sigma2", Scalar(parameters[0]), "residual")
    words = (*sorted(STATISTICS), "F", "ell", "const", "constant")
    statistics = [Name(key, Scalar(sympy.Symbol(key, real=True)), "statistic") for key in words]
    families: dict[str, Family] = dict.fromkeys(_SUBSCRIPTED, "any")
    closed = Vocabulary.of(y, X, beta, Z, u, e, G, R, V, *parameters, residual, *scalars, *sizes,
                           Name("pi", Scalar(sympy.pi)), *statistics, families=families)  # fmt: skip
    return replace(closed, takes_new_names=True)


@cache
def element_vocabulary() -> Vocabulary:
    """The lecture's vocabulary for models written by elements, in which any name may have an index: G_i, (GE)_ij.

    >>> element_vocabulary().member("Diet", "i").value
    Diet_i
    """
    slope = Name("beta", Scalar(sympy.Symbol("beta", real=True)), bold=symbol("beta", "p", role="unknown"))
    # Beside letters with an index a γ without one is a parameter, as in ARMA(1, 1), and no vector of random effects.
    rate = Name("gamma", Scalar(sympy.Symbol("gamma", real=True)), bold=symbol("gamma", "q", role="random"))
    return replace(lecture_vocabulary().with_names(slope, rate), any_element=True)

"""What a text says before its letters mean anything: nodes of syntax, each with its place in the text."""

from __future__ import annotations

from collections.abc import Container, Iterator

from tutor.notation.light_value import light_value
from tutor.notation.parsing.token import Spelling


@light_value(eq=False)
class Node:
    """A piece of the text, ``text[start:end]``."""

    start: int
    end: int

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes directly below, in the order of the text."""
        return ()


@light_value(eq=False)
class Number(Node):
    """A whole or decimal number, as it was typed."""

    digits: str


@light_value(eq=False)
class Named(Node):
    """A name; ``sizes`` are its subscripts as expressions, where the name may have a size (I_{bt}, X_{n×p})."""

    spelling: Spelling
    sizes: tuple[Node, ...] = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.sizes


@light_value(eq=False)
class Sum(Node):
    """Terms with their signs, "+", "-" or "±"."""

    signs: tuple[str, ...]
    terms: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.terms


@light_value(eq=False)
class Chain(Node):
    """Factors with what stands before each: "" for nothing, "*", "@", "/" (the first has "")."""

    signs: tuple[str, ...]
    factors: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.factors


@light_value(eq=False)
class Kronecker(Node):
    """A ⊗ B ⊗ …"""

    factors: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.factors


@light_value(eq=False)
class _Over(Node):
    """One node below."""

    inner: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.inner,)


class Group(_Over):
    """Brackets around an expression."""

    __slots__ = ()


class Enclosed(Group):
    """What stands between a point on the left and a bar on the right."""

    __slots__ = ()


class Negated(_Over):
    """A minus sign before one factor."""

    __slots__ = ()


@light_value(eq=False)
class Prime(_Over):
    """A transpose: ``count`` primes, or the letter that may also be an exponent, as in X^T and ρ^t."""

    count: int = 1
    letter: str = ""


class Inverse(_Over):
    """A⁻¹."""

    __slots__ = ()


class Bars(_Over):
    """|A|: a determinant, or an absolute value."""

    __slots__ = ()


@light_value(eq=False)
class Power(Node):
    """A base and an exponent."""

    base: Node
    exponent: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.base, self.exponent


@light_value(eq=False)
class Fraction(Node):
    """A numerator over a denominator."""

    above: Node
    below: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.above, self.below


@light_value(eq=False)
class Evaluated(Node):
    """Something where names have values; without ``names`` where only the value is told, as in |_{θ_0}."""

    inner: Node
    names: tuple[Node, ...]
    values: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.inner, *self.names, *self.values


@light_value(eq=False)
class Derivative(Node):
    """A derivative of something by something, of an ``order`` that is told from the second on; ``sign`` is ∂ or d."""

    of: Node
    by: Node
    order: str
    sign: str = "∂"

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.of, self.by


@light_value(eq=False)
class Root(Node):
    """A square root, or that of another degree."""

    inner: Node
    degree: Node | None = None

    @property
    def parts(self) -> tuple[Node, ...]:
        return (self.inner,) if self.degree is None else (self.inner, self.degree)


@light_value(eq=False)
class Call(Node):
    """A function of arguments, some with a keyword; ``spelling`` is its name as written, ``power`` the exponent before
    them, "-1" for the inverse function; ``parted`` says behind how many of them a semicolon stands."""

    function: str
    spelling: Spelling
    arguments: tuple[Node, ...]
    keywords: tuple[str, ...]
    power: str = ""
    parted: tuple[int, ...] = ()

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.arguments


@light_value(eq=False)
class Matrix(Node):
    """Rows of cells of equal length. Cells of the same text are one and the same node; ``sizes`` stand
    below the matrix; ``triangle`` is the one that is left blank, "above" or "below" the diagonal, if any is."""

    rows: tuple[tuple[Node, ...], ...]
    environment: str
    sizes: tuple[Node, ...] = ()
    triangle: str = ""

    @property
    def parts(self) -> tuple[Node, ...]:
        return (*dict.fromkeys(cell for row in self.rows for cell in row), *self.sizes)


@light_value(eq=False)
class Listed(Node):
    """Items between brackets, with commas."""

    items: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.items


class Calculus(Node):
    """An integral, a limit or a derivative, read by `meaning.calculus`."""

    __slots__ = ()


class Ellipsis(Node):
    """Dots in a list, a matrix, a sum or a product."""

    __slots__ = ()


@light_value(eq=False)
class Conditional(Node):
    """Something given something else, as in E(y | u, w)."""

    inner: Node
    given: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.inner, *self.given


@light_value(eq=False)
class Operator(Node):
    """A sum, a product or an optimum over what stands behind it: its indices, what stands below it as a key, and its
    two limits, each None where it is not written."""

    operation: str
    indices: tuple[str, ...]
    below: str
    first: Node | None
    last: Node | None


@light_value(eq=False)
class Operated(Node):
    """An operator and its body, which gets its meaning with the index in it; without a body the operator alone."""

    operator: Operator
    body: Node | None


@light_value(eq=False)
class Integral(Node):
    """An integral of densities, with what is integrated over; its limits are those of the operator."""

    operator: Operator
    body: Node
    variable: Node

    @property
    def parts(self) -> tuple[Node, ...]:
        limits = (self.operator.first, self.operator.last)
        return self.body, self.variable, *(limit for limit in limits if limit is not None)


@light_value(eq=False)
class _Sides(Node):
    """Sides and the signs between them."""

    signs: tuple[str, ...]
    sides: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.sides


class Compared(_Sides):
    """An event within brackets: F > F*, as in P(F > F*)."""

    __slots__ = ()


class Relation(_Sides):
    """A statement with "=" or "≡" between its sides; a right side left open is missing."""

    __slots__ = ()


@light_value(eq=False)
class Distributed(Node):
    """[subject ~] family(arguments), perhaps given something; ``sign`` is ~, ≁ for its denial, or the manner of it."""

    subject: Node | None
    given: tuple[Node, ...]
    family: Spelling
    arguments: tuple[Node, ...]
    sign: str = "~"

    @property
    def parts(self) -> tuple[Node, ...]:
        return *(part for part in (self.subject,) if part), *self.given, *self.arguments


@light_value(eq=False)
class Membership(Node):
    """A name, if any, and the values that it may take, y ∈ (0, 1), or y = 1, 2, … without brackets; ``numbers`` is a
    set of numbers by its letter, R or N0, in place of values."""

    subject: Node | None
    items: tuple[Node, ...]
    brackets: str
    numbers: str = ""


@light_value(eq=False)
class Labelled(Node):
    """A relation with a name in front: H_0: μ_1 = μ_2."""

    label: Node
    relation: Relation


@light_value(eq=False)
class Cases(Node):
    """A left side and its values, each with the words of its condition; the left side may be missing."""

    subject: Node | None
    rows: tuple[tuple[Node, str], ...]


@light_value(eq=False)
class Range(Node):
    """An index and what it runs through: i = 1, …, t; without an end, 0, 1, 2, …"""

    index: Node
    first: Node
    last: Node | None = None


@light_value(eq=False)
class Dimension(Node):
    """A name and its dimensions: Z : n × q, or X ∈ R^{n × p}."""

    subject: Node
    size: Node
    sign: str


@light_value(eq=False)
class Display(Node):
    """The statements of a text, in order."""

    statements: tuple[Node, ...]

    @property
    def parts(self) -> tuple[Node, ...]:
        return self.statements


def postorder(root: Node, without: Container[Node] = frozenset()) -> Iterator[Node]:
    """The root and the nodes below it, children first, each node once, without recursion; none of those ``without``."""
    done: set[Node] = set()
    opened: set[Node] = set()
    pending = [root]
    while pending:
        node = pending.pop()
        if node not in opened and (parts := node.parts):
            opened.add(node)
            pending.append(node)
            pending += [part for part in reversed(parts) if part not in without] if without else reversed(parts)
        elif node not in done:
            done.add(node)
            yield node

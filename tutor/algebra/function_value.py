"""The value of a function of which only the name is known, as a number of SymPy: γ(d) in the entries of a matrix."""

from __future__ import annotations

from typing import Any

import sympy

from tutor.algebra.applied import Applied
from tutor.algebra.nodes import Scalar
from tutor.algebra.tree import Tree


class FunctionValue(sympy.Expr):
    """What `Applied` is among trees, for arguments that are numbers; SymPy's own γ(d) would be Euler's function.

    >>> FunctionValue(sympy.Symbol("gamma"), sympy.Symbol("d")).xreplace({sympy.Symbol("d"): sympy.Integer(2)})
    gamma(2)
    """

    is_commutative = True
    is_real = True

    @property
    def function(self) -> str:
        """The name of the function."""
        return str(self.args[0])

    @property
    def arguments(self) -> tuple[sympy.Expr, ...]:
        return self.args[1:]  # pyright: ignore[reportReturnType]

    @property
    def free_symbols(self) -> set[sympy.Basic]:
        """Those of the arguments: the name of the function stands for no number."""
        return {symbol for argument in self.arguments for symbol in argument.free_symbols}

    def at(self, *arguments: sympy.Expr) -> FunctionValue:
        """The value of the same function at other arguments."""
        return FunctionValue(self.args[0], *arguments)

    def _sympystr(self, printer: Any) -> str:
        return f"{self.function}({', '.join(map(printer.doprint, self.arguments))})"


def as_number(tree: Tree) -> sympy.Expr | None:
    """A number, or the value of a function by its name and of numbers, as a number of SymPy; None for another tree."""
    if isinstance(tree, Scalar):
        return tree.value
    if not (isinstance(tree, Applied) and tree.is_scalar and tree.function.isalpha()) or tree.below or tree.parted:
        return None
    values = [argument.value for argument in tree.arguments if isinstance(argument, Scalar)]
    return FunctionValue(sympy.Symbol(tree.function), *values) if len(values) == len(tree.arguments) else None


def as_tree(value: sympy.Expr) -> Tree:
    """A number as a tree; the value of such a function is one of its own."""
    if not isinstance(value, FunctionValue):
        return Scalar(value)
    return Applied(value.function, tuple(map(Scalar, value.arguments)))

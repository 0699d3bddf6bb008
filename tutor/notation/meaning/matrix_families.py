r"""Distributions of a whole covariance matrix, Σ ~ Wishart(ν, S) and W_i ~ IW_p(ν, U)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tutor.algebra.sizes import ONE
from tutor.algebra.tree import Tree
from tutor.notation.meaning.combine import meet_along
from tutor.notation.meaning.context import Context
from tutor.notation.meaning.elaborate import elaborate
from tutor.notation.meaning.newcomers import square_matrix
from tutor.notation.parsing import syntax
from tutor.notation.parsing.families import family

_OF_MATRICES = frozenset({"Wishart", "InverseWishart"})


def is_of_matrices(node: syntax.Distributed) -> bool:
    """Whether what is distributed so is a matrix, and one of two parameters the degrees of freedom, or the only one a
    number, as the shape of the distribution of Lewandowski, Kurowicka and Joe (2009)."""
    name = family(node.family.letters)
    return (name in _OF_MATRICES and len(node.arguments) == 2) or (name == "LKJ" and len(node.arguments) == 1)


def family_of(name: str, parameters: Sequence[Tree]) -> str:
    """The key of a family by its name and parameters: MN(μ, Σ) is the multivariate normal one, which of a number of
    trials and of probabilities, MN(n, π), or of three matrices it is not."""
    is_normal = name == "MN" and len(parameters) == 2 and not any(tree.is_scalar for tree in parameters)
    return "N" if is_normal and parameters[1].columns != ONE else family(name)


def of_matrix(node: syntax.Distributed, context: Context) -> Sequence[Tree]:
    """The matrix, and its two parameters: degrees of freedom, a number, and a scale matrix of its own size."""
    assert node.subject is not None
    counts = [part for part in node.arguments if _is_count(part)]
    names = {part for count in counts for part in syntax.postorder(count)} if len(counts) == 1 else set[syntax.Node]()
    context = replace(context, numbers=context.numbers | names)
    subject = _matrix(node.subject, context)
    arguments = [elaborate(part, context) if part in counts else _matrix(part, context) for part in node.arguments]
    for argument in arguments:
        if not argument.is_scalar:
            meet_along(subject, 0, argument, 0, context)
            meet_along(subject, 0, argument, 1, context)
    return [subject, *arguments]


def _is_count(node: syntax.Node) -> bool:
    """Whether a parameter is made of small letters and numbers: ν, n − 1, p + 1."""
    parts = list(syntax.postorder(node))
    named = [part for part in parts if isinstance(part, syntax.Named)]
    plain = (syntax.Named, syntax.Number, syntax.Sum, syntax.Chain, syntax.Group)
    return all(isinstance(part, plain) for part in parts) and all(
        not part.spelling.bold and (part.spelling.letters[0].islower() or part.spelling.letters in {"N", "J"})
        for part in named
    )


def _matrix(node: syntax.Node, context: Context) -> Tree:
    tree = elaborate(node, context)
    if isinstance(node, syntax.Named) and tree.is_scalar and context.vocabulary.takes_new_names:
        return square_matrix(node, context)
    return tree

"""The rules of the grammar as nodes of syntax: what each makes of its pieces."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from lark import UnexpectedToken

from tutor.notation.parsing import syntax
from tutor.notation.parsing.all_members import below_each_other
from tutor.notation.parsing.arguments import (
    density,
    effect_of,
    function_of,
    in_round_brackets,
    semicolons,
    told_apart,
)
from tutor.notation.parsing.dependence import regrouped
from tutor.notation.parsing.distributed import distributed, each_distributed
from tutor.notation.parsing.evaluations import EVALUATED
from tutor.notation.parsing.generic_member import terms_without_member, without_member
from tutor.notation.parsing.partitions import is_partition, with_ones
from tutor.notation.parsing.prefixes import with_whole_arguments
from tutor.notation.parsing.programs import as_in_programs, counted, rows_between_semicolons, with_logarithms
from tutor.notation.parsing.suffixes import suffixed, truth
from tutor.notation.parsing.token import Spelling, Token


class _Braced(NamedTuple):
    """An argument with the place of its braces."""

    start: int
    end: int
    inner: syntax.Node


def _unbraced(argument: _Braced | syntax.Node) -> syntax.Node:
    return argument.inner if isinstance(argument, _Braced) else argument


class _Items(tuple[Any, ...]):
    """Items between commas, or semicolons; ``parted`` says behind how many of them one of these stands."""

    parted: tuple[int, ...] = ()


class _Domain(NamedTuple):
    """Values between brackets, and the brackets."""

    end: int
    items: tuple[syntax.Node, ...]
    brackets: str


class SyntaxBuilder:
    """Makes a node of syntax of each rule of the grammar; methods are named as the rules."""

    def display(self, found: list[Any]) -> syntax.Display:
        told = (item if isinstance(item, tuple) else (item,) for item in found if not isinstance(item, Token))
        statements = tuple(statement for group in told for statement in group)
        return syntax.Display(statements[0].start, statements[-1].end, statements)

    def relation(self, found: list[Any]) -> syntax.Relation:
        signs = tuple(token.value for token in found[1::2])
        return syntax.Relation(found[0].start, found[-1].end, signs, tuple(found[::2]))

    def range(self, found: list[Any]) -> syntax.Range:
        last = found[4] if len(found) > 4 else None
        return syntax.Range(found[0].start, found[-1].end, found[0], found[2], last)

    def dimension(self, found: list[Any]) -> syntax.Dimension:
        return syntax.Dimension(found[0].start, found[2].end, found[0], found[2], found[1].value)

    membership = dimension

    def labelled(self, found: list[Any]) -> syntax.Labelled:
        label, _, *sides = found
        return syntax.Labelled(label.start, found[-1].end, label, self.relation(sides))

    def cases(self, found: list[Any]) -> syntax.Cases:
        subject = found[0] if len(found) > 1 else None
        return syntax.Cases(found[0].start, found[-1].end, subject, found[-1].value)

    def domain(self, found: list[Any]) -> _Domain:
        brackets = f"{found[0].value}{found[-1].value}".replace("\\", "")
        return _Domain(found[-1].end, tuple(found[1:-1:2]), brackets)

    def membership_of_domain(self, found: list[Any]) -> syntax.Membership:
        subject, _, domain = found
        return syntax.Membership(subject.start, domain.end, subject, without_member(domain.items), domain.brackets)

    def membership_of_set(self, found: list[Any]) -> syntax.Membership:
        subject, _, numbers = found
        return syntax.Membership(subject.start, numbers.end, subject, (), "", numbers.value)

    def enumerated(self, found: list[Any]) -> syntax.Membership:
        return syntax.Membership(found[0].start, found[-1].end, found[0], without_member(found[2::2]), "")

    def enumeration(self, found: list[Any]) -> syntax.Membership:
        return syntax.Membership(found[0].start, found[-1].end, None, without_member(found[::2]), "")

    def relation_without_right_side(self, found: list[Any]) -> syntax.Relation:
        raise UnexpectedToken(Token("$END", "", found[1].end, found[1].end), set())  # pyright: ignore[reportArgumentType]

    def distribution(self, found: list[Any]) -> syntax.Distributed:
        return distributed(found)

    def distribution_alone(self, found: list[Any]) -> syntax.Distributed:
        return syntax.Distributed(found[0].start, found[-1].end, None, (), found[0].value, found[2])

    def distributions(self, found: list[Any]) -> tuple[syntax.Node, ...]:
        return each_distributed(found)

    def related_distribution(self, found: list[Any]) -> tuple[syntax.Node, ...]:
        """t = (a − b)/se ~ t_ν: an equation, and the distribution of its left side."""
        *sides, sign, family = found
        return self.relation(sides), self.distribution([sides[0], sign, family])

    def related_membership(self, found: list[Any]) -> tuple[syntax.Node, ...]:
        *sides, sign, space = found
        return self.relation(sides), self.dimension([sides[0], sign, space])

    def related_membership_of_domain(self, found: list[Any]) -> tuple[syntax.Node, ...]:
        """ρ = τ_01/(τ_0τ_1) ∈ [−1, 1]: an equation, and where its left side lies."""
        *sides, sign, domain = found
        return self.relation(sides), self.membership_of_domain([sides[0], sign, domain])

    def conditional_distribution(self, found: list[Any]) -> syntax.Distributed:
        subject, _, given, sign, (name, arguments, end) = found
        return syntax.Distributed(subject.start, end, subject, given, name, arguments, sign.value)

    def conditional_distributions(self, found: list[Any]) -> tuple[syntax.Node, ...]:
        """α_j, β_j | τ ~ N(0, τ²) as one statement for each; whole vectors, β, u | y ~ N(m, C), as one column."""
        *subjects, bar, given, sign, family = found
        told = below_each_other(subjects[::2], family[0], family[1])
        return tuple(self.conditional_distribution([subject, bar, given, sign, family]) for subject in told)

    def family(self, found: list[Any]) -> tuple[Spelling, tuple[syntax.Node, ...], int]:
        return found[0].value, found[2], found[3].end

    def family_alone(self, found: list[Any]) -> tuple[Spelling, tuple[syntax.Node, ...], int]:
        return found[0].value, (), found[0].end

    def items(self, found: list[Any]) -> _Items:
        items = _Items(found[::2])
        items.parted = semicolons(found[1::2])
        return items

    def sum(self, found: list[Any]) -> syntax.Sum:
        start = found[0].start
        if not isinstance(found[0], Token):
            found = [Token("PLUS", "+", start, start), *found]
        signs, terms = terms_without_member([token.value for token in found[::2]], found[1::2])
        return syntax.Sum(start, found[-1].end, signs, terms)

    def kronecker(self, found: list[Any]) -> syntax.Kronecker:
        return syntax.Kronecker(found[0].start, found[-1].end, tuple(found[::2]))

    def chain(self, found: list[Any]) -> syntax.Node:
        signs: list[str] = [""]
        sign = ""
        found = with_whole_arguments(with_logarithms(regrouped(found)))
        if len(found) == 1:
            return found[0]
        factors = [found[0]]
        for item in found[1:]:
            if isinstance(item, Token):
                sign = str(item.value)
                continue
            signs.append(sign)
            factors.append(item)
            sign = ""
        return syntax.Chain(found[0].start, found[-1].end, *terms_without_member(signs, factors))

    def signed_factor(self, found: list[Any]) -> syntax.Node:
        sign, factor = found[0], _unbraced(found[1])
        return syntax.Negated(sign.start, found[1].end, factor) if sign.type == "MINUS" else factor

    def prefixed(self, found: list[Any]) -> syntax.Call:
        name, argument = found
        return syntax.Call(name.start, argument.end, name.value, Spelling(name.value), (argument,), ("",))

    def percents(self, found: list[Any]) -> syntax.Node:
        result = found[0]
        for operator, factor in zip(found[1::2], found[2::2], strict=True):
            start, end = result.start, factor.end
            if operator.value == "%x%":
                result = syntax.Kronecker(start, end, (result, factor))
            elif operator.value == "%o%":
                result = syntax.Call(start, end, "outer", Spelling("outer"), (result, factor), ("", ""))
            elif isinstance(result, syntax.Chain):
                result = syntax.Chain(start, end, (*result.signs, "@"), (*result.factors, factor))
            else:
                result = syntax.Chain(start, end, ("", "@"), (result, factor))
        return result

    # A suffix is told as (kind, what it carries, end) until its base is known.

    def prime(self, found: list[Any]) -> tuple[str, Any, int]:
        return "prime", found[0].value, found[0].end

    def inverse(self, found: list[Any]) -> tuple[str, Any, int]:
        return "inverse", None, found[0].end

    def method(self, found: list[Any]) -> tuple[str, Any, int]:
        return "method", found[0].value, found[0].end

    def raised(self, found: list[Any]) -> tuple[str, Any, int]:
        return "raised", _unbraced(found[1]), found[1].end

    def dotted(self, found: list[Any]) -> tuple[str, Any, int]:
        return "dotted", found[2], found[3].end

    def suffixed(self, found: list[Any]) -> syntax.Node:
        base, *suffixes = found
        if [kind for kind, *_ in suffixes[:2]] == ["element", "inverse"]:
            suffixes[:2] = suffixes[1::-1]  # (X'X)_{ii}^{-1} is an element of the inverse
        while suffixes:
            kind, carried, end = suffixes.pop(0)
            if kind == "raised":
                tower = [carried]  # 2**3**2 is 2**(3**2)
                while suffixes and suffixes[0][0] == "raised":
                    _, carried, end = suffixes.pop(0)
                    tower.append(carried)
                exponent = tower[-1]
                for lower in reversed(tower[:-1]):
                    exponent = syntax.Power(lower.start, exponent.end, lower, exponent)
                base = syntax.Power(base.start, end, base, exponent)
            else:
                base = suffixed(base, kind, carried, end)
        return base

    def braces(self, found: list[Any]) -> _Braced:
        return _Braced(found[0].start, found[2].end, found[1])

    def group(self, found: list[Any]) -> syntax.Group:
        kind = syntax.Enclosed if found[0].value == EVALUATED else syntax.Group
        return kind(found[0].start, found[2].end, found[1])

    def bars(self, found: list[Any]) -> syntax.Node:
        start, end, inner = found[0].start, found[2].end, found[1]
        if found[0].value == "‖":
            return syntax.Call(start, end, "norm", Spelling("norm", subscript=found[2].value), (inner,), ("",))
        if isinstance(inner, syntax.Bars):  # \vert \vert x \vert \vert
            return syntax.Call(start, end, "norm", Spelling("norm"), (inner.inner,), ("",))
        return syntax.Bars(start, end, inner)

    def binomial(self, found: list[Any]) -> syntax.Call:
        arguments = tuple(map(_unbraced, found[1:]))
        return syntax.Call(found[0].start, found[2].end, "binomial", Spelling("binomial"), arguments, ("", ""))

    def density(self, found: list[Any]) -> syntax.Call | syntax.Matrix:
        opening, inner, _, given, closing = found
        inner = with_ones(inner, given)
        if is_partition(inner, given):
            return syntax.Matrix(opening.start, closing.end, ((inner, given),), "bmatrix")
        return density(opening, (syntax.Conditional(inner.start, given.end, inner, (given,)),), closing)

    def hadamard(self, found: list[Any]) -> syntax.Call:
        factors = tuple(found[::2])
        spelling = Spelling(found[1].value)
        return syntax.Call(found[0].start, found[-1].end, "hadamard", spelling, factors, ("",) * len(factors))

    def direct_sum(self, found: list[Any]) -> syntax.Call:
        blocks = without_member(found[::2])
        return syntax.Call(found[0].start, found[-1].end, "blockdiag", Spelling("⊕"), blocks, ("",) * len(blocks))

    def operated(self, found: list[Any]) -> syntax.Operated:
        sign, body = found
        return syntax.Operated(sign.start, body.end, sign.value, body)

    def derivative(self, found: list[Any]) -> syntax.Derivative:
        sign, of, by = found
        return syntax.Derivative(sign.start, by.end, _unbraced(of), _unbraced(by), *sign.value)

    def derivation(self, found: list[Any]) -> syntax.Derivative | syntax.Evaluated:
        sign, by, of = found
        *before, last = of.factors if isinstance(of, syntax.Chain) else (of,)
        if isinstance(last, syntax.Evaluated) and not isinstance(last.inner, syntax.Enclosed):
            # the bar behind what is derived is one of the derivative
            inner = replace(of, factors=(*before, last.inner), end=last.inner.end) if before else last.inner
            return replace(last, start=sign.start, inner=self.derivation([sign, by, inner]))
        return syntax.Derivative(sign.start, of.end, of, _unbraced(by), *sign.value)

    def derivative_in_line(self, found: list[Any]) -> syntax.Derivative | syntax.Evaluated:
        sign, of, _, _, by = found
        if isinstance(by, syntax.Evaluated):  # the bar behind ∂ℓ/∂θ is one of the derivative
            whole = syntax.Derivative(sign.start, by.inner.end, of, by.inner, *sign.value)
            return replace(by, start=sign.start, inner=whole)
        return syntax.Derivative(sign.start, by.end, of, by, *sign.value)

    def integral(self, found: list[Any]) -> syntax.Integral:
        sign, body, differential = found
        return syntax.Integral(sign.start, differential.end, sign.value, body, differential.value)

    def operator_alone(self, found: list[Any]) -> syntax.Operated:
        return syntax.Operated(found[0].start, found[0].end, found[0].value, None)

    def compared(self, found: list[Any]) -> syntax.Node:
        given = found.pop() if isinstance(found[-2], Token) and found[-2].type == "GIVEN" else None
        if given is not None:
            found.pop()
        signs = tuple(token.value for token in found[1::2])
        event = syntax.Compared(found[0].start, found[-1].end, signs, tuple(found[::2]))
        return event if given is None else syntax.Conditional(event.start, given.end, event, (given,))

    def conditional_on_event(self, found: list[Any]) -> syntax.Conditional:
        return syntax.Conditional(found[0].start, found[-1].end, found[0], (self.compared(found[2:]),))

    def event_on_event(self, found: list[Any]) -> syntax.Conditional:
        bar = next(at for at, part in enumerate(found) if isinstance(part, Token) and part.type == "GIVEN")
        return self.conditional_on_event([self.compared(found[:bar]), *found[bar:]])

    def conditional_alone(self, found: list[Any]) -> syntax.Conditional:
        return syntax.Conditional(found[0].start, found[2][-1].end, found[0], found[2])

    def evaluated(self, found: list[Any]) -> tuple[str, Any, int]:
        return "evaluated", found[0].value, found[0].end

    def element(self, found: list[Any]) -> tuple[str, Any, int]:
        return "element", found[0].value, found[0].end

    def factorial(self, found: list[Any]) -> tuple[str, Any, int]:
        return "method", "factorial", found[0].end

    def listed(self, found: list[Any]) -> syntax.Node:
        items = tuple(found[1:-1:2])
        if found[0].type == "LSQB" and any(isinstance(item, syntax.Conditional) for item in items):
            return density(found[0], items, found[-1], semicolons(found[2:-1:2]))
        if found[0].type == "LSQB" and (rows := rows_between_semicolons(found[1:-1])) is not None:
            return syntax.Matrix(found[0].start, found[-1].end, rows, "list")
        if found[0].type == "LPAR":
            return in_round_brackets(found[0].start, found[-1].end, items, semicolons(found[2:-1:2]))
        return syntax.Listed(found[0].start, found[-1].end, without_member(items))

    def number(self, found: list[Any]) -> syntax.Number:
        return syntax.Number(found[0].start, found[0].end, found[0].value)

    def named(self, found: list[Any]) -> syntax.Named:
        return found[0].value

    def calculus(self, found: list[Any]) -> syntax.Calculus:
        return syntax.Calculus(found[0].start, found[0].end)

    def matrix(self, found: list[Any]) -> syntax.Matrix:
        return found[0].value

    def fraction(self, found: list[Any]) -> syntax.Fraction:
        return syntax.Fraction(found[0].start, found[2].end, _unbraced(found[1]), _unbraced(found[2]))

    def root(self, found: list[Any]) -> syntax.Root:
        degree = found[2] if len(found) > 2 else None
        return syntax.Root(found[0].start, found[-1].end, _unbraced(found[-1]), degree)

    def call(self, found: list[Any]) -> syntax.Call:
        name, _, items, closing = found
        keywords = tuple(item[0] if isinstance(item, tuple) else "" for item in items)
        arguments = tuple(item[1] if isinstance(item, tuple) else item for item in items)
        function, spelling, power = name.value
        parted: tuple[int, ...] = ()
        if not any(keywords):
            function = function_of(function, spelling, items.parted, arguments)
            arguments, parted = told_apart(function, arguments, items.parted)
            if power and len(arguments) == 1 and function == "phi":
                arguments = (effect_of(arguments[0]) or arguments[0],)
            keywords = ("",) * len(arguments)
        return as_in_programs(
            syntax.Call(name.start, closing.end, function, spelling, arguments, keywords, power, parted)
        )

    def ellipsis(self, found: list[Any]) -> syntax.Ellipsis:
        return syntax.Ellipsis(found[0].start, found[0].end)

    def keyword(self, found: list[Any]) -> tuple[str, syntax.Node]:
        return found[0].value, truth(found[1])

    def counting(self, found: list[Any]) -> syntax.Call:
        numbers = counted(found[0], found[2])
        if numbers is None:
            raise UnexpectedToken(found[1], set())
        return numbers

    def given_in_brackets(self, found: list[Any]) -> syntax.Conditional:
        return syntax.Conditional(found[0].start, found[-1].end, found[1], (found[3],))

    def event_given_in_brackets(self, found: list[Any]) -> syntax.Conditional:
        return self.conditional_on_event(found[1:-1])

    def conditional(self, found: list[Any]) -> syntax.Conditional:
        return syntax.Conditional(found[0].start, found[2].end, found[0], (found[2],))

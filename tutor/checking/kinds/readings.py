"""A text that was read, as a reference: what it states decides how the answer is judged."""

from __future__ import annotations

from tutor.checking.answers import Answer
from tutor.checking.judge import Request, judge
from tutor.checking.kinds.equations import system_of
from tutor.checking.kinds.index_models import index_model
from tutor.checking.kinds.statements import Statements
from tutor.checking.verdict import Verdict
from tutor.notation.read import Reading, read
from tutor.notation.vocabulary import element_vocabulary


@judge.register
def judge_reading(asked: Reading, answer: Answer, request: Request) -> Verdict:
    """The verdict by the single expression or statement of a text, or by all of its statements."""
    if asked.tree is not None:
        return judge(asked.tree, answer, request)
    if asked.kind == "index-model":
        return judge(index_model(read(asked.text, element_vocabulary()).parts), answer, request)
    if len(asked.parts) == 1:
        return judge(asked.parts[0], answer, request)
    system = system_of(asked.parts)
    return judge(Statements(asked.parts) if system is None else system, answer, request)

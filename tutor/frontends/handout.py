"""A worksheet and its key as LaTeX documents that pdflatex compiles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tutor.algebra.nodes import Scalar
from tutor.algebra.rules import Derivation
from tutor.algebra.tree import Tree
from tutor.bank import ExerciseFile
from tutor.checking.check import read_reference
from tutor.checking.judge import Plain
from tutor.checking.kinds.choices import Choice
from tutor.checking.kinds.dimensions import Dimensions, sizes_of_answer
from tutor.checking.lines.judging import Lines
from tutor.errors import ReadError, ShapeError, TutorError
from tutor.exercise import Exercise, Mistake, Question
from tutor.frontends import markdown
from tutor.frontends.document import MARK, display, document
from tutor.frontends.files import write_whole
from tutor.models.inference.explained import Explained
from tutor.notation.parsing.parse import Parse
from tutor.notation.vocabulary import Vocabulary
from tutor.notation.write import latex
from tutor.notation.writing.prose import text_to_latex
from tutor.notation.writing.prose_formula import escape_text
from tutor.session import vocabulary_for, written_reference

_AT_THE_END = r"\unskip\nobreak\hfil\penalty50\hskip1em\null\nobreak\hfill"
"""Before what stands at the right end of the last line, or of one more where that is full. Source: The TeXbook, 14."""


def write_handout(file: ExerciseFile, *, seed: int, folder: Path, key: bool) -> tuple[Path, ...]:
    """Write the worksheet of a variant, and with ``key`` its key, into a folder; the paths that were written.

    Raises
    ------
    TutorError
        When the exercise cannot make the variant, or a file cannot be written.
    """
    exercise = file.variant(seed)
    stem = f"{file.name}-{seed}"
    written = [write_whole(folder / f"{stem}.tex", worksheet(exercise), mark=MARK)]
    if key:
        written.append(write_whole(folder / f"{stem}-key.tex", answer_key(exercise), mark=MARK))
    return tuple(written)


def worksheet(exercise: Exercise) -> str:
    """The worksheet of an exercise, a whole LaTeX document with room to write."""
    parts = [markdown.latex(exercise.story)]
    parts += [_with_room(number, question) for number, question in enumerate(exercise.questions, 1)]
    name = r"Name: \underline{\hspace{7cm}}\hfill Date: \underline{\hspace{3cm}}"
    return document(exercise.title, [name, *parts], footer=_variant(exercise))


def answer_key(exercise: Exercise) -> str:
    """The key of an exercise, a whole LaTeX document: solutions with their reasons, and the mistakes to expect."""
    parts = [markdown.latex(exercise.story)]
    parts += [_question(number, question, _answer(question)) for number, question in enumerate(exercise.questions, 1)]
    return document(f"Key: {exercise.title}", parts, footer=_variant(exercise))


def _variant(exercise: Exercise) -> str:
    return f"{exercise.name}, variant {exercise.seed}"


def _question(number: int, question: Question, below: str) -> str:
    points = f"{question.points:g} {'point' if question.points == 1 else 'points'}"
    head = rf"\textbf{{{number}.}} {markdown.latex(question.prompt)}{_AT_THE_END}\mbox{{({points})}}"
    options = markdown.latex(question.asked.removeprefix(question.prompt))
    return "\n\n".join(filter(None, (head, options, below)))


def _with_room(number: int, question: Question) -> str:
    """A question and the room for its answer, which no page parts."""
    inside = _question(number, question, rf"\vspace*{{{question.room:g}cm}}")
    return rf"\begin{{minipage}}{{\linewidth}}\setlength{{\parskip}}{{0.5\baselineskip}}{inside}\end{{minipage}}"


def _answer(question: Question) -> str:
    return "\n\n".join(_answer_parts(question))


def _answer_parts(question: Question) -> Iterator[str]:
    # The reference may have another form than the one that is demanded, which the solution shows.
    is_free = not (question.without or question.form) or not question.solution
    if is_free and not isinstance(question.reference, Lines):
        yield rf"\textit{{Answer.}} {_reference(question)}"
    if question.solution:
        yield r"\textit{Solution.} " + _solution(question.solution)
    if question.mistakes:
        yield r"\textit{Mistakes to expect, and what to say.}\par\nopagebreak"
        yield _mistakes(question)


def _reference(question: Question) -> str:
    text = written_reference(question)
    if isinstance(question.reference, Choice):
        return escape_text(text)  # letters of options, not names
    if isinstance(question.reference, Plain | bool):
        return markdown.latex(text)
    return rf"$\displaystyle {text}$"


def _solution(solution: object) -> str:
    if isinstance(solution, Derivation | Tree | Explained):
        return display(solution)
    return markdown.latex(str(solution))


def _mistakes(question: Question) -> str:
    vocabulary = vocabulary_for(question)
    rows = [
        rf"{_told(question, mistake, vocabulary)} & {markdown.latex(mistake.say)} \\\noalign{{\vskip 4pt}}"
        for mistake in question.mistakes
    ]
    columns = (
        r"@{}>{\raggedright\arraybackslash}p{0.36\linewidth}@{\quad}>{\raggedright\arraybackslash}p{0.59\linewidth}@{}"
    )
    return "\n".join([rf"\begin{{tabular}}{{{columns}}}", *rows, r"\end{tabular}"])


def _told(question: Question, mistake: Mistake, vocabulary: Vocabulary) -> str:
    """The answer of a mistake in LaTeX; of a choice the option."""
    chosen = question.reference.find(mistake.answer) if isinstance(question.reference, Choice) else None
    if chosen is not None:
        return markdown.latex(f"({question.reference.letter(chosen)}) {question.reference.options[chosen]}")
    if isinstance(question.reference, Dimensions):
        with suppress(TutorError):
            rows, columns = (latex(Scalar(each)) for each in sizes_of_answer(mistake.answer, vocabulary))
            return rf"${rows} \times {columns}$"
    return r" \newline ".join(typeset(line, vocabulary) for line in mistake.answer.splitlines())


def typeset(answer: str, vocabulary: Vocabulary) -> str:
    """An answer in LaTeX, in line: in the notation of the course where it can be read, otherwise as it was typed."""
    goes_on = answer.startswith("=")  # a line of a derivation
    with suppress(ReadError, ShapeError):
        first, *others = (latex((part,)) for part in read_reference(answer.removeprefix("="), vocabulary).parts)
        return ", ".join(f"${part}$" for part in (f"= {first}" if goes_on else first, *others))
    # A product that does not exist has no tree, and is an answer to expect.
    if "\\" not in answer:
        return text_to_latex(answer)
    return f"${answer}$" if answer.isascii() and _is_formula(answer) else rf"\texttt{{{escape_text(answer)}}}"


def _is_formula(text: str) -> bool:
    """Whether a text is sound LaTeX, though it may have no value."""
    try:
        Parse(text).display(0, len(text))
    except ReadError:
        return False
    return True

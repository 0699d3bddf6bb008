"""The command line. It imports the libraries of a command when that command runs, so that help is instant."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from io import TextIOWrapper
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from tutor import __version__
from tutor.errors import LocatedError, TutorError

DONE, WRONG, BAD_USAGE, BROKEN = 0, 1, 2, 3


def told(fault: TutorError) -> str:
    """An error in a line or two; the place of a located one is marked under its text."""
    problem = f"{fault.problem} {fault.tip}" if fault.tip else fault.problem
    return f"{problem}\n{fault.marked()}" if isinstance(fault, LocatedError) else problem


app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A tutor for the matrix notation of linear mixed models. Start with: tutor tour",
)

FormulaOption = Annotated[str | None, typer.Option("--formula", help="lme4 formula; needs --data.", metavar="FORMULA")]
DataOption = Annotated[
    str | None,
    typer.Option(
        "--data", help="CSV file; oats.csv and others that come with the package need no path.", metavar="FILE"
    ),
]
DesignOption = Annotated[
    str | None, typer.Option("--design", help="Named design: crd:3,4 rcbd:3,4 rcbd:t,b regression:5.", metavar="DESIGN")
]
AnswerArgument = Annotated[
    str, typer.Argument(help="LaTeX, plain text, R or NumPy spelling; - reads standard input.", metavar="ANSWER")
]
ExerciseArgument = Annotated[
    str, typer.Argument(help="An exercise of the package, or the path of one.", metavar="EXERCISE")
]
ExercisesArgument = Annotated[
    list[str] | None, typer.Argument(help="Exercises; all of the package unless told.", metavar="[EXERCISE…]")
]
LogOption = Annotated[
    Path | None,
    typer.Option("--log", help="The log of answers without a verdict; TUTOR_LOG, or the usual one.", metavar="FILE"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the whole traceback of an error.")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit(DONE)


@app.command()
def tour(
    out: Annotated[Path, typer.Option("--out", help="Where to write the LaTeX document.")] = Path("tour.tex"),
) -> None:
    """Show the whole path on a real experiment, Yates' oats.

    Example: tutor tour --out tour.tex
    """
    from tutor.frontends.tour import tour

    tour(out)


@app.command()
def derive(
    formula: Annotated[str | None, typer.Argument(help="lme4 formula; needs --data.", metavar="[FORMULA]")] = None,
    source: DataOption = None,
    design: DesignOption = None,
    what: Annotated[
        str, typer.Option("--what", help='E(y), Var(y), "Corr(y_11, y_21)", "E(MS_block)", "V^-1", "|V|", …')
    ] = "Var(y)",
    as_latex: Annotated[bool, typer.Option("--latex", help="Print LaTeX.")] = False,
    as_unicode: Annotated[bool, typer.Option("--unicode", help="Print text; the default.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Derive a moment, an inverse or a determinant, one justified step at a time. Prints only the mathematics.

    Example: tutor derive "yield ~ nitro + (1 | Block/Variety)" --data oats.csv
    """
    if as_latex + as_unicode + as_json > 1:
        raise typer.BadParameter("choose one of --latex, --unicode and --json")
    from tutor.frontends.models import model_of
    from tutor.notation.write import latex, unicode, write

    derivation = model_of(formula, source, design).derive(what)
    if as_json:
        steps = [
            {
                "rule": step.rule,
                "because": step.because,
                "assumption": step.assumption,
                "relation": step.relation,
                "unicode": unicode(step.after),
                "latex": latex(step.after),
            }
            for step in derivation.steps
        ]
        goal = {"unicode": unicode(derivation.goal), "latex": latex(derivation.goal)}
        _print_json({"goal": goal, "steps": steps})
    else:
        print(latex(derivation) if as_latex else write(derivation, "unicode", width=_terminal_width()))


@app.command()
def check(
    answer: AnswerArgument,
    reference: Annotated[
        str, typer.Option("--reference", help='What was asked for: "Var(y)", X, "y ~ N(Xβ, V)", model, …')
    ],
    formula: FormulaOption = None,
    source: DataOption = None,
    design: DesignOption = None,
    general: Annotated[bool, typer.Option("--general", help="Take X, Z, G and R as arbitrary matrices.")] = False,
    up_to: Annotated[
        list[str] | None, typer.Option("--up-to", help="What is left free: column-space, column-order, sign, scale, …")
    ] = None,
    form: Annotated[
        list[str] | None, typer.Option("--form", help="The form that is demanded: kronecker, entries, closed-form, …")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="A name, or V^-1, that has to be written out.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Judge an answer. Exit status 0 when it is right, 1 when it is not, 2 when it cannot be read.

    Without a model, both are read in the notation of the lecture. An answer of several lines, each with its =, is
    judged line by line; with - it is read from the input.

    Example: tutor check "ZGZ' + R" --reference "Var(y)" --design rcbd:3,4
    """
    from tutor.checking.check import check
    from tutor.frontends.models import asked_for, model_of
    from tutor.notation.read import Reading
    from tutor.notation.vocabulary import lecture_vocabulary

    model = model_of(formula, source, design) if formula or source or design else None
    text = sys.stdin.read() if answer == "-" else answer
    vocabulary = None if model is None else model.vocabulary
    asked = asked_for(model, reference, text)
    if model is None and isinstance(asked, Reading):
        vocabulary = lecture_vocabulary()
    verdict = check(
        text,
        asked,
        vocabulary,
        general=general,
        up_to=up_to or (),
        form=form or (),
        without=without or (),
    )
    unreadable = verdict.outcome == "unreadable"
    if as_json:
        _print_json(verdict.to_dict())
    else:
        print(verdict, file=sys.stderr if unreadable else sys.stdout)
    right = verdict.correct and verdict.form is None
    raise typer.Exit(BAD_USAGE if unreadable else DONE if right else WRONG)


@app.command()
def proofread(text: AnswerArgument, as_json: JsonOption = False) -> None:
    """Remark on the notation of a formula, apart from right and wrong. Exit status 0 when there is nothing to say.

    Example: tutor proofread "u_j ~ N(0, σ_u)"
    """
    from dataclasses import asdict

    from tutor.errors import marked
    from tutor.notation.proofread import proofread

    text = sys.stdin.read().rstrip("\n") if text == "-" else text
    findings = proofread(text)
    if as_json:
        _print_json([asdict(finding) for finding in findings])
    else:
        print("\n".join(f"{finding.sentence}\n{marked(text, finding.start, finding.end)}" for finding in findings)
              or "✓ Nothing to remark.")  # fmt: skip
    raise typer.Exit(WRONG if findings else DONE)


@app.command()
def practice(
    lesson: Annotated[
        str | None, typer.Argument(help="A lesson, or an exercise; where you left off unless told.", metavar="[LESSON]")
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Everything in words, for a screen reader.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Tell which lessons there are.")] = False,
) -> None:
    """Open an IPython prompt with a lesson.

    Example: tutor practice blocks
    """
    from tutor.frontends.practice.prompt import list_lessons, open_prompt

    if listed:
        list_lessons()
    else:
        open_prompt(lesson, plain=plain)


@app.command()
def progress(
    out: Annotated[
        str | None, typer.Argument(help="A .csv or .json file to write all of it to.", metavar="[FILE]")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, or write it to FILE.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, or write it to FILE.")] = False,
) -> None:
    """Show what you practised, or write it to a file.

    Example: tutor progress mine.csv
    """
    from tutor.frontends.practice.prompt import show_progress

    formats = [name for name, asked in (("--csv", as_csv), ("--json", as_json)) if asked]
    show_progress([*formats, *([] if out is None else [out])])


@app.command()
def exercises(
    topic: Annotated[str | None, typer.Option("--tag", help="Only those about this.", metavar="WORD")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the exercises that come with the package: what they are about, and what they build on.

    Example: tutor exercises --tag variance
    """
    from tutor.errors import UnknownNameError
    from tutor.frontends.practice import tell
    from tutor.frontends.practice.screen import Look
    from tutor.topics import entries, topics

    found = [entry for entry in entries() if topic is None or entry.is_about(topic)]
    if not found:
        raise UnknownNameError("The topic", topic or "", topics())
    if as_json:
        _print_json([asdict(entry) for entry in found])
    else:
        print(tell.exercises(found).terminal(Look.of_terminal()))


@app.command()
def sheet(
    exercise: ExerciseArgument,
    answers: Annotated[Path | None, typer.Option("--answers", help="File of answers to mark.", metavar="FILE")] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Which variant; 1 unless told.")] = None,
    out: Annotated[Path, typer.Option("--out", help="Where to write the results.")] = Path("results.json"),
    log: LogOption = None,
) -> None:
    """Print an exercise, or mark a file of answers to it.

    Example: tutor sheet rcbd_variance --answers mine.py
    """
    from tutor.bank import load
    from tutor.frontends.sheet import run_sheet

    raise typer.Exit(run_sheet(load(exercise), answers=answers, seed=seed, out=out, log=log))


@app.command()
def log(file: LogOption = None, as_json: JsonOption = False) -> None:
    """Show the instructor's log: answers that could not be judged, which cost the student nothing.

    Example: tutor log --json
    """
    from tutor.storage.undecided import cases, usual_path

    found = cases(file)
    if as_json:
        _print_json(found)
        return
    for case in found:
        place = ", ".join(f"{what} {value}" for what, value in case.get("place", {}).items())
        print(f"{case['at']}  {place}".rstrip())
        for what in ("asked", "answer", "reason"):
            print(f"    {what:7} {' '.join(str(case[what]).split())}")
    if not found:
        print(f"No answer was left undecided. The log would be {file or usual_path()}.")


@app.command()
def handout(
    exercise: ExerciseArgument,
    key: Annotated[bool, typer.Option("--key", help="Write the key as well.")] = False,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.", metavar="FOLDER")] = Path(),
    seed: Annotated[int, typer.Option("--seed", help="Which variant.")] = 1,
) -> None:
    """Write a worksheet, and with --key its key, as LaTeX for pdflatex.

    Example: tutor handout rcbd_variance --key --seed 7
    """
    from tutor.bank import load
    from tutor.frontends.handout import write_handout

    for path in write_handout(load(exercise), seed=seed, folder=out, key=key):
        print(path)


@app.command(name="new-exercise")
def new_exercise(
    name: Annotated[str, typer.Argument(help="Its name, a word such as split_plot_means.", metavar="NAME")],
    folder: Annotated[Path, typer.Option("--out", help="The folder to write to.", metavar="FOLDER")] = Path(),
) -> None:
    """Write the skeleton of an exercise, to be filled in. It passes its self-test as it is.

    Example: tutor new-exercise split_plot_means
    """
    from tutor.frontends.skeleton import write_skeleton

    path = write_skeleton(name, folder)
    print(f"{path}\nFill it in, then: tutor selftest {path}")


@app.command()
def selftest(
    exercise: ExercisesArgument = None,
    seeds: Annotated[int, typer.Option("--seeds", min=1, help="How many variants of each.")] = 200,
    as_json: JsonOption = False,
) -> None:
    """Try the package on answers known to be right or wrong, and exercises on their own declarations.

    Example: tutor selftest rcbd_variance --seeds 20
    """
    from tutor.frontends.selftest import selftest

    report = selftest(exercise or (), seeds=seeds, quiet=as_json)
    if as_json:
        _print_json(report.to_dict())
    raise typer.Exit(WRONG if report.failures else DONE)


def _terminal_width() -> int | None:
    """The columns of the terminal; None where the output goes to a file or another program, whose lines may be long."""
    return get_terminal_size((0, 0)).columns or None


def _print_json(thing: object) -> None:
    print(json.dumps(thing, ensure_ascii=False, indent=2))


def main() -> None:
    """Run the command line; ends the process with status 0, 1 or 2, or 3 for a fault of the program."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a sign shows another in its place rather than fail half-way.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    words = sys.argv[1:]
    options = words[: words.index("--")] if "--" in words else words
    if "--debug" in options:
        # Taken out here, so that it works before the command and after it.
        app(args=[word for word in options if word != "--debug"] + words[len(options) :])
    try:
        app(args=words)
    except TutorError as fault:
        print(f"tutor: {told(fault)}", file=sys.stderr)
        sys.exit(BAD_USAGE)
    except Exception as fault:  # a traceback helps nobody who did not ask for it
        print(f"tutor: this is a fault of the program, not yours: {type(fault).__name__}: {fault}", file=sys.stderr)
        print("Run it again with --debug to see where.", file=sys.stderr)
        sys.exit(BROKEN)


if __name__ == "__main__":
    main()

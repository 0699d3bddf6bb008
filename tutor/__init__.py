"""A tutor for the matrix notation of linear mixed models.

Public names are imported when they are first used, so that the command line answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tutor import display

__version__ = "0.1.0"

if TYPE_CHECKING:  # the same names as in _HOME, for editors and type checkers
    import tutor.covariance as covariance
    from tutor.algebra.build import (
        hstack as hstack,
    )
    from tutor.algebra.build import (
        identity as identity,
    )
    from tutor.algebra.build import (
        kron as kron,
    )
    from tutor.algebra.build import (
        ones as ones,
    )
    from tutor.algebra.build import (
        symbol as symbol,
    )
    from tutor.algebra.build import (
        vstack as vstack,
    )
    from tutor.algebra.build import (
        zero as zero,
    )
    from tutor.algebra.facts import facts as facts
    from tutor.algebra.laws.projections import projection as projection
    from tutor.algebra.laws.projections import residual_projection as residual_projection
    from tutor.algebra.rules import Derivation as Derivation
    from tutor.algebra.rules import Step as Step
    from tutor.algebra.tree import Tree as Tree
    from tutor.checking.check import check as check
    from tutor.checking.verdict import Verdict as Verdict
    from tutor.covariance.bivariate_plot import plot_bivariate as plot_bivariate
    from tutor.errors import (
        DataError as DataError,
    )
    from tutor.errors import (
        FormulaError as FormulaError,
    )
    from tutor.errors import (
        ReadError as ReadError,
    )
    from tutor.errors import (
        ShapeError as ShapeError,
    )
    from tutor.errors import (
        TutorError as TutorError,
    )
    from tutor.exercise import Exercise as Exercise
    from tutor.exercise import Hint as Hint
    from tutor.exercise import Mistake as Mistake
    from tutor.exercise import Question as Question
    from tutor.frontends.sheet import sheet as sheet
    from tutor.models.catalogue import alpha as alpha
    from tutor.models.catalogue import ancova as ancova
    from tutor.models.catalogue import augmented as augmented
    from tutor.models.catalogue import bibd as bibd
    from tutor.models.catalogue import crd as crd
    from tutor.models.catalogue import crossed as crossed
    from tutor.models.catalogue import crossover as crossover
    from tutor.models.catalogue import generalized_rcbd as generalized_rcbd
    from tutor.models.catalogue import graeco_latin as graeco_latin
    from tutor.models.catalogue import latin_square as latin_square
    from tutor.models.catalogue import multilocation as multilocation
    from tutor.models.catalogue import nested as nested
    from tutor.models.catalogue import one_way as one_way
    from tutor.models.catalogue import random_intercepts as random_intercepts
    from tutor.models.catalogue import random_slopes as random_slopes
    from tutor.models.catalogue import rcbd as rcbd
    from tutor.models.catalogue import regression as regression
    from tutor.models.catalogue import repeated_measures as repeated_measures
    from tutor.models.catalogue import row_column as row_column
    from tutor.models.catalogue import split_plot as split_plot
    from tutor.models.catalogue import split_split_plot as split_split_plot
    from tutor.models.catalogue import strip_plot as strip_plot
    from tutor.models.compare import compare as compare
    from tutor.models.derivations import derive as derive
    from tutor.models.from_equation import from_equation as from_equation
    from tutor.models.from_formula import model as model
    from tutor.models.glmm.model import GeneralizedModel as GeneralizedModel
    from tutor.models.glmm.model import glmm as glmm
    from tutor.models.mixed import MixedModel as MixedModel
    from tutor.models.randomization import randomize as randomize
    from tutor.models.regression_plot import plot_regression as plot_regression
    from tutor.models.units import units as units
    from tutor.notation.finding import Finding as Finding
    from tutor.notation.proofread import proofread as proofread
    from tutor.notation.read import Reading as Reading
    from tutor.notation.read import read as read
    from tutor.notation.vocabulary import Vocabulary as Vocabulary
    from tutor.notation.vocabulary import lecture_vocabulary as lecture_vocabulary
    from tutor.notation.write import Style as Style
    from tutor.notation.write import write as write
    from tutor.session import Session as Session

display.written_by("tutor.notation.write")

_HOME = {
    "crd": "tutor.models.catalogue",
    "units": "tutor.models.units",
    "randomize": "tutor.models.randomization",
    "alpha": "tutor.models.catalogue",
    "ancova": "tutor.models.catalogue",
    "augmented": "tutor.models.catalogue",
    "bibd": "tutor.models.catalogue",
    "crossed": "tutor.models.catalogue",
    "crossover": "tutor.models.catalogue",
    "generalized_rcbd": "tutor.models.catalogue",
    "graeco_latin": "tutor.models.catalogue",
    "latin_square": "tutor.models.catalogue",
    "multilocation": "tutor.models.catalogue",
    "nested": "tutor.models.catalogue",
    "one_way": "tutor.models.catalogue",
    "random_intercepts": "tutor.models.catalogue",
    "random_slopes": "tutor.models.catalogue",
    "repeated_measures": "tutor.models.catalogue",
    "row_column": "tutor.models.catalogue",
    "split_plot": "tutor.models.catalogue",
    "split_split_plot": "tutor.models.catalogue",
    "strip_plot": "tutor.models.catalogue",
    "rcbd": "tutor.models.catalogue",
    "from_equation": "tutor.models.from_equation",
    "compare": "tutor.models.compare",
    "regression": "tutor.models.catalogue",
    "plot_regression": "tutor.models.regression_plot",
    "plot_bivariate": "tutor.covariance.bivariate_plot",
    "model": "tutor.models.from_formula",
    "glmm": "tutor.models.glmm.model",
    "GeneralizedModel": "tutor.models.glmm.model",
    "MixedModel": "tutor.models.mixed",
    "proofread": "tutor.notation.proofread",
    "Finding": "tutor.notation.finding",
    "read": "tutor.notation.read",
    "Reading": "tutor.notation.read",
    "Vocabulary": "tutor.notation.vocabulary",
    "lecture_vocabulary": "tutor.notation.vocabulary",
    "write": "tutor.notation.write",
    "Style": "tutor.notation.write",
    "check": "tutor.checking.check",
    "Verdict": "tutor.checking.verdict",
    "Tree": "tutor.algebra.tree",
    "symbol": "tutor.algebra.build",
    "identity": "tutor.algebra.build",
    "ones": "tutor.algebra.build",
    "zero": "tutor.algebra.build",
    "kron": "tutor.algebra.build",
    "hstack": "tutor.algebra.build",
    "vstack": "tutor.algebra.build",
    "facts": "tutor.algebra.facts",
    "projection": "tutor.algebra.laws.projections",
    "residual_projection": "tutor.algebra.laws.projections",
    "derive": "tutor.models.derivations",
    "Derivation": "tutor.algebra.rules",
    "Step": "tutor.algebra.rules",
    "Exercise": "tutor.exercise",
    "Hint": "tutor.exercise",
    "Mistake": "tutor.exercise",
    "Question": "tutor.exercise",
    "Session": "tutor.session",
    "sheet": "tutor.frontends.sheet",
    "TutorError": "tutor.errors",
    "ShapeError": "tutor.errors",
    "ReadError": "tutor.errors",
    "FormulaError": "tutor.errors",
    "DataError": "tutor.errors",
}
"""Public name: the module that holds it."""

_PACKAGES = ("covariance",)
"""Packages that are public by their own name."""

__all__ = [
    "DataError",
    "Derivation",
    "Exercise",
    "Finding",
    "FormulaError",
    "GeneralizedModel",
    "Hint",
    "Mistake",
    "MixedModel",
    "Question",
    "ReadError",
    "Reading",
    "Session",
    "ShapeError",
    "Step",
    "Style",
    "Tree",
    "TutorError",
    "Verdict",
    "Vocabulary",
    "__version__",
    "alpha",
    "ancova",
    "augmented",
    "bibd",
    "check",
    "compare",
    "covariance",
    "crd",
    "crossed",
    "crossover",
    "derive",
    "facts",
    "from_equation",
    "generalized_rcbd",
    "glmm",
    "graeco_latin",
    "hstack",
    "identity",
    "kron",
    "latin_square",
    "lecture_vocabulary",
    "model",
    "multilocation",
    "nested",
    "one_way",
    "ones",
    "plot_bivariate",
    "plot_regression",
    "projection",
    "proofread",
    "random_intercepts",
    "random_slopes",
    "randomize",
    "rcbd",
    "read",
    "regression",
    "repeated_measures",
    "residual_projection",
    "row_column",
    "sheet",
    "split_plot",
    "split_split_plot",
    "strip_plot",
    "symbol",
    "units",
    "vstack",
    "write",
    "zero",
]


def __getattr__(name: str) -> Any:
    if name in _PACKAGES:
        return import_module(f"tutor.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'tutor' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted((*globals(), *_HOME, *_PACKAGES))


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext tutor`` calls: it gives the shell %tutor and %%tutor."""
    from tutor.frontends.ipython import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """What ``%unload_ext tutor`` calls: it takes them away again."""
    from tutor.frontends.ipython import unload

    unload(shell)

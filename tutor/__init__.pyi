"""The public names of the package and where they live: read by type checkers, and when a name is first used."""

from . import covariance as covariance
from .algebra.build import (
    hstack as hstack,
    identity as identity,
    kron as kron,
    matrix as matrix,
    ones as ones,
    symbol as symbol,
    vstack as vstack,
    zero as zero,
)
from .algebra.figure import (
    row_by_column as row_by_column,
)
from .algebra.facts import (
    facts as facts,
)
from .algebra.laws.projections import (
    projection as projection,
    residual_projection as residual_projection,
)
from .algebra.rules import (
    Derivation as Derivation,
    Step as Step,
)
from .algebra.tree import (
    Tree as Tree,
)
from .checking.check import (
    check as check,
)
from .checking.kinds.choices import (
    Choice as Choice,
)
from .checking.kinds.dimensions import (
    Dimensions as Dimensions,
)
from .checking.kinds.rounded import (
    Rounded as Rounded,
)
from .checking.lines.judging import (
    Lines as Lines,
)
from .checking.lines.numbers import (
    in_numbers as in_numbers,
)
from .checking.lines.worked import (
    worked as worked,
)
from .checking.verdict import (
    Verdict as Verdict,
)
from .covariance.bivariate_plot import (
    plot_bivariate as plot_bivariate,
)
from .errors import (
    DataError as DataError,
    FormulaError as FormulaError,
    ReadError as ReadError,
    ShapeError as ShapeError,
    TutorError as TutorError,
)
from .exercise import (
    Exercise as Exercise,
    Hint as Hint,
    Mistake as Mistake,
    Question as Question,
)
from .lesson import (
    Lesson as Lesson,
    Page as Page,
    Practice as Practice,
)
from .frontends.sheet import (
    sheet as sheet,
)
from .models.catalogue import (
    alpha as alpha,
    ancova as ancova,
    augmented as augmented,
    bibd as bibd,
    crd as crd,
    crossed as crossed,
    crossover as crossover,
    generalized_rcbd as generalized_rcbd,
    graeco_latin as graeco_latin,
    latin_square as latin_square,
    multilocation as multilocation,
    nested as nested,
    one_way as one_way,
    random_intercepts as random_intercepts,
    random_slopes as random_slopes,
    rcbd as rcbd,
    regression as regression,
    repeated_measures as repeated_measures,
    row_column as row_column,
    split_plot as split_plot,
    split_split_plot as split_split_plot,
    strip_plot as strip_plot,
)
from .models.compare import (
    compare as compare,
)
from .models.derivations import (
    derive as derive,
)
from .models.from_equation import (
    from_equation as from_equation,
)
from .models.from_formula import (
    model as model,
)
from .models.glmm.model import (
    GeneralizedModel as GeneralizedModel,
    glmm as glmm,
)
from .models.mixed import (
    MixedModel as MixedModel,
)
from .models.randomization import (
    randomize as randomize,
)
from .models.regression_plot import (
    plot_regression as plot_regression,
)
from .models.units import (
    units as units,
)
from .notation.finding import (
    Finding as Finding,
)
from .notation.proofread import (
    proofread as proofread,
)
from .notation.read import (
    Reading as Reading,
    read as read,
)
from .notation.vocabulary import (
    Vocabulary as Vocabulary,
    lecture_vocabulary as lecture_vocabulary,
)
from .notation.write import (
    Style as Style,
    write as write,
)
from .session import (
    Session as Session,
)

__version__: str

def load_ipython_extension(shell: object) -> None: ...
def unload_ipython_extension(shell: object) -> None: ...

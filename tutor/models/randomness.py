r"""The words by which pages of several languages say that something is random, is drawn, has a variance, or is fixed.

Words are small and without accents here: zufällig is zufallig, aléatoire is aleatoire.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum, auto
from functools import lru_cache


class Kind(Enum):
    """What a word tells of randomness."""

    RANDOM = auto()
    """Random, stochastic, zufällig, aléatoire: what it speaks of has a distribution."""
    LAW = auto()
    """Normal, Gaussian, distributed, iid."""
    VARIANCE = auto()
    """Variance, variation, heterogeneity."""
    SAMPLE = auto()
    """A sample, a population from which something is drawn."""
    VARY = auto()
    CORRELATED = auto()
    PRIOR = auto()
    """A prior, exchangeable, shrunken."""
    MODEL = auto()
    """A mixed or multilevel model, an intraclass correlation, components of variance: there is a random effect."""
    ERROR = auto()
    """An error, which may be that of another stratum."""
    INDEPENDENT = auto()
    """Independent or uncorrelated, which names are that are random."""
    FIXED = auto()
    NESTED = auto()


def _words(stems: str) -> re.Pattern[str]:
    """The pattern of words that have one of some stems, which blanks part."""
    return re.compile("|".join(stems.split()))


_STEMS: dict[Kind, str] = {
    Kind.RANDOM: r"""
        random(?:ly|ness|e|es)? random-?(?:effe[ck]t|factor|intercept|slope|coefficient)\w* stochasti\w+
        probabilistic\w* chance unsystematic haphazard\w* frailt(?:y|ies) latent(?:e|en)? unobserv(?:ed|able)
        reali[sz](?:ations?|aciones) realisierung\w* draws? zufall\w* zufaell\w* \w+zufall\w* unbeobachtet\w*
        aleator(?:i[oa]s?|iamente|iedad) aleatoire\w* aleas? inobserv\w* casual[ei] casualmente inosservat\w*
        acaso azar willekeurig\w* toevallig\w* toevals\w* aselect\w* slumpm\w+ tilf(?:e|ae|æ)ldig\w* losow\w+ nahodn\w*
        acak rastgele rassal случаин\w* случайн\w* .*(?:随机|隨機|ランタム|ランダム|変量|변량|무작위|랜덤).*
        """,
    Kind.LAW: r"""
        normal(?:ly|e|es|i|is|en|er|mente|ement)? gauss\w* normalverteil\w* normaal\w* iid nid niid
        bell-shaped zero-mean mean-zero centered centred zentriert\w* distribut\w+ verteil\w* verdeel\w*
        distribuid[oa]s? distribuyen distribue\w* symmetrically
        """,
    Kind.VARIANCE: r"""
        varian[cz](?:e|es|a|as|ia|ias) varianz varianzen variantie varianties heterogen\w* variabil\w*
        variations? variaciones dispersions? spread scatter streuung\w* dispersi\w+ unexplained sds?
        standardabweichung\w* ecarts?-types? standaardafwijking\w* standaarddeviatie\w*
        """,
    Kind.SAMPLE: r"""
        samples? sampled drawn stichproben? zufallsstichprobe\w* gezogen\w* muestras? amostras? echantillons?
        campion[ei] steekproef\w* getrokken tires extraid[oa]s? estratt[ie] populations? superpopulations? universe
        poblacion(?:es)? populac\w+ popolazion[ei] grundgesamtheit\w* populatie\w*
        """,
    Kind.VARY: r"""
        var(?:y|ies|ied|ying) variier\w* schwank\w* varie varient varia varian variano variam varieren varieert
        fluctuat\w* differs?
        """,
    Kind.CORRELATED: r"""
        correlat\w+ correl[ae]\w* korreli\w* korrelation\w* gecorreleerd\w* covar(?:y|ies) co-?varian[cz]\w*
        kovarianz\w* covarianti?es?
        """,
    Kind.PRIOR: r"""
        priors? hyperpriors? hyperparameters? posteriors? exchangeab\w* austauschbar\w* echangeab\w*
        intercambiab\w* shr[iau]n\w+ pool(?:ed|ing) penali[sz]ed regulari[sz]ed bayesian bayesiano? bayesien
        integrated marginali[sz]ed
        """,
    Kind.MODEL: r"""
        (?:multi|two|three)-?level\w* mehrstufig\w* mehrebenen\w* multiniveau\w* multinivel\w* multilivello
        hierarchi\w* hierarqui\w* jerarqui\w* gerarchi\w* intra-?class intra-?cluster icc blups? reml
        varianzkomponente\w* glmms? lmms? lmer glmer mixed-?(?:effects?|models?)(?:-\w+)?
        zufallseffekt\w*modell\w*
        """,
    Kind.INDEPENDENT: r"""
        independent uncorrelated unabhangig\w* unkorreliert\w* independante?s? independientes? indipendenti?e?
        onafhankelijk\w* ongecorreleerd\w* noncorreles
        """,
    Kind.ERROR: r"""
        errors? noise disturbances? shocks? innovations? \w*fehlers? rauschen storung\w* erreurs? bruit
        perturba\w+ error(?:es|i|e) ruido rumore erros? fout fouten ruis
        """,
    Kind.FIXED: r"""
        fixed fixed-effects? constants? deterministic\w* systematic fest feste[nrsm]? fixe[sn]? fij[oa]s?
        fiss[oaie] fix[oa]s? vaste? konstant\w* deterministisch\w* .*固定.*
        """,
    Kind.NESTED: r"""
        nested verschachtelt\w* geschachtelt\w* genestet\w* emboite\w* anidad[oa]s? annidat[oaie] aninhad[oa]s?
        genest
        """,
}
_WORD = re.compile("|".join(f"(?P<{kind.name}>{'|'.join(stems.split())})" for kind, stems in _STEMS.items()))

_MIXED = _words(r"""
    mixed mixtes? mixtos? mist[oi] gemischt\w* gemengde?
    """)
_OF_MODELS = _words(r"""
    models? modell\w* modeles? modelos? modello effects? effekt\w* effets? efectos? linear lineaire
    """)
_COMPONENTS = _words(r"""
    components? composantes? component[ei]s? componenten
    """)

_MEAN = _words(
    "means? expectations? erwartungswert\\w* mittelwert\\w* moyennes? esperances? medias? gemiddelde verwachting"
)
_DEVIATION = _words("deviations? desviaci\\w+ deviazion[ei] desvios?")
_STANDARD = _words("standard tipicas? estandar padrao")
_ZERO = _words("0 zero null nulles? nul cero nulla nullo")
"""A mean that is zero, which only what is random has."""

_ALLOCATED = _words(r"""
    assign\w* allocat\w* allot\w* randomi[sz]\w* randomisier\w* arrang\w* order(?:ed|ing)? laid placed permut\w*
    zuordn\w* zugeordnet\w* zugewiesen\w* zuteil\w* zugeteilt\w* zuweis\w* angeordnet asign\w* atribu\w*
    sorte\w+ assegna\w* repart\w* attribu\w* lots? .*(?:割り?付|随机分|隨機分|배정|할당).*
    affecte\w* toegewezen toewijz\w* verloot\w* aleatorizad\w*
    casualizad\w* applied numbers? seeds? walk
    """)
"""What is done at random in a design: randomization makes no effect random."""

_COLLECTED = _words("taken collected analy[sz]ed measured dried weighed entnommen genommen preleves tomadas? prelevati")
"""What is done with samples of soil or blood."""

_POPULATION = _words(
    "populations? poblacion(?:es)? populac\\w+ popolazion[ei] grundgesamtheit\\w* populatie\\w* universe"
)
_FROM = _words("from out aus dans dal da dalla uit una einer une uma samples? sampled drawn draws?")
_SAMPLED = _words("sampled drawn gezogen\\w* getrokken tires extraid[oa]s? estratt[ie]")
_OF = _words("of from von aus der de des di da dal van uit random aleatori[oa]s? aleatoires?")
"""What stands before a population that is sampled, and not only named."""

_DENIES = _words(r"""
    not no nor neither never without rather instead if could might would unlike whether cannot non nicht kein\w*
    ohne statt pas aucun\w* sans ni sin ningun\w* nessun\w* senza nao nenhum\w* sem niet geen zonder isn[’']t
    aren[’']t
    """)
_ESTIMATED = _words(r"""
    estimat(?:es?|ors?|ions?) predict(?:ions?|ors?) tests? hypothes\w* statistics? statistik likelihood degrees
    confidence differences? differenz\w* diferencias? homogene\w* normality contrasts? schatz(?:er|ung|ungen|werte?)
    estimador\w* estimaci\w+ estimateurs? stim[ae] stimator\w+ shapiro\w* levene\w* analys[ei]s anova quantiles? f
    averages?
    """)
"""What is said of estimates, tests and assumptions, and not of effects."""

_HARMLESS_BEHIND = {
    Kind.RANDOM: _words(r"""
    numbers? walks? seeds? order assignments? allocations? forests? generators? variation
    """),
    Kind.LAW: _words(r"""
    equations? scores? quantiles? probabilit\w+ curves? approximations? tables? conditions?
    """),
    Kind.SAMPLE: _words(r"""
    sizes? means? averages? variances? dates? units? times? points? mean
    """),
    Kind.PRIOR: _words(r"""
    to knowledge
    """),
    Kind.INDEPENDENT: _words(r"""
        variables? factors? contrasts? columns? samples? units? parameters? estimates?
        """),
    Kind.MODEL: _words(r"""
    order clustering
    """),
}
_HARMLESS_BEFORE = {
    Kind.INDEPENDENT: _words("linearly conditionally"),
    Kind.ERROR: _words(r"""
    standard squared? type standaard estandar tipo typ padrao
    """),
    Kind.VARIANCE: _words(r"""
    analysis analyses analyse analisis analisi
    """),
    Kind.LAW: _words(r"""
    f t chi-squared? null sampling
    """),
}

OF_RESIDUAL = _words(r"""
    errors? residuals? residues? noise disturbances? deviations? \w*fehlers?n? rest restfehler\w* abweichung\w*
    residu[oae]?s? erreurs? residuelle?s? error(?:es|i|e) erros? scarti fout fouten ruis chyb\w* galat white
    """)
"""Nouns of what is random anyway: the residual."""

OF_OBSERVATIONS = _words(r"""
    observations? responses? measurements? data values? yields? outcomes? records? beobachtung\w* messung\w*
    daten messwert\w* observaci\w+ datos respuestas? donnees mesures? reponses? osservazion[ei] dati observac\w+
    dados waarneming\w* units? plots? subplots? parcel\w* parzell?e\w* einheit\w* unidades unites y
    """)
"""Nouns of observations and of what they are made on."""

INTERACTION = _words(r"""
    intera[ck]\w* wechselwirkung\w* interaz\w*
    """)

RELATIVE = _words(r"""
    which that who whose dont deren dessen cuy[oa]s? cujas? cujos? cui wiens waarvan
    """)
"""What begins a clause about the names before it."""

EVERY = _words(r"""
    all both other others remaining every alle beide tous toutes deux todos todas ambos tutti entrambi
    """)
EXCEPT = _words(r"""
    except but besides than apart excluding save ausser sauf excepto salvo tranne exceto behalve
    """)

VERB = _words(r"""
    is are was were be been being has have had having denotes? represents? stands? follows? may can will should
    consider\w* treated taken assum\w+ regard\w* modell?ed entered enters? vary varies varied means? makes?
    captur\w+ accounts? so ist sind war waren wird werden wurden? hat haben gilt folgt folgen geht gehen est
    sont etait etaient suit suivent es son fue fueron sigue siguen e sono segue seguono sao foi foram zijn wordt
    worden heeft hebben se si como als comme as
    """)
AND = _words(r"""
    and und et y ed en sowie or oder ou o & e
    """)
SUBORDINATE = _words(r"""
    where whereas while but which whose that who because since wobei wahrend aber donde mientras pero ou tandis
    mais dove mentre ma onde enquanto waarbij terwijl maar with mit con avec com met however although so
    """)
ADVERBIAL = _words(r"""
    to within among in on at by with over per from across between inside under against into beside nested auf
    innerhalb zwischen aus bei durch an dans entre sur parmi chez en sobre dentro tra fra su sotto em nel nella
    binnen tussen op because than denen which
    """)
ARTICLE = _words(r"""
    the a an der die das den dem des le la les l un une el los las una il lo gli o os as het de een their its
    """)

OF_LEVELS = _words("levels? factors? stufen? faktor\\w* niveaux? niveles factores livelli fattori")
"""Nouns of what may be sampled of any factor."""

GENERIC = _words(r"""
    effe[ck]t\w* effets? efectos? efeitos? effett[oi] terms? factors? faktor\w* facteurs? factores fattori?
    levels? stufen? niveaux? niveles livelli models? modell\w* modeles? modelos? intercepts? slopes?
    coefficients? components? parts? linear mean means overall finite equal respective independently mutually
    identically zero common constant unknown variables? values? number kinds? case design experiment analysis
    study here there this these those that each every all both only also too well then thus hence therefore
    respectively another other same different first second third one two three four five associated
    corresponding due given let we our it they them usual usually often large larger small many some any such
    particular specific general simple standard additional further more most than where which whose when while
    whereas what how ith jth kth lth drawn selected chosen picked thought think written called estimated
    included specified fitted added used possible might would could shared members? unabhangig\w* sowie jeweils
    beide diese[nrs]? eine[nrms]? sous pour chaque cada para ogni elke voor contribution influence departure
    term random-effects type assumption assumptions expectation probability test observed process sequence
    source sources part additive subject-specific new reml equation formula vector matrix
    """)
"""Words that name nothing of which an effect may be."""


@lru_cache(maxsize=4096)
def plain_word(word: str) -> str:
    """A word in small letters without accents.

    >>> plain_word("Zufällig"), plain_word("aléatoire")
    ('zufallig', 'aleatoire')
    """
    split = unicodedata.normalize("NFKD", word.lower())
    return unicodedata.normalize("NFC", "".join(letter for letter in split if not unicodedata.combining(letter)))


@lru_cache(maxsize=4096)
def kind_of(word: str) -> Kind | None:
    """What a plain word alone tells of randomness.

    >>> kind_of("zufallig"), kind_of("farm")
    (<Kind.RANDOM: 1>, None)
    """
    found = _WORD.fullmatch(word)
    return None if found is None else Kind[found.lastgroup or ""]


def may_tell(word: str) -> bool:
    """Whether a plain word tells something of randomness, among its neighbours at least.

    >>> may_tell("mean"), may_tell("farm")
    (True, False)
    """
    return kind_of(word) is not None or any(table.fullmatch(word) for table in (_MIXED, _MEAN, _DEVIATION))


def kind_among(before: str, word: str, behind: str) -> Kind | None:
    """What a plain word tells between its neighbours, with articles and “of” left out; None where it is harmless.

    >>> kind_among("analysis", "variance", ""), kind_among("", "variance", "components")
    (None, <Kind.MODEL: 8>)
    """
    if _DEVIATION.fullmatch(word):
        return Kind.VARIANCE if _STANDARD.fullmatch(before) or _STANDARD.fullmatch(behind) else None
    if _MEAN.fullmatch(word):
        return Kind.LAW if _ZERO.fullmatch(behind) or _ZERO.fullmatch(before) else None
    if _MIXED.fullmatch(word):
        return Kind.MODEL if _OF_MODELS.fullmatch(behind) or _OF_MODELS.fullmatch(before) else None
    kind = kind_of(word)
    if kind is None:
        return None
    for table, neighbour in ((_HARMLESS_BEHIND, behind), (_HARMLESS_BEFORE, before)):
        if kind in table and table[kind].fullmatch(neighbour):
            return None
    is_component = _COMPONENTS.fullmatch(behind) or _COMPONENTS.fullmatch(before)
    return Kind.MODEL if kind is Kind.VARIANCE and is_component else kind


def denies(word: str) -> bool:
    """Whether a plain word denies what comes after it, or leaves it open.

    >>> denies("nicht"), denies("the")
    (True, False)
    """
    return _DENIES.fullmatch(word) is not None


def is_of_estimates(word: str) -> bool:
    """Whether a plain word belongs to what is said of estimates, tests and assumptions."""
    return _ESTIMATED.fullmatch(word) is not None


def is_allocation(word: str) -> bool:
    """Whether a plain word tells that something was allocated, as treatments to plots.

    >>> is_allocation("assigned"), is_allocation("sampled")
    (True, False)
    """
    return _ALLOCATED.fullmatch(word) is not None


def is_only_named(word: str, near: Iterable[str]) -> bool:
    """Whether a plain word for a sample or a population tells among its neighbours of no sample of levels.

    >>> is_only_named("population", ["the", "population", "is", "small"])
    True
    >>> is_only_named("sample", ["a", "sample", "of", "schools"]), is_only_named("sample", ["the", "first", "sample"])
    (False, True)
    """
    if _POPULATION.fullmatch(word):
        return not any(map(_FROM.fullmatch, near))
    words = list(near)
    is_of_some = _SAMPLED.fullmatch(word) or any(map(_OF.fullmatch, words))
    return not is_of_some or any(map(_COLLECTED.fullmatch, words))


def noun_stem(word: str) -> str:
    """The stem of a plain noun, by which its forms and compounds are one: blocks, Blöcke, Blockeffekte.

    >>> noun_stem("blocks"), noun_stem("blockeffekte"), noun_stem("laboratories")
    ('block', 'block', 'laborator')
    """
    short = re.sub(r"-?(?:effe[ck]te?[ns]?|effets?|effecten)$", "", word) or word
    return re.sub(r"(?<=\w{3})(?:ies|chi|en|es|er|y|(?<!s)s|[eniao])$", "", short)

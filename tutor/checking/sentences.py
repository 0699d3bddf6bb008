"""An answer in a sentence: what opens it, what gives a reason for it, the moment that it names in words.

Each of these claims nothing of what was asked for, or says in words what a formula says as well; what is left is read.
A statement that denies is not taken for what it denies.
"""

from __future__ import annotations

import re

DENIED = re.compile(r"(?i)\b(?:not|never|no|nor|without|cannot|unless|neither)\b|n['’]t\b")
"""Words that may turn a statement into its contrary."""

_WORDS = r"[^\W\d_][\w ,.'’()_-]"
"""What a clause is made of that has no formula: letters, digits, an index."""

_REASON = re.compile(
    r"(?i)\s*(?:since|as|because|given that|assuming(?: that)?)\b[^,.;:=~<>]{1,200}(?:,(?:\s*(?:so|then|thus)\b)?|:)\s*"
)
_CONCLUDED = re.compile(
    rf"(?i)\s*(?=(?:[^=~<>]*?\b[a-z]{{3,}}\b){{2}}){_WORDS}{{5,200}}?[\s,;.:]\s*(?:and\s+)?(?:(?:so|hence|therefore|thus|consequently|that\s+is|giving|which\s+gives|leaving|which\s+leaves)\b(?:\s+that\b)?|i\.\s?e\.|[→⇒⟹]|[=-]>)[\s,:]+"
)
"""A clause that gives a reason, before the statement for which it is given: it may deny, the statement may not."""

_OF_DESIGN = (
    r"(?:blocks?|(?:whole|main|sub)?-?\s?plots?|groups?|subjects?|animals?|rows?|columns?|strips?|times?|occasions?"
    r"|periods?|levels?|treatments?|observations?|units?|replicates?|replications?|effects?|errors?|residuals?|litters?"
    r"|farms?|years?|schools?|pens?|samples?|raters?|judges?|factors?|locations?|sites?|fields?|patients?|lags?|apart"
    r"|independent|uncorrelated|lognormal|cows?|herds?|batch(?:es)?|classes|students?|sires?|clusters?|slopes?|intercepts?)"
)
"""What an experiment has, and how two of its observations stand to each other."""

_OTHER_CLAIM = (
    r"(?:it|its|this|that|these|those|answers?|results?|values?|expressions?|formulas?|equals?|equal"
    r"|(?:co)?variances?|correlations?|means?|expectations?|deviations?|errors?\s+of|standard|true|right|wrong|correct|false"
    r"|if|when(?:ever)?|unless|without|suppose|whether|assum\w+|would|could|should|might|may|until|except|but|or|either"
    r"|sums?|differences?|products?|ratios?|squares?d?|roots?|half|twice|doubled?|times\s+the|each|per|average\w*"
    r"|conditional\w*|given|mistakes?|probability|bigger|smaller|larger|less|more|than)"
)
"""Words after which a clause is more than what is the case in the design: it names a quantity, doubts or restricts."""

_CALCULATES = (
    r"(?:plus|minus|times(?!\W*$)|add\w*|subtract\w*|multipl\w+|divid\w+|over|squared?|doubl\w+|half|halve\w*|twice|roots?"
    r"|inverse\w*|ratio|each|per|but|or|except|only|if|when|where|limit|asymptotic\w*|approx\w*|about|roughly|small|large"
    r"|on\s+top|extra|besides|further|missing|forg[eo]t\w*|ignor\w*|neglect\w*|instead|rather|less|negative|log)"
)
"""Words of a remark after which a formula may not be all that was said."""

_CHANGES = re.compile(rf"(?i)\b{_CALCULATES}\b")

_HAPPENS = (
    r"(?:shar(?:e[sd]?|ing)|differs?|differ|cancel(?:s|led)?|cancel\s+out|stays?|remains?|drops?|vanish(?:es)?"
    r"|disappears?|var(?:y|ies)|overlaps?)"
)
"""What blocks and errors do."""

_STATED = re.compile(
    rf"""(?ix)\s*
    (?![^:]*\b(?:{_OTHER_CLAIM}|(?!only|times){_CALCULATES})\b)(?!\w+\s+times\s*:)
    (?![^,;:]*\b(?:is|are|do|does)\s+not\s*:)
    (?=[^:]*\b(?:{_HAPPENS}|{_OF_DESIGN})\b)
    (?=(?:[^:]*\b[^\W\d_]{{2,}}\b){{2}}|[^:]*\blag\b)
    [^\W\d_][\w ,;'’()+-]{{4,200}}:(?!=)\s*
    | \s*(?![^:,]*\b(?:{_OTHER_CLAIM}|{_CALCULATES})\b)(?=[^:,]*\b{_HAPPENS}\b)[^\W\d_][\w '’()-]{{5,120}},\s+(?=\S)
    | \s*(?:(?:they|these|u\s+and\s+e|the\s+errors)\s+(?:are\s+)?)?
      (?:independent|uncorrelated|balanced|shared|lag\s+\w+|\w+\s+apart)\s*,\s+(?:so|hence|thus|therefore)[\s,:]+"""
)
"""What is the case in the design, before a colon and what follows from it: it may deny, of no quantity."""

_OPENED = re.compile(
    r"""(?ix)\s*(?:
        (?:thus|hence|therefore|then|so|consequently|accordingly|finally|ans(?:wer)?)\b[,:.]?\s+
        | i\s+(?:think|believe|guess|would\s+say)(?:\s+that)?[,:]?\s+(?=\S)
        | (?:i|we)\s+(?:get|obtain|find|have|conclude)(?:\s+that)?[,:]?\s+
        | (?:it|this|that)(?:['’]s|\s+(?:is|equals|gives|comes\s+to|(?:should|must|will|would)\s+be))
          (?:\s+(?:just|simply|equal\s+to))?[:]?\s+
        | (?:by|using|with|from|under)\s+(?=[a-z '’-]*\b(?:assum\w+|balance|definitions?|design|formulas?|independence
            |laws?|linearity|model|orthogonality|randomi[sz]ation|rules?|symmetry|theorem|uncorrelated)\b)
          [a-z][a-z '’-]{2,60}[a-z][,:]\s+
        | \(?[a-h]\)\s+
        | (?:the\s+)?(?:gls|ols|wls|blue|e?blup)(?:\s+(?:estimat(?:e|or)|predict(?:or|ion)))?\s*(?:\bis\b|:)?\s+(?=\S)
        | by\s+(?:the\s+)?(?:mean\s+of\s+a\s+|mgf\s+of\s+(?:a|the)\s+)?(?:log-?)?normal(?:\s+mgf)?[,:]\s+
    )"""
)
"""What opens a sentence, and says how sure its author is or how it was found."""

_CLOSED = re.compile(
    rf"""(?ix)(?:
        [\s,;.]+(?:because|since|as\s+(?=(?:the|they|both|all|it|these|there|we)\b))[\w ,'’()-]{{3,200}}
        | [\s,]+i\s+(?:think|believe|guess|suppose)
        | \s+\((?:(?:at|for|here|with|as)\s+)?[a-z](?:_\w{{1,3}})?\s*=\s*[-−]?[\d.]+\)
        | \s+\([a-z][a-z '’-]{{2,80}}\)
        | \s+\((?=(?:[^()]*\b[a-z]{{3,}}\b){{2}})[a-z][\w ,'’-]{{2,80}}\)
        | \s*(?:[,;:.]|\s[—–-]{{1,2}})\s+(?=(?:[^=]*\b[^\W\d_]{{2,}}\b){{2}}|lag\b)
          (?=[^=]*\b(?:{_OF_DESIGN}|{_HAPPENS})\b)(?![^=]*\b{_OTHER_CLAIM}\b)(?:\d+\s+)?[a-z][\w ,'’-]{{4,120}}
        | [\s,;]+(?:(?:with|for|where)\s+)?[a-z](?:\s*(?:=|is)\s*(?:the\s+)?number\s+of)?\s+{_OF_DESIGN}
        | \s*[,;]?\s+(?:because|since)\s+(?=[^=]*=)(?![^=]*\b(?:not|or|if)\b)[^;]{{3,200}}
    )\s*[.!]?\s*$"""
)
"""The same behind it: a reason in words, and a remark in brackets."""


_IS_REASON = re.compile(r"(?i)[\s,;.:]*(?:because|since|as|i)\b|[\s,;]+(?:(?:with|for|where)\s+)?[a-z]\s*(?:=|is)?\s")

_EQUALS = re.compile(
    r"(?<=[\w)}\]$²³])\s*,?\s+(?:i\.\s?e\.|that\s+is),?\s+(?=[^\s=])"
    r"|(?<=[\w)}\]$])\s+(?:equals|is equal to|amounts to|comes to)\s+(?=[^\s=])|(?<=[$)])\s+is\s+(?=[^\s=])"
)

_MOMENT = re.compile(
    r"""(?x)\s*(?:[Tt]he\s+)?(?:
        (?P<Var>[Vv]ariances?(?:[\s-]covariance)?(?:\s+matrix)?|[Cc]ovariance\s+matrix|[Dd]ispersion(?:\s+matrix)?)
        | (?P<Cov>[Cc]ovariance) | (?P<Corr>[Cc]orrelation(?:\s+coefficient)?)
        | (?P<E>[Mm]ean(?:\s+vector)?|[Ee]xpected\s+value|[Ee]xpectation)
    )\s+(?:of|between)\s+(?P<of>[^=:;,~]{1,100}?)\s*(?:\bis\s+(?:equal\s+to\s+|given\s+by\s+|just\s+|simply\s+)?|=|:)\s*"""
)
"""A moment in words, of what follows them: the variance of y_11 is …"""

_LABEL_OF_TERM = re.compile(
    rf"(?i)(?<=[\w²³)}}\]])\s+\((?:(?:the|between|within|whole|random)\s+)*(?:{_OF_DESIGN}|between|within)\)(?=\s*(?:[-+−]|$))"
)
"""What a term of a sum is of, in brackets behind it: σ_u² (blocks) + σ² (error)."""

_NAMED = re.compile(
    r"""(?ix)\s*(?:(?:so|thus|hence|therefore)[\s,]+)?(?:the\s+)?
    (?:(?:total|overall|marginal|unconditional|intra-?\s?class|lognormal)\s+)?
    (?:(?P<Var>variance)|(?P<Cov>covariance)|(?P<Corr>correlation(?:\s+coefficient)?|ICC)
       |(?P<E>mean|expectation|expected\s+value)|(?P<se>standard\s+(?:error|deviation)))
    \s*(?:\b(?:is|equals|will\s+be|must\s+be)\b(?:\s+(?:just|simply|equal\s+to|given\s+by))?\s*:?|[:=](?![=~]))\s*(?=\S)"""
)
_ANSWER = re.compile(r"(?i)\s*(?:(?:my|the|final)\s+)*ans(?:wer)?\s*(?:[:.=]|\bis\b:?)\s*(?=\S)")

_MOMENT_THEN = re.compile(
    r"\s*((?:Var|Cov|Corr|E)\s*\([^()=]{1,60}\))\s*,\s*(?:so|thus|hence|which\s+is|that\s+is)[\s,:]+(?=\S)"
)
"""A moment, and what it is: "Var(u_1), so σ_u²"."""

_AND = re.compile(r"\s+(?:and|with)\s+")


def plainly(text: str) -> str | None:
    """The formula, or the equation, that a sentence states; None where it is none, or denies.

    >>> plainly("I think it is σ_u², because both plots are in block 1")
    'σ_u²'
    >>> plainly("They share a block, so the covariance of y_11 and y_21 is σ_u²")
    'Cov(y_11, y_21) = σ_u²'
    >>> plainly("The variance of y_11 is not σ²") is None
    True
    """
    left = _MOMENT_THEN.sub(r"\1 = ", _LABEL_OF_TERM.sub("", text), count=1)
    for _ in range(6):  # each takes something away
        before = left
        for opening in (_REASON, _CONCLUDED, _STATED, _OPENED):
            found = opening.match(left)
            if found is not None and found.end() < len(left):
                left = left[found.end() :]
        closing = _CLOSED.search(left)
        if closing is not None and closing.start() > 0 and not _changes_a_value(closing[0]):
            left = left[: closing.start()]
        if left == before:
            break
    left = _with_moment(_EQUALS.sub(" = ", left)).strip()
    return None if left == text.strip() or not left or DENIED.search(left) else left


def with_moment_named(text: str) -> str:
    """A sentence that says of a moment what it is, as an equation: the moment is claimed, and judged.

    >>> with_moment_named("So the ICC is σ_u²/(σ_u² + σ²)"), with_moment_named("Answer: σ²")
    ('Corr = σ_u²/(σ_u² + σ²)', 'σ²')
    """
    answer = _ANSWER.match(text)
    text = text if answer is None else text[answer.end() :]
    found = _NAMED.match(text)
    if found is None or DENIED.search(text):
        return text
    return f"{next(name for name in ('Var', 'Cov', 'Corr', 'E', 'se') if found[name])} = {text[found.end() :]}"


def _changes_a_value(remark: str) -> bool:
    """Whether a remark may calculate further, or restrict what stands before it; a reason does not."""
    is_reason = _IS_REASON.match(remark) is not None
    return not is_reason and _CHANGES.search(remark) is not None


def _with_moment(text: str) -> str:
    """Var(y_11) = … for "the variance of y_11 is …"."""
    found = _MOMENT.match(text)
    if found is None:
        return text
    moment = next(name for name in ("Var", "Cov", "Corr", "E") if found[name])
    of = _AND.split(found["of"].strip().strip("$"))
    if len(of) != (2 if moment in ("Cov", "Corr") else 1):
        return text
    return f"{moment}({', '.join(part.strip().strip('$') for part in of)}) = {text[found.end() :]}"

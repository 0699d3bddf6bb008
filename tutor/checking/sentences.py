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
    rf"(?i)\s*(?=(?:[^=~<>]*?\b[a-z]{{3,}}\b){{2}}){_WORDS}{{5,200}}?[\s,;.:]\s*(?:and\s+)?(?:(?:so|hence|therefore|thus|consequently|that\s+is|giving|which\s+gives)\b(?:\s+that\b)?|i\.\s?e\.)[\s,:]+"
)
"""A clause that gives a reason, before the statement for which it is given: it may deny, the statement may not."""

_STATED = re.compile(
    r"""(?ix)\s*
    (?![^:]*\b(?:it|its|this|that|these|those|answers?|results?|values?|expressions?|formulas?|equals?|equal
        |(?:co)?variances?|correlations?|means?|expectations?|deviations?|errors?\s+of|true|right|wrong|correct|false
        |if|when(?:ever)?|unless|without|suppose|whether|assum\w+|would|could|should|might|may|until|except|but|or
        |sums?|differences?|products?|ratios?|squares?d?|roots?|half|twice|doubled?|times\s+the|each|per|average\w*)\b)
    (?![^,;:]*\b(?:is|are|do|does)\s+not\s*:)
    (?=[^:]*\b(?:shar(?:e[sd]?|ing)|cancels?|differs?|differ|vary|varies)\b
        |[^:]*\b(?:blocks?|(?:whole|main|sub)?-?\s?plots?|groups?|subjects?|animals?|rows?|columns?|strips?|times?|occasions?
        |periods?|levels?|treatments?|observations?|units?|replicates?|replications?|effects?|errors?|residuals?|litters?
        |farms?|years?|schools?|pens?|samples?|raters?|judges?|factors?|locations?|sites?|fields?|patients?)\b[^:]*)
    (?=[^:]*(?:\b(?:is|are|do|does|shar(?:e[sd]?|ing)|differs?|differ|has|have|cancels?|stays?|remains?|drops?|vary
        |varies)\b|\w['’](?:re|s)\s))
    [^\W\d_][\w ,;'’()-]{5,200}:(?!=)\s*"""
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
    )"""
)
"""What opens a sentence, and says how sure its author is or how it was found."""

_CLOSED = re.compile(
    r"""(?ix)(?:
        [\s,;.]+(?:because|since|as\s+(?=(?:the|they|both|all|it|these|there|we)\b))[\w ,'’()-]{3,200}
        | [\s,]+i\s+(?:think|believe|guess|suppose)
        | \s+\([a-z][a-z '’-]{2,80}\)
        | \s+\((?=(?:[^()]*\b[a-z]{3,}\b){2})[a-z][\w ,'’-]{2,80}\)
    )\s*[.!]?\s*$"""
)
"""The same behind it: a reason in words, and a remark in brackets."""

_CHANGES = re.compile(
    r"""(?ix)\b(?:plus|minus|times|add\w*|subtract\w*|multipl\w+|divid\w+|over|squared?|doubl\w+|half|halve\w*|twice|roots?
        |inverse\w*|ratio|each|per|but|or|except|only|if|when|where|limit|asymptotic\w*|approx\w*|about|roughly|small|large)\b"""
)
"""Words of a remark in brackets after which a formula may not be all that was said."""

_EQUALS = re.compile(
    r"(?<=[\w)}\]$])\s+(?:equals|is equal to|amounts to|comes to)\s+(?=[^\s=])|(?<=[$)])\s+is\s+(?=[^\s=])"
)

_MOMENT = re.compile(
    r"""(?x)\s*(?:[Tt]he\s+)?(?:
        (?P<Var>[Vv]ariances?(?:[\s-]covariance)?(?:\s+matrix)?|[Cc]ovariance\s+matrix|[Dd]ispersion(?:\s+matrix)?)
        | (?P<Cov>[Cc]ovariance) | (?P<Corr>[Cc]orrelation(?:\s+coefficient)?)
        | (?P<E>[Mm]ean(?:\s+vector)?|[Ee]xpected\s+value|[Ee]xpectation)
    )\s+(?:of|between)\s+(?P<of>[^=:;,~]{1,100}?)\s*(?:\bis\s+(?:equal\s+to\s+|given\s+by\s+|just\s+|simply\s+)?|=|:)\s*"""
)
"""A moment in words, of what follows them: the variance of y_11 is …"""

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
    left = text
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


def _changes_a_value(remark: str) -> bool:
    """Whether a remark in brackets may calculate further, or restrict what stands before it; a reason does not."""
    return remark.lstrip().startswith("(") and _CHANGES.search(remark) is not None


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

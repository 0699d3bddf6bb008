"""Whether something stands anywhere in a text, which is looked for once and not again at each of its names."""

from __future__ import annotations

import re
from functools import lru_cache


@lru_cache(maxsize=256)
def stands_in(text: str, pattern: re.Pattern[str] | str) -> bool:
    """Whether a pattern is found in a text.

    >>> stands_in("V = ZGZ'", "G"), stands_in("V = ZGZ'", "H")
    (True, False)
    """
    return re.search(pattern, text) is not None

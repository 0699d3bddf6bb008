"""A picture for IPython, in each kind of data that a display may take."""

from __future__ import annotations

from io import BytesIO
from typing import Any

PNG = "image/png"


def in_kinds(figure: Any) -> dict[str, Any]:
    """A matplotlib figure by MIME type: PNG, HTML where it has some, and its words for whoever sees neither."""
    file = BytesIO()
    figure.savefig(file, format="png")
    kinds: dict[str, Any] = {"text/plain": getattr(figure, "alt", "") or "A picture.", PNG: file.getvalue()}
    if hasattr(figure, "_repr_html_"):
        kinds["text/html"] = figure._repr_html_()
    return kinds

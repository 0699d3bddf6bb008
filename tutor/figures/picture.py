"""The kind of figure that this package returns. Importing this needs matplotlib; `page.blank` words its absence."""

from __future__ import annotations

from base64 import b64encode
from html import escape
from io import BytesIO
from typing import Any

from matplotlib.figure import Figure
from matplotlib.style import context


class Picture(Figure):
    """A matplotlib Figure that carries ``alt``, what it shows in words for those who cannot see it."""

    alt: str = ""

    def draw(self, renderer: Any) -> None:
        """Drawn in the style in which it was made; labels of axes come only now, and in the user's style otherwise."""
        with context("default"):
            super().draw(renderer)

    def savefig(self, fname: Any, **options: Any) -> None:
        """To a file or a buffer, see matplotlib; the paper is white in every style."""
        with context("default"):
            super().savefig(fname, **options)

    def _repr_html_(self) -> str:
        """The picture in a notebook, where a reader of screens finds its words."""
        file = BytesIO()
        self.savefig(file, format="png")
        picture = b64encode(file.getvalue()).decode("ascii")
        return f'<img src="data:image/png;base64,{picture}" alt="{escape(self.alt)}" style="max-width: 100%">'

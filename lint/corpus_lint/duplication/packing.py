"""Documents as bytes, without the record that several of them are fields of, which is put elsewhere once."""

from __future__ import annotations

import io
import pickle
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..document import Document


class _Pickler(pickle.Pickler):
    """A pickler that writes a place where it meets a text."""

    def __init__(self, file: io.BytesIO, text: str | None, place: tuple[int, int]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self._text = text
        self._place = place

    def persistent_id(self, part: Any) -> tuple[int, int] | None:
        """The place of the text; None for everything else."""
        return self._place if part is self._text and part is not None else None


def packed(document: Document, record: str | None = None, place: tuple[int, int] = (0, 0)) -> bytes:
    """The bytes of a document, in which a place (start and length) stands for the record as it is written."""
    file = io.BytesIO()
    _Pickler(file, record, place).dump(document)
    return file.getvalue()

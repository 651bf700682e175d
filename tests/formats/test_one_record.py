"""A whole file may be one record with very many texts: what is kept of each does not hold all of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from corpus_lint.duplication import shelf
from corpus_lint.finding import Edit
from corpus_lint.reading import Reader

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_record_is_put_away_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KEPT", 0)
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"data": [{"text": f"number {number} “中”"} for number in range(300)]}), "utf-8")
    reader = Reader(str(path), fields=["data.text"])
    kept = shelf.Shelf(is_fixing=True)
    documents = []
    for document in reader.documents():
        if document.index % 2:
            document = document.edited([Edit(0, 6, "No.")])
        documents.append(document)
        kept.put(document, reader)
    assert kept._spooled < 40 * path.stat().st_size
    for number, document in enumerate(documents):
        again = kept.get(number)
        assert (again.text, again.raw, again.record_start) == (document.text, document.raw, document.record_start)
        assert again.position(3) == document.position(3)

"""The examples of docs/distributed.md run, where what they need is installed, and its table is that of the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_lint.batch import COLUMNS

PAGE = (Path(__file__).parent.parent / "docs" / "distributed.md").read_text("utf-8")
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ENGINES = ("polars", "datatrove", "ray", "pyspark")


def test_every_column_is_described() -> None:
    for column in COLUMNS:
        assert f"| `{column.name}` | " in PAGE
        assert column.meaning in PAGE


def test_the_plain_example() -> None:
    exec(EXAMPLES[0], {})


@pytest.mark.parametrize("engine", ENGINES)
def test_the_example_of_an_engine(engine: str, tmp_path: Path) -> None:
    """In a process of its own: engines start many things, which takes seconds."""
    pytest.importorskip(engine)
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    example = next(code for code in EXAMPLES if f"import {engine}" in code or f"from {engine}" in code)
    (tmp_path / "pages").mkdir()
    pages = pa.table({"id": ["a", "b", "c"], "text": ["根据xx省的部署", "好", "今年以来有\u200b所下降"]})
    pq.write_table(pages, tmp_path / "pages" / "1.parquet")
    (tmp_path / "example.py").write_text(example, "utf-8")
    done = subprocess.run([sys.executable, "example.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (written,) = [path for name in ("findings", "linted", ".") for path in (tmp_path / name).glob("*.parquet")]
    rows = pq.read_table(written).to_pylist()
    if engine == "datatrove":
        assert [row["metadata"]["findings"] for row in rows] == [["PLH001"], [], ["ENC005"]]
    else:
        assert [(row["id"], row["code"], row["start"]) for row in rows] == [("a", "PLH001", 2), ("c", "ENC005", 5)]

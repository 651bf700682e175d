"""The same texts give the same findings in every format, one by one or in one file; a killed run leaves whole files."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.shell import Workshop

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
zstandard = pytest.importorskip("zstandard")

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    shop = Workshop(tmp_path, capsys, monkeypatch)
    shop.write("corpus-lint.toml", "")
    return shop


def as_csv(texts: list[str], separator: str = ",") -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "text"])
    writer.writerows(enumerate(texts))
    return buffer.getvalue()


def write_all(shop: Workshop, texts: list[str]) -> list[str]:
    """One file of each format with the texts."""
    lines = "".join(json.dumps({"id": n, "text": text}, ensure_ascii=n % 2 == 0) + "\n" for n, text in enumerate(texts))
    shop.write("a.jsonl", lines)
    shop.write("a.jsonl.gz", gzip.compress(lines.encode()))
    shop.write("a.jsonl.zst", zstandard.compress(lines.encode()))
    shop.write("a.json", json.dumps([{"text": text} for text in texts], ensure_ascii=False, indent=1))
    shop.write("a.csv", as_csv(texts))
    shop.write("a.tsv", as_csv(texts, "\t"))
    table = pa.table({"text": texts})
    pq.write_table(table, shop.folder / "a.parquet", row_group_size=2)
    with pa.ipc.new_file(shop.folder / "a.arrow", table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    names = ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.json", "a.csv", "a.tsv", "a.parquet", "a.arrow"]
    for number, text in enumerate(texts):
        shop.write(f"folder/{number}.txt", text)
    return [*names, "folder"]


def test_the_same_findings_in_every_format(shop: Workshop) -> None:
    texts = [path.read_bytes().decode() for path in SEEDS]
    found = {}
    for name in write_all(shop, texts):
        _, out, err = shop.run("--output-format", "json", name)
        assert not [line for line in err.splitlines() if "error" in line]
        found[name] = Counter((d["code"], d["text"], d["text_line"], d["text_column"]) for d in json.loads(out))
    assert found["folder"].total() > 100
    for name, findings in found.items():
        assert findings == found["folder"], name


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_run_leaves_old_or_new_files(shop: Workshop) -> None:
    """The command in a process of its own, killed after ever longer times, until it has come to its end."""
    chance = random.Random(8)
    texts = [f"前面的一行文字，没有什么不对。\n网页的\x00正文第{number}行，没有别的问题。\n" for number in range(40)]
    write_all(shop, texts)
    old = contents(shop.folder)
    command = [sys.executable, "-m", "corpus_lint", "--isolated", "--fix", "--select", "ENC004", "-j", "1", "."]
    subprocess.run(command, cwd=shop.folder, capture_output=True, check=False)
    new = contents(shop.folder)
    changed = {name for name in old if old[name] != new[name]}
    assert len(changed) == len(old) - 1, "all but the configuration"
    started = time.monotonic()
    subprocess.run(command, cwd=shop.folder, capture_output=True, check=False)
    whole = time.monotonic() - started
    seen: Counter[str] = Counter()
    for _ in range(12):
        for name, data in old.items():
            (shop.folder / name).write_bytes(data)
        process = subprocess.Popen(command, cwd=shop.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * chance.uniform(0.3, 1.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for name, data in contents(shop.folder).items():
            if name.endswith(".corpus-lint"):
                seen["left"] += 1
                continue
            assert data in (old[name], new[name]), name
            seen["new" if data == new[name] else "old"] += 1
        subprocess.run(command, cwd=shop.folder, capture_output=True, check=False)
        assert contents(shop.folder) == new, "the next run does the rest and clears up"
    assert seen["old"]


def contents(folder: Path) -> dict[str, bytes]:
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place) / name
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found

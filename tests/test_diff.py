"""What `--diff` shows is what `--fix` writes: applied as a patch it gives the files that fixing leaves."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from corpus_lint.cli import main

FURNITURE = "城市生活圈\n老照片馆\n北方频道\n"
DOUBLED = (
    "去年三月，镇农技站与十二个村的种粮大户商定，把分散的农机登记造册，谁家先熟就先帮谁家收割。服务队不收定金，油料由村里垫付，"
    "秋后按亩结算；遇到连阴雨，烘干房昼夜不停，稻谷不出村就能入仓。几个月下来，误工的日子少了，邻里间的争执也少了，老人们说，"
    "这才像从前换工的样子。入秋以后，队里又添了两台播种机，年轻人轮流学着开，家里有老人要照看的，就分到离村最近的那几块地里去；"
    "账目每月贴在村口，谁家出了几个工、用了多少油，大家看得清清楚楚。"
)
LOOP = "今天天气很好"


def article(number: int) -> str:
    """A text with something for rules of every kind to mend, safely or not."""
    return (
        f"{FURNITURE}\n{DOUBLED}\n第{number}篇文章讲的是第{number}件事，中文,标点混用了,说了很多話。{LOOP * 20}。\n"
        f"版权所有 © 2019 某某网\n\n{DOUBLED}\n優(yōu)質(zhì)的網(wǎng)絡(luò)在第{number}天出現(xiàn)。\n\n北方频道"
    )


def make(folder: Path, form: str) -> None:
    """A folder of articles in a format."""
    articles = [article(number) for number in range(9)]
    records = [{"id": number, "n": 1.0, "text": text} for number, text in enumerate(articles)]
    lines = "".join(json.dumps(record, ensure_ascii=bool(record["id"])) + "\n" for record in records)
    folder.mkdir()
    if form in ("text", "gb18030", "bom", "crlf", "gzip"):
        for number, text in enumerate(articles):
            data = text.encode("gb18030" if form == "gb18030" else "utf-8-sig" if form == "bom" else "utf-8")
            data = data.replace(b"\n", b"\r\n") if form == "crlf" else data
            name = folder / f"{number}.{'md' if number % 2 else 'txt'}"
            if form == "gzip":
                name.with_suffix(".txt.gz").write_bytes(gzip.compress(data))
            else:
                name.write_bytes(data)
        (folder / "other.txt").write_text("别的文章，没有可改的。\n", "utf-8")
    elif form == "jsonl":
        (folder / "a.jsonl").write_text(lines, "utf-8")
    elif form == "jsonl.gz":
        (folder / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    elif form == "json":
        (folder / "a.json").write_text(json.dumps(records, ensure_ascii=False, indent=1), "utf-8")
    elif form == "csv":
        rows = "".join(f'{number},"{text}"\n' for number, text in enumerate(articles))
        (folder / "a.csv").write_text(f"id,text\n{rows}", "utf-8")


def texts(folder: Path) -> dict[str, str]:
    """The files' texts; what is no UTF-8 is GB 18030."""
    found = {}
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        data = gzip.decompress(data) if path.suffix == ".gz" else data
        try:
            found[path.name] = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            found[path.name] = data.decode("gb18030")
    return found


def patched(diff: str, before: dict[str, str], folder: Path) -> dict[str, str]:
    """The texts with a diff applied to them by git, in a folder of its own."""
    folder.mkdir()
    for name, text in before.items():
        (folder / name).write_bytes(text.encode())
    patch = re.sub(r"(?m)^.*: written as UTF-8.*\n|(?<=^\+\+\+ )(.*) \(fixed\)$", r"\1", diff)
    if patch:
        command = ["git", "apply", "-p0", "--whitespace=nowarn", "-"]
        done = subprocess.run(command, cwd=folder, input=patch.encode(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
    return {name: (folder / name).read_bytes().decode() for name in before}


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str, given: bytes = b"") -> str:
    """What the command prints."""
    out = TextIOWrapper(BytesIO(), "utf-8", newline="\n")
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given), "utf-8"))
    assert main([*arguments, "--isolated"]) != 2
    out.flush()
    buffer = out.buffer
    assert isinstance(buffer, BytesIO)
    return buffer.getvalue().decode()


@pytest.mark.parametrize("unsafe", [False, True])
@pytest.mark.parametrize("form", ["text", "gb18030", "bom", "crlf", "gzip", "jsonl", "jsonl.gz", "json", "csv"])
def test_the_diff_is_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str, *, unsafe: bool
) -> None:
    more = ["--unsafe-fixes"] if unsafe else []
    folder = tmp_path / "corpus"
    make(folder, form)
    before = texts(folder)
    monkeypatch.chdir(folder)
    diffs = [run(monkeypatch, ".", "--diff", "--jobs", jobs, *more) for jobs in ("1", "2")]
    assert diffs[0] == diffs[1]
    assert texts(folder) == before
    run(monkeypatch, ".", "--fix", *more)
    after = texts(folder)
    assert patched(diffs[0], before, tmp_path / "patched") == after
    # Common lines, the second telling and the loop are gone only where that was wanted.
    plain = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), "".join(after.values()))
    counts = [plain.count(part) for part in ("老照片馆", DOUBLED, LOOP)]
    assert counts == ([0, 9, 9] if unsafe else [9, 18, 180])


@pytest.mark.parametrize("unsafe", [False, True])
def test_standard_input_is_shown_as_it_is_filtered(monkeypatch: pytest.MonkeyPatch, *, unsafe: bool) -> None:
    more = ["--unsafe-fixes"] if unsafe else []
    records = "".join(json.dumps({"text": article(number)}, ensure_ascii=False) + "\n" for number in range(9))
    arguments = ["-", "--stdin-filename", "a.jsonl", *more]
    diff = run(monkeypatch, *arguments, "--diff", given=records.encode())
    fixed = run(monkeypatch, *arguments, "--fix", given=records.encode())
    added = [line[1:] for line in diff.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert added == fixed.splitlines()
    assert ("老照片馆" in fixed) is not unsafe


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_the_diff_of_columns_shows_the_texts_that_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import feather, parquet

    write, read = (
        (parquet.write_table, parquet.read_table)
        if form == "parquet"
        else (
            feather.write_feather,
            feather.read_table,
        )
    )
    # One text has nothing to mend but the common lines, one has nothing at all.
    written = [*map(article, range(8)), f"{FURNITURE}最后一篇文章很短，也没有别的毛病。", "别的文章，没有可改的。"]
    write(pa.table({"text": written}), tmp_path / f"a.{form}")
    monkeypatch.chdir(tmp_path)
    diff = run(monkeypatch, f"a.{form}", "--diff", "--unsafe-fixes")
    run(monkeypatch, f"a.{form}", "--fix", "--unsafe-fixes")
    now = read(tmp_path / f"a.{form}").column("text").to_pylist()
    shown = {
        "".join(f"record {number}, text:\n{text}\n" for number, text in enumerate(texts, 1) if text != written[-1])
        for texts in (written, now)
    }
    before, after = sorted(shown, key=len, reverse=True)
    name = f"a.{form}"
    assert patched(diff, {name: before}, tmp_path / "patched") == {name: after}
    assert "老照片馆" not in after

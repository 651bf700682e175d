"""Several processes: the same outcome as of one, and a file that kills a process is known by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from corpus_lint import jobs, pieces
from corpus_lint.duplication import shelf
from corpus_lint.jobs import Item, divide
from corpus_lint.reading import Reader, ReadError
from tests.killer import KILLER
from tests.shell import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PASSAGE = (
    "春天的早晨，公园里有许多人在散步，湖边的柳树已经发芽，几只小鸟在枝头唱歌。老人们坐在长椅上聊天，孩子们在草地上跑来跑去，"
    "远处的钟楼敲了八下，卖早点的小店门口排起了长队，热气从蒸笼里冒出来，飘过整条街道。这样的日子让人觉得时间过得很慢。"
)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    shop = Workshop(tmp_path, capsys, monkeypatch)
    shop.write("corpus-lint.toml", "")
    monkeypatch.setattr(jobs, "LEAST", 1)
    return shop


def fill(shop: Workshop) -> None:
    for number in range(12):
        text = (
            f"第{number}页的正文，写的是别的事情，与其他各页都没有关系。\n{PASSAGE if number % 4 == 1 else ''}\nxx省\n"
        )
        if number % 3:
            shop.write(f"{number:02}.txt", text)
        else:
            lines = [json.dumps({"text": part, "id": number}, ensure_ascii=False) for part in (text, "\0", text[::-1])]
            shop.write(f"{number:02}.jsonl", "\n".join(lines) + "\n{broken\n")
    shop.write("gbk.txt", (PASSAGE + "今年以来有所下降。\n").encode("gbk"))


@pytest.mark.parametrize("kept", [16 << 20, 0])
def test_the_number_of_processes_changes_nothing(kept: int, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KEPT", kept)
    fill(shop)
    one = shop.run("--output-format", "json", "--pedantic", "-j", "1")
    two = shop.run("--output-format", "json", "--pedantic", "-j", "2")
    three = shop.run("--output-format", "json", "--pedantic", "-j", "3")
    codes = {item["code"] for item in json.loads(one[1])}
    assert {"DUP002", "PLH001", "ENC001", "ENC020", "ENC004"} <= codes
    assert one == two == three


def test_documents_of_packed_files_are_had_again(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    fill(shop)
    for number, path in enumerate(list(shop.folder.glob("*.jsonl"))):
        if number % 3 == 0:
            record = {"messages": [{"text": PASSAGE}, {"text": f"{number}\n{PASSAGE}"}], "text": "\ud800" + PASSAGE}
            path.write_text(path.read_text("utf-8") + json.dumps(record) + "\n", "utf-8")
    rows = "".join(f'{number},"{PASSAGE}\n""{number}"""\r\n' for number in range(3))
    shop.write("table.csv", ("id,text\r\n" + rows).encode() + b"9,\xff\r\n")
    for path in list(shop.folder.iterdir()):
        if path.suffix != ".toml":
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
            path.unlink()
    arguments = ("--output-format", "json", "--pedantic", "--field", "text", "--field", "messages.text")
    expected = shop.run(*arguments, "-j", "1")
    assert {"DUP002", "DUP003", "ENC020"} <= {item["code"] for item in json.loads(expected[1])}
    monkeypatch.setattr(shelf, "KEPT", 0)
    assert shop.run(*arguments, "-j", "1") == shop.run(*arguments, "-j", "2") == expected


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_where_nothing_is_compared_no_document_is_put_aside(
    jobs: str, shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(shop)
    arguments = ("--select", "ENC", "--output-format", "json", "-j", jobs)
    expected = shop.run(*arguments)
    assert json.loads(expected[1])
    monkeypatch.delattr(shelf.Shelf, "put")
    assert shop.run(*arguments) == expected


def test_fixed_by_several(shop: Workshop) -> None:
    fill(shop)
    arguments = ("--fix", "--output-format", "json")
    before = {path.name: path.read_bytes() for path in shop.folder.iterdir()}
    one = shop.run(*arguments, "-j", "1")
    after = {path.name: path.read_bytes() for path in shop.folder.iterdir()}
    for name, data in before.items():
        shop.write(name, data)
    assert shop.run(*arguments, "-j", "2") == one
    assert {path.name: path.read_bytes() for path in shop.folder.iterdir()} == after != before


@pytest.mark.parametrize("forks", [True, False])
def test_a_file_that_kills_is_named(forks: bool, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FORKS", forks and jobs.FORKS)
    shop.write("killers/__init__.py", KILLER)
    monkeypatch.syspath_prepend(str(shop.folder))
    shop.write("corpus-lint.toml", 'packs = ["killers"]\n')
    for number in range(8):
        shop.write(f"{number}.txt", "kill" if number in (2, 3) else "found")
    status, out, err = shop.run("-j", "2", "--output-format", "concise", ".")
    assert status == 2
    assert [line[0] for line in out.splitlines() if "KIL001" in line] == list("014567")
    assert [line[:6] for line in err.splitlines() if "killed" in line] == ["2.txt:", "3.txt:"]
    sys.modules.pop("killers")


def test_portions_are_of_about_the_same_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "LEAST", 100)
    items = []
    for number, size in enumerate((10, 10, 5000, 60, 30, 20, 0, 100)):
        path = tmp_path / str(number)
        path.write_bytes(b"x" * size)
        items.append(Item(str(path), path.name, number, size))
    monkeypatch.setattr(jobs, "MOST", 100)
    assert [[item.order for item in portion] for portion in divide(items, 2)] == [[0, 1], [2], [3, 4], [5, 6], [7]]


def test_a_long_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a line of a long file\n" * 50_000)
    reader = Reader(str(path))
    documents = reader.documents()
    next(documents)
    with path.open("ab") as other:
        other.write(b"one more\n")
    with pytest.raises(ReadError, match="it changed while it was being linted; run again"):
        list(documents)


def test_a_long_file_that_changes_while_several_read_it(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write("a.txt", "今年以来，根据xx省的部署，各项工作都在进行。\n" * 20_000)
    shop.write("b.txt", "根据xx省的部署。\n")
    cut = pieces.cut

    def write_behind(*given: Any) -> Iterator[pieces.Piece]:
        yield from cut(*given)
        with (shop.folder / "a.txt").open("ab") as other:
            other.write(b"one more\n")

    monkeypatch.setattr(pieces, "cut", write_behind)
    status, _, err = shop.run("-j", "2", "--select", "PLH001")
    assert (status, err) == (2, "a.txt: error: it changed while it was being linted; run again\n")


ASKED_TO_END = """
import os, signal, sys, time
from corpus_lint import jobs, run

def end(*_, **__):
    assert os.listdir(os.environ["TMPDIR"])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)

jobs.LEAST = 1
run.compare = end
from corpus_lint.__main__ import main
sys.exit(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there a process is ended without being asked")
def test_who_is_asked_to_end_takes_the_texts_laid_aside_along(shop: Workshop) -> None:
    fill(shop)
    (shop.folder / "tmp").mkdir()
    command = [sys.executable, "-c", ASKED_TO_END, "--no-cache", "-j", "2"]
    environment = {**os.environ, "TMPDIR": str(shop.folder / "tmp")}
    ran = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert (ran.returncode, ran.stderr) == (130, b"corpus-lint: interrupted; files are as they were or fixed whole\n")
    assert list((shop.folder / "tmp").iterdir()) == []

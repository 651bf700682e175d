"""The result cache: nobody can tell an answer from it from one without it."""

from __future__ import annotations

import csv
import gzip
import importlib
import io
import json
import os
import random
import shutil
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from corpus_lint import jobs, linting, run
from corpus_lint.config import OUTPUT_FORMATS, Settings
from corpus_lint.duplication import shelf
from corpus_lint.memory import circumstances, results, signature
from tests.planted import prose
from tests.shell import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Answer = tuple[int, str, str]

PASSAGE = (
    "春天的早晨，公园里有许多人在散步，湖边的柳树已经发芽，几只小鸟在枝头唱歌。老人们坐在长椅上聊天，孩子们在草地上跑来跑去，"
    "远处的钟楼敲了八下，卖早点的小店门口排起了长队，热气从蒸笼里冒出来，飘过整条街道。这样的日子让人觉得时间过得很慢。"
)
MENU = "北方频道\n城市生活圈\n老照片馆\n"
CODES = {"DUP002", "DUP003", "BOI010", "PLH001", "ENC001", "ENC020"}


class Kitchen(Workshop):
    """A workshop that counts the files that are linted."""

    linted: list[str] = []

    def cached(self, *arguments: str) -> Answer:
        """What the command says, once it has been seen that it says the same without the cache."""
        self.linted = []
        answer = self.run(*arguments)
        linted, self.linted = self.linted, []
        assert answer == self.run("--no-cache", *arguments)
        self.linted = linted
        return answer

    def volumes(self) -> list[str]:
        return [name for name in os.listdir(self.kept) if name.endswith(".volume")]

    @property
    def kept(self) -> Path:
        return self.folder.parent / "cache" / "results"


@pytest.fixture
def shop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], seeds: list[Path]
) -> Kitchen:
    folder = tmp_path / "corpus"
    folder.mkdir()
    # The cache of compiled triggers stays that of all tests.
    monkeypatch.setattr(results, "FOLDER", str(tmp_path / "cache" / "results"))
    monkeypatch.setattr(run, "CACHE_WORTHWHILE", 0)
    monkeypatch.setattr(jobs, "LEAST", 5000)
    shop = Kitchen(folder, capsys, monkeypatch)
    file = linting.Linter.file

    def counted(self: linting.Linter, path: str, name: str, *, is_named: bool) -> None:
        shop.linted.append(path)
        file(self, path, name, is_named=is_named)

    monkeypatch.setattr(linting.Linter, "file", counted)
    shop.write("corpus-lint.toml", "")
    fill(shop, seeds)
    return shop


def fill(shop: Workshop, seeds: list[Path]) -> None:
    """Documents in every format, with every kind of finding; written long enough ago."""
    source = random.Random(1)
    pages = [
        f"{MENU}{prose(source, 30)}\n{PASSAGE if number % 4 == 1 else ''}\nxx省\n{prose(source, 9) * 5}"
        for number in range(12)
    ]
    for number, page in enumerate(pages):
        shop.write(f"{number:02}.txt" if number % 2 else f"folder/{number:02}.txt", page)
    shop.write("double.txt", pages[3])
    lines = [json.dumps({"text": page, "id": 1}) for page in (pages[1], "\0", pages[2][::-1])]
    shop.write("records.jsonl", "\n".join(lines) + "\n{broken\n")
    shop.write("packed.jsonl.gz", gzip.compress("\n".join(reversed(lines)).encode(), mtime=0))
    table = io.StringIO()
    csv.writer(table).writerows([["id", "text"], ["1", pages[5]], ["2", "根据xx省的部署"]])
    shop.write("table.csv", table.getvalue())
    shop.write("no-text.json", '{"a": "b"}')
    shop.write("gbk.txt", (PASSAGE + "今年以来有所下降。\n" + pages[0]).encode("gbk"))
    shop.write("binary.txt", b"\x89PNG\0\0\0" * 9)
    shop.write("damaged.txt", pages[7].encode() + b"\xe4\xb8 xx\xe7\x9c\x81\n")
    shop.write("empty.txt", "")
    shop.write("page.md", f"# 标题\n\n{pages[2]}\n")
    shutil.copy(min(seeds, key=os.path.getsize), shop.folder / "seed.txt")
    write_columns(shop.folder / "columns.parquet", [pages[4], "根据xx省的部署", None])
    grow_old(shop)


def write_columns(path: Path, texts: list[str | None]) -> None:
    arrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table({"text": texts}), path)


def grow_old(shop: Workshop) -> None:
    """Wait until files that were written may be trusted to show when they are written again."""
    time.sleep(2 * signature.FRESH / 1e9)


def test_every_report_is_the_same(shop: Kitchen) -> None:
    reports = shop.folder.parent / "reports"
    reports.mkdir()
    outputs = [f"--output={form}={reports / form}" for form in OUTPUT_FORMATS]

    def told(*options: str) -> tuple[Answer, dict[str, bytes]]:
        answer = shop.run(*outputs, *options)
        return answer, {path.name: path.read_bytes() for path in reports.iterdir()}

    plain = told("--no-cache")
    assert {item["code"] for item in json.loads(plain[1]["json"])} >= CODES
    assert told("-j", "2") == plain
    shop.linted = []
    assert told() == told("-j", "2") == plain
    assert shop.linted == []


@pytest.mark.parametrize("options", [["--statistics"], ["--redact"], ["--pedantic"], ["--against", "."]])
def test_other_ways_of_telling(options: list[str], shop: Kitchen) -> None:
    first = shop.cached("--output-format", "concise", *options)
    shop.linted = []
    assert shop.run("--output-format", "concise", *options) == first
    assert shop.linted == []


CHANGES: dict[str, Callable[[Kitchen], object]] = {
    "nothing": lambda shop: None,
    "edited": lambda shop: shop.replace("03.txt", "xx省", "某省 yy市 xx县"),
    "edited in place": lambda shop: shop.replace("03.txt", "xx省", "yy省"),
    "the first copy edited": lambda shop: shop.replace("01.txt", PASSAGE[:40], "今年"),
    "a record edited": lambda shop: shop.replace("records.jsonl", "xx", "yy"),
    "a column edited": lambda shop: write_columns(shop.folder / "columns.parquet", [PASSAGE, MENU]),
    "removed": lambda shop: os.unlink(shop.folder / "01.txt"),
    "renamed": lambda shop: os.rename(shop.folder / "03.txt", shop.folder / "zz.txt"),
    "format changed": lambda shop: os.rename(shop.folder / "records.jsonl", shop.folder / "records.txt"),
    "added": lambda shop: shop.write("02b.txt", PASSAGE * 2 + MENU),
    "added twice": lambda shop: [shop.write(f"{name}.txt", "同样的xx省\n" + PASSAGE) for name in ("0a", "za")],
    "exchanged": lambda shop: [
        os.rename(shop.folder / old, shop.folder / new)
        for old, new in zip(("01.txt", "03.txt", "t"), ("t", "01.txt", "03.txt"), strict=False)
    ],
    "touched": lambda shop: [os.utime(shop.folder / name, (1, 1)) for name in ("01.txt", "packed.jsonl.gz")],
    "configured": lambda shop: shop.write("corpus-lint.toml", "[rules.DUP002]\nshortest = 400\n"),
    "ignored": lambda shop: shop.write("corpus-lint.toml", '[per-file-ignores]\n"folder/*" = ["PLH"]\n'),
    "own rule": lambda shop: shop.write(
        "corpus-lint.toml", 'select = ["DUP"]\n[[rule]]\ncode = "DUP099"\npattern = "钟楼"\nmessage = "{match}"\n'
    ),
}


@pytest.mark.parametrize(
    ("jobs_wanted", "change"), [*(("1", change) for change in CHANGES), ("2", "edited"), ("2", "added twice")]
)
def test_after_a_change(jobs_wanted: str, change: str, shop: Kitchen) -> None:
    arguments = ("-j", jobs_wanted, "--output-format", "json", "--pedantic")
    before = shop.cached(*arguments)
    CHANGES[change](shop)
    changed = shop.cached(*arguments)
    linted = shop.linted
    grow_old(shop)
    assert shop.cached(*arguments) == changed
    assert shop.linted == []
    if jobs_wanted == "1":
        expected = {
            "nothing": 0,
            "edited": 1,
            "edited in place": 1,
            "removed": 0,
            "added": 1,
            "touched": 0,
            "exchanged": 2,
        }
        assert len(linted) == expected.get(change, len(linted))
    assert (before == changed) == (change in ("nothing", "touched"))


def test_what_was_restored_is_known(shop: Kitchen) -> None:
    first = shop.cached()
    shop.replace("03.txt", "xx省", "yy市的事")
    assert shop.cached() != first
    shop.replace("03.txt", "yy市的事", "xx省")
    assert shop.cached() == first
    assert shop.linted == []


def test_selected_files_and_other_folders(shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.cached()
    shop.cached("folder", "01.txt")
    assert shop.linted == ["01.txt"]  # named by the user now
    shop.cached("folder", "01.txt")
    assert shop.linted == []
    shop.cached("binary.txt", "01.txt")
    shop.cached("binary.txt", "01.txt")
    assert shop.linted == ["binary.txt"]
    monkeypatch.chdir(shop.folder / "folder")
    shop.cached()
    assert len(shop.linted) == 6


@pytest.mark.parametrize("kept", [shelf.KEPT, 0])
def test_documents_are_read_again(kept: int, shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KEPT", kept)
    monkeypatch.setattr(results, "TOGETHER", 5000)
    shop.cached("--output-format", "json")
    shop.write("zz.txt", "另外一件事\n" + PASSAGE + MENU)
    shop.cached("--output-format", "json")
    assert shop.linted == ["zz.txt"]


@pytest.mark.parametrize("jobs_wanted", ["1", "2"])
def test_large_files(jobs_wanted: str, shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_lint.portions.LARGE", 3000)
    shop.cached("-j", jobs_wanted, "--output-format", "json")
    shop.cached("-j", jobs_wanted, "--output-format", "json")
    assert shop.linted == []
    shop.write("zz.txt", "xx省\n")
    shop.cached("-j", jobs_wanted, "--output-format", "json")


def test_baseline_and_revision(shop: Kitchen) -> None:
    shop.git("init", "-q", "-b", "main")
    shop.commit()
    shop.run("--no-cache", "--baseline", "known.txt", "--baseline-accept")
    for change in ("", "新的xx市\n"):
        shop.write("03.txt", shop.read("03.txt") + change)
        for options in (["--baseline", "known.txt"], ["--new-since", "HEAD"], ["--max-share", "PLH=0.2"]):
            shop.cached("--output-format", "json", *options)
    baselines = []
    for options in ([], ["--no-cache"]):
        shop.run("--baseline", "new.txt", "--baseline-accept", *options)
        baselines.append(shop.read("new.txt"))
    assert baselines[0] == baselines[1] != ""


def test_fixing_reads_everything(shop: Kitchen) -> None:
    shop.run()
    shop.linted = []
    shop.run("--diff")
    assert len(shop.linted) > 20
    shop.run("--fix")
    shop.cached()


def test_what_fails_fails_again(shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_lint.user_rules.TIMEOUT", 0.01)
    rule = '[[rule]]\ncode = "OWN001"\npattern = "zzz|(?:a|aa)+$"\nmessage = "x"\n'
    shop.write("corpus-lint.toml", rule)
    shop.write("slow.txt", "好\nzzz" + "a" * 40 + "!\n")
    shop.write("truncated.jsonl.gz", gzip.compress(b'{"text": "xx"}\n' * 999)[:-20])
    for _ in range(2):
        status, _, err = shop.cached("--select", "OWN001,PLH", "--output-format", "json", ".", "binary.txt")
        assert status == 2
        assert {"slow.txt", "binary.txt", "truncated.jsonl.gz"} <= set(shop.linted)
        assert "takes longer than" in err


def test_off(shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.run("--no-cache")
    shop.write("corpus-lint.toml", "cache = false\n")
    shop.run()
    assert not shop.kept.exists()
    shop.write("corpus-lint.toml", "")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("xx省".encode())))
    shop.run("-", "01.txt")
    assert not shop.kept.exists()
    monkeypatch.setattr(run, "CACHE_WORTHWHILE", 1 << 30)
    shop.run()
    assert not shop.kept.exists()
    monkeypatch.setattr(run, "CACHE_WORTHWHILE", 0)
    monkeypatch.setenv("CORPUS_LINT_CACHE", "")
    shop.cached("--select", "PLH001")
    assert not shop.kept.exists()


def test_nothing_can_be_written(shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "FOLDER", str(shop.write("file.txt.part", "")))
    shop.cached()
    shop.cached()


def test_only_the_user_may_read_it(shop: Kitchen) -> None:
    shop.run()
    assert stat.S_IMODE(os.stat(shop.kept).st_mode) == 0o700
    assert {stat.S_IMODE(os.stat(shop.kept / name).st_mode) for name in shop.volumes()} == {0o600}


@pytest.mark.parametrize("size", [0, 10, 1000, -100, -1])
def test_damaged_volumes(size: int, shop: Kitchen) -> None:
    shop.cached()
    (volume,) = shop.volumes()
    path = shop.kept / volume
    whole = path.read_bytes()
    path.write_bytes(whole[:size])
    shop.cached()
    assert len(shop.linted) > 20
    shop.cached()
    assert shop.linted == []


def test_damaged_pieces(shop: Kitchen) -> None:
    first = shop.cached()
    (volume,) = shop.volumes()
    path = shop.kept / volume
    data = bytearray(path.read_bytes())
    data[2000 : len(data) // 2] = b"x" * (len(data) // 2 - 2000)
    data[-8000:-7900] = bytes(100) if len(data) < 8000 else data[-8000:-7900]
    path.write_bytes(data)
    shop.write("zz.txt", "xx省\n")
    shop.cached()
    assert len(shop.linted) > 3
    os.unlink(shop.folder / "zz.txt")
    assert shop.cached() == first


def test_volumes_of_something_else(shop: Kitchen) -> None:
    shop.cached()
    (volume,) = shop.volumes()
    owner = volume.split("-")[0]
    (shop.kept / f"{owner}-0000-1.volume").write_bytes(b"something else")
    (shop.kept / f"{owner}-f000-1.volume").write_bytes(b"corpus-lint volume 1\n")
    shop.cached()
    assert shop.linted == []
    assert shop.volumes() == [volume]


def test_circumstances(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site-packages"
    pack = site / "some_pack"
    pack.mkdir(parents=True)
    (pack / "__init__.py").write_text("")
    (pack / "words.txt").write_text("one")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.chdir(tmp_path)
    for name in ("some_pack", "tests.pack"):
        importlib.import_module(name)
    settings = Settings()
    settings.packs = ["some_pack", "tests.pack"]
    seen = {circumstances.digest(settings)}

    def is_new() -> bool:
        known = len(seen)
        seen.add(circumstances.digest(settings))
        assert circumstances.digest(settings) in seen
        return len(seen) > known

    assert not is_new()
    settings.output_format, settings.jobs, settings.exclude, settings.root = "json", 5, ["x"], "/"
    assert not is_new()
    os.utime(pack / "words.txt", (1, 1))
    assert not is_new()
    (pack / "words.txt").write_text("two")
    assert is_new()
    (site / "regex-99.dist-info").mkdir()
    assert is_new()
    settings.per_file_ignores = {"a/*": ["PLH"]}
    assert is_new()
    settings.root = "/elsewhere"
    assert is_new()
    settings.rules = {"PLH001": {"x": 1}}
    assert is_new()
    settings.pedantic = True
    assert is_new()
    monkeypatch.chdir(site)
    assert is_new()
    del sys.modules["some_pack"]


def test_new_settings_count() -> None:
    """What is said to make no difference is a setting, and everything else makes one."""
    known = set(Settings.__annotations__)
    assert known >= circumstances.AFTERWARDS | circumstances.WHICH_FILES | circumstances.ON_THE_WAY


def test_many_volumes_become_one(shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "VOLUMES", 2)
    shop.cached()
    for number in range(6):
        shop.write("changing.txt", f"第{number}个 xx省\n" * 3)
        shop.write(f"more{number}.txt", f"{number} xx省\n")
        if number == 4:
            os.unlink(shop.folder / "03.txt")
        grow_old(shop)
        shop.cached()
        assert set(shop.linted) == {"changing.txt", f"more{number}.txt"}
        assert len(shop.volumes()) <= 3
    shop.cached()
    assert shop.linted == []


def test_the_size_is_bounded(shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        shop.write("corpus-lint.toml", f"cache-size = 1\ntext-field = 'f{number}'\n")
        shop.cached()
        shop.cached("01.txt")
    stray = shop.kept / "x-1-1.volume.new"
    stray.write_bytes(b"x" * 1000)
    os.utime(stray, (1, 1))
    blob = shop.kept / "old-1-1.volume"
    blob.write_bytes(b"x" * 1_000_000)
    os.utime(blob, (1, 1))
    shop.write("zz.txt", "xx省")
    shop.cached()
    assert not stray.exists()
    assert not blob.exists()
    assert sum(os.path.getsize(shop.kept / name) for name in os.listdir(shop.kept)) <= 1 << 20
    monkeypatch.setattr(results, "VOLUMES", 0)
    shop.write("corpus-lint.toml", "cache-size = 0\n")
    shop.cached()
    shop.cached()


def test_a_file_written_just_now_is_read_again(shop: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signature, "FRESH", 60_000_000_000)
    path = shop.write("fresh.txt", "xx省的部署\n")
    shop.cached()
    status = os.stat(path)
    # The same size, time and number: only its bytes tell.
    with open(path, "r+b") as file:
        file.write("好的省".encode()[:5])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    real = os.stat

    def same(name: str, **options: object) -> os.stat_result:
        return status if name == "fresh.txt" else real(name, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(signature.os, "stat", same)
    shop.cached()
    assert shop.linted == ["fresh.txt"]


def test_signatures() -> None:
    fine = signature.Signature(5, 10**18 + 1, 10**18 + 2, 7)
    assert fine.trusted(10**18 + 3 + signature.FRESH) == fine
    assert fine.trusted(10**18 + signature.FRESH) == signature.Signature(5, 0, 0, 0)
    coarse = fine._replace(written=10**18)
    assert coarse.trusted(10**18 + 3 + signature.FRESH) != coarse
    assert coarse.trusted(10**18 + 3 + signature.FRESH_COARSE) == coarse
    assert signature.sign(os.curdir) == signature.sign("no such file") == signature.NONE
    assert signature.digest("no such file") == b""


def test_processes_at_once(shop: Kitchen) -> None:
    plain = shop.run("--no-cache", "--output-format", "json")
    command = (
        "from corpus_lint import run; run.CACHE_WORTHWHILE = 0;"
        "from corpus_lint.memory import results; results.VOLUMES = 2;"
        "from corpus_lint.cli import main; import sys; sys.exit(main(['--output-format', 'json', '-j', '1']))"
    )
    command = f"from corpus_lint.memory import results; results.FOLDER = {str(shop.kept)!r};{command}"
    for number in range(2):
        started = [
            subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            for _ in range(4)
        ]
        for process in started:
            out, err = process.communicate()
            assert out.decode() == plain[1], err.decode()
        os.utime(shop.folder / "01.txt", (number, number))
    assert shop.cached("--output-format", "json") == plain
    assert shop.linted == []


def test_interrupted(shop: Kitchen) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "compare", interrupt)
        with pytest.raises(KeyboardInterrupt):
            shop.run()
    shop.cached()
    assert shop.linted == []

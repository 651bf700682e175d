"""Shards: the parts that several runs have made are reported on as if one run had made them."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint.config import OUTPUT_FORMATS
from corpus_lint.distributed import partial, shards, unpickling
from corpus_lint.distributed.shards import Shard, choose
from tests.shell import Workshop

if TYPE_CHECKING:
    from pathlib import Path

PASSAGE = (
    "春天的早晨，公园里有许多人在散步，湖边的柳树已经发芽，几只小鸟在枝头唱歌。老人们坐在长椅上聊天，孩子们在草地上跑来跑去，"
    "远处的钟楼敲了八下，卖早点的小店门口排起了长队，热气从蒸笼里冒出来，飘过整条街道。这样的日子让人觉得时间过得很慢。"
)
PARTS = shards.FOLDER


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    shop = Workshop(tmp_path, capsys, monkeypatch)
    shop.write("corpus-lint.toml", "")
    return shop


def fill(shop: Workshop) -> None:
    """Files of several formats, with damage of their own, shared passages, copies, and lines that all pages have."""
    for number in range(14):
        text = f"北方频道\n城市生活圈\n老照片馆\n第{number}页的正文，写的是别的事情，与其他各页都没有关系。\n"
        text += f"{PASSAGE if number % 4 == 1 else ''}\nxx省\n关于我们\n联系我们\n"
        if number % 3:
            shop.write(f"c/{number:02}.txt", text)
        else:
            lines = [json.dumps({"text": part, "id": number}, ensure_ascii=False) for part in (text, "\0", text[::-1])]
            data = ("\n".join(lines) + "\n{broken\n").encode()
            shop.write(f"c/{number:02}.jsonl{'.gz' if number % 2 else ''}", gzip.compress(data) if number % 2 else data)
    shop.write("c/copy.txt", shop.read("c/05.txt"))
    shop.write("c/gbk.txt", (PASSAGE + "今年以来有所下降。\n").encode("gbk"))
    shop.write("c/nothing.csv", "a,b\n1,2\n")
    shop.write("c/bad.txt", b"\0\1\2\3" * 30)
    shop.write("c/empty.txt", "")
    shop.write("c/README.md", "xx省")


def make(shop: Workshop, of: int, *arguments: str) -> None:
    for number in range(1, of + 1):
        status, out, err = shop.run("--shard", f"{number}/{of}", *arguments)
        assert status == 0, err
        assert f"Shard {number}/{of}: " in out


@pytest.mark.parametrize("of", [1, 2, 7, 30])
def test_merged_parts_are_one_run(of: int, shop: Workshop) -> None:
    fill(shop)
    arguments = ("c", "nosuch.txt", "--pedantic")
    expected = shop.run(*arguments, "--output-format", "json")
    codes = {item["code"] for item in json.loads(expected[1])}
    assert {"DUP002", "DUP003", "BOI010", "PLH001", "ENC001", "ENC020", "ENC004"} <= codes
    assert expected[0] == 2  # one file is not there
    for number in range(1, of + 1):
        assert shop.run(*arguments, "--shard", f"{number}/{of}")[0] == 0
    assert shop.run("--merge", "--output-format", "json") == expected


@pytest.mark.parametrize("form", OUTPUT_FORMATS)
def test_every_format_is_that_of_one_run(form: str, shop: Workshop) -> None:
    fill(shop)
    make(shop, 3, "c")
    for more in ((), ("--redact",), ("--statistics",), ("--max-share", "ALL=1"), ("--fail-on", "error")):
        arguments = ("--output-format", form, *more)
        assert shop.run("--merge", *arguments) == shop.run("c", *arguments)


def test_the_exit_status_is_that_of_one_run(shop: Workshop) -> None:
    shop.write("c/a.txt", "好")
    shop.write("c/b.txt", "好的")
    make(shop, 2, "c")
    assert shop.run("--merge") == shop.run("c")
    assert shop.run("--merge")[0] == 0
    shop.write("c/b.txt", "xx省")
    make(shop, 2, "c")
    assert shop.run("--merge") == shop.run("c")
    assert shop.run("--merge")[0] == 1


def test_several_processes_make_the_same_part(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus_lint import jobs

    monkeypatch.setattr(jobs, "LEAST", 1)
    fill(shop)
    make(shop, 2, "c", "-j", "2")
    assert shop.run("--merge", "--output-format", "json") == shop.run("c", "--output-format", "json", "-j", "1")


def test_the_configuration_of_the_shards_counts(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(shop)
    shop.write(
        "corpus-lint.toml",
        'fields = ["text"]\nper-file-ignores = { "c/*.txt" = ["DUP003"] }\nexclude = ["*.csv"]\n'
        "[rules.BOI010]\nfewest-documents = 15\n[rules.DUP002]\nshortest = 200\n",
    )
    expected = shop.run("c", "--ignore", "PLH", "--output-format", "json")
    make(shop, 3, "c", "--ignore", "PLH")
    shop.write("corpus-lint.toml", "")
    assert shop.run("--merge", "--output-format", "json") == expected


def test_a_baseline_is_applied_to_all(shop: Workshop) -> None:
    fill(shop)
    shop.write("corpus-lint.toml", 'baseline = "c/known.txt"\n')
    assert shop.run("c", "--baseline-accept")[0] == 0
    kept = shop.read("c/known.txt")
    shop.write("c/02.txt", shop.read("c/02.txt") + "他在xx县工作。\n")
    make(shop, 3, "c")
    expected = shop.run("c", "--output-format", "json")
    assert [item["text"] for item in json.loads(expected[1])] == ["xx县"]
    assert shop.run("--merge", "--output-format", "json") == expected
    merged = shop.run("--merge", "--baseline-accept"), shop.read("c/known.txt")
    assert kept != merged[1]
    shop.write("c/known.txt", kept)
    assert (shop.run("c", "--baseline-accept"), shop.read("c/known.txt")) == merged


def test_a_revision_is_applied_to_all(shop: Workshop) -> None:
    fill(shop)
    shop.write(".gitignore", f"{PARTS}/\n")
    shop.git("init", "-q")
    shop.commit()
    shop.write("c/02.txt", shop.read("c/02.txt") + "xx县\n")
    make(shop, 3, "c")
    arguments = ("--new-since", "HEAD", "--output-format", "json")
    assert shop.run("--merge", *arguments) == shop.run("c", *arguments)


def test_files_are_held_against_the_corpus(shop: Workshop) -> None:
    shop.write("old/a.txt", PASSAGE)
    shop.write("new/b.txt", f"开头。\n{PASSAGE}\n结尾。")
    shop.write("new/c.txt", "好")
    expected = shop.run("new", "--against", ".", "--output-format", "json")
    assert "DUP002" in expected[1]
    make(shop, 2, "new", "--against", ".")
    assert shop.run("--merge", "--output-format", "json") == expected


def test_parts_are_no_corpus(shop: Workshop) -> None:
    fill(shop)
    expected = shop.run(".")
    make(shop, 2, ".", "--parts", "kept/parts")
    assert shop.run("--merge", "kept/parts") == expected
    assert shop.run("--merge", "kept/parts/2-of-2", "kept/parts/1-of-2") == expected


def test_what_is_there_is_not_done_again(shop: Workshop) -> None:
    fill(shop)
    make(shop, 2, "c")
    changed = (shop.folder / PARTS / "1-of-2" / "complete").stat().st_mtime_ns
    status, out, _ = shop.run("--shard", "1/2", "c")
    assert (status, "is there already" in out) == (0, True)
    assert (shop.folder / PARTS / "1-of-2" / "complete").stat().st_mtime_ns == changed
    # With other rules, or when a file of the shard was written again, it is.
    assert "is there already" not in shop.run("--shard", "1/2", "c", "--ignore", "PLH")[1]
    assert "is there already" in shop.run("--shard", "2/2", "c")[1]
    shop.write("c/gbk.txt", (shop.folder / "c/gbk.txt").read_bytes())
    assert "is there already" not in shop.run("--shard", "2/2", "c")[1]


class TestWrongParts:
    """What is not whole or not of one run is refused, with the remedy."""

    @pytest.fixture(autouse=True)
    def _parts(self, shop: Workshop) -> None:
        fill(shop)
        make(shop, 3, "c")

    def refused(self, shop: Workshop, *arguments: str) -> str:
        status, out, err = shop.run("--merge", *arguments)
        assert (status, out) == (2, "")
        return err

    def test_one_is_missing(self, shop: Workshop) -> None:
        shutil.rmtree(shop.folder / PARTS / "2-of-3")
        assert "run --shard 2/3" in self.refused(shop)

    def test_there_is_none(self, shop: Workshop) -> None:
        assert "make parts with --shard K/N" in self.refused(shop, "c")

    def test_they_are_of_two_divisions(self, shop: Workshop) -> None:
        make(shop, 2, "c")
        assert "merge the parts of one run" in self.refused(shop)

    def test_rules_differ(self, shop: Workshop) -> None:
        shop.run("--shard", "2/3", "c", "--ignore", "PLH")
        err = self.refused(shop)
        assert "another set of rules" in err
        assert "--shard 1/3, --shard 2/3 again" in err

    def test_files_differ(self, shop: Workshop) -> None:
        shop.write("c/new.txt", "好")
        shop.run("--shard", "2/3", "c")
        assert "another list of files" in self.refused(shop)

    def test_the_version_differs(self, shop: Workshop) -> None:
        for number in (1, 2, 3):
            shop.replace(f"{PARTS}/{number}-of-3/complete", '"version": "', '"version": "9.')
        assert "was made by corpus-lint 9." in self.refused(shop)

    @pytest.mark.parametrize("contract", [1, 99])
    def test_the_contract_differs(self, contract: int, shop: Workshop) -> None:
        own = f'"contract": {partial.CONTRACT}'
        shop.replace(f"{PARTS}/1-of-3/complete", own, f'"contract": {contract}')
        err = self.refused(shop)
        assert f"{PARTS}/1-of-3: this part" in err.replace(os.sep, "/")
        assert "is laid out in another way" in err
        assert "run its shard again" in err

    def test_the_digest_of_the_rules_differs(self, shop: Workshop) -> None:
        # As parts have it that were made before a file of the program was changed, whatever its version.
        for number in (1, 2, 3):
            place = shop.folder / PARTS / f"{number}-of-3" / "complete"
            said = json.loads(place.read_text("utf-8"))
            place.write_text(json.dumps({**said, "rules": "0" * 32}), "utf-8")
        assert "made by other rules or another Python than are here" in self.refused(shop)

    def test_the_rules_here_differ(self, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(partial, "digest_of_rules", lambda settings: "else")
        assert "made by other rules" in self.refused(shop)

    def test_a_file_was_cut_off(self, shop: Workshop) -> None:
        with (shop.folder / PARTS / "1-of-3" / "findings").open("r+b") as file:
            file.truncate(10)
        assert "findings is not whole; copy the part again" in self.refused(shop)

    def test_the_texts_have_changed(self, shop: Workshop) -> None:
        shop.write("c/01.txt", "else")
        assert "01.txt has changed since" in self.refused(shop)
        (shop.folder / "c/01.txt").unlink()
        assert "merge where the files are" in self.refused(shop)

    def test_the_marker_is_none(self, shop: Workshop) -> None:
        for written in ("", "[]", '{"contract'):
            shop.write(f"{PARTS}/1-of-3/complete", written)
            assert "run its shard again" in self.refused(shop)

    def test_two_differ_that_are_one_shard(self, shop: Workshop) -> None:
        shutil.copytree(shop.folder / PARTS / "1-of-3", shop.folder / "other")
        assert shop.run("--merge", PARTS, "other") == shop.run("--merge", PARTS)
        shop.replace("other/complete", '"state": "', '"state": "0')
        assert "leave one out" in self.refused(shop, PARTS, "other")

    @pytest.mark.parametrize("option", [("--select", "PLH"), ("--fix",), ("--pedantic",), ("--field", "a")])
    def test_options_of_the_shards(self, option: tuple[str, ...], shop: Workshop) -> None:
        assert "give this to --shard" in self.refused(shop, *option)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--shard", "0/3"), "K goes from 1 to N"),
        (("--shard", "4/3"), "K goes from 1 to N"),
        (("--shard", "half"), "write K/N"),
        (("--shard", "1/2", "--fix"), "a shard only finds"),
        (("--shard", "1/2", "--output-format", "json"), "give this to --merge"),
        (("--shard", "1/2", "--merge"), "use one of them"),
        (("--shard", "1/2", "-"), "standard input"),
        (("--parts", "x"), "--merge takes PATHs"),
        (("--merge", "corpus-lint.toml"), "there is no part of a run here"),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], message: str, shop: Workshop) -> None:
    status, out, err = shop.run(*arguments)
    assert (status, out) == (2, "")
    assert message in err


def test_names_need_not_be_utf_8(shop: Workshop) -> None:
    shop.write("\udcff/a.txt", "xx省\n")
    expected = shop.run("\udcff", "--output-format", "json")
    make(shop, 2, "\udcff")
    assert shop.run("--merge", "--output-format", "json") == expected


def test_a_killed_shard_is_made_again(shop: Workshop) -> None:
    """Killed at any moment it leaves a part, or none; running it again is all that is needed. Processes, hence slow."""
    fill(shop)
    expected = shop.run("c", "--output-format", "json")
    make(shop, 2, "c")
    command = [sys.executable, "-m", "corpus_lint", "--shard", "1/2", "c"]
    started = time.monotonic()
    subprocess.run(command, cwd=shop.folder, check=True, capture_output=True)
    length = time.monotonic() - started
    for step in range(10):
        shop.write("c/01.txt", shop.read("c/01.txt"))  # so that it is made again
        process = subprocess.Popen(command, cwd=shop.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(length * step / 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert shop.run("--merge", "--output-format", "json") == expected
    make(shop, 2, "c")
    assert shop.run("--merge", "--output-format", "json") == expected
    for left in (shop.folder / PARTS).glob(".*"):
        os.utime(left, (0, 0))
    make(shop, 2, "c", "--ignore", "PLH")
    assert sorted(path.name for path in (shop.folder / PARTS).iterdir()) == ["1-of-2", "2-of-2"]


def test_a_file_that_changes_meanwhile_is_no_part(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(shop)
    real = shards.Run.apart

    def apart(self: shards.Run, *given: Any) -> Any:
        found = real(self, *given)
        shop.write("c/00.jsonl", "{}")
        return found

    monkeypatch.setattr(shards.Run, "apart", apart)
    status, _, err = shop.run("--shard", "1/2", "c")
    assert (status, "run it again" in err) == (2, True)
    assert list((shop.folder / PARTS).iterdir()) == []


SIZES = st.lists(st.one_of(st.integers(0, 100), st.integers(0, 10_000_000)), max_size=40)


@given(SIZES, st.integers(1, 12))
def test_each_file_is_in_one_shard(sizes: list[int], of: int) -> None:
    chosen = [number for shard in range(1, of + 1) for number in choose(sizes, Shard(shard, of))]
    assert chosen == list(range(len(sizes)))


@given(st.lists(st.integers(0, 10_000_000), min_size=1, max_size=60), st.integers(1, 12))
def test_shards_are_of_about_the_same_size(sizes: list[int], of: int) -> None:
    weights = [size + shards.OVERHEAD for size in sizes]
    for shard in range(1, of + 1):
        mine = sum(weights[number] for number in choose(sizes, Shard(shard, of)))
        assert abs(mine - sum(weights) / of) <= max(weights)


def test_nothing_foreign_is_unpickled() -> None:
    import pickle

    from corpus_lint.outcome import Outcome

    assert isinstance(unpickling.loads(pickle.dumps(Outcome())), Outcome)
    for harmful in (os.system, subprocess.Popen, partial.sweep, eval):
        with pytest.raises(pickle.UnpicklingError):
            unpickling.loads(pickle.dumps(harmful))
    with pytest.raises(pickle.UnpicklingError):
        unpickling.loads(b"\x80\x05cut")

"""The baseline: what is known does not count, what is new does, through all that happens to a corpus."""

from __future__ import annotations

import errno
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lint import baseline
from corpus_lint.baseline import Baseline, Entry, Scope
from corpus_lint.options import ConfigurationError
from tests.shell import Workshop

BASE = "corpus.baseline"

SENTENCES = [
    "在省委和省政府的统一部署下，各地各部门认真贯彻落实会议精神，结合本地实际制定了具体的工作方案。",
    "从检查的情况来看，大多数单位能够按照要求完成任务，但也有少数单位重视不够、措施不力，工作进展缓慢。",
    "下一阶段要继续加大宣传力度，营造良好的社会氛围，确保各项任务按时完成并取得实效。",
    "这座小城依山傍水，四季分明，春天的时候满山的杜鹃花开得正艳，引来许多远方的游客驻足观赏。",
    "老人坐在门前的石阶上，一边晒着太阳，一边给孩子们讲述很久以前这个村子里发生过的故事。",
    "实验的结果表明，随着温度的升高，反应的速率明显加快，而产物的纯度却略有下降。",
]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    return Workshop(tmp_path, capsys, monkeypatch)


def accept(shop: Workshop, *arguments: str) -> str:
    status, out, err = shop.run("--baseline", BASE, "--baseline-accept", *arguments)
    assert status == 0, (out, err)
    return out


def lines(shop: Workshop) -> list[dict[str, str]]:
    return [json.loads(line) for line in shop.read(BASE).splitlines()[1:]]


def paragraph(*numbers: int, mask: str = "") -> str:
    """Sentences, with a masked name in the middle."""
    half = len(numbers) // 2
    texts = [SENTENCES[number] for number in numbers]
    return "".join(texts[:half]) + mask + "".join(texts[half:]) + "\n"


def test_the_story_of_a_corpus(shop: Workshop) -> None:
    """Adopt, move, rename, edit, swap, add one beside another, merge: exactly what is new is reported."""
    known = ("--baseline", BASE)
    one = [paragraph(0, 1, mask="由“XX省”负责，"), paragraph(2, 3, mask="经“XX市”批准，"), paragraph(4, 5)]
    shop.write("语料/第一章 终稿.txt", "\n".join(one))
    shop.write("语料/b.txt", paragraph(3, 4, mask="在“XX县”举行，") + "中间一段。\n\n又是一段。\n" + paragraph(5, 0))
    shop.write(".gitattributes", f"{BASE} merge=union\n")
    shop.git("init", "-q", "-b", "main")
    assert len(shop.found()) == 3
    out = accept(shop)
    assert "+3 -0, 3 findings in it" in out
    assert "0 new, 3 in the baseline." in out
    shop.commit("adopt")
    assert shop.found(*known) == []

    # Paragraphs move.
    shop.write("语料/第一章 终稿.txt", "\n".join([one[2], "新的一段。\n", one[1], one[0]]))
    assert shop.found(*known) == []
    # A file is renamed.
    shop.git("mv", "语料/第一章 终稿.txt", "语料/改名.txt")
    assert shop.found(*known) == []
    # An edit elsewhere in the paragraph, and one right beside the finding.
    shop.replace("语料/改名.txt", "在省委和省政府的统一部署下", "在上级部门的统一部署下")
    shop.replace("语料/改名.txt", "批准，这座小城", "批准以后，那座小城")
    assert shop.found(*known) == []
    accept(shop)
    shop.commit("moved")
    # One finding is fixed, and another equal one is added elsewhere.
    shop.replace("语料/改名.txt", "由“XX省”负责，", "由浙江省负责，")
    shop.replace("语料/改名.txt", "新的一段。", "新的一段，由“XX省”负责。")
    assert shop.found(*known) == [("语料/改名.txt", 3, "XX")]
    status, out, _ = shop.run(*known)
    assert (status, "1 new, 2 in the baseline." in out) == (1, True)
    assert "1 in the baseline is gone; --baseline-prune removes it." in out
    # Pruning removes what is gone, and lets nothing in.
    assert shop.found(*known, "--baseline-prune") == [("语料/改名.txt", 3, "XX")]
    assert len(lines(shop)) == 2
    accept(shop)
    shop.commit("swapped")
    # One more beside an old one.
    shop.replace("语料/b.txt", "在“XX县”举行，", "在“XX县”和“XX县”举行，")
    assert shop.found(*known) == [("语料/b.txt", 1, "XX")]
    shop.git("checkout", "-q", "语料/b.txt")

    # Two branches accept findings, and git merges them.
    shop.git("checkout", "-q", "-b", "left")
    shop.write("语料/c.txt", paragraph(1, 4, mask="受“XX厅”委托，"))
    shop.replace("语料/b.txt", "在“XX县”举行，", "在平湖县举行，")
    accept(shop)
    shop.commit("left")
    shop.git("checkout", "-q", "main")
    shop.git("checkout", "-q", "-b", "right")
    shop.write("语料/c2.txt", paragraph(5, 2, mask="归“XX局”管理，"))
    shop.replace("语料/b.txt", SENTENCES[5], SENTENCES[5] + "按“XX院”的意见办理。")
    accept(shop)
    shop.commit("right")
    shop.git("merge", "-q", "left", "-m", "merge")
    assert shop.found(*known) == []
    shop.write("语料/d.txt", paragraph(0, 3, mask="受“XX厅”委托，"))
    assert shop.found(*known) == [("语料/d.txt", 1, "XX")], "what the other branch accepted is not accepted here"


def test_a_union_merge_of_new_baselines(shop: Workshop) -> None:
    """Both branches begin a baseline: the first line stands twice at worst."""
    shop.git("init", "-q", "-b", "main")
    shop.write(".gitattributes", f"{BASE} merge=union\n")
    shop.write("a.txt", paragraph(0, 1, mask="“XX省”"))
    shop.commit()
    for branch, name in (("left", "b.txt"), ("right", "c.txt")):
        shop.git("checkout", "-q", "-b", branch, "main")
        shop.write(name, paragraph(2, 3, 4, mask=f"{name[0]}由“XX县”负责"))
        accept(shop)
        shop.commit(branch)
    shop.git("merge", "-q", "left", "-m", "merge")
    assert shop.found("--baseline", BASE) == []
    assert {line["file"] for line in lines(shop) if "file" in line} == {"a.txt", "b.txt", "c.txt"}


def test_the_file(shop: Workshop) -> None:
    shop.write("b.txt", "bad\nbad\n")
    shop.write("a.txt", "the bad\u2028one\n")
    accept(shop)
    text = shop.read(BASE)
    assert text.splitlines()[0] == '{"corpus-lint-baseline": 1}'
    assert [line["file"] for line in lines(shop)] == ["a.txt", "b.txt", "b.txt"]
    assert lines(shop)[1]["fingerprint"] == lines(shop)[2]["fingerprint"], "one finding a line, equal ones counted"
    accept(shop)
    assert shop.read(BASE) == text, "nothing of when or where it was written"
    shop.write("b.txt", "bad\nbad\nbad\n")
    assert len(shop.found("--baseline", BASE)) == 1, "one more of its kind is new, and only it"


def test_accepting_says_what_changed_and_keeps_reasons(shop: Workshop) -> None:
    shop.write("a.txt", "one bad day\nanother bad night\n")
    accept(shop)
    text = shop.read(BASE).replace('"near"', '"reason": "quoted from the law: 第三条", "near"', 1)
    shop.write(BASE, text)
    shop.write("a.txt", "intro\none bad day\nnothing\n")
    shop.write("b.txt", "very bad\n")
    assert "+1 -1, 2 findings in it" in accept(shop)
    reasons = [line.get("reason") for line in lines(shop)]
    assert sorted(map(str, reasons)) in (["None", "None"], ["None", "quoted from the law: 第三条"])
    shop.write("a.txt", "one bad day\n")
    accept(shop)
    text = shop.read(BASE)
    entry = json.loads(text.splitlines()[1]) | {"reason": "a quotation"}
    shop.write(BASE, "\n".join([text.splitlines()[0], json.dumps(entry), *text.splitlines()[2:]]))
    shop.write("a.txt", "moved\none bad day\n")
    accept(shop)
    assert lines(shop)[0]["reason"] == "a quotation"
    shop.run("--baseline", BASE, "--baseline-prune")
    assert lines(shop)[0]["reason"] == "a quotation"


def test_configuration_names_it(shop: Workshop) -> None:
    shop.write("corpus-lint.toml", f'packs = ["tests.pack"]\nbaseline = "ci/{BASE}"\n')
    shop.write("ci/x.txt", "")
    shop.write("text/a.txt", "bad\n")
    status, _, err = shop.run()
    assert (status, "there is no such baseline; make it with" in err) == (2, True)
    assert shop.run("--baseline-accept")[0] == 0
    assert json.loads(shop.read(f"ci/{BASE}").splitlines()[1])["file"] == "../text/a.txt"
    assert shop.found() == []
    assert shop.found(str(shop.folder / "text" / "a.txt")) == [], "however the file is named"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no baseline: its first line"),
        ('{"text": "a corpus"}\n', "no baseline: its first line"),
        ('{"corpus-lint-baseline": 2}\n', "a baseline of version 2, and this corpus-lint knows version 1"),
        (
            '{"corpus-lint-baseline": "x"}\n',
            "a baseline of version x, and this corpus-lint knows version 1; restore the file",
        ),
        ('{"corpus-lint-baseline": 1}\nnonsense\n', f"{BASE}:2: no line of a baseline; restore the file from git"),
        ('{"corpus-lint-baseline": 1}\n<<<<<<< HEAD\n', f"{BASE}:2: an unfinished merge; keep the lines of both"),
        ('{"corpus-lint-baseline": 1}\n{"file": "a", "raeson": "x"}', "unknown key `raeson`; did you mean `reason`?"),
        ('{"corpus-lint-baseline": 1}\n{"file": "a"}', "is missing or cut"),
        ('{"corpus-lint-baseline": 1}\n{"file": 1}', "`file` must be a string"),
        (b"\xff\xfe", "it is not UTF-8"),
    ],
)
def test_what_is_no_baseline_is_said(shop: Workshop, text: str | bytes, message: str) -> None:
    shop.write("a.txt", "bad\n")
    shop.write(BASE, text)
    for options in ((), ("--baseline-prune",), ("--baseline-accept",)):
        status, out, err = shop.run("--baseline", BASE, *options, "a.txt")
        assert (status, out) == (2, "")
        assert message in err
        assert (shop.folder / BASE).read_bytes() == (text if isinstance(text, bytes) else text.encode())


def test_usage(shop: Workshop) -> None:
    for options, message in [
        (("--baseline-accept",), "which baseline?"),
        (("--baseline", BASE, "--baseline-prune"), "there is no such baseline"),
        (("--baseline", BASE, "--baseline-accept", "--baseline-prune"), "leave out --baseline-prune"),
        (("--baseline", BASE, "--baseline-accept", "--diff"), "--diff writes no baseline"),
        (("--baseline", "no/such/folder/x", "--baseline-accept"), "x: the baseline cannot be written: No such file"),
    ]:
        status, _, err = shop.run(*options)
        assert status == 2
        assert message in err


def test_a_first_baseline_that_finds_no_room_leaves_nothing(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    shop.write("a.txt", "bad\n")
    monkeypatch.setattr("os.replace", full)
    status, _, err = shop.run("--baseline", BASE, "--baseline-accept", "a.txt")
    assert (status, "cannot be written: No space left on device; make" in err) == (2, True)
    assert not (shop.folder / BASE).exists()


def test_redacted_and_stays_so(shop: Workshop) -> None:
    shop.write("a.txt", "the bad secret\n")
    accept(shop, "--redact")
    assert shop.read(BASE).startswith('{"corpus-lint-baseline": 1, "redacted": true}\n')
    assert "text" not in lines(shop)[0]
    shop.write("b.txt", "another bad secret\n")
    accept(shop)
    assert all("text" not in line for line in lines(shop))
    assert shop.found("--baseline", BASE) == []


def test_redacted_reports_do_not_quote(shop: Workshop, tmp_path: Path) -> None:
    shop.write("a.txt", "the bad XX年 secret\n")
    for form in ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit"):
        status, out, _ = shop.run("--redact", "--output-format", form, "a.txt")
        assert status == 1
        assert "secret" not in out
        assert "XX年" not in out.replace("⟦XX⟧", "") or form == "sarif", "the examples of a rule are no corpus"
    assert shop.run("--redact", "--diff", "a.txt")[0] == 2


def test_partial_runs_call_nothing_stale(shop: Workshop) -> None:
    """A hook sees some files: of the others nothing is known, and nothing of them is used."""
    shop.write("a.txt", "one bad day\n")
    shop.write("b.txt", "another bad night\n")
    accept(shop)
    head, *entries = shop.read(BASE).splitlines()
    shop.write(BASE, "\n".join([head, *reversed(entries)]))
    before = shop.read(BASE)
    _, out, _ = shop.run("--baseline", BASE, "--baseline-prune", "b.txt")
    assert shop.read(BASE) == before, "what nothing is removed from is not even put in order"
    assert "gone" not in out
    shop.write("c.txt", "one bad day\n")
    assert shop.found("--baseline", BASE, "c.txt") == [("c.txt", 1, "bad")], "a copy is not the original"
    accept(shop, "--select", "TST002")
    assert shop.read(BASE).splitlines() == [head, *entries], "rules that were not used are not gone"
    (shop.folder / "a.txt").unlink()
    assert shop.found("--baseline", BASE, "c.txt") == [], "a renamed file is"


def test_findings_that_are_not_shown_stay_in_it(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus_lint.finding import Confidence
    from tests import pack

    monkeypatch.setattr(pack.Word, "confidence", Confidence.MEDIUM)
    shop.write("a.txt", "one bad day\n")
    accept(shop, "--pedantic")
    accept(shop)
    shop.run("--baseline", BASE, "--baseline-prune")
    assert len(lines(shop)) == 1
    assert shop.found("--baseline", BASE, "--pedantic") == []


def test_what_could_not_be_read_stays_in_it(shop: Workshop) -> None:
    shop.write("a.jsonl", '{"text": "bad"}\n')
    accept(shop)
    shop.write("a.jsonl", "{broken\n")
    status, _, _ = shop.run("--baseline", BASE, "--baseline-accept")
    assert status == 2
    assert len(lines(shop)) == 1


def test_the_fix_mends_what_is_known_too(shop: Workshop) -> None:
    path = shop.write("a.txt", "one bad day\n")
    accept(shop)
    status, out, _ = shop.run("--baseline", BASE, "--fix")
    assert status == 0
    assert path.read_text() == "one  day\n"
    assert "0 new, 0 in the baseline." in out


def test_budgets_and_severities(shop: Workshop) -> None:
    for number in range(100):
        shop.write(f"{number}.txt", "bad\n" if number < 3 else "good\n")
    assert shop.run("--fail-on", "error")[0] == 0
    assert shop.run("--fail-on", "warning")[0] == 1
    assert "None of them fails this run" in shop.run("--fail-on", "error")[1]
    status, out, _ = shop.run("--max-share", "TST=0.03")
    assert status == 0
    assert "3 findings in 3 of 100 documents." in out
    assert "TST: 3 of 100 documents (3.000%), within the budget of 3.000%." in out
    assert shop.run("--max-share", "bad-word=0.02")[0] == 1
    assert shop.run("--max-share", "TST002=0.5")[0] == 1, "other rules have no budget"
    accept(shop)
    assert shop.run("--baseline", BASE, "--max-share", "TST=0.02")[0] == 1, "a rate is of all that is there"
    shop.write("corpus-lint.toml", 'packs = ["tests.pack"]\nfail-on = "error"\n[max-share]\nTST001 = 0.01\n')
    assert shop.run()[0] == 1
    for share in ("TST=x", "TST", "TST=2"):
        assert shop.run("--max-share", share)[0] == 2
    status, _, err = shop.run("--max-share", "TSX=0.1")
    assert (status, "no rule is called `TSX`" in err) == (2, True)


SMALL = st.builds(
    Entry,
    file=st.sampled_from(["a", "b", "c"]),
    code=st.sampled_from(["X1", "X2"]),
    fingerprint=st.sampled_from(["1111111122223333", "1111111122224444", "1111111100010002", "5555555522223333"]),
    sketch=st.sampled_from(["a" + "1" * 16, "a" + "1" * 10 + "2" * 6, "a" + "3" * 16, "w" + "1" * 16, "a" + "0" * 16]),
    text=st.just("x"),
    reason=st.sampled_from(["", "because"]),
)
EVERYWHERE = Scope({"a", "b"}, lambda file: file == "c", lambda code: True)


@given(st.lists(SMALL, max_size=12), st.lists(SMALL, max_size=12), st.booleans())
def test_the_algebra(old: list[Entry], found: list[Entry], redact: bool) -> None:
    known = Baseline(tuple(old))
    matched = baseline.subtract(old, found, EVERYWHERE)
    used = [number for number in matched if number is not None]
    assert len(used) == len(set(used)), "an entry is used once"
    pruned, gone = baseline.prune(known, found, EVERYWHERE)
    assert not Counter(pruned.entries) - Counter(old), "pruning adds nothing"
    assert gone == len(old) - len(pruned.entries)
    again = baseline.subtract(pruned.entries, found, EVERYWHERE)
    assert sum(n is None for n in again) == sum(n is None for n in matched), "and lets nothing in"
    accepted, added, dropped = baseline.accept(known, found, (), EVERYWHERE, redact=redact)
    assert None not in baseline.subtract(accepted.entries, found, EVERYWHERE), "what is accepted is known"
    assert len(accepted.entries) == len(old) + added - dropped
    text = baseline.render(accepted)
    read = baseline.parse(text, "x")
    assert baseline.render(read) == text
    assert "x" not in {entry.text for entry in read.entries} or not redact


def test_any_order_and_any_merge_reads_the_same() -> None:
    entries = [Entry("文件.txt", "X1", "1" * 16, "a" + "1" * 16, "“引”\u3000\u2028\x00", "理由")]
    text = baseline.render(Baseline(tuple(entries)))
    assert len(text.splitlines()) == 2
    head, line = text.strip().split("\n")
    assert baseline.parse(f"{line}\r\n\n{head}\r\n{head}", "x").entries == tuple(entries)
    with pytest.raises(ConfigurationError):
        baseline.parse(line, "x")


def test_the_samples_stay_known(
    seeds: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the real rules on real text: what moves, what is edited elsewhere and what is mended in part is not new."""
    shop = Workshop(tmp_path, capsys, monkeypatch)
    shop.write("corpus-lint.toml", "")
    texts = {path.name: path.read_text() for path in seeds}

    def new(change: Callable[[str], str], rename: str = "") -> int:
        for path in shop.folder.glob("*.txt"):
            path.unlink()
        for name, text in texts.items():
            shop.write(rename + name, change(text))
        return len(json.loads(shop.run("--baseline", BASE, "--output-format", "json")[1]))

    def insert(text: str) -> str:
        lines = text.split("\n")
        for at in range(0, len(lines), 7):
            lines[at] += "\n小城三月有小雨，山下的河水在流，人人在家中吃米和茶。"
        return "\n".join(lines)

    for name, text in texts.items():
        shop.write(name, text)
    accept(shop)
    assert len(lines(shop)) > 200
    assert new(lambda text: text) == 0
    assert new(insert) == 0
    assert new(lambda text: text.replace("\n", "\r\n")) == 0
    assert new(lambda text: text, rename="新 ") == 0
    reading = re.compile(r"^(.*?[\u4e00-\u9fff])\([a-zǎāáàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", re.MULTILINE)
    assert new(lambda text: reading.sub(r"\1", text)) == 0, "one reading less is not a new line of readings"
    assert new(lambda text: text + "\n请联系xx省教育厅。\n") == len(texts)


def test_a_swap_is_seen_where_the_words_before_are_the_same(shop: Workshop) -> None:
    shop.write("a.txt", f"有关“XX省的意见\n{SENTENCES[0]}\n{SENTENCES[1]}\n{SENTENCES[2]}\n{SENTENCES[3]}\n")
    accept(shop)
    shop.replace("a.txt", "有关“XX省的意见", "有关“浙江省的意见")
    shop.replace("a.txt", SENTENCES[3], f"有关“XX省的建议，{SENTENCES[3]}")
    assert shop.found("--baseline", BASE) == [("a.txt", 5, "XX")]


def test_standard_input_has_a_baseline_too(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    def given(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    given("one bad day\n")
    accept(shop, "-")
    given("intro\none bad day\n")
    assert shop.found("--baseline", BASE, "-") == []
    shop.write("a.txt", "good\n")
    shop.run("--baseline", BASE, "--baseline-prune", "a.txt")
    assert len(lines(shop)) == 1

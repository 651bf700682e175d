"""Reports for machines: valid by their schemas, the same findings and exit status in every form."""

from __future__ import annotations

import errno
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

from corpus_lint.config import OUTPUT_FORMATS
from corpus_lint.outcome import Outcome
from corpus_lint.report import FORMATS, json_list
from corpus_lint.report.style import width
from tests.shell import Workshop

SCHEMAS = Path(__file__).parent / "data" / "schemas"
NASTY = "a bad\u2028 day %0A ::error::x, : | <b> & \ufffe\x07\n\udcff XX年 bad\n"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    shop = Workshop(tmp_path, capsys, monkeypatch)
    shop.write("语料/第一章, 终稿#1.txt", NASTY.encode("utf-8", "surrogateescape"))
    shop.write("a.jsonl", '{"text": "中\\u6587 bad \\"quoted\\" XX年"}\n{"text": "good"}\n')
    shop.write("good.txt", "good\n")
    return shop


def report(shop: Workshop, form: str, *arguments: str, status: int = 1) -> str:
    got, out, _ = shop.run("--output-format", form, *arguments)
    assert got == status
    return out


def sarif(text: str) -> dict[str, Any]:
    jsonschema = pytest.importorskip("jsonschema")
    log: dict[str, Any] = json.loads(text)
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text())
    jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER).validate(log)
    return log


def junit(text: str) -> Any:
    etree = pytest.importorskip("lxml.etree")
    root = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd"))).assertValid(root)
    return root


def gitlab(text: str) -> list[dict[str, Any]]:
    """GitLab's schema, what docs.gitlab.com/ci/testing/code_quality demands besides, and GitLab's parser."""
    issues: list[dict[str, Any]] = json.loads(text)
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((SCHEMAS / "gitlab-codeclimate.json").read_text())
    for issue in issues:
        jsonschema.validate(issue, schema)
        assert issue.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert all(isinstance(issue[key], str) and issue[key] for key in ("description", "check_name", "fingerprint"))
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"].keys() == {"path", "lines"}
        assert not issue["location"]["path"].startswith(("/", "./"))
        assert type(issue["location"]["lines"]["begin"]) is int
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(fingerprints) == len(set(fingerprints)), "GitLab drops an issue whose fingerprint it has seen"
    return issues


def test_every_form_is_in_the_configuration() -> None:
    assert tuple(FORMATS) == OUTPUT_FORMATS


def test_every_form_has_the_same_findings_and_status(shop: Workshop) -> None:
    outputs = [f"--output={form}=out/{form}" for form in OUTPUT_FORMATS]
    (shop.folder / "out").mkdir()
    shop.write("binary.txt", bytes(range(256)) * 10)
    names = ("语料/第一章, 终稿#1.txt", "a.jsonl", "good.txt")
    assert shop.run(*outputs, "binary.txt", *names)[0] == 2
    assert "binary file" in shop.read("out/sarif"), "what could not be read is in the reports that have a place for it"
    assert "binary file" in shop.read("out/junit")
    assert shop.run(*outputs, *names)[0] == 1
    places = [(d["filename"], d["line"], d["code"]) for d in json.loads(shop.read("out/json"))]
    assert len(places) == 6
    assert [json.loads(line) for line in shop.read("out/jsonl").splitlines()] == json.loads(shop.read("out/json"))
    results = sarif(shop.read("out/sarif"))["runs"][0]["results"]
    assert [(r["locations"][0]["physicalLocation"]["region"]["startLine"], r["ruleId"]) for r in results] == [
        place[1:] for place in places
    ]
    issues = gitlab(shop.read("out/gitlab"))
    assert [(i["location"]["path"], i["location"]["lines"]["begin"], i["check_name"][:6]) for i in issues] == places
    cases = junit(shop.read("out/junit")).findall(".//testcase[failure]")
    assert [(c.get("classname"), int(c.get("name").split(":")[0]), c.get("name").split()[1]) for c in cases] == places
    assert shop.read("out/github").count("::warning file=") == 6
    assert len([line for line in shop.read("out/concise").splitlines() if re.match(r".*:\d+:\d+: TST", line)]) == 6
    for form in OUTPUT_FORMATS:
        assert shop.run("--output-format", form, *names)[0] == 1
        assert shop.run("--output-format", form, "good.txt")[0] == 0


def test_clean_reports_are_valid(shop: Workshop) -> None:
    assert sarif(report(shop, "sarif", "good.txt", status=0))["runs"][0]["results"] == []
    assert gitlab(report(shop, "gitlab", "good.txt", status=0)) == []
    assert junit(report(shop, "junit", "good.txt", status=0)).find(".//testcase").get("classname") == "good.txt"
    assert report(shop, "jsonl", "good.txt", status=0) == ""


def test_sarif(shop: Workshop) -> None:
    log = sarif(report(shop, "sarif", "语料", "a.jsonl"))
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["TST001"]["help"]["text"].startswith("# TST001 bad-word")
    first = run["results"][0]
    location = first["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {
        "uri": "%E8%AF%AD%E6%96%99/%E7%AC%AC%E4%B8%80%E7%AB%A0%2C%20%E7%BB%88%E7%A8%BF%231.txt",
        "uriBaseId": "%SRCROOT%",
    }
    assert location["region"] == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 6}
    assert set(first["partialFingerprints"]) == {"corpusLint/v1", "primaryLocationLineHash"}
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    (change,) = first["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": location["region"]}]
    assert "baselineState" not in first
    outside = shop.folder.parent / "x.txt"
    outside.write_text("bad\n")
    log = sarif(report(shop, "sarif", "../x.txt"))
    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "../x.txt"


def test_sarif_knows_the_baseline(shop: Workshop) -> None:
    shop.run("--baseline", "base", "--baseline-accept")
    shop.write("base", shop.read("base").replace('"near"', '"reason": "kept on purpose", "near"'))
    states = [result["baselineState"] for result in run_results(shop, status=0)]
    assert states == ["unchanged"] * 6
    assert run_results(shop, status=0)[0]["suppressions"] == [{"kind": "external", "justification": "kept on purpose"}]
    shop.write("good.txt", "bad\n")
    assert [r["baselineState"] for r in run_results(shop)] == ["new"] + ["unchanged"] * 6


def run_results(shop: Workshop, status: int = 1) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = sarif(report(shop, "sarif", "--baseline", "base", status=status))["runs"][0][
        "results"
    ]
    return results


def test_github(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    out = report(shop, "github", "语料", "a.jsonl")
    first = out.splitlines()[0]
    assert first == (
        "::warning file=语料/第一章%2C 终稿#1.txt,line=1,endLine=1,col=3,endColumn=6,title=TST001 bad-word::a bad word"
    )
    assert [line for line in out.split("\n") if line.startswith("::")] == out.split("\n")[:6], "no text is a command"
    shop.write("many.txt", "bad\n" * 30)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(shop.folder / "summary.md"))
    shop.write("summary.md", "before\n")
    out = report(shop, "github", "many.txt")
    assert out.count("::warning") == 10, "GitHub shows no more of a step"
    assert "many.txt:30:1: TST001" in out
    summary = shop.read("summary.md")
    assert summary.startswith("before\n### corpus-lint\n\n30 findings in 1 of 1 document.")
    assert summary.count("| many.txt:") == 30


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode there")
@pytest.mark.parametrize("form", OUTPUT_FORMATS)
def test_a_file_name_that_is_no_utf_8(form: str, tmp_path: Path) -> None:
    (tmp_path / "a\udcff.txt").write_text("根据xx省的部署。\n", "utf-8")
    options = ["--isolated", "--no-cache", "--select", "PLH001", "--output-format", form]
    command = [sys.executable, "-m", "corpus_lint", *options, "."]
    ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (ran.returncode, b"Traceback" in ran.stderr) == (1, False)
    assert "PLH001" in ran.stdout.decode()


def test_the_summary_of_a_github_step_stays_small(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus_lint.report import github

    monkeypatch.setattr(github, "SUMMARY_BYTES", 2000)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(shop.folder / "summary.md"))
    shop.write("many.txt", "bad\n" * 300)
    report(shop, "github", "many.txt")
    assert len(shop.read("summary.md").encode()) <= 2000
    assert re.search(r"\n\d+ more are in the log\.\n$", shop.read("summary.md"))
    report(shop, "github", "many.txt")
    assert len(shop.read("summary.md").encode()) <= 2000, "of a fuller one GitHub would take nothing"


def test_gitlab_tells_equal_findings_apart(shop: Workshop) -> None:
    shop.write("many.txt", "bad\n" * 30)
    before = {issue["fingerprint"] for issue in gitlab(report(shop, "gitlab", "many.txt"))}
    shop.write("many.txt", "good\n" + "bad\n" * 31)
    after = {issue["fingerprint"] for issue in gitlab(report(shop, "gitlab", "./many.txt"))}
    assert len(after - before) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="names hold no control characters there")
def test_junit_has_what_xml_cannot_hold_replaced(shop: Workshop) -> None:
    shop.write("a\x07\ufffe.txt", "bad\n")
    assert junit(report(shop, "junit", "a\x07\ufffe.txt")).xpath("string(//testsuite/@name)") == "a\u2407\ufffd.txt"


@pytest.mark.parametrize("form", ["full", "concise"])
def test_what_a_name_or_a_fix_holds_moves_no_cursor(shop: Workshop, form: str) -> None:
    name = "a\n\x1b[31m\u3000书\udcff.txt"
    shop.write(name, "bad\n")
    rule = 'code = "OWN001"\nphrases = ["bad"]\nwhole-line = true\nfix = "\\u001b[0m\\u0007"\n'
    shop.write("corpus-lint.toml", f"[[rule]]\n{rule}")
    out = report(shop, form, "--select", "OWN", name)
    assert r"a\n\x1b[31m\u3000书\udcff.txt:1:1:".replace(r"\u3000", "\u3000") in out
    assert not {"\x1b", "\x07", "\udcff"} & {*out}


@pytest.mark.parametrize("output", ["xml=x", "sarif", "sarif=", "=x"])
def test_outputs_that_are_none(shop: Workshop, output: str) -> None:
    status, _, err = shop.run("--output", output, "good.txt")
    assert (status, "write FORMAT=FILE; the formats are full, concise" in err) == (2, True)


def test_a_report_that_cannot_be_written(shop: Workshop) -> None:
    status, out, err = shop.run("--output", "sarif=no/folder/x", "good.txt")
    assert (status, out, "--output sarif=no/folder/x: there is no folder no/folder" in err) == (2, "", True)
    status, _, err = shop.run("--output", "sarif=.", "good.txt")
    assert (status, ".: the report cannot be written: Is a directory" in err) == (2, True)


def test_a_report_that_breaks_off_is_removed(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(outcome: Outcome, stream: IO[str], *, colour: bool) -> None:
        stream.write("[")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(json_list, "write", fill)
    status, _, err = shop.run("--output", "json=report.json", "good.txt")
    assert (status, "report.json: the report cannot be written: No space left" in err) == (2, True)
    assert not (shop.folder / "report.json").exists()


def test_a_report_among_the_files_is_not_linted(shop: Workshop) -> None:
    for _ in range(2):
        _, out, _ = shop.run("--output", "jsonl=./report.jsonl", "--output-format", "concise", ".")
        assert "report.jsonl:" not in out
    assert "1 a report" in out


def test_a_character_is_as_wide_as_the_terminal_shows_it() -> None:
    """The widths that are known without asking are those that `wcwidth` has."""
    from wcwidth import wcswidth

    for character in map(chr, range(0x20, 0x10000)):
        cells = wcswidth(character)
        assert width(character) == (cells if cells >= 0 else 1), hex(ord(character))


@pytest.mark.parametrize("text", ["", "中a。", "“中”…", "が", "é", "👩‍🚀中", "a️b"])
def test_a_text_is_as_wide_as_the_terminal_shows_it(text: str) -> None:
    from wcwidth import wcswidth

    assert width(text) == wcswidth(text)


RECORDS = '[{"id": "q-7", "turns": [{"say": "good"}, {"say": "bad"}]}, {"turns": [{"say": "bad"}]}]'


def test_record_and_field_are_told(shop: Workshop) -> None:
    shop.write("r.json", RECORDS)
    ask = ("--field", "turns.say", "r.json")
    first, second = "record 1, id q-7, field turns[1].say", "record 2, field turns[0].say"
    assert [
        line[-len(f" ({place})") :]
        for line, place in zip(report(shop, "concise", *ask).splitlines()[:2], (first, second), strict=True)
    ] == [f" ({first})", f" ({second})"]
    full = report(shop, "full", *ask)
    assert f"  = in: {first}\n  = fix:" in full
    assert f"  = in: {second}\n" in full
    assert [(d["record"], d["record_id"], d["field"]) for d in json.loads(report(shop, "json", *ask))] == [
        (1, "q-7", "turns[1].say"),
        (2, None, "turns[0].say"),
    ]
    results = sarif(report(shop, "sarif", *ask))["runs"][0]["results"]
    assert results[0]["properties"] == {"record": 1, "record_id": "q-7", "field": "turns[1].say"}
    assert "properties" not in sarif(report(shop, "sarif", "语料"))["runs"][0]["results"][0]
    assert report(shop, "github", *ask).splitlines()[0].endswith(f"::a bad word ({first})")
    assert gitlab(report(shop, "gitlab", *ask))[0]["description"] == f"a bad word ({first})"
    assert junit(report(shop, "junit", *ask)).find(".//failure").text.endswith(f"a bad word ({first})")
    redacted = report(shop, "concise", "--redact", *ask)
    assert "record 1, field turns[1].say" in redacted


def test_ids_of_rows(shop: Workshop) -> None:
    shop.write("r.csv", 'note,id,text\n"a, ""b""\nc",x-1,bad\n,"x ""2""","bad"\n')
    assert [d["record_id"] for d in json.loads(report(shop, "json", "r.csv"))] == ["x-1", 'x "2"']
    shop.write("r.tsv", 'note\tid\ttext\n"a\tx-1\tbad\n"b"\t\tbad\n')
    assert [d["record_id"] for d in json.loads(report(shop, "json", "r.tsv"))] == ["x-1", None]


def test_many_findings_on_one_line_are_told_by_their_records(shop: Workshop) -> None:
    shop.write("r.json", json.dumps([{"text": "bad"}] * 6))
    assert "r.json: 3 more TST001 in records 4-6\n" in report(shop, "full", "r.json")
    shop.write("r.jsonl", '{"text": "bad"}\n' * 6)
    assert "r.jsonl: 3 more TST001 on lines 4-6\n" in report(shop, "full", "r.jsonl")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("b.csv", 'text\n"他说：&quot;好&quot;，""就走""了。"\n他说：&ldquo;好&rdquo;，就走了。\n'),
        ("b.jsonl", '{"text": "他说：&quot;好&quot;，\\"就走\\"了。"}\n{"text": "\\u4ed6: &ldquo;"}\n'),
    ],
)
def test_a_fix_in_sarif_is_what_fixing_writes(shop: Workshop, name: str, data: str) -> None:
    shop.write(name, data)
    options = ("--isolated", "--select", "MOJ008")
    log = sarif(report(shop, "sarif", *options, name))
    lines = data.split("\n")
    for result in reversed(log["runs"][0]["results"]):
        for replacement in reversed(result["fixes"][0]["artifactChanges"][0]["replacements"]):
            region = replacement["deletedRegion"]
            line = lines[region["startLine"] - 1]
            new = replacement.get("insertedContent", {"text": ""})["text"]
            lines[region["startLine"] - 1] = line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
    assert shop.run(*options, "--fix", name)[0] == 0
    assert shop.read(name) == "\n".join(lines) != data

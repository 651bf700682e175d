"""The command as a user runs it, with the rules of the test pack."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus_lint import cli
from tests.shell import Workshop

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    return Workshop(tmp_path, capsys, monkeypatch)


def test_clean(shell: Workshop) -> None:
    shell.write("a.txt", "good\n")
    status, out, err = shell.run()
    assert (status, err) == (0, "")
    assert out == "No findings.\n1 document in 1 file read, 1 skipped (1 not a corpus file), 0 failed.\n"


def test_a_finding_with_its_line(shell: Workshop) -> None:
    shell.write("a.txt", "good\n中文 bad\n")
    status, out, _ = shell.run("--output-format", "concise", "a.txt")
    assert status == 1
    assert out.startswith("a.txt:2:4: TST001 [*] a bad word\n")


def test_the_caret_stands_under_wide_characters(shell: Workshop) -> None:
    shell.write("a.txt", "𠮷中👍bad 文\n")
    _, out, _ = shell.run("a.txt")
    assert "1 | 𠮷中👍bad 文\n  |       ^^^\n" in out


def test_fix_and_fix_again(shell: Workshop) -> None:
    path = shell.write("a.txt", b"\xef\xbb\xbfa bad\r\nb\x05\rbad")
    status, out, _ = shell.run("--fix", "a.txt")
    assert status == 1, "the unsafe one is left"
    assert path.read_bytes() == b"\xef\xbb\xbfa \r\nb\x05\r"
    assert "2 defects fixed in 1 file." in out
    assert "0 defects fixed in 0 files." in shell.run("--fix", "a.txt")[1]
    assert shell.run("--unsafe-fixes", "--pedantic", "a.txt")[0] == 0
    assert path.read_bytes() == b"\xef\xbb\xbfa \r\nb\r"


def test_diff_writes_nothing(shell: Workshop) -> None:
    path = shell.write("a.txt", "one\na bad day\n")
    status, out, err = shell.run("--diff", "a.txt")
    assert status == 1
    assert out == "--- a.txt\n+++ a.txt (fixed)\n@@ -1,2 +1,2 @@\n one\n-a bad day\n+a  day\n"
    assert "1 defect would be fixed in 1 file." in err
    assert path.read_text() == "one\na bad day\n"


def test_records(shell: Workshop) -> None:
    line = '{"id": 1.0, "text": "\\u4e2d bad \\ud842\\udfb7", "n": 1e5}'
    path = shell.write("a.jsonl", f'{line}\nnot json\n\n{{"id": 2}}\n{{"text": "bad"}}\n')
    status, out, err = shell.run("--output-format", "json", "a.jsonl")
    assert status == 2
    first, second = json.loads(out)
    assert (first["line"], first["column"], first["record"], first["field"]) == (1, 29, 1, "text")
    assert (first["text_line"], first["text_column"]) == (1, 3)
    assert (second["line"], second["column"], second["record"]) == (5, 11, 5)
    assert "a.jsonl:2: error: not a JSON record (expecting value" in err
    assert 'a.jsonl:4: error: the record has no text in the field "text"; repair or remove it' in err
    shell.run("--fix", "a.jsonl")
    assert path.read_text() == line.replace("bad", "") + '\nnot json\n\n{"id": 2}\n{"text": ""}\n'


def test_a_record_without_text_is_one_of_the_documents(shell: Workshop) -> None:
    """No more documents have findings than there are."""
    shell.write("a.jsonl", '{"text": "根据xx省的部署"}\n{"text": 5}\n{bad\n{"text": "好的"}\n'.encode())
    out = shell.run("--isolated", "--no-cache", "--output-format", "concise", "a.jsonl")[1]
    assert "3 findings in 3 of 4 documents." in out


def test_what_concerns_a_whole_file_of_records_is_in_no_document_of_its_own(shell: Workshop) -> None:
    data = '{"text": "根据xx省的部署"}\n{"text": "好的"}\n'
    for records, told in ((data, "2 findings in 1 of 2 documents."), ('{"text": "好的"}\n', "1 finding in 1 of 1 doc")):
        shell.write("a.jsonl", b"\xef\xbb\xbf" + records.encode())
        assert told in shell.run("--isolated", "--no-cache", "--output-format", "concise", "a.jsonl")[1]


def test_json_has_the_documented_fields(shell: Workshop) -> None:
    shell.write("a.txt", "x\nbad\n")
    _, out, err = shell.run("--output-format", "json", "a.txt")
    (found,) = json.loads(out)
    fingerprint = found.pop("fingerprint")
    assert len(fingerprint) == 16
    assert found == {
        "filename": "a.txt",
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 4,
        "code": "TST001",
        "name": "bad-word",
        "severity": "warning",
        "confidence": "high",
        "message": "a bad word",
        "text": "bad",
        "occurrences": 1,
        "record": None,
        "record_id": None,
        "field": None,
        "text_line": 2,
        "text_column": 1,
        "related": [],
        "likeness": None,
        "fix": {
            "applicability": "safe",
            "message": "remove it",
            "edits": [{"line": 2, "column": 1, "end_line": 2, "end_column": 4, "content": ""}],
            "recode": False,
            "line_end": None,
        },
    }
    assert err.endswith("1 document in 1 file read, 0 skipped, 0 failed.\n")


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_status_is_the_same_for_every_form(shell: Workshop, form: str) -> None:
    shell.write("good.txt", "good\n")
    shell.write("bad.txt", "bad\n")
    assert shell.run("--output-format", form, "good.txt")[0] == 0
    assert shell.run("--output-format", form, "bad.txt")[0] == 1
    assert shell.run("--output-format", form, "bad.txt", "missing.txt")[0] == 2
    assert shell.run("--output-format", form, "--statistics", "bad.txt")[0] == 1


def test_what_cannot_be_read_does_not_stop_the_rest(shell: Workshop) -> None:
    shell.write("bad.txt", "bad\n")
    shell.write("binary.txt", bytes(range(256)) * 8)
    status, out, err = shell.run("missing.txt", "binary.txt", "bad.txt")
    assert status == 2
    assert "bad.txt:1:1: TST001" in out
    assert "missing.txt: error: there is no such file or folder" in err
    assert "binary.txt: error: this is a binary file" in err
    assert out.endswith("1 document in 1 file read, 0 skipped, 2 failed.\n")
    status, out, _ = shell.run(".")
    assert status == 1
    assert "skipped (1 binary, 1 not a corpus file)" in out


def stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_standard_input(shell: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, b"a bad day")
    status, out, _ = shell.run("-", "--output-format", "concise")
    assert (status, out.splitlines()[0]) == (1, "-:1:3: TST001 [*] a bad word")
    stdin(monkeypatch, b'{"text": "bad"}\n')
    status, out, _ = shell.run("-", "--stdin-filename", "x.jsonl", "--output-format", "concise")
    assert out.splitlines()[0] == "x.jsonl:1:11: TST001 [*] a bad word (record 1, field text)"


@pytest.mark.parametrize("text", [b"a bad day\r\n", b"a good day", b""])
def test_standard_input_is_a_filter_when_fixing(shell: Workshop, monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    stdin(monkeypatch, text)
    _, out, err = shell.run("--fix", "-")
    assert out.encode() == text.replace(b"bad", b"")
    assert "1 document in 1 file read" in err


def test_selecting_and_ignoring(shell: Workshop) -> None:
    shell.write("a.txt", "bad XX年\x05\n")
    assert "TST001" not in shell.run("--select", "pattern,TST003", "a.txt")[1]
    assert "TST001" not in shell.run("--ignore", "TST001", "a.txt")[1]
    status, _, err = shell.run("--select", "TST009", "a.txt")
    assert (status, err.startswith("corpus-lint: error: --select: no rule is called `TST009`; did you mean")) == (
        2,
        True,
    )
    status, _, err = shell.run("--select", "TTS", "a.txt")
    assert (status, "; did you mean `TST`?" in err) == (2, True)


def test_a_number_of_processes_below_zero(shell: Workshop) -> None:
    shell.write("a.txt", "bad\n")
    for arguments in (("-j", "-3"), ("--jobs=-3",)):
        status, _, err = shell.run(*arguments, "a.txt")
        assert (status, "-3 is no number of processes" in err) == (2, True)


def test_per_file_ignores(shell: Workshop) -> None:
    shell.write("corpus-lint.toml", 'packs = ["tests.pack"]\n[per-file-ignores]\n"a*.txt" = ["TST001"]\n')
    path = shell.write("a.txt", "bad\n")
    shell.write("b.txt", "bad\n")
    assert "in 1 of 2 documents" in shell.run("a.txt", "b.txt")[1]
    shell.run("--fix", "a.txt", "b.txt")
    assert path.read_text() == "bad\n", "what is ignored is not fixed"


def test_many_findings_of_one_rule_stay_readable(shell: Workshop) -> None:
    shell.write("a.txt", "bad\n\n" * 400)
    _, out, _ = shell.run("a.txt")
    assert len(out.splitlines()) < 30
    assert "a.txt: 397 more TST001 on lines 7, 9, 11" in out
    shell.write("a.txt", "bad " * 5)
    assert "a.txt: 2 more TST001 on line 1\n" in shell.run("a.txt")[1]


def test_statistics(shell: Workshop) -> None:
    shell.write("a.txt", "bad bad\nXX年\n")
    _, out, _ = shell.run("--statistics", "a.txt")
    assert out.splitlines()[:3] == [
        "findings  defects  fixable  files  rule",
        "       2        2        2      1  TST001  bad-word",
        "       1        1        0      1  TST002  pattern",
    ]
    listed = json.loads(shell.run("--statistics", "--output-format", "json", "a.txt")[1])
    lines = shell.run("--statistics", "--output-format", "jsonl", "a.txt")[1]
    assert [json.loads(line) for line in lines.splitlines()] == listed
    assert [(row["code"], row["findings"], row["fixable"]) for row in listed] == [("TST001", 2, 2), ("TST002", 1, 0)]
    status, out, err = shell.run("--statistics", "--output-format", "sarif", "a.txt")
    assert (status, out, "--statistics: only full, concise, github, json, jsonl" in err) == (2, "", True)


def test_the_list_and_the_page(shell: Workshop) -> None:
    status, out, _ = shell.run("--list-rules")
    assert status == 0
    assert out.splitlines()[0] == 'TST001  bad-word  warning  high    fix  The word "bad" is in the text.'
    assert shell.run("--list-rules", "--select", "TST001")[1] == out.splitlines(keepends=True)[0]
    assert out.splitlines()[0] not in shell.run("--list-rules", "--ignore", "TST001")[1]
    assert shell.run("--list-rules", "--select", "TST9")[0] == 2
    _, page, _ = shell.run("--explain", "bad-word")
    assert "- `word` = `'bad'`: the word" in page
    assert "Found:\n\n    a ⟦bad⟧ word" in page
    assert shell.run("--explain", "TST999")[0] == 2


def test_a_failing_rule_costs_its_document_only(shell: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests import pack

    check = pack.Word.check_line

    def failing(self, line):  # type: ignore[no-untyped-def]
        if "boom" in line.text:
            raise RuntimeError("boom")
        return check(self, line)

    monkeypatch.setattr(pack.Word, "check_line", failing)
    shell.write("a.txt", "bad boom\n")
    shell.write("b.txt", "bad\n")
    status, out, err = shell.run("a.txt", "b.txt")
    assert status == 2
    assert "b.txt:1:1: TST001" in out
    assert "a.txt:1: error: rule TST001 failed: RuntimeError: boom" in err


def test_long_files_are_read_in_parts(shell: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus_lint import reading

    monkeypatch.setattr(reading, "SEGMENT", 64)
    path = shell.write("a.txt", "一行好的文字\r\n" * 50 + "bad " + "很长的一行" * 30 + "\nbad\r" + "x\r\n" * 40 + "bad")
    _, out, _ = shell.run("--output-format", "json", "a.txt")
    assert [found["line"] for found in json.loads(out)] == [51, 52, 93]
    before = path.read_bytes()
    shell.run("--fix", "a.txt")
    assert path.read_bytes() == before.replace(b"bad", b"")


@pytest.mark.parametrize("arguments", [(), ("--output", "json=report.json", "--output-format", "concise")])
def test_the_process_ends_with_all_that_was_written(arguments: tuple[str, ...], tmp_path: Path) -> None:
    from corpus_lint import __main__ as entry

    (tmp_path / "a.txt").write_text("根据xx省的部署，网(wǎng)络。\n", "utf-8")
    command = [*arguments, "--isolated", "--no-cache", "a.txt"]
    code = "import sys; from corpus_lint.__main__ import {}; sys.exit({}())"
    ran = [
        subprocess.run(
            [sys.executable, "-c", code.format(name, name), *command], cwd=tmp_path, capture_output=True, check=False
        )
        for name in (entry.main.__name__, entry.command.__name__)
    ]
    assert ran[0].returncode == ran[1].returncode == 1
    assert ran[0].stdout == ran[1].stdout != b""
    assert ran[0].stderr == ran[1].stderr


@pytest.mark.skipif(sys.platform == "win32", reason="its shell closes no streams")
def test_without_a_standard_output_the_status_still_tells(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("根据xx省的部署。\n", "utf-8")
    command = f"{sys.executable} -m corpus_lint --isolated --no-cache a.txt >&-"
    ran = subprocess.run(command, shell=True, cwd=tmp_path, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr) == (1, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such pipes")
def test_who_stops_reading_is_told_no_more(tmp_path: Path) -> None:
    (tmp_path / "corpus-lint.toml").write_text('packs = []\n[[rule]]\ncode = "OWN001"\npattern = "bad"\n')
    (tmp_path / "a.txt").write_text("bad\n" * 10_000)
    command = [sys.executable, "-m", "corpus_lint", "--no-cache", "--output-format", "concise", "a.txt"]
    ran = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert ran.stdout is not None
    assert ran.stderr is not None
    assert ran.stdout.readline().startswith(b"a.txt:1:1: OWN001")
    ran.stdout.close()
    assert (ran.wait(), ran.stderr.read()) == (1, b"")
    ran.stderr.close()


@pytest.mark.skipif(sys.platform == "win32", reason="its shell closes no streams")
def test_without_a_standard_input_there_is_nothing_to_lint(tmp_path: Path) -> None:
    command = f"{sys.executable} -m corpus_lint --isolated --no-cache - <&-"
    ran = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, check=False)
    assert (ran.returncode, ran.stderr.startswith(b"-: error: standard input is closed; ")) == (2, True)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
def test_what_programs_read_is_utf_8_whatever_the_locale_says(encoding: str, tmp_path: Path) -> None:
    rule = 'code = "OWN001"\npattern = "😀省"\nmessage = "`{match}`"\nfix = "省"\nsafe = true\n'
    (tmp_path / "corpus-lint.toml").write_text(f"packs = []\n[[rule]]\n{rule}", "utf-8")
    (tmp_path / "a.txt").write_text("根据😀省的部署。\n", "utf-8")

    def said(*arguments: str) -> bytes:
        command = [sys.executable, "-m", "corpus_lint", "--no-cache", "a.txt", *arguments]
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        return subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment, check=False).stdout

    for form in ("json", "jsonl", "sarif", "github", "gitlab", "junit"):
        assert "`😀省`" in said("--output-format", form).decode()
    assert "-根据😀省的部署。\n+根据省的部署。\n" in said("--diff").decode()
    assert said("--output-format", "concise").decode(encoding).startswith("a.txt:1:3: OWN001 [*] `")


def refuse(error: BaseException) -> Callable[..., int]:
    def run(*_: object) -> int:
        raise error

    return run


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "there is not enough memory; allow it more, or use --jobs 1 and fewer files at once"),
        (PermissionError(13, "Permission denied", "a/b"), "a/b: Permission denied"),
        (OSError(5, "Input/output error"), "Input/output error"),
        (OSError(28, "No space left on device"), "No space left on device, for standard output or in "),
        (RuntimeError("odd"), "this is a bug; please report it with the lines above"),
    ],
)
def test_what_stops_a_run_is_no_finding(
    shell: Workshop, monkeypatch: pytest.MonkeyPatch, error: Exception, told: str
) -> None:
    monkeypatch.setattr(cli, "_lint", refuse(error))
    status, _, err = shell.run()
    assert status == 2
    assert f"corpus-lint: error: {told}" in err


def test_an_interrupted_run_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shell: Workshop
) -> None:
    from corpus_lint import __main__ as entry

    monkeypatch.setattr(cli, "main", refuse(KeyboardInterrupt()))
    assert entry.main() == 130
    assert capsys.readouterr().err == "corpus-lint: interrupted; files are as they were or fixed whole\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no device that is always full")
def test_a_report_that_finds_no_room(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("good\n", "utf-8")
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "corpus_lint", "--isolated", "--no-cache", "a.txt"]
        ran = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (ran.returncode, ran.stderr.count(b"\n")) == (2, 1)
    assert ran.stderr.startswith(b"corpus-lint: error: No space left on device, for standard output or in ")

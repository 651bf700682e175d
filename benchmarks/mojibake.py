"""Text in 12 encodings, read as 12 others, found and repaired, beside ftfy: ``python benchmarks/mojibake.py``.

Stretches of 8, 40 and 400 characters of the texts in ``mojibake_texts.txt`` (and of ``--text FILE`` more) are written
in an encoding and read in another, as a line of their own and as a run inside a clean line of the same language, with
none, 1 % and 3 % of the bytes above ASCII lost before (they have become question marks). A reading of its own accord
loses bytes that it has no character for; these have become U+FFFD.

The table says, in per cent: found (any finding in the line), repaired (all fixes give exactly the original), and
wrong (a fix wrote something that the original does not have there), of safe fixes and of all; then the same of
``ftfy.fix_text``. The clean lines themselves are counted as well. A first, small table holds three readings to what is
promised of them, each on 300 lines, from the same texts and the clean lines of the seeds. ``--write FILE`` puts the
tables into a page.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import ftfy

from corpus_lint import packs
from corpus_lint.document import Document
from corpus_lint.engine import Engine
from corpus_lint.finding import Applicability, Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = Path(__file__).with_name("mojibake_texts.txt")
SEEDS = Path(__file__).parents[1] / "seeds"
PROMISED = (
    ("gb18030", "cp1252", "repaired", 99),
    ("utf-8", "gb18030", "repaired", 95),
    ("big5", "gb18030", "found", 90),
)
"""Bytes of an encoding, read as another: what is promised of how many of a hundred lines from which no byte is lost."""
CELLS = 300
"""Lines of each promise: without a lost byte; a fifth as many with 1 % and with 3 % lost."""
ENCODINGS = {
    "utf-8": ("zh", "hant", "ja", "ko", "ru", "fr", "en", "pl"),
    "gb18030": ("zh",),
    "big5": ("hant",),
    "shift_jis": ("ja",),
    "euc_jp": ("ja",),
    "cp949": ("ko",),
    "cp1251": ("ru",),
    "koi8-r": ("ru",),
    "cp866": ("ru",),
    "cp1252": ("fr", "en"),
    "cp1250": ("pl",),
    "cp874": ("th",),
}
READ_AS = (
    "gb18030",
    "cp950",
    "cp932",
    "cp949",
    "euc_jp",
    "cp1252",
    "cp1251",
    "koi8-r",
    "cp1250",
    "cp874",
    "mac_roman",
    "cp437",
)
LENGTHS = (8, 40, 400)
LOSSES = (0.0, 0.01, 0.03)
SAME = {"big5": "cp950", "shift_jis": "cp932"}


class Case(NamedTuple):
    """A damaged line, what it was, and how it came about."""

    right: str
    wrong: str
    length: int
    in_line: bool
    loss: float
    is_lossless: bool
    damaged: str
    original: str


class Verdict(NamedTuple):
    """What became of a case."""

    found: bool
    repaired: bool
    wrong: bool
    wrong_safe: bool
    ftfy_found: bool
    ftfy_repaired: bool
    ftfy_wrong: bool


def texts(path: Path) -> dict[str, str]:
    """The texts of a file by language."""
    found: dict[str, str] = {}
    language = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif line and not line.startswith("#"):
            found[language] = found.get(language, "") + line
    return found


def with_seeds(clean: dict[str, str]) -> dict[str, str]:
    """The texts, and with them the lines of the seeds in which no byte is wrong."""
    engine = Engine(packs.make([rule for rule in packs.load() if rule.code[:3] in ("ENC", "MOJ")]))
    found = dict(clean)
    for path in sorted(SEEDS.glob("*.txt")):
        document = Document(path.read_text("utf-8"))
        bad = {document.line_at(result.finding.start) for result in engine.check([document])}
        lines = [line for number, line in enumerate(document.text.split("\n")) if number not in bad]
        language = "hant" if document.census.traditional > document.census.simplified else "zh"
        found[language] += "".join(line.strip() for line in lines)
    return found


def promised(clean: dict[str, str]) -> Iterator[tuple[tuple[str, ...], list[Case]]]:
    """The lines of each promise, by encodings and lost bytes: no line twice, and of each length as many."""
    chance = random.Random(9)
    for right, wrong, _, _ in PROMISED:
        shapes = [(lang, n, inside) for n in LENGTHS for lang in ENCODINGS[right] for inside in (False, True)]
        for loss in LOSSES:
            cases: dict[str, Case] = {}
            number = CELLS if loss == 0 else CELLS // 5
            for turn in range(40 * number):
                language, length, inside = shapes[turn % len(shapes)]
                one = case(clean[language], right, wrong, length, inside, loss, chance)
                if one.damaged != one.original and one.is_lossless == (loss == 0):
                    cases[one.damaged] = one
                if len(cases) == number:
                    break
            yield (right, wrong, f"{loss:.0%}"), list(cases.values())


def promises(clean: dict[str, str], *, show: bool) -> str:
    """The table of what is promised."""
    groups: dict[tuple[str, ...], list[Verdict]] = {}
    for key, cases in promised(with_seeds(clean)):
        groups[key] = judge(cases)
        for one, verdict in zip(cases, groups[key], strict=True):
            if show and (verdict.wrong or not verdict.found):
                print(*key, verdict, repr(one.damaged), repr(one.original), sep="\n  ")
    return table(groups, ("bytes of", "read as", "bytes lost"))


def read_wrongly(data: bytes, encoding: str) -> str:
    """Bytes read as a browser reads them: what one of the code page 125x lacks is the control of that number."""
    found: list[str] = []
    while data:
        try:
            return "".join(found) + data.decode(encoding)
        except UnicodeDecodeError as error:
            found.append(data[: error.start].decode(encoding))
            bad = data[error.start]
            found.append(chr(bad) if encoding.startswith("cp125") and bad < 0xA0 else "\ufffd")
            data = data[error.start + 1 :]
    return "".join(found)


def case(clean: str, right: str, wrong: str, length: int, in_line: bool, loss: float, chance: random.Random) -> Case:
    """One damaged line."""
    start = chance.randrange(max(1, len(clean) - length))
    piece = clean[start : start + length].encode(right, "ignore").decode(right)
    data = piece.encode(right)
    kept = bytes(63 if byte >= 0x80 and chance.random() < loss else byte for byte in data)
    damaged = read_wrongly(kept, wrong)
    is_lossless = kept == data and "\ufffd" not in damaged
    if in_line:
        before = clean[max(0, start - 20) : start]
        after = clean[start + length : start + length + 20]
    else:
        before = after = ""
    return Case(right, wrong, length, in_line, loss, is_lossless, before + damaged + after, before + piece + after)


def is_wrong(edits: list[Edit], original: str) -> bool:
    """Whether an edit writes what the original does not have; U+FFFD stands for what is lost."""
    return any(part not in original for edit in edits for part in edit.content.split("\ufffd"))


def judge(cases: list[Case]) -> list[Verdict]:
    """What corpus-lint and ftfy make of the cases."""
    rules = [r for r in packs.load() if r.code in {"MOJ001", "MOJ002", "MOJ003", "MOJ004", "MOJ005", "MOJ009"}]
    engine = Engine(packs.make(rules))
    verdicts: list[Verdict] = []
    for one in cases:
        document = Document(one.damaged)
        results = engine.check([document])
        edits: dict[bool, list[Edit]] = {True: [], False: []}
        end = 0
        for result in results:
            fix = result.finding.fix
            if fix is None or result.finding.start < end:
                continue
            end = result.finding.end
            edits[fix.applicability is Applicability.SAFE] += fix.edits
        every = sorted(edits[True] + edits[False])
        fixed = document.edited(every).text
        theirs = ftfy.fix_text(one.damaged, ftfy.TextFixerConfig(unescape_html=False, uncurl_quotes=False))
        matcher = SequenceMatcher(None, one.damaged, theirs, autojunk=False)
        changes = [Edit(i, j, theirs[k:m]) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
        verdicts.append(
            Verdict(
                bool(results),
                fixed == one.original,
                is_wrong(every, one.original),
                is_wrong(edits[True], one.original),
                bool(changes),
                theirs == one.original,
                is_wrong(changes, one.original),
            )
        )
    return verdicts


def per_cent(verdicts: list[Verdict], name: str) -> str:
    """The share of the verdicts that are true, as the table shows it; a share that is not quite all is not 100."""
    number = sum(getattr(verdict, name) for verdict in verdicts)
    if number in (0, len(verdicts)):
        return "100" if number else "0"
    return f"{number / len(verdicts) * 100:.1f}"


def table(groups: dict[tuple[str, ...], list[Verdict]], headings: tuple[str, ...]) -> str:
    """A table in Markdown: a row for each group."""
    fields = Verdict._fields
    names = ("found", "repaired", "wrong", "wrong, safe", "ftfy: changed", "repaired", "wrong")
    rows = [f"| {' | '.join((*headings, 'lines', *names))} |", "|" + " --- |" * (len(headings) + 1 + len(names))]
    for key, verdicts in groups.items():
        shares = (per_cent(verdicts, field) for field in fields)
        rows.append(f"| {' | '.join((*key, str(len(verdicts)), *shares))} |")
    return "\n".join(rows)


def main() -> int:
    """Make the cases, judge them, print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--text", type=Path, help="a file of more texts, in the form of mojibake_texts.txt")
    parser.add_argument("--each", type=int, default=2, help="lines for each encoding, reading, language, length, loss")
    parser.add_argument("--right", help="only text in this encoding")
    parser.add_argument("--wrong", help="only text read as this")
    parser.add_argument("--write", type=Path, help="the page whose tables are written anew")
    parser.add_argument("--promises", action="store_true", help="only the table of what is promised")
    parser.add_argument("--show", action="store_true", help="print every line that was repaired wrongly")
    arguments = parser.parse_args()
    start = time.perf_counter()
    clean = texts(TEXTS)
    if arguments.text:
        for language, text in texts(arguments.text).items():
            clean[language] = clean.get(language, "") + text
    kept = promises(clean, show=arguments.show)
    if arguments.promises:
        print(kept)
        return 0
    chance = random.Random(20)
    cases = [
        case(clean[language], right, wrong, length, in_line, loss, chance)
        for right, languages in ENCODINGS.items()
        for wrong in READ_AS
        if SAME.get(right, right) != wrong and arguments.right in (None, right) and arguments.wrong in (None, wrong)
        for language in languages
        for length in LENGTHS
        for in_line in (False, True)
        for loss in LOSSES
        for _ in range(arguments.each if length < 400 or loss == 0 else 1)
    ]
    cases = [one for one in cases if one.damaged != one.original]
    verdicts = judge(cases)
    pairs: dict[tuple[str, ...], list[Verdict]] = defaultdict(list)
    shapes: dict[tuple[str, ...], list[Verdict]] = defaultdict(list)
    for one, verdict in zip(cases, verdicts, strict=True):
        if one.loss == 0:
            pairs[one.right, one.wrong, "none" if one.is_lossless else "by the reading"].append(verdict)
        else:
            pairs[one.right, one.wrong, "1 to 3 %"].append(verdict)
        place = "inside a line" if one.in_line else "a line"
        if one.right in ("utf-8", "gb18030", "big5", "shift_jis", "euc_jp", "cp949"):
            shapes[str(one.length), place, f"{one.loss:.0%}"].append(verdict)
        if arguments.show and (verdict.wrong or verdict.wrong_safe):
            print(one.right, one.wrong, verdict.wrong_safe, repr(one.damaged), repr(one.original), sep="\n  ")
    lines = [line for text in clean.values() for line in text.replace("。", "。\n").replace(". ", ".\n").split("\n")]
    quiet = judge([Case("", "", 0, False, 0, True, line, line) for line in lines if line])
    findings, theirs = sum(v.found for v in quiet), sum(v.ftfy_found for v in quiet)
    found = f"Clean lines: {len(quiet)}; with a finding: {findings}; changed by ftfy: {theirs}."
    ordered = sorted(shapes.items(), key=lambda item: (int(item[0][0]), item[0][1:]))
    by_shape = table(dict(ordered), ("characters", "where", "bytes lost"))
    answer = "\n\n".join((kept, by_shape, found, table(pairs, ("bytes of", "read as", "bytes lost"))))
    print(answer)
    print(f"{len(cases)} lines, {time.perf_counter() - start:.0f} s", file=sys.stderr)
    if arguments.write:
        page = arguments.write.read_text("utf-8")
        head, mark, _ = page.partition("<!-- tables -->\n")
        arguments.write.write_text(f"{head}{mark}\n{answer}\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Damage of known kinds done to clean documents, and which TXT rules find it.

    python benchmarks/structure_damage.py FOLDER [--files 150] [--seed 20] [--kind "cut in a word"] [--show]

Takes the text files of a folder, damages each in one place for each kind (the seed is fixed), and asks all TXT rules
before and after. Found is damage on which a finding lies that the clean document does not have; beside it is a new
finding elsewhere in the damaged document. What is found in the documents as they are is counted as well.

The kinds are those that scraping leaves: a paragraph cut inside a word or between two words, a hyphen or a wrapped
page, doubled marks, spaces inside words, a symbol behind 的, a quotation mark turned round, a text cut off, an item
of a list lost, a word taken out by a filter, a word or a character lost. Words of Chinese are told apart by jieba.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import jieba

from corpus_lint import expressions as re
from corpus_lint import packs
from corpus_lint.document import Document
from corpus_lint.duplication.passages import repeats
from corpus_lint.engine import Engine, Result
from corpus_lint.finding import Confidence
from corpus_lint.folding import fold

HAN = "\u4e00-\u9fff"
LETTER = "A-Za-zÀ-ɏа-яё"
LONGEST = 60_000
"""Characters of a document that is taken, at most."""
FILTERED = (
    *("诈骗", "赌博", "毒品", "色情", "暴力", "自杀", "政府", "枪支", "贷款", "警察"),
    *("死亡", "犯罪", "攻击", "病毒", "黑客", "敏感", "血腥", "炸弹", "恐怖", "走私"),
)
"""Words that filters cut."""
WIDTH = 72
"""Columns at which a page is wrapped."""


class Damage(NamedTuple):
    """A damaged text, and where the damage is in it."""

    text: str
    start: int
    end: int


class Verdict(NamedTuple):
    """What became of a damaged document: rules that found the damage, and new findings elsewhere."""

    found: dict[str, Confidence]
    beside: list[Result]


Maker = Callable[[str, random.Random], Damage | None]


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of prose are: long lines that end a sentence and have no markup."""
    found = []
    for match in re.finditer(r"[^\n]+", text):
        line = match[0]
        wide = len(re.findall("[\u3041-\u30fa" + HAN + "]", line)) * 2 > len(line)
        if len(line) < (50 if wide else 140) or re.search(r"[`|<>{}*\[\]#\\=]|^[-+\d]|^ {4}|\t", line):
            continue
        if line.rstrip()[-1] in "。！？.!?”」":
            found.append(match.span())
    return found


def some(text: str, chance: random.Random, pattern: str) -> re.Match[str] | None:
    """A match of a pattern in a paragraph of the text, not at its ends."""
    places = paragraphs(text)
    chance.shuffle(places)
    for start, end in places:
        found = list(re.compile(pattern).finditer(text, start + 12, end - 12))
        if found:
            return chance.choice(found)
    return None


def cut_at(text: str, at: int, content: str) -> Damage:
    """Something put into the text; the damage has a character on each side."""
    return Damage(text[:at] + content + text[at:], at - 1, at + len(content) + 1)


def break_of(text: str) -> str:
    """What parts the paragraphs of the text."""
    return "\n\n" if 3 * text.count("\n\n") > text.count("\n") - text.count("\n\n") else "\n"


def seams(text: str, chance: random.Random, *, inside: bool) -> int | None:
    """A place inside a word, or between two words, in a paragraph."""
    places = paragraphs(text)
    chance.shuffle(places)
    for start, end in places:
        line = text[start:end]
        if re.search(f"[{HAN}]", line):
            if re.search("[\u3041-\u30fa]", line):
                # Words of two kanji or more, and of katakana, have borders that show.
                words = list(re.finditer(f"[{HAN}]+|[\u30a1-\u30fa\u30fc]+|[\u3041-\u3096]+", line))
                known = [(m.start(), m.end()) for m in words if inside == (m[0][0] > "\u3096" and len(m[0]) == 2)]
                places_in = [a + 1 for a, b in known] if inside else [b for a, b in known]
            else:
                borders = [0]
                for word in jieba.cut(fold(line).text if len(fold(line).text) == len(line) else line):
                    borders.append(borders[-1] + len(word))
                inner = set(range(len(line))) - set(borders)
                places_in = sorted(inner) if inside else borders
            here = [
                at
                for at in places_in
                if 15 < at < len(line) - 8 and re.fullmatch(f"[{HAN}]{{2}}", line[at - 1 : at + 1])
            ]
        else:
            pattern = f"(?<=[{LETTER}]{{3}})(?=[{LETTER}]{{3}})" if inside else f"(?<=[{LETTER}]) (?=[a-zа-яё])"
            here = [m.start() for m in re.finditer(pattern, line) if 40 < m.start() < len(line) - 20]
        if here:
            return start + chance.choice(here)
    return None


def cut_in_word(text: str, chance: random.Random) -> Damage | None:
    at = seams(text, chance, inside=True)
    return None if at is None else cut_at(text, at, break_of(text))


def cut_in_sentence(text: str, chance: random.Random) -> Damage | None:
    at = seams(text, chance, inside=False)
    return None if at is None else cut_at(text[:at] + text[at:].lstrip(" "), at, break_of(text))


def cut_behind_comma(text: str, chance: random.Random) -> Damage | None:
    match = some(text, chance, f"[，、,、] ?(?=[{HAN}{LETTER}\u3041-\u30fa])")
    return (
        None
        if match is None
        else cut_at(text[: match.end()].rstrip(" ") + text[match.end() :], match.end(), break_of(text))
    )


def hyphenated(text: str, chance: random.Random) -> Damage | None:
    match = some(text, chance, f"(?<=[{LETTER}]{{3}})(?=[a-zа-яё]{{3}})")
    return None if match is None else cut_at(text, match.start(), "-\n")


def wrapped(text: str, chance: random.Random) -> Damage | None:
    """All paragraphs broken at a width, inside words as they come."""
    if len(paragraphs(text)) < 5:
        return None
    lines = []
    for line in text.split("\n"):
        row, columns = "", 0
        for character in line:
            width = 2 if character >= "\u2e80" else 1
            if columns + width > WIDTH:
                lines.append(row)
                row, columns = "", 0
            row, columns = row + character, columns + width
        lines.append(row)
    damaged = "\n".join(lines)
    return Damage(damaged, 0, len(damaged))


def doubled_mark(text: str, chance: random.Random) -> Damage | None:
    match = some(
        text,
        chance,
        f"(?<=[{HAN}\u3041-\u30fa])[，。、；](?=[{HAN}\u3041-\u30fa])|(?<=[{LETTER}]{{2}})[,;](?= [{LETTER}])",
    )
    return None if match is None else cut_at(text, match.end(), match[0])


def spaced(text: str, chance: random.Random) -> Damage | None:
    at = seams(text, chance, inside=True)
    return None if at is None else cut_at(text, at, " ")


def spaced_out(text: str, chance: random.Random) -> Damage | None:
    if len(re.findall(f"[{HAN}]{{2}}", text)) < 200:
        return None
    damaged = re.sub(f"(?<=[{HAN}，。、])(?=[{HAN}，。、])", " ", text)
    return Damage(damaged, 0, len(damaged))


def symbol(text: str, chance: random.Random) -> Damage | None:
    match = some(text, chance, f"的(?=[{HAN}])")
    return None if match is None else cut_at(text, match.end(), chance.choice("'`’.´"))


def turned_quote(text: str, chance: random.Random) -> Damage | None:
    match = some(text, chance, "“[^“”\n]{2,30}”|「[^「」\n]{2,30}」|«[^«»\n]{2,30}»")
    if match is None:
        return None
    at = match.start() if chance.random() < 0.5 else match.end() - 1
    other = match[0][-1] if at == match.start() else match[0][0]
    return Damage(text[:at] + other + text[at + 1 :], match.start(), match.end())


def lost_quote(text: str, chance: random.Random) -> Damage | None:
    match = some(text, chance, "“[^“”\n]{2,30}”|「[^「」\n]{2,30}」|《[^《》\n]{2,30}》|（[^（）\n]{2,30}）")
    if match is None:
        return None
    at = match.start() if chance.random() < 0.5 else match.end() - 1
    return Damage(text[:at] + text[at + 1 :], match.start(), match.end() - 1)


def cut_off(text: str, chance: random.Random) -> Damage | None:
    places = paragraphs(text)
    if len(places) < 6:
        return None
    at = seams(text[: places[-1][1]][places[-1][0] :], chance, inside=chance.random() < 0.5)
    if at is None:
        return None
    end = places[-1][0] + at
    return Damage(text[:end], end - 2, end)


def lost_item(text: str, chance: random.Random) -> Damage | None:
    """An item between two others of the same form, each a line."""
    forms = ("（{}）", "({})", "{}、", "{}.", "{}）")
    places = []
    for form in forms:
        for numerals in ("一二三四五六七八九", "123456789"):
            for one, two, three in zip(numerals, numerals[1:], numerals[2:], strict=False):
                marks = (re.escape(form.format(number)) for number in (one, two, three))
                item = r"(?m)^{}[^\n]*\n\n?(?P<lost>{}[^\n]+\n\n?){}".format(*marks)
                places += [match.span("lost") for match in re.finditer(item, text)]
    if not places:
        return None
    start, end = chance.choice(places)
    return Damage(text[:start] + text[end:], start, start + 4)


def filtered(text: str, chance: random.Random) -> Damage | None:
    """A word that filters cut, gone wherever it stood; the damage is the first place."""
    words = [word for word in FILTERED if text.count(word) >= 3]
    if not words:
        return None
    word = chance.choice(words)
    at = text.index(word)
    return Damage(text.replace(word, ""), max(0, at - 2), len(text.replace(word, "")))


def lost_word(text: str, chance: random.Random) -> Damage | None:
    at = seams(text, chance, inside=False)
    if at is None or not re.match(f"[{HAN}]", text[at]):
        return None
    word = next(iter(jieba.cut(text[at : at + 8])))
    return Damage(text[:at] + text[at + len(word) :], at - 2, at + 2)


def lost_character(text: str, chance: random.Random) -> Damage | None:
    at = seams(text, chance, inside=True)
    return None if at is None else Damage(text[:at] + text[at + 1 :], at - 2, at + 2)


def doubled_word(text: str, chance: random.Random) -> Damage | None:
    """A word of Chinese of two characters, or a word of another script, written twice."""
    places = paragraphs(text)
    chance.shuffle(places)
    for start, end in places:
        line = text[start:end]
        found, at = [], start
        if re.search(f"[{HAN}]", line) and not re.search("[\u3041-\u30fa]", line):
            for word in jieba.cut(line):
                found += [(at, word)] * (re.fullmatch(f"[{HAN}]{{2}}", word) is not None)
                at += len(word)
        else:
            found = [(start + m.start(), m[0]) for m in re.finditer(f"(?<= )[{LETTER}]{{2,}} (?=[{LETTER}])", line)]
        if found:
            at, word = chance.choice(found)
            return Damage(text[:at] + word + text[at:], at - 1, at + 2 * len(word))
    return None


KINDS: dict[str, Maker] = {
    "cut in a word": cut_in_word,
    "cut between words": cut_in_sentence,
    "cut behind a comma": cut_behind_comma,
    "hyphen at a line end": hyphenated,
    "wrapped at a width": wrapped,
    "doubled mark": doubled_mark,
    "space in a word": spaced,
    "spaced out": spaced_out,
    "symbol behind 的": symbol,
    "quote turned round": turned_quote,
    "quote or bracket lost": lost_quote,
    "text cut off": cut_off,
    "item lost": lost_item,
    "word filtered": filtered,
    "word filtered, copy": filtered,
    "word lost": lost_word,
    "character lost": lost_character,
    "word doubled": doubled_word,
}


def clean_texts(folder: Path, number: int, chance: random.Random) -> Iterator[str]:
    """Texts of some files with at least three paragraphs, in an order by chance."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".md") and path.is_file())
    chance.shuffle(files)
    for path in files:
        text = path.read_text("utf-8", "replace").replace("\r", "")[:LONGEST]
        if len(paragraphs(text)) >= 3:
            yield text
            number -= 1
        if not number:
            return


def judge(engine: Engine, clean: list[Result], damage: Damage, copy: str | None) -> Verdict:
    """Which rules find a damage, and what is new elsewhere."""
    document = Document(damage.text)
    results = engine.check([document])
    if copy is not None:
        pair = [Document(copy), document]
        results += [r for r in engine.check_repeats(repeats(pair, engine.shortest_passage)) if r.document is document]
    known = Counter(_key(result) for result in clean)
    found: dict[str, Confidence] = {}
    beside = []
    for result in results:
        if known[_key(result)] > 0:
            known[_key(result)] -= 1
        elif result.finding.start < damage.end and result.finding.end > damage.start:
            found[result.rule.code] = max(found.get(result.rule.code, Confidence.LOW), _sure(result), key=ORDER.index)
        else:
            beside.append(result)
    return Verdict(found, beside)


ORDER = list(Confidence)


def _sure(result: Result) -> Confidence:
    return result.finding.confidence or result.rule.confidence


def _key(result: Result) -> tuple[str, str]:
    start, end = result.finding.start, result.finding.end
    return result.rule.code, result.document.text[max(0, start - 3) : end + 3]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--files", type=int, default=150, help="documents that are taken")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--kind", action="append", help="only this kind; may be given again")
    parser.add_argument("--show", action="store_true", help="print every damage, and whether it was found")
    parser.add_argument("--unscreened", action="store_true", help="let every rule look at every line")
    arguments = parser.parse_args()
    jieba.setLogLevel(logging.ERROR)
    engine = Engine(
        packs.make([rule for rule in packs.load() if rule.code.startswith("TXT")]), screened=not arguments.unscreened
    )
    texts = list(clean_texts(arguments.folder, arguments.files, random.Random(arguments.seed)))
    size = sum(len(text.encode()) for text in texts) / 1e6
    before = [engine.check([Document(text)]) for text in texts]
    plain = Counter(result.rule.code for results in before for result in results if _sure(result) is Confidence.HIGH)
    print(f"{len(texts)} documents, {size:.1f} MB; found by default as they are: {dict(sorted(plain.items()))}")
    print("| damage | documents | by default | with --pedantic | beside, by default | rules |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for kind, make in KINDS.items():
        if arguments.kind and kind not in arguments.kind:
            continue
        verdicts = []
        for number, (text, clean) in enumerate(zip(texts, before, strict=True)):
            damage = make(text, random.Random(arguments.seed + number))
            if damage is None:
                continue
            verdict = judge(engine, clean, damage, text if "copy" in kind else None)
            verdicts.append(verdict)
            if arguments.show:
                place = damage.text[
                    max(0, damage.start - 12) : damage.end + 12 if damage.end - damage.start < 40 else damage.start + 24
                ]
                said = " ".join(f"{code}:{sure.value}" for code, sure in verdict.found.items()) or "-"
                print(f"{said}\t{place!r}")
                for result in verdict.beside:
                    if _sure(result) is Confidence.HIGH:
                        print(f"  beside: {result.rule.code} {_key(result)[1]!r}")
        if not verdicts:
            continue
        sure = sum(Confidence.HIGH in verdict.found.values() for verdict in verdicts)
        found = sum(bool(verdict.found) for verdict in verdicts)
        beside = sum(_sure(result) is Confidence.HIGH for verdict in verdicts for result in verdict.beside)
        rules: defaultdict[str, int] = defaultdict(int)
        for verdict in verdicts:
            for code in verdict.found:
                rules[code] += 1
        names = ", ".join(f"{code} {times}" for code, times in sorted(rules.items(), key=lambda item: -item[1]))
        print(f"| {kind} | {len(verdicts)} | {sure} | {found} | {beside} | {names} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())

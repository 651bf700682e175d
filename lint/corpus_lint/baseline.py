"""The baseline: findings that are known and do not count, one a line of a file that people and git can merge.

Pure: text and findings in, text and verdicts out. ``docs/baseline.md`` describes the file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from .identity import VERSION, likeness
from .named_tuple import NamedTuple
from .options import ConfigurationError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from .identity import Identity

ALIKE = 9
"""`likeness` from which on two surroundings are one place of one file (unlike ones reach 6, see the tests)."""

SAME = 13
"""`likeness` from which on that holds across files, without any other evidence."""

EXCERPT = 60
"""Characters of the matched text that are kept for people."""


class Entry(NamedTuple):
    """A known finding: where it was, its rule, its identity; ``text`` and ``reason`` are for people."""

    file: str
    code: str
    fingerprint: str
    sketch: str
    text: str = ""
    reason: str = ""


class Baseline(NamedTuple):
    """A baseline file. A redacted one holds no text of the corpus, and stays so when it is written again."""

    entries: tuple[Entry, ...] = ()
    redacted: bool = False


class Scope(NamedTuple):
    """What a run can judge.

    Attributes:
        files: the files that were linted.
        is_gone: whether a file is no longer there.
        is_active: whether the rule of that code was used, or is a rule no longer.
    """

    files: Collection[str]
    is_gone: Callable[[str], bool]
    is_active: Callable[[str], bool]

    def covers(self, entry: Entry) -> bool:
        """Whether the entry would have been found again if it were still true."""
        return self.is_active(entry.code) and (entry.file in self.files or self.is_gone(entry.file))


def entry(file: str, code: str, identity: Identity, text: str = "") -> Entry:
    """The entry of a finding."""
    if len(text) > EXCERPT:
        text = text[: EXCERPT - 1] + "…"
    return Entry(file, code, identity.fingerprint, identity.sketch, text)


class Lines(NamedTuple):
    """The lines of a baseline file as objects, with their numbers, before they are looked at one by one."""

    name: str
    values: list[tuple[int, dict[str, object]]]
    redacted: bool


def parse(text: str, name: str) -> Baseline:
    """The baseline in a file's text.

    Lines may stand in any order, and the first line more than once, as merging leaves them.

    Raises:
        ConfigurationError: it is none, or one of a newer version; the message names the line and the remedy.
    """
    return read(load(text, name))


def load(text: str, name: str) -> Lines:
    """The first half of `parse`, which takes a third of the time: enough where nothing was found.

    Raises:
        ConfigurationError: as `parse`, but for keys and values that are wrong.
    """
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line and not line.isspace()]
    values: list[tuple[int, dict[str, object]]] = []
    redacted = has_head = False
    for (number, _), value in zip(lines, _values(lines, name), strict=True):
        if "corpus-lint-baseline" not in value:
            values.append((number, value))
            continue
        has_head = True
        redacted = redacted or bool(value.get("redacted"))
        version = value["corpus-lint-baseline"]
        if version != VERSION:
            is_newer = isinstance(version, int) and version > VERSION
            remedy = "install a newer corpus-lint, or make it anew with --baseline-accept after removing it"
            raise ConfigurationError(
                f"{name}:{number}: a baseline of version {version}, and this corpus-lint knows version {VERSION}; "
                f"{remedy if is_newer else _REMEDY}"
            )
    if not has_head:
        head = '{"corpus-lint-baseline": …}'
        raise ConfigurationError(f"{name}: no baseline: its first line {head} is missing; {_REMEDY}")
    return Lines(name, values, redacted)


def read(lines: Lines) -> Baseline:
    """The second half of `parse`.

    Raises:
        ConfigurationError: a line has a key or value that is wrong.
    """
    return Baseline(tuple(_entry(value, lines.name, number) for number, value in lines.values), lines.redacted)


def render(baseline: Baseline) -> str:
    """The file's text: sorted, without line numbers, totals and times, so that branches merge."""
    head: dict[str, object] = {"corpus-lint-baseline": VERSION}
    if baseline.redacted:
        head["redacted"] = True
    lines = [json.dumps(head)]
    for known in sorted(baseline.entries):
        value = {key: getattr(known, name) for key, name in _KEYS.items()}
        for key in ("text", "reason"):
            if not value[key] or (key == "text" and baseline.redacted):
                del value[key]
        line = json.dumps(value, ensure_ascii=False)
        lines.append(line if line.isprintable() else "".join(map(_plain, line)))
    return "\n".join(lines) + "\n"


def subtract(entries: Sequence[Entry], findings: Sequence[Entry], scope: Scope) -> list[int | None]:
    """For each finding the number of the entry that it is, None for a new one. An entry is used once.

    First what has the same fingerprint in the same file; of what is left what has the same rule and text at a place
    alike in the same file; of what is left what is so alike that it came along from another file, which was linted,
    too, or is gone.
    """
    matched: list[int | None] = [None] * len(findings)
    left = _exactly(entries, findings, matched, range(len(entries)), lambda e: (e.file, e.fingerprint, e.sketch))
    left = _exactly(entries, findings, matched, left, lambda e: (e.file, e.fingerprint))
    if left and None in matched:
        left = _alike(entries, findings, matched, left, lambda e: (e.file, *_subject(e)), _is_same_place)
        free: Iterable[int] = (number for number in left if scope.covers(entries[number]))
        free = _exactly(entries, findings, matched, free, lambda e: (e.fingerprint, e.sketch))
        _alike(entries, findings, matched, free, _subject, _has_moved)
    return matched


def accept(
    old: Baseline, findings: Sequence[Entry], hidden: Sequence[Entry], scope: Scope, *, redact: bool = False
) -> tuple[Baseline, int, int]:
    """The baseline that knows all findings, how many it knows more than the old one, and how many no longer.

    ``hidden`` are findings that are not shown: what is known of them stays, and nothing is added. What is known of
    files and rules outside the scope stays. A reason goes with its finding.
    """
    matched = subtract(old.entries, [*findings, *hidden], scope)
    kept: list[Entry] = []
    for found, number in zip(findings, matched, strict=False):
        kept.append(found if number is None else found._replace(reason=old.entries[number].reason))
    kept += [old.entries[number] for number in matched[len(findings) :] if number is not None]
    used = {number for number in matched if number is not None}
    dropped = 0
    for number, known in enumerate(old.entries):
        if number not in used:
            if scope.covers(known):
                dropped += 1
            else:
                kept.append(known)
    added = sum(number is None for number in matched[: len(findings)])
    return Baseline(tuple(kept), old.redacted or redact), added, dropped


def prune(old: Baseline, findings: Sequence[Entry], scope: Scope, *, redact: bool = False) -> tuple[Baseline, int]:
    """The baseline without what is gone, and how much that is. Every line of it was one before."""
    used = {number for number in subtract(old.entries, findings, scope) if number is not None}
    kept = tuple(known for number, known in enumerate(old.entries) if number in used or not scope.covers(known))
    return Baseline(kept, old.redacted or redact), len(old.entries) - len(kept)


_KEYS = {
    "file": "file",
    "code": "code",
    "text": "text",
    "fingerprint": "fingerprint",
    "near": "sketch",
    "reason": "reason",
}
_ORDER = ("file", "code", "fingerprint", "near", "text", "reason")
"""The keys of a line in the order of `Entry`'s fields."""

_REMEDY = "restore the file from git, or make it anew with --baseline-accept after removing it"


def _values(lines: Sequence[tuple[int, str]], name: str) -> list[dict[str, object]]:
    """The objects on the lines: all in one go, which takes a third of the time, or else up to the first wrong one."""
    try:
        values = json.loads(f"[{','.join(line for _, line in lines)}]")
    except ValueError:
        values = []
    if len(values) == len(lines) and all(isinstance(value, dict) for value in values):
        return values  # type: ignore[no-any-return]
    for number, line in lines:
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
            raise ConfigurationError(
                f"{name}:{number}: an unfinished merge; keep the lines of both sides and delete the markers "
                f"(`{name} merge=union` in .gitattributes does this every time)"
            )
        try:
            is_object = isinstance(json.loads(line), dict)
        except ValueError:
            is_object = False
        if not is_object:
            raise ConfigurationError(f"{name}:{number}: no line of a baseline; {_REMEDY}")
    return [json.loads(line) for _, line in lines]


def _entry(value: dict[str, object], name: str, number: int) -> Entry:
    known = Entry(*(value.get(key, "") for key in _ORDER))  # type: ignore[arg-type]
    if value.keys() <= _KEYS.keys() and set(map(type, known)) == {str}:
        if known.file and known.code and len(known.fingerprint) == 16 and len(known.sketch) == 17:
            return known
        raise ConfigurationError(
            f"{name}:{number}: `file`, `code`, `fingerprint` or `near` is missing or cut; {_REMEDY}"
        )
    for key, content in value.items():
        if key not in _KEYS:
            raise ConfigurationError(f"{name}:{number}: unknown key `{key}`{nearest(key, _KEYS)}")
        if not isinstance(content, str):
            raise ConfigurationError(f"{name}:{number}: `{key}` must be a string")
    return known


def _plain(character: str) -> str:
    """What shows nothing, or would end a line in some editor, or is no UTF-8, as its JSON escape."""
    return character if character.isprintable() or character == "\u3000" else json.dumps(character)[1:-1]


def _subject(known: Entry) -> tuple[str, str]:
    """Rule and text; of what is known by its whole the rule alone, its text may have changed a little."""
    return known.code, known.fingerprint[:8] if known.sketch[0] == "a" else ""


def _sides(one: Entry, other: Entry) -> int:
    """On how many sides the same stands directly beside both: 0 to 2."""
    pairs = ((one.fingerprint[at : at + 4], other.fingerprint[at : at + 4]) for at in (8, 12))
    return sum(a == b and a[0] != "0" for a, b in pairs)


def _is_same_place(one: Entry, other: Entry) -> bool:
    near = likeness(one.sketch, other.sketch)
    return near >= ALIKE or (bool(_sides(one, other)) and one.fingerprint[:8] == other.fingerprint[:8])


def _has_moved(one: Entry, other: Entry) -> bool:
    near = likeness(one.sketch, other.sketch)
    return near >= SAME or (near >= ALIKE and (one.fingerprint == other.fingerprint or _sides(one, other) > 0))


def _exactly(
    entries: Sequence[Entry],
    findings: Sequence[Entry],
    matched: list[int | None],
    numbers: Iterable[int],
    key: Callable[[Entry], tuple[str, ...]],
) -> list[int]:
    """Match what has the same key, the ones with a reason first; the numbers of the entries that are left."""
    waiting: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in numbers:
        waiting[key(entries[number])].append(number)
    for same in waiting.values():
        same.sort(key=lambda number: (bool(entries[number].reason), -number))
    for place, found in enumerate(findings):
        if matched[place] is None and (same := waiting.get(key(found), [])):
            matched[place] = same.pop()
    return sorted(number for same in waiting.values() for number in same)


def _alike(
    entries: Sequence[Entry],
    findings: Sequence[Entry],
    matched: list[int | None],
    numbers: Sequence[int],
    key: Callable[[Entry], tuple[str, ...]],
    agrees: Callable[[Entry, Entry], bool],
) -> list[int]:
    """Match what has the same key and agrees, the most alike first; the numbers of the entries that are left.

    Candidates share a side or two neighbouring digits of their sketches, as any do that are `ALIKE`. Of very many,
    some are looked at in each of a few rounds.
    """
    left = list(numbers)
    for _ in range(ROUNDS):
        shelves: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for number in left:
            for mark in _marks(entries[number]):
                shelves[(*key(entries[number]), mark)].append(number)
        pairs: list[tuple[int, int, int]] = []
        for place, found in enumerate(findings):
            if matched[place] is None:
                shared: set[int] = set()
                for mark in _marks(found):
                    shared.update(shelves.get((*key(found), mark), [])[:CANDIDATES])
                for number in shared:
                    known = entries[number]
                    if agrees(known, found):
                        score = likeness(known.sketch, found.sketch) + DECISIVE * _sides(known, found)
                        pairs.append((-score, place, number))
        taken: set[int] = set()
        for _, place, number in sorted(pairs):
            if matched[place] is None and number not in taken:
                matched[place] = number
                taken.add(number)
        if not taken:
            break
        left = [number for number in left if number not in taken]
    return left


CANDIDATES = 64
"""Entries with one mark, at most, that a finding is compared with in a round."""

ROUNDS = 8

DECISIVE = 8
"""What an equal side adds to `likeness`."""


def _marks(known: Entry) -> list[str]:
    marks = [f"{at}{known.fingerprint[at : at + 4]}" for at in (8, 12) if known.fingerprint[at] != "0"]
    pairs = (f"{at}:{known.sketch[at : at + 2]}" for at in range(1, len(known.sketch), 2))
    return [*marks, *(pair for pair in pairs if not pair.endswith(":00")), known.fingerprint]

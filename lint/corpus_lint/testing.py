"""The driver for rule examples; it ships with the package, so that other rule packs are tested by the same one.

In a test of a pack::

    @pytest.mark.parametrize("rule", corpus_lint.packs.load(["my_rules"]))
    def test_examples(rule):
        assert corpus_lint.testing.problems(rule) == []
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .document import Document
from .engine import Engine, Result, RuleError
from .finding import Confidence, Edit, Severity
from .fixing import UnstableError
from .rule import (
    Bad,
    CommonLineRule,
    DocumentRule,
    Good,
    LineRule,
    RecordRule,
    RegionRule,
    RepeatRule,
    SourceRule,
    Trigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .formats.record import Problem
    from .rule import Rule
    from .source import Source

OPEN, CLOSE = "⟦", "⟧"
COMMA = "behind a single one stands a comma"


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the spans that they enclose (nested marks are allowed).

    Raises:
        ValueError: a mark lacks its other half.
    """
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    for character in text:
        if character == OPEN:
            opened.append(len(plain))
        elif character == CLOSE:
            if not opened:
                raise ValueError(f"a mark {CLOSE} that closes nothing")
            spans.append((opened.pop(), len(plain)))
        else:
            plain.append(character)
    if opened:
        raise ValueError(f"a mark {OPEN} that is not closed")
    return "".join(plain), sorted(spans)


def mark(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with each span enclosed in marks."""
    marks = [(start, OPEN) for start, _ in spans] + [(end, CLOSE) for _, end in spans]
    for offset, sign in sorted(marks, key=lambda pair: (pair[0], pair[1] == OPEN), reverse=True):
        text = text[:offset] + sign + text[offset:]
    return text


def problems(rule: type[Rule]) -> list[str]:
    """What is wrong with a rule's definition or examples; an empty list when all is well.

    Every Bad example must be found exactly where it is marked, screened and unscreened alike; every Good one not at
    all; a fix must give the stated text, in which the rule finds nothing that it could still fix.
    """
    found = list(_definition(rule))
    if found:
        return found
    for number, example in enumerate(rule.examples, 1):
        try:
            told = list(_example(rule, example))
        except RuleError as error:
            told = [f"{error}{_raised_at(error)}"]
        except (UnstableError, ValueError) as error:
            told = [str(error)]
        found += [f"example {number} ({_short(example)}): {problem}" for problem in told]
    return found


def _raised_at(error: RuleError) -> str:
    """`` (file, line 3)``: where a rule failed; empty when it stopped of its own accord."""
    import traceback

    if not error.is_bug or error.__cause__ is None:
        return ""
    frame = traceback.extract_tb(error.__cause__.__traceback__)[-1]
    return f" ({frame.filename}, line {frame.lineno})"


def find(rule: type[Rule] | Rule, text: str | bytes | tuple[str, ...], *, screened: bool = True) -> list[Result]:
    """What one rule finds in a text, in a file's bytes, or in a corpus of several texts."""
    instance = rule() if isinstance(rule, type) else rule
    engine = Engine([instance], screened=screened)
    if isinstance(text, bytes):
        if isinstance(instance, RecordRule):
            return engine.check_problems(_broken(text))
        return _find_in_file(engine, text)
    if isinstance(instance, SourceRule) and not isinstance(instance, DocumentRule):
        return _find_in_file(engine, "".join(text).encode())
    documents = [Document(part, index=index) for index, part in enumerate((text,) if isinstance(text, str) else text)]
    results = engine.check(documents)
    if isinstance(instance, RepeatRule):
        from .duplication.passages import repeats

        results += engine.check_repeats(repeats(documents, instance.shortest_passage))
    if isinstance(instance, CommonLineRule):
        from .duplication.common_lines import CommonLines

        lines = CommonLines()
        lines.add(documents, range(len(documents)))
        results += engine.check_common_lines(lines, documents.__getitem__)
    return results


def _broken(data: bytes) -> list[Problem]:
    """The records of JSON lines that cannot be read."""
    import tempfile

    from .reading import Reader

    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/example.jsonl"
        with open(path, "wb") as file:
            file.write(data)
        reader = Reader(path)
        for _ in reader.documents():
            pass
        return reader.problems


def fix(rule: type[Rule] | Rule, text: str | bytes | tuple[str, ...]) -> str | bytes | tuple[str, ...]:
    """The text, a file's bytes or the texts of a corpus after all fixes of the rule, safe and unsafe.

    Raises:
        corpus_lint.fixing.UnstableError: the fixes do not come to rest.
    """
    from .finding import Applicability
    from .fixing import fix_document

    instance = rule() if isinstance(rule, type) else rule
    if isinstance(text, bytes):
        return _fix_file(instance, text)
    if isinstance(text, tuple):
        return _fix_corpus(instance, text)
    if isinstance(instance, (LineRule, RegionRule, DocumentRule, RepeatRule)):
        return fix_document(Document(text), Engine([instance]).check_alone, Applicability.UNSAFE).document.text
    return text


def _fix_corpus(rule: Rule, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts after one pass, in which all fixes are made: what several documents show is looked for once."""
    edits: list[list[Edit]] = [[] for _ in texts]
    for result in find(rule, texts):
        if result.finding.fix is not None:
            edits[result.document.index] += result.finding.fix.edits
    return tuple(Document(text).edited(sorted(some)).text for text, some in zip(texts, edits, strict=True))


def _read(data: bytes) -> tuple[Document, Source]:
    """The one document of a file's bytes."""
    from . import line_ends
    from .decode import decode
    from .source import Source

    content, decoding = decode(data)
    source = Source("example", decoding, line_ends=line_ends.count(content.encode("utf-8", decoding.errors), content))
    return Document(content, errors=decoding.errors, source=source), source


def _find_in_file(engine: Engine, data: bytes) -> list[Result]:
    document, source = _read(data)
    return [*engine.check_source(source, document), *engine.check([document])]


def _fix_file(rule: Rule, data: bytes) -> bytes:
    from .finding import Applicability
    from .fixing import fix_document
    from .splicing import RawEdit, spliced

    document, source = _read(data)
    engine = Engine([rule])
    fixes = [result.finding.fix for result in engine.check_source(source, document) if result.finding.fix]
    fixed = fix_document(document, lambda again: engine.check([again]), Applicability.UNSAFE).document
    edits = [] if fixed is document else [RawEdit(0, document.raw, fixed.raw)]
    line_end = next((fix.line_end for fix in fixes if fix.line_end), "")
    return spliced(data, source.decoding, edits, recode=any(fix.recode for fix in fixes), line_end=line_end)


def _definition(rule: type[Rule]) -> Iterator[str]:
    if not re.fullmatch(r"[A-Z]{2,5}[0-9]{3}", getattr(rule, "code", "")):
        yield "`code` must be capital letters and three digits"
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", getattr(rule, "name", "")):
        yield "`name` must be lower-case words joined by hyphens"
    if not (rule.__doc__ or "").strip():
        yield "the class needs a docstring: it is the rule's page"
    for key, whole, members, kind in (
        ("examples", "Bad and Good", rule.examples, (Bad, Good)),
        ("triggers", "triggers", rule.triggers, Trigger),
    ):
        if not all(isinstance(member, kind) for member in members):
            yield f"`{key}` must be a tuple of {whole}: {COMMA}"
        elif key == "examples" and not any(isinstance(member, Bad) for member in members):
            yield "`examples` needs a Bad one"
    if not isinstance(rule.severity, Severity):
        yield "`severity` must be a Severity"
    if not isinstance(rule.confidence, Confidence):
        yield "`confidence` must be a Confidence"


def _example(rule: type[Rule], example: Bad | Good) -> Iterator[str]:
    text, expected = _expected(example)
    results = find(rule, text)
    misplaced = [told for result in results for told in _misplaced(result)]
    if misplaced:
        yield misplaced[0]
        return
    if (
        results
        and issubclass(rule, (LineRule, RegionRule, DocumentRule))
        and _spans(results) != _spans(find(rule, text, screened=False))
    ):
        yield "screened and unscreened runs differ"
    elif not results and find(rule, text, screened=False) and not isinstance(text, bytes):
        yield "the screen hides a finding"
    if isinstance(text, bytes):
        if bool(results) != isinstance(example, Bad):
            yield f"{len(results)} findings"
    else:
        parts = (text,) if isinstance(text, str) else text
        got = [[span for index, *span in _spans(results) if index == number] for number in range(len(parts))]
        if got != expected:
            marked = [mark(part, [(a, b) for a, b in spans]) for part, spans in zip(parts, got, strict=True)]
            yield f"found {marked}"
    if isinstance(example, Bad):
        fixed = fix(rule, text)
        if example.fixed is None and fixed != text:
            yield f"it says nothing of a fix, and the fix gives {fixed!r}"
        elif example.fixed not in (None, fixed):
            given = "nothing is fixed" if fixed == text else f"the fix gives {fixed!r}"
            yield f"{given}, and {example.fixed!r} is to come of it"
        elif example.fixed is not None and [r for r in find(rule, fixed) if r.finding.fix]:
            yield "the fixed text still has a finding that could be fixed"


def _misplaced(result: Result) -> Iterator[str]:
    """What is wrong with the offsets of a finding, and with the edits of its fix."""
    start, end, length = result.finding.start, result.finding.end, len(result.document.text)
    if not 0 <= start <= length or end > length:
        yield f"the finding from {start} to {end} goes beyond the text, which has {length} characters"
    elif start > end:
        yield f"the finding from {start} to {end} ends before it begins"
    elif result.finding.fix and not all(isinstance(edit, Edit) for edit in result.finding.fix.edits):
        yield f"the edits of a fix must be a tuple of Edit: {COMMA}"


def _expected(example: Bad | Good) -> tuple[str | bytes | tuple[str, ...], list[list[list[int]]]]:
    if isinstance(example.text, bytes):
        return example.text, []
    if isinstance(example.text, str):
        text, spans = unmark(example.text)
        return text, [[list(span) for span in spans]]
    pairs = [unmark(part) for part in example.text]
    return tuple(text for text, _ in pairs), [[list(span) for span in spans] for _, spans in pairs]


def _spans(results: Sequence[Result]) -> list[tuple[int, int, int]]:
    return sorted((result.document.index, result.finding.start, result.finding.end) for result in results)


def _short(example: Bad | Good) -> str:
    text = repr(example.text)
    return text if len(text) <= 40 else text[:37] + "..."

"""The compiled loops give what numpy and plain Python give."""

from __future__ import annotations

import os
import re
from array import array
from collections import Counter
from functools import reduce
from operator import or_
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint import census, folding, look_up, native
from corpus_lint.document import Document
from corpus_lint.duplication import (
    brief_lines,
    duplicates,
    fingerprints,
    grouping,
    leads,
    loops,
    pairing,
    partitions,
    passages,
    winnowing,
)
from corpus_lint.duplication.folds import bits_and_marks
from corpus_lint.duplication.winnowing import Sketch
from corpus_lint.look_up import marking
from corpus_lint.tables import characters

if TYPE_CHECKING:
    from pathlib import Path

    from corpus_lint.native_loops import CharacterLoops, FoldingLoops, WinnowingLoops

pytestmark = pytest.mark.skipif(native.character_loops() is None, reason="the compiled loops were not built")

PIECES = [
    "漢字",
    "汉字很好看，" * 9,
    "網(wǎng)絡（luò）",
    "(",
    "）",
    "abc ",
    "The quick brown fox. " * 4,
    "\n",
    "\r\n",
    "𠮷😀",
    "»短 — ",
    "短。\t",
    "* - 。",
]
PIECES += [
    "\uffff",
    "\ud800",
    "ｆｕｌｌ",
    "éa\u0301",
    "あいう" * 20,
    "한국어 ",
    "x" * 70,
    "天气" * 50,
    "\0",
    "1234567890" * 5,
]
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=30).map("".join)


def characters_compiled() -> CharacterLoops:
    found = native.character_loops()
    assert found is not None
    return found


def folding_compiled() -> FoldingLoops:
    found = native.folding_loops()
    assert found is not None
    return found


def winnowing_compiled() -> WinnowingLoops:
    found = native.winnowing_loops()
    assert found is not None
    return found


@settings(max_examples=300)
@given(texts)
def test_characters_are_looked_up_the_same(text: str) -> None:
    table = marking(("漢a", "（(", "é"))
    compiled, numpy = look_up.look_up(text, table), look_up._look_up_numpy(text, table)
    assert list(compiled.kinds) == list(numpy.kinds)
    assert compiled.feeds.tolist() == numpy.feeds.tolist()
    assert compiled.entries.tolist() == numpy.entries.tolist()
    assert list(compiled.beyond) == [place for place in numpy.beyond if text[place] != "\uffff"]
    marks = [reduce(or_, (table[ord(one)] for one in line if one < "\uffff"), 0) >> 21 for line in split(text)]
    assert [kind >> 5 for kind in compiled.lines or b""] == marks


@settings(max_examples=300)
@given(st.lists(texts, min_size=1, max_size=12))
def test_classes_are_counted_the_same(some: list[str]) -> None:
    joined, lengths = "\n".join(some), [len(text) for text in some]
    compiled = census.count_many(look_up.look_up(joined), lengths)
    assert compiled == census._count_numpy(look_up._look_up_numpy(joined, characters()), lengths)
    assert compiled == [census.count(text) for text in some] == [census._count_plain(text) for text in some]


READING = st.sampled_from(
    [*"漢（()） \t\u00a0\u3000zchsbngraeiouvüāǜér\n㐀鿿𠮷", "zh", "ng", "ang", "uāng", "luò)", "(wǎng)"]
)


@settings(max_examples=600)
@given(st.lists(READING, max_size=40).map("漢(".join) | st.lists(READING, max_size=40).map("".join))
def test_readings_are_the_same(text: str) -> None:
    assert folding_compiled().readings(text) == folding._reading_spans(text)


@settings(max_examples=300)
@given(st.lists(texts, min_size=1, max_size=12))
def test_brief_lines_are_the_same(some: list[str]) -> None:
    joined, lengths = "\n".join(some), [len(text) for text in some]
    compiled = brief_lines.in_looked_up(look_up.look_up(joined), lengths, 3)
    numpy = look_up._look_up_numpy(joined, characters())
    assert compiled == brief_lines._columns(brief_lines._in_numpy(joined, numpy.feeds, lengths), 3)
    assert compiled == brief_lines.in_documents([Document(text) for text in some], 3)


@settings(max_examples=300, deadline=None)
@given(st.lists(texts, min_size=1, max_size=8), st.sampled_from([1, 7, 400]))
def test_fingerprints_are_the_same(some: list[str], times: int) -> None:
    some = [text * times for text in some]
    joined, lengths = "\n".join(some), [len(text) for text in some]
    found = look_up._look_up_numpy(joined, characters())
    numpy = winnowing._sketch_numpy(found, lengths, 5)
    compiled = winnowing.sketch_looked_up(look_up.look_up(joined), lengths, 5)
    little = winnowing.sketch([Document(text) for text in some], 5, numpy=False)
    plain = winnowing._sketch_plain(some, 5) if times < 400 else little
    assert rows(compiled) == rows(numpy) == rows(little) == rows(plain)
    assert compiled.texts is not None
    assert numpy.texts is not None or not sum(compiled.sizes)
    assert compiled.texts == (numpy.texts or b"")
    assert places(compiled) == places(numpy)


def split(text: str) -> list[str]:
    return re.split("[\r\n]", text)


def rows(sketch: Sketch) -> tuple[list[int], list[tuple[int, int, int]]]:
    columns = [list(map(int, column)) for column in (sketch.keys, sketch.documents, sketch.positions)]
    return list(sketch.sizes), list(zip(*columns, strict=True))


def places(sketch: Sketch) -> list[tuple[list[int], list[int]]]:
    """Of each document where its characters that count and its line feeds stand."""
    bits, columns = bits_and_marks(sketch.marks)
    found = []
    for counted, feeds, start, end in zip(*columns, strict=True):
        sets = []
        for at in (counted, feeds):
            own = np.unpackbits(np.frombuffer(bits[at : at + end // 8 + 1], np.uint8))[start:end]
            sets.append(np.flatnonzero(own).tolist())
        found.append((sets[0], sets[1]))
    return found


def test_what_is_wrong_is_refused() -> None:
    table = characters()
    with pytest.raises(ValueError, match="65,536"):
        characters_compiled().look_up("a", array("I", [1]))
    with pytest.raises(ValueError, match="longer"):
        characters_compiled().count(b"abc", [4])
    with pytest.raises(ValueError, match="longer"):
        characters_compiled().count(b"abc", [-1])
    with pytest.raises(ValueError, match="longer"):
        winnowing_compiled().sketch("abc", table, [1, 2], [], 0)
    with pytest.raises(ValueError, match="line feeds"):
        characters_compiled().stretches(b"\na\n", b"\0\0\0", 9)
    with pytest.raises(ValueError, match="longer"):
        characters_compiled().brief("a", b"", [2], 0, 9, "", "")
    with pytest.raises(ValueError, match="line feeds"):
        characters_compiled().brief("a\nb", array("q", [3]), [1, 1], 0, 9, "", "")
    with pytest.raises(ValueError, match="signs"):
        characters_compiled().brief("a", b"", [1], 0, 9, "x" * 99, "")
    for reading in ((1, 9), (2, 1), (-1, 2)):
        with pytest.raises(ValueError, match="reading"):
            winnowing_compiled().sketch("abc", table, [3], [reading], 0)
    with pytest.raises(TypeError):
        winnowing_compiled().sketch("abc", table, ["x"], [], 0)  # type: ignore[list-item]


@settings(max_examples=300)
@given(texts, st.booleans())
def test_texts_are_folded_the_same(text: str, passage: bool) -> None:
    one = folding.Folded(text, passage=passage)
    found = one.text, list(one.offsets)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "folding_loops", lambda: None)
        other = folding.Folded(text, passage=passage)
        assert found == (other.text, other.offsets)


def test_readings_that_are_not_in_the_text_are_refused_by_folding() -> None:
    for readings in ([(2, 1)], [(0, 4)], [(2, 3), (1, 2)]):
        with pytest.raises(ValueError, match="reading"):
            folding_compiled().fold("abc", characters(), readings, False)


def test_a_switch_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(native.SWITCH, "0")
    assert native.compiled("_characters") is None


def test_numpy_pays_from_some_size_on() -> None:
    assert [native.is_much(size) for size in (0, native.MUCH_COMPILED)] == [False, True]


@given(st.lists(st.lists(st.integers(0, 40) | st.integers(0, 2**32 - 1), max_size=60), max_size=5), st.booleans())
def test_keys_that_stand_twice_are_the_same(columns: list[list[int]], many: bool) -> None:
    if many:
        columns = [[*column, *(range(0, 2**32, 2**32 // 3000))] for column in columns]
    arrays = [np.array(column, np.uint32) for column in columns]
    compiled = pairing._repeated(np, arrays)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairing, "key_loops", lambda: None)
        numpy = pairing._repeated(np, arrays)
    counted = Counter(key for column in columns for key in column)
    rows = sorted((key, n) for n, key in enumerate(key for column in columns for key in column) if counted[key] > 1)
    assert rows == list(zip(*(column.tolist() for column in compiled), strict=True))
    assert rows == list(zip(*(column.tolist() for column in numpy), strict=True))


columns_of_rows = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 30), st.integers(0, 6000)), max_size=80, unique_by=lambda row: row[:2]
)


def sketch_of(rows: list[tuple[int, int, int]]) -> Sketch:
    """A sketch of documents from 3 on, each with keys and positions in order."""
    rows = sorted(((document + 3, key, position) for document, key, position in rows), key=lambda row: (row[0], row[2]))
    documents, keys, positions = (array("I", [row[n] for row in rows]) for n in range(3))
    return Sketch(3, [position % 77 + 9 for position in range(10)], keys, documents, positions, is_much=True)


@given(columns_of_rows, st.integers(0, 2))
def test_what_whole_documents_have_is_the_same(rows: list[tuple[int, int, int]], few: int) -> None:
    sketch = sketch_of([(document, key % (few + 1), position) for document, key, position in rows])
    found = duplicates.wholes(sketch), list(loops.runs([sketch]))
    with pytest.MonkeyPatch.context() as patch:
        for module in (duplicates, loops):
            patch.setattr(module, "key_loops", lambda: None)
        expected = duplicates.wholes(sketch), list(loops.runs([sketch]))
    assert found[1] == expected[1]
    assert [list(map(int, column)) for column in found[0]] == [list(map(int, column)) for column in expected[0]]


@given(st.lists(columns_of_rows, max_size=4), st.integers(1, 4))
def test_texts_of_which_nothing_may_repeat_have_no_hits_that_are_near(
    every: list[list[tuple[int, int, int]]], evidence: int
) -> None:
    sketches = [sketch_of(rows).shifted(10 * number) for number, rows in enumerate(every)]
    table = fingerprints.Fingerprints(sketches)
    if table.are_unlike(evidence):
        for hits in grouping.hits(sketches, 5):
            assert not leads._near(hits.across, evidence)
            assert not leads._near(hits.within, evidence)
            assert not [hit for hit in hits.within if turns(hits, hit)]


def turns(hits: grouping.Hits, one: grouping.Hit) -> bool:
    """Whether a hit within a document may be of a loop, as `leads.find` sees it."""
    period = one.position - one.places[-1][1]
    same = [hit.position for hit in hits.within if hit.position - hit.places[-1][1] == period]
    return period <= grouping.LONGEST and same[-1] - same[0] >= (loops.COPIES - 1) * period - leads.SLACK


def test_texts_that_share_a_passage_may_repeat_and_others_need_no_numpy() -> None:
    random = Random(7)
    han = [chr(random.randrange(0x4E00, 0x9FA0)) for _ in range(9000)]
    one, other, third = ("".join(han[at : at + 3000]) for at in (0, 3000, 6000))
    unlike = [winnowing.sketch([Document(text)], number, numpy=True) for number, text in enumerate((one, other))]
    assert fingerprints.Fingerprints(unlike).are_unlike(passages.EVIDENCE)
    alike = [*unlike, winnowing.sketch([Document(third[:500] + one[700:900] + third[500:])], 2, numpy=True)]
    assert not fingerprints.Fingerprints(alike).are_unlike(passages.EVIDENCE)
    turning = winnowing.sketch([Document(other + one[:30] * 4)], 0, numpy=True)
    assert not fingerprints.Fingerprints([turning]).are_unlike(passages.EVIDENCE)


@given(st.lists(st.integers(0, 2**32 - 1), max_size=300), st.integers(1, 4))
def test_rows_are_parted_the_same(keys: list[int], width: int) -> None:
    columns = [np.array([key >> number for key in keys], np.uint32) for number in range(width)]
    rows, ends = partitions.in_order(columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partitions, "key_loops", lambda: None)
        expected = partitions.in_order(columns)
    assert (rows.tolist(), ends.tolist()) == (expected[0].tolist(), expected[1].tolist())


def test_columns_of_unequal_length_are_refused() -> None:
    compiled = native.key_loops()
    assert compiled is not None
    with pytest.raises(ValueError, match="one length"):
        compiled.parted([array("I", [1, 2]), array("I", [1])])
    with pytest.raises(TypeError):
        compiled.parted([1])  # type: ignore[list-item]
    assert compiled.parted([]) == (b"", [0] * partitions.NUMBER)
    one, two = array("I", [1]), array("I", [1, 2])
    with pytest.raises(ValueError, match="one length"):
        compiled.neighbours(two, one)
    with pytest.raises(ValueError, match="one length"):
        compiled.digests(one, two, one, array("Q", [1]), 1)
    with pytest.raises(ValueError, match="no size"):
        compiled.digests(one, one, one, array("Q", [1]), 0)
    with pytest.raises(ValueError, match="one length"):
        compiled.may_repeat([one], [two], [one], (4, 3, 240, 5000, 47))
    with pytest.raises(ValueError, match="range"):
        compiled.may_repeat([one], [one], [one], (4, 17, 240, 5000, 47))


def test_what_is_older_than_its_source_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, source = tmp_path / "a.so", tmp_path / "a.c"
    module.touch()
    assert not native.is_stale(str(module), str(source)), "a wheel has no sources"
    source.touch()
    os.utime(module, (1, 1))
    assert native.is_stale(str(module), str(source))
    os.utime(source, (1, 1))
    assert not native.is_stale(str(module), str(source))
    monkeypatch.setattr(native, "is_stale", lambda *_: True)
    with pytest.warns(RuntimeWarning, match=r"_keys.* is older than its source and not used"):
        assert native.compiled("duplication._keys") is None

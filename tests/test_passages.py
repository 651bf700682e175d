"""The guarantee of `corpus_lint.duplication.passages`, both ways, on copies planted into generated text."""

from __future__ import annotations

import random
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint.document import Document
from corpus_lint.duplication import alignment, extension, folded_text, passages, winnowing
from corpus_lint.duplication.fingerprints import Fingerprints
from corpus_lint.duplication.folds import Folds
from corpus_lint.folding import fold
from corpus_lint.repeats import Duplicate, Repeat
from corpus_lint.source import Source
from tests.planted import PAIRS, PLAIN, SHORTEST, SOURCE, check_true, covers, find, find_all, places, prose

if TYPE_CHECKING:
    from collections.abc import Sequence


@given(SOURCE, st.lists(st.integers(0, 400), max_size=8), st.sampled_from([0.0, 0.1, 1.0]))
def test_both_ways_of_sketching_agree(random: random.Random, lengths: list[int], letters: float) -> None:
    documents = [Document(prose(random, length, letters)) for length in lengths]
    one, other = (winnowing.sketch(documents, 3, numpy=numpy) for numpy in (False, True))
    assert one.sizes == other.sizes
    for column in ("keys", "documents", "positions"):
        assert list(getattr(one, column)) == list(getattr(other, column))


@given(
    st.lists(
        st.text(st.sampled_from("ab网(（wǎng)）gō 𠮷\ud800\n\r。A１ｶ\u0301") | st.characters(), max_size=120),
        max_size=5,
    )
)
def test_both_ways_of_sketching_agree_on_anything(texts: list[str]) -> None:
    documents = [Document(text) for text in texts]
    one, other = (winnowing.sketch(documents, 0, numpy=numpy) for numpy in (False, True))
    assert one.sizes == other.sizes
    assert all(list(a) == list(b) for a, b in zip(one[2:5], other[2:5], strict=True))
    for text in texts:
        folded, offsets = winnowing.fold_numpy(text), winnowing.offsets_numpy(text)
        assert (folded, list(offsets)) == (winnowing.fold(text), list(winnowing.offsets(text)))
        plain = fold(text, passage=True)
        assert (folded, list(offsets)) == (plain.text, list(plain.offsets))


@given(
    st.lists(st.text(st.sampled_from("ab网(（wǎng)） \n\r。𠮷") | st.characters(), max_size=80), min_size=1, max_size=5)
)
def test_both_ways_of_folding_a_text_agree(texts: list[str]) -> None:
    documents = [Document(text) for text in texts]
    table = Fingerprints([winnowing.sketch(documents, 0, numpy=True)])
    for number in range(len(texts)):
        one = folded_text.Text(partial(documents.__getitem__, number))
        for kept in (table.folds, Folds()):
            other = folded_text.Text(partial(documents.__getitem__, number), kept, number)
            assert other.folded == one.folded
            assert list(other.offsets) == list(one.offsets)
            assert list(other.breaks()) == list(one.breaks())


def test_a_folded_character_has_16_bits() -> None:
    """What stands in folded texts is all of a character, and copies are compared by it alone."""
    every = winnowing.fold("".join(map(chr, range(0x110000))))
    assert every
    assert not [character for character in every if character > "\uffff" or "\ud800" <= character <= "\udfff"]


def test_fingerprints_of_a_document_do_not_depend_on_its_batch() -> None:
    source = random.Random(1)
    documents = [Document(prose(source, length, 0.3)) for length in (5, 300, 0, 16, 70_000, 40, 200, 1)]
    whole = winnowing.sketch(documents, 0, numpy=True)
    for number, document in enumerate(documents):
        alone = winnowing.sketch([document], number, numpy=True)
        chosen = [n for n, of in enumerate(whole.documents) if of == number]
        assert [whole.keys[n] for n in chosen] == list(alone.keys)
        assert [whole.positions[n] for n in chosen] == list(alone.positions)


@given(SOURCE, st.sampled_from([0.0, 0.1, 1.0]))
def test_every_window_has_a_fingerprint(random: random.Random, letters: float) -> None:
    sketch = winnowing.sketch([Document(prose(random, 600, letters))], 0, numpy=False)
    assert all(b - a <= winnowing.WINDOW + winnowing.SHORT_GRAM for a, b in pairwise(sketch.positions))
    if not letters:
        assert all(b - a <= winnowing.WINDOW for a, b in pairwise(sketch.positions))


@given(
    SOURCE,
    st.integers(winnowing.GUARANTEED, 300),
    st.sampled_from([0.0, 0.1, 0.5]),
    st.booleans(),
    st.booleans(),
)
def test_an_exact_copy_is_found(
    random: random.Random, length: int, letters: float, numpy: bool, one_document: bool
) -> None:
    copy = prose(random, length, letters)
    before, between, behind = (prose(random, random.randint(0, 200), letters) for _ in range(3))
    shortest = max(3, folded_text.weight(winnowing.fold(copy)))
    if one_document:
        texts = [f"{before}。{copy}。{between}。{copy}。{behind}"]
        start = len(before) + 1
        second = start + len(copy) + len(between) + 2
    else:
        texts = [f"{before}。{copy}。{between}", f"{behind}。{copy}"]
        start, second = len(before) + 1, len(behind) + 1
    inner = len(copy.lstrip()) - len(copy.rstrip())
    found = find(texts, numpy=numpy, shortest=shortest)
    assert len(found) == 1
    check_true(found[0], shortest)
    # Spaces and marks at the ends of the copy are no part of a passage.
    assert covers(found[0], (second, second + len(copy)), (start, start + len(copy)), slack=4 + abs(inner))


@given(SOURCE, st.integers(1, winnowing.SHORT_GRAM - 1), st.booleans())
def test_nothing_shorter_than_a_gram_is_found(random: random.Random, length: int, numpy: bool) -> None:
    shared = [prose(random, length) for _ in range(6)]
    texts = ["。".join(part + prose(random, 40) for part in random.sample(shared, 6)) for _ in range(3)]
    assert find(texts, numpy=numpy, shortest=3) == []


def edited(random: random.Random, copy: str, share: float) -> tuple[str, str]:
    """A copy with so many of its characters deleted, replaced or doubled by another, and what is left whole of it."""
    characters = list(copy)
    whole = longest = ""
    for place in random.sample(range(len(characters)), round(share * len(characters))):
        if characters[place] != "\n":
            characters[place] = random.choice(["", random.choice(PLAIN), characters[place] + random.choice(PLAIN)])
    for before, after in zip(copy, characters, strict=True):
        whole = whole + before if before == after else ""
        longest = max(longest, whole, key=len)
    return "".join(characters), longest


@given(SOURCE, st.sampled_from([0.01, 0.03, 0.05]), st.booleans())
def test_what_is_left_whole_of_an_edited_copy_is_found(random: random.Random, share: float, numpy: bool) -> None:
    copy = prose(random, 600)
    later, whole = edited(random, copy, share)
    folded = winnowing.fold(whole)
    if len(folded) < winnowing.GUARANTEED:
        return
    texts = [prose(random, 100) + copy, later + prose(random, 100)]
    found = find(texts, numpy=numpy, shortest=folded_text.weight(folded))
    for repeat in found:
        check_true(repeat, folded_text.weight(folded))
    # What stands before its first and behind its last line end may be left out as part of lines that differ.
    first, last = (whole.index("\n"), whole.rindex("\n")) if "\n" in whole else (0, len(whole))
    starts = [text.index(whole) for text in texts]
    spans = [(start + first, start + last) for start in starts]
    assert any(covers(repeat, spans[1], spans[0], slack=4) for repeat in found)


SHARES = st.sampled_from([0.0, 0.01, 0.03, 0.05])
"""How much of a copy is edited."""


@given(SOURCE, SHARES, st.booleans())
@settings(max_examples=80)
def test_an_edited_copy_is_one_repeat_from_its_first_to_its_last_line(
    random: random.Random, share: float, numpy: bool
) -> None:
    copy = "\n".join(prose(random, 120).replace("\n", "") for _ in range(4))
    changed, _ = edited(random, copy, share)
    texts = [
        f"{prose(random, 300)}\n{copy}\n",
        f"{prose(random, 100)}\n{changed}\n{prose(random, 100)}",
    ]
    found = find(texts, numpy=numpy)
    assert len(found) == 1
    check_true(found[0])
    assert (found[0].similarity == 1) == (winnowing.fold(copy) == winnowing.fold(changed))
    for span, text, part in ((found[0].later, texts[1], changed), (found[0].earlier, texts[0], copy)):
        start = text.index(part)
        line_at = span.document.line_at
        assert (line_at(span.start), line_at(span.end - 1)) == (line_at(start), line_at(start + len(part) - 1))


def outside(length: int) -> int:
    """How much of a copy of so many characters may stay outside at an end that is cut off by edits."""
    return length // alignment.GAINED + extension.SHORT_SEED + extension.RAGGED


@given(SOURCE, SHARES, st.booleans())
@settings(max_examples=60)
def test_script_lines_and_edits_at_once(random: random.Random, share: float, numpy: bool) -> None:
    pairs = random.choices(PAIRS, k=400)
    simplified = "".join(folded + random.choice(["", "", "", "", "，", "\n"]) for _, folded in pairs)
    other = "".join(character + random.choice(["", "", "", "", "，", "\r\n"]) for character, _ in pairs)
    changed, _ = edited(random, other, share)
    found = find([f"{prose(random, 100)}\n{simplified}\n", f"{prose(random, 100)}\n{changed}\n"], numpy=numpy)
    assert len(found) == 1
    check_true(found[0])
    assert found[0].length >= len(winnowing.fold(changed)) - 2 * outside(400)


@given(SOURCE, SHARES, st.booleans())
@settings(max_examples=60)
def test_edited_copies_nested_overlapping_and_threefold(random: random.Random, share: float, numpy: bool) -> None:
    parts = [prose(random, 200).replace("\n", "") for _ in range(3)]
    junk = [prose(random, 60) for _ in range(6)]

    def again(number: int) -> str:
        return edited(random, parts[number], share)[0]

    a, b, c = parts
    planted = [
        [(0, a), (1, b)],
        [(1, again(1)), (2, c)],
        [(0, again(0)), (1, again(1)), (2, again(2))],
        [(0, again(0))],
    ]
    texts = [f"{junk[n]}\n{''.join(part for _, part in ones)}\n{junk[n + 1]}" for n, ones in enumerate(planted)]
    found = find(texts, numpy=numpy)
    for repeat in found:
        check_true(repeat)

    def said(later: int, number: int) -> bool:
        (part,) = [part for of, part in planted[later] if of == number]
        start = texts[later].index(part)
        told = [range(r.later.start, r.later.end) for r in found if r.later.document.index == later]
        left = sum(not any(at in one for one in told) for at in range(start, start + len(part)))
        return left <= outside(400)

    # Each part is said to be a copy wherever it stands again.
    assert all(said(later, number) for later, number in ((1, 1), (2, 0), (2, 1), (2, 2), (3, 0)))


@given(SOURCE, st.booleans())
def test_script_width_readings_and_lines_do_not_matter(random: random.Random, numpy: bool) -> None:
    pairs = random.choices(PAIRS, k=150)
    simplified = "".join(folded for _, folded in pairs)
    changed = "".join(
        character
        + (f"({random.choice(['wǎng', 'luò', 'jì'])})" if random.random() < 0.2 else "")
        + (random.choice(["\n", "\r\n", " ", "，"]) if random.random() < 0.1 else "")
        for character, _ in pairs
    )
    found = find([prose(random, 100) + "\n" + simplified, f"{changed}\n{prose(random, 100)}"], numpy=numpy)
    assert [r.similarity for r in found] == [1.0]
    check_true(found[0])
    assert found[0].length == 150
    assert "script" in found[0].differs
    assert ("readings" in found[0].differs) == ("(" in changed)


@given(SOURCE, st.booleans())
def test_nested_overlapping_and_threefold_copies(random: random.Random, numpy: bool) -> None:
    a, b, c = (prose(random, 90).replace("\n", "") for _ in range(3))
    junk = [prose(random, 60) for _ in range(6)]
    texts = [
        f"{junk[0]}\n{a}{b}\n{junk[1]}",
        f"{b}{c}\n{junk[2]}\n{a}",
        f"{junk[3]}\n{a}{b}{c}\n{junk[4]}",
        f"{a}\n{junk[5]}\n{a}",
    ]
    found = find(texts, numpy=numpy)
    for repeat in found:
        check_true(repeat)

    def standing(of: str, document: int, last: bool = False) -> tuple[int, int]:
        start = (texts[document].rindex if last else texts[document].index)(of)
        return start, start + len(of)

    def has(of: str, later: int, earlier: int, last: bool = False) -> bool:
        return any(
            (r.later.document.index, r.earlier.document.index) == (later, earlier)
            and covers(r, standing(of, later, last), standing(of, earlier), slack=2)
            for r in found
        )

    assert has(b, 1, 0)
    assert has(a, 1, 0)
    assert has(a + b, 2, 0)
    assert has(c, 2, 1)
    assert has(a, 3, 0)
    assert has(a, 3, 3, last=True)
    assert len(found) == 7


@given(SOURCE, st.integers(0, 3))
@settings(max_examples=40)
def test_what_is_put_on_disk_is_found_as_well(random: random.Random, known: int) -> None:
    """Fingerprints that memory does not hold; also when documents are held against others."""
    parts = [prose(random, random.randint(20, 200)) for _ in range(8)]
    texts = ["\n".join(random.choices(parts, k=random.randint(0, 5))) for _ in range(14)]
    texts += [*random.choices(texts, k=3), parts[0] * 5]
    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    sketches = [winnowing.sketch([document], n, numpy=True) for n, document in enumerate(documents)]
    whole = list(passages.match(sketches, documents.__getitem__, shortest=SHORTEST, known=known))
    table = Fingerprints(rows=30)
    table.folds = Folds(kept=100)
    for number, document in enumerate(documents[known:]):
        table.append(winnowing.sketch([document], number, numpy=True))
    if known:
        table.hold_against(winnowing.sketch(documents[:known], 0, numpy=True))
    assert list(passages.match(table, documents.__getitem__, shortest=SHORTEST, known=known)) == whole


def test_of_documents_with_the_same_fingerprints_the_right_one_is_found() -> None:
    page = prose(random.Random(9), 200)
    longer = f"{page}完"
    for numpy in (False, True):
        found = find_all([page, longer, longer, page], numpy=numpy)
        told = [(one.document.index, one.earlier.index) for one in found if isinstance(one, Duplicate)]
        assert told == [(2, 1), (3, 0)]


def test_a_long_file_is_one_document() -> None:
    """Parts of a file are told of together, and only when all of it is the same."""
    random_ = random.Random(8)
    parts = [prose(random_, 300) for _ in range(3)]

    def file(name: str, texts: Sequence[str]) -> list[Document]:
        return [Document(text, source=Source(name), index=n) for n, text in enumerate(texts)]

    documents = [*file("a", parts), *file("b", parts), *file("c", [*parts, prose(random_, 300)]), *file("d", parts[:2])]
    found = list(passages.match([winnowing.sketch(documents, 0, numpy=False)], documents.__getitem__))
    duplicates = [one for one in found if isinstance(one, Duplicate)]
    assert [(one.document.source, one.document.index) for one in duplicates] == [(Source("b"), 0)]
    repeats = [one for one in found if isinstance(one, Repeat)]
    assert {one.later.document.source.name for one in repeats if one.later.document.source} == {"c", "d"}


def test_part_of_a_copied_stretch_stands_elsewhere_first() -> None:
    """The first place of each half is not the place of the whole."""
    source = random.Random(3)
    a, b = (prose(source, 40).replace("\n", "") for _ in range(2))
    texts = [a + prose(source, 90), prose(source, 90) + b, prose(source, 50) + a + b, a + b]
    assert [(r.later.document.index, r.earlier.document.index) for r in find(texts)] == [(3, 2)]


@pytest.mark.parametrize("numpy", [False, True])
def test_many_copies_of_a_page_are_one_repeat_each(numpy: bool) -> None:
    source = random.Random(4)
    page = prose(source, 400)
    texts = [f"{prose(source, 30)}\n{page}" for _ in range(300)]
    loads = 0

    def load(number: int) -> Document:
        nonlocal loads
        loads += 1
        return documents[number]

    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    found = list(passages.match([winnowing.sketch(documents, 0, numpy=numpy)], load))
    assert [(r.later.document.index, r.earlier.document.index) for r in found] == [(n, 0) for n in range(1, 300)]
    assert loads == 300


@pytest.mark.parametrize("numpy", [False, True])
def test_what_many_documents_share_is_boilerplate(numpy: bool) -> None:
    source = random.Random(5)
    notice = prose(source, 120)
    texts = [f"{prose(source, 500)}\n{notice}" for _ in range(passages.COMMON + 1)]
    assert find(texts, numpy=numpy) == []
    assert len(find(texts[:-1], numpy=numpy)) == passages.COMMON - 1


def chained(documents: list[Document], *, numpy: bool) -> list[tuple[object, ...]]:
    table = Fingerprints([winnowing.sketch(documents, 0, numpy=numpy)])
    matching = passages.Matching(table, documents.__getitem__, SHORTEST, 3)
    leads = (lead for number in range(matching.bring_together()) for lead in matching._leads(number))
    matcher = matching._matcher
    found = (matcher._chained(lead, matcher.rounds(lead.document, [], lead.rounds)) for lead in leads)
    return [tuple(one) for one in found if one.rounds or one.within or one.across]


@given(SOURCE)
@settings(max_examples=30)
def test_both_ways_of_matching_agree(random: random.Random) -> None:
    """On text with few different characters, where everything is like everything."""
    alphabet = random.sample(PLAIN, 3)
    parts = ["".join(random.choices(alphabet, k=random.randint(5, 200))) for _ in range(6)]
    texts = ["\n".join(random.choices(parts, k=random.randint(0, 12))) for _ in range(8)]
    documents = [Document(text, index=number) for number, text in enumerate(texts)]
    plain, numpy = (chained(documents, numpy=numpy) for numpy in (False, True))
    assert plain == numpy
    one, other = (find(texts, numpy=numpy) for numpy in (False, True))
    assert places(one) == places(other)
    for repeat in one:
        check_true(repeat)


def test_a_collision_of_hashes_is_no_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    source = random.Random(6)
    documents = [Document(prose(source, 300), index=number) for number in range(3)]
    sketch = winnowing.sketch(documents, 0, numpy=False)
    for number in range(len(sketch.keys)):
        sketch.keys[number] = number % 5
    assert list(passages.match([sketch], documents.__getitem__, shortest=3)) == []


@pytest.mark.parametrize(("one", "other"), [("", ""), ("abcdef", "abcxef"), ("a" * 1000, "a" * 999 + "b" + "a" * 50)])
def test_common_prefix_and_suffix(one: str, other: str) -> None:
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    assert folded_text.common_prefix(one, 0, other, 0, 10_000) == same
    assert folded_text.common_prefix(one, 0, other, 0, 2) == min(2, same)
    assert folded_text.common_suffix(one[::-1], len(one), other[::-1], len(other), 10_000) == same


def test_numpy_may_be_taken_up_on_the_way() -> None:
    """What comes from a pipe turns out to be much text only when some of it has been seen."""
    source = random.Random(7)
    copy = prose(source, 200)
    texts = [copy, prose(source, 90) + copy, prose(source, 150), copy]
    documents = [Document(text, index=number) for number, text in enumerate(texts)]

    def found(*ways: bool) -> list[object]:
        sketches = [winnowing.sketch([documents[n]], n, numpy=numpy) for n, numpy in enumerate(ways)]
        repeats = passages.match(Fingerprints(sketches), documents.__getitem__)
        return [(type(one), one.document.index if isinstance(one, Duplicate) else one.later.start) for one in repeats]

    assert found(False, False, True, True) == found(True, True, True, True) == found(False, False, False, False) != []


def test_no_more_texts_are_kept_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "_KEPT", 3000)
    chance = random.Random(3)
    pages = [prose(chance, 600) for _ in range(12)]
    documents = [Document(f"{page}\n{pages[number - 1]}") for number, page in enumerate(pages)]
    matching = passages.Matching(Fingerprints([winnowing.sketch(documents, 0, numpy=True)]), documents.__getitem__)
    assert not list(matching.duplicates())
    repeats = [one for number in range(matching.bring_together()) for one in matching.part(number)]
    assert len(repeats) >= len(pages) - 1
    assert sum(text.size for text in matching._matcher._texts.values()) <= 3000

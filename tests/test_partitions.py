"""The corpus phase as files: what many runs have written down says the same as one run that has seen everything."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint.distributed import partial
from corpus_lint.document import Document
from corpus_lint.duplication import common_lines, passages, winnowing
from corpus_lint.duplication.common_lines import CommonLines
from corpus_lint.duplication.fingerprints import Fingerprints
from corpus_lint.duplication.partitions import NUMBER, Partitions, in_order, name, remembered
from corpus_lint.memory import parts
from tests.planted import prose

HAN = [chr(code) for code in range(0x4E00, 0x5200)]


def texts_with_copies(seed: int) -> list[str]:
    chance = random.Random(seed)

    def text(length: int) -> str:
        return "".join(chance.choices(HAN, k=length))

    shared, whole, loop = text(150), text(400), text(7) * 9
    texts = ["", text(300)]
    texts += [text(chance.randrange(200)) + shared + text(chance.randrange(200)) for _ in range(4)]
    texts += [whole, text(200) + "\n" + loop + "\n" + text(100), whole, "短"]
    chance.shuffle(texts)
    return texts


def test_where_rows_lie_is_in_the_contract() -> None:
    # When this fails, parts that are kept somewhere lie otherwise: raise the contract, so that they are refused.
    keys = np.array([0, 1, 2**31, 0xDEADBEEF, 0x12345678], np.uint32)
    _, ends = in_order((keys,))
    files = [number for number, (start, end) in enumerate(pairwise(ends.tolist())) for _ in range(end - start)]
    assert (partial.CONTRACT, NUMBER, files) == (3, 64, [0, 32, 39, 39, 61])


def saved(folder: str, documents: list[Document], rows: int) -> str:
    table = Fingerprints(folder=folder, rows=rows)
    for number, document in enumerate(documents):
        table.append(winnowing.sketch([document], number, numpy=True))
    table.save()
    return folder


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.lists(st.integers(0, 10), max_size=3), st.sampled_from([1, 50, 1 << 20]))
def test_fingerprints_of_shards_are_those_of_one_run(seed: int, cuts: list[int], rows: int) -> None:
    documents = [Document(text, index=number) for number, text in enumerate(texts_with_copies(seed))]
    one = Fingerprints([winnowing.sketch(documents, 0, numpy=True)])
    expected = list(passages.match(one, documents.__getitem__))
    assert len(expected) >= 3
    with tempfile.TemporaryDirectory() as place:
        folders = [
            saved(os.path.join(place, str(number)), documents[start:end], rows)
            for number, (start, end) in enumerate(pairwise([0, *sorted(cuts), len(documents)]))
        ]
        work = os.path.join(place, "work")
        for _ in range(2):  # the second time what was brought together is there
            gathered = Fingerprints.gather(folders, work=work)
            assert gathered.total == len(documents)
            assert list(passages.match(gathered, documents.__getitem__)) == expected


def test_a_range_that_was_reduced_is_not_reduced_again(tmp_path: Path) -> None:
    documents = [Document(text, index=number) for number, text in enumerate(texts_with_copies(1))]
    folder, work = saved(str(tmp_path / "a"), documents, 1 << 20), str(tmp_path / "work")
    expected = list(passages.match(Fingerprints.gather([folder], work=work), documents.__getitem__))
    (reduced,) = Path(work).iterdir()
    # Interrupted: some ranges are there, of one only a temporary file is.
    for number in range(0, NUMBER, 2):
        (reduced / name(number)).unlink()
        (reduced / f"{name(number)}.123").write_bytes(b"half")
        # Those that are there suffice: the rows that they were made of may be gone.
        (Path(folder) / name(number + 1)).unlink()
    assert list(passages.match(Fingerprints.gather([folder], work=work), documents.__getitem__)) == expected


WORDS = ["首页", "新聞", " 体育 ", "", "登录 | 注册", "x", "第一句话。", "𠀀𠀁"]


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map("\n".join), min_size=1, max_size=9),
    st.lists(st.integers(0, 9), max_size=3),
    st.integers(2, 4),
    st.booleans(),
)
def test_lines_of_shards_are_those_of_one_run(texts: list[str], cuts: list[int], fewest: int, many: bool) -> None:
    documents = [Document(text, index=number) for number, text in enumerate(texts)]

    def count(chosen: list[Document], **how: object) -> CommonLines:
        lines = CommonLines(**how)  # type: ignore[arg-type]
        lines.add(chosen, range(len(chosen)))
        return lines

    def found(lines: CommonLines) -> object:
        return [(d.index, c) for d, c in lines.find(documents.__getitem__, fewest, lambda text, number, company: True)]

    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as place:
        patch.setattr(common_lines, "SPILLED_ROWS", 3)
        patch.setattr(common_lines, "MANY_ROWS", 0 if many else 1_000_000)
        bounds = [0, *(min(cut, len(texts)) for cut in sorted(cuts)), len(texts)]
        folders = []
        for number, (start, end) in enumerate(pairwise(bounds)):
            folders.append(os.path.join(place, str(number)))
            # Half of it comes from another process.
            middle = (start + end) // 2
            lines = count(documents[start:middle], is_lasting=True, folder=folders[-1])
            lines.extend(count(documents[middle:end], is_lasting=True))
            lines.save()
        assert found(CommonLines.gather(folders, fewest)) == found(count(documents))


def test_rows_of_a_key_are_in_one_file(tmp_path: Path) -> None:
    rows = np.array([[0xFFFFFFFF, 1], [0, 2], [0xFFFFFFFF, 3], [1 << 26, 4]], np.uint32)
    written = Partitions(2, str(tmp_path / "rows"))
    written.append(list(rows[:2].T))
    written.append(list(rows[2:].T))
    assert [[0xFFFFFFFF, 1], [0xFFFFFFFF, 3]] in [written.read(number).tolist() for number in range(NUMBER)]
    written.close()
    again = Partitions(2, str(tmp_path / "rows"))
    read = [again.read(number).tolist() for number in range(NUMBER)]
    assert sorted(filter(None, read)) == [[[0, 2]], [[1 << 26, 4]], [[0xFFFFFFFF, 1], [0xFFFFFFFF, 3]]]
    assert sorted(path.name for path in (tmp_path / "rows").iterdir()) == [name(number) for number in range(NUMBER)]


def test_files_are_of_one_size() -> None:
    """Though the least hashes of windows are rather small numbers."""
    keys = np.random.default_rng(1).integers(0, 1 << 32, (16, 100_000), np.uint32).min(0)
    sizes = np.diff(in_order([keys])[1])
    assert sizes.max() < 1.2 * sizes.mean()


def test_what_is_remembered_is_whole(tmp_path: Path) -> None:
    path = str(tmp_path / "a" / "00")

    def fail() -> np.ndarray:  # type: ignore[type-arg]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remembered(path, 2, fail)
    assert not os.path.exists(path)
    made = np.array([[1, 2]], np.uint32)
    assert remembered(path, 2, lambda: made).tolist() == [[1, 2]]
    assert remembered(path, 2, fail).tolist() == [[1, 2]]
    shutil.rmtree(tmp_path / "a")


def test_documents_of_a_file_are_numbered_from_its_first_in_columns_without_a_sign() -> None:
    texts = [Document(prose(random.Random(number), 2000)) for number in range(4)]
    plain, columns = (winnowing.sketch(texts, 0, numpy=way) for way in (False, True))
    unsigned = columns._replace(documents=np.asarray(columns.documents, np.uint32))
    assert parts._sketch([unsigned], 2, 2) == parts._sketch([plain], 2, 2)

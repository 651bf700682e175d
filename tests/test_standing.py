"""What stands of an earlier comparison: the same is found as when all documents are compared, and few are judged."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

import pytest

from corpus_lint import jobs, linting, run
from corpus_lint.duplication import fingerprints, standing
from corpus_lint.memory import results
from tests.shell import Workshop

HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


class Corpus:
    """Files of prose with passages that some of them share, and changes to them."""

    def __init__(self, shop: Workshop, seed: int) -> None:
        self._shop = shop
        self._chance = random.Random(seed)
        self._passages = [self._prose(120) for _ in range(14)]
        self._before: dict[str, str] = {}
        for number in range(40):
            self._write(f"{number:02}.txt", self._text())
        for name in ("records.jsonl", "07.jsonl"):
            self._write(name, self._records())

    def change(self) -> None:
        """Change a file or two."""
        for _ in range(self._chance.choice((1, 1, 2))):
            names = sorted(path.name for path in self._shop.folder.glob("[0-9]*.txt"))
            other = self._chance.choice(names)
            self._change(self._chance.randrange(7), other, f"{self._chance.randrange(100):02}.txt")

    def _change(self, way: int, name: str, other: str) -> None:
        if way == 0:
            self._write(name, self._text())
        elif way == 1:
            self._write(name, self._read(name) + self._prose(5) + "。\n")
        elif way == 2:
            self._write(other, self._text())
        elif way == 3:
            os.unlink(self._shop.folder / name)
        elif way == 4:
            self._write(other, self._read(name))
        elif way == 5:
            self._write("records.jsonl", self._records())
        else:
            for before in self._chance.sample(sorted(self._before.items()), 2):
                self._write(*before)

    def _records(self) -> str:
        return "".join(json.dumps({"text": self._text()}) + "\n" for _ in range(4))

    def _text(self) -> str:
        shared = self._chance.sample(self._passages[1:], self._chance.choice((0, 0, 1, 2)))
        often = [self._passages[0]] if self._chance.random() < 0.3 else []
        passage = self._prose(300)
        again = self._chance.choice(([], [], [passage, self._prose(40), passage], [passage[:50] * 6]))
        parts = [self._prose(60), *shared, self._prose(60), *often, *again]
        return "。\n".join(parts) + "。\n"

    def _prose(self, size: int) -> str:
        return "，".join("".join(self._chance.choices(HAN, k=12)) for _ in range(size // 12 + 1))

    def _read(self, name: str) -> str:
        return (self._shop.folder / name).read_text("utf-8")

    def _write(self, name: str, text: str) -> None:
        self._before[name] = text
        self._shop.write(name, text)
        at = time.time() - 100 + self._chance.random()
        os.utime(self._shop.folder / name, (at, at))


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    folder = tmp_path / "corpus"
    folder.mkdir()
    monkeypatch.setattr(results, "FOLDER", str(tmp_path / "cache" / "results"))
    monkeypatch.setattr(results, "VOLUMES", 3)
    monkeypatch.setattr(run, "CACHE_WORTHWHILE", 0)
    monkeypatch.setattr(linting, "is_much", lambda size: True)
    monkeypatch.setattr(jobs, "LEAST", 5000)
    shop = Workshop(folder, capsys, monkeypatch)
    shop.write("corpus-lint.toml", 'select = ["DUP"]\n')
    return shop


@pytest.mark.parametrize(("seed", "wanted", "rows"), [(1, "1", 1 << 23), (2, "2", 1 << 23), (3, "1", 1000)])
def test_after_many_changes(seed: int, wanted: str, rows: int, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        fingerprints.Fingerprints.__init__,
        "__kwdefaults__",
        {**(fingerprints.Fingerprints.__init__.__kwdefaults__ or {}), "rows": rows},
    )
    judged: list[float] = []
    choose = standing.Standing.wanted

    def choosing(self: standing.Standing, *given: object) -> object:
        found = choose(self, *given)  # type: ignore[arg-type]
        judged.append(1.0 if found is None else float(found.mean()))
        return found

    monkeypatch.setattr(standing.Standing, "wanted", choosing)
    corpus = Corpus(shop, seed)
    arguments = ("-j", wanted, "--output-format", "json", "--pedantic")
    codes: set[str] = set()
    answers = set()
    for _ in range(25):
        answer = shop.run(*arguments)
        assert answer == shop.run("--no-cache", *arguments)
        codes |= {one["code"] for one in json.loads(answer[1])}
        answers.add(answer[1])
        corpus.change()
    assert codes == {"DUP001", "DUP002", "DUP003", "DUP004"}
    assert len(answers) > 12
    assert judged[0] == 1
    assert sum(part < 0.9 for part in judged) > 8

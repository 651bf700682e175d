"""Texts known by their shape: several independent signs, none of which would do alone.

A sign file is TOML: ``[[kind]]`` tables with ``name``, ``what``, ``why``, ``threshold`` (weight that makes a finding),
``sure`` (weight from which it is certain, default the threshold), ``shortest`` and ``longest`` (characters, folded),
``unless`` (texts that make a line innocent) and ``[[kind.sign]]`` tables with

* ``name``: what the sign is (``needs`` of the kind: sets of names, of which one set must be complete);
* ``weight``: what it counts, once in a line however often it stands there;
* ``trigger``: whether a line is looked at because of it; at least one such sign must be there;
* ``words``: its forms, in the pattern language of `_language`, found anywhere in the line.
"""

from __future__ import annotations

from functools import cache, lru_cache
from operator import add
from typing import TYPE_CHECKING, Any

from corpus_lint import cache as kept
from corpus_lint.finding import Confidence
from corpus_lint.folding import fold
from corpus_lint.named_tuple import NamedTuple

from . import _anchors as anchors
from . import _language as language
from . import _phrases as phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from corpus_lint.rule import Trigger


class Sign(NamedTuple):
    """One sign of a kind."""

    name: str
    weight: int
    plain: tuple[str, ...]
    """Its words that are plain text, folded."""
    patterns: tuple[tuple[tuple[str, ...], str], ...]
    """The others: texts of which a line with the word has one, and the expression for it."""
    words: tuple[language.Phrase, ...]
    """What its triggers are made of; empty when a line is not looked at because of it."""

    def stands_in(self, folded: str) -> bool:
        """Whether the sign is in a folded line."""
        return self._is_plain_in(folded) or any(
            phrases.compiled(pattern).search(folded) is not None for pattern in self._possible(folded)
        )

    def texts(self) -> Iterator[str]:
        """Texts of which a line with the sign has one."""
        yield from self.plain
        for texts, _ in self.patterns:
            yield from texts

    def _is_plain_in(self, folded: str) -> bool:
        for text in self.plain:  # noqa: SIM110 - a generator takes twice as long
            if text in folded:
                return True
        return False

    def _possible(self, folded: str) -> Iterator[str]:
        return (pattern for texts, pattern in self.patterns if any(text in folded for text in texts))


class Kind(NamedTuple):
    """A kind of text and what tells it."""

    name: str
    what: str
    why: str
    threshold: int
    sure: int
    needs: tuple[frozenset[str], ...]
    shortest: int
    longest: int
    unless: tuple[str, ...]
    signs: tuple[Sign, ...]

    def is_satisfied(self, weight: int, signs: Collection[str]) -> bool:
        """Whether signs of these names and weight are enough for a finding."""
        return weight >= self.threshold and (not self.needs or any(need.issubset(signs) for need in self.needs))

    @property
    def message(self) -> str:
        """The message of a finding."""
        return f"{self.what}: {self.why}; delete it"


class Verdict(NamedTuple):
    """What the signs of a line come to."""

    kind: Kind
    weight: int
    signs: tuple[str, ...]

    def plus(self, sign: str, weight: int) -> Verdict:
        """The verdict with a sign that only the rule can see."""
        return self._replace(weight=self.weight + weight, signs=(*self.signs, sign)) if weight else self

    @property
    def holds(self) -> bool:
        """Whether the signs are enough for a finding."""
        return self.kind.is_satisfied(self.weight, self.signs)

    @property
    def confidence(self) -> Confidence:
        """How sure the weight is."""
        return Confidence.HIGH if self.weight >= self.kind.sure else Confidence.MEDIUM


class Judge:
    """The kinds of one file, ready to weigh lines."""

    def __init__(self, kinds: Sequence[Kind]) -> None:
        self.kinds = {kind.name: kind for kind in kinds}
        self.longest = max(kind.longest for kind in kinds)
        self._indexed = [_Indexed.of(kind) for kind in kinds]
        beginnings = frozenset[str]().union(*(one.beginnings | one.text_beginnings for one in self._indexed))
        self._pairs = frozenset(text for text in beginnings if len(text) == 2)
        self._letters = frozenset(text for text in beginnings if len(text) == 1)
        self.weigh = lru_cache(maxsize=1024)(self._weigh)

    def triggers(self) -> list[Trigger]:
        """Triggers for the signs because of which a line is looked at."""
        return anchors.triggers_for(
            word.anchor for kind in self.kinds.values() for sign in kind.signs for word in sign.words
        )

    def _weigh(self, text: str, sign: str = "", weight: int = 0) -> tuple[Verdict, ...]:
        """The verdict of each kind of which the line has a trigger sign, but for some that cannot hold.

        Args:
            text: the line.
            sign: a sign that only the rule can see, and may add to a verdict.
            weight: the most that it can weigh.
        """
        if len(text) > self.longest * 8:
            return ()
        folded = fold(text).text
        if len(folded) > self.longest:
            return ()
        pieces = self._pairs.intersection(map(add, folded, folded[1:])) | self._letters.intersection(folded)
        verdicts = (_verdict(indexed, folded, pieces, text, (sign, weight)) for indexed in self._indexed)
        return tuple(verdict for verdict in verdicts if verdict is not None)


class _Indexed(NamedTuple):
    """A kind, and by what a line may have its signs: the first two characters of a text, or the only one."""

    kind: Kind
    words: dict[str, list[language.Phrase]]
    """Of the signs because of which a line is looked at."""
    beginnings: frozenset[str]
    """Theirs."""
    texts: dict[str, list[tuple[int, str]]]
    """Texts of all signs, of which a line with the sign has one, behind the sign's number."""
    text_beginnings: frozenset[str]
    """Theirs."""
    always: frozenset[int]
    """Signs that a line may have whatever stands in it."""

    @classmethod
    def of(cls, kind: Kind) -> _Indexed:
        """The kind, ready."""
        words: dict[str, list[language.Phrase]] = {}
        texts: dict[str, list[tuple[int, str]]] = {}
        for number, sign in enumerate(kind.signs):
            for word in sign.words:
                words.setdefault(word.text[:2], []).append(word)
            for text in sign.texts():
                texts.setdefault(text[:2], []).append((number, text))
        always = frozenset(number for number, _ in texts.get("", ()))
        return cls(kind, words, frozenset(words), texts, frozenset(texts), always)


def _verdict(
    indexed: _Indexed, folded: str, pieces: AbstractSet[str], text: str, more: tuple[str, int]
) -> Verdict | None:
    """The verdict of a kind; ``pieces`` are the beginnings of words and texts that the line has."""
    kind = indexed.kind
    if not kind.shortest <= len(folded) <= kind.longest:
        return None
    words = [word for start in indexed.beginnings & pieces for word in indexed.words[start] if word.text in folded]
    if not words or any(word in folded for word in kind.unless):
        return None
    # To compile an expression takes longer than to look for hundreds of texts, and most are never needed.
    numbers = {
        number for start in indexed.text_beginnings & pieces for number, part in indexed.texts[start] if part in folded
    }
    possible = [kind.signs[number] for number in sorted(numbers | indexed.always)]
    names, weights = {more[0], *(sign.name for sign in possible)}, more[1] + sum(sign.weight for sign in possible)
    if not kind.is_satisfied(weights, names):
        return None
    if not any(_is_seen(word, folded, text) for word in words):
        return None
    found = [sign for sign in possible if sign.stands_in(folded)]
    return Verdict(kind, sum(sign.weight for sign in found), tuple(sign.name for sign in found))


def _is_seen(word: language.Phrase, folded: str, text: str) -> bool:
    """Whether a trigger of a sign's word, whose plain text the line has, fires on it."""
    return anchors.is_triggered(word.anchor, text) and (
        word.pattern is None or phrases.compiled(word.pattern).search(folded) is not None
    )


@cache
def load(folder: str, name: str) -> Judge:
    """The judge of the sign file ``name`` in ``folder``, from the cache where nothing has changed."""
    import marshal

    key = phrases.state_of(folder, (name, "_signs.py", "_phrases.py", "_language.py", "_anchors.py"))
    stored = kept.read("signs", key)
    if stored is not None:
        return Judge([_restored(fields) for fields in marshal.loads(stored)])
    judge = make_judge(folder, name)
    kept.write("signs", key, marshal.dumps([_stored(kind) for kind in judge.kinds.values()]))
    return judge


def make_judge(folder: str, name: str) -> Judge:
    """The judge of the sign file, read anew."""
    import os
    import tomllib

    with open(os.path.join(folder, name), "rb") as file:
        return Judge([_kind(table) for table in tomllib.load(file)["kind"]])


def _stored(kind: Kind) -> tuple[Any, ...]:
    """The kind as plain tuples, which `marshal` writes."""
    words = ([(*word[:2], tuple(word.anchor), *word[3:]) for word in sign.words] for sign in kind.signs)
    return (*kind[:-1], [(*sign[:-1], found) for sign, found in zip(kind.signs, words, strict=True)])


def _restored(fields: tuple[Any, ...]) -> Kind:
    """The kind that `_stored` wrote."""
    signs: list[Sign] = []
    for *sign, words in fields[-1]:
        sign.append(
            tuple(
                language.Phrase(pattern, text, anchors.Anchor(*anchor), *ends) for pattern, text, anchor, *ends in words
            )
        )
        signs.append(Sign(*sign))
    return Kind._make((*fields[:-1], tuple(signs)))


def _kind(table: dict[str, Any]) -> Kind:
    settings = {"shortest": 8, "longest": 400, "unless": [], "needs": [], "sure": table["threshold"], **table}
    settings["unless"] = tuple(fold(text).text for text in settings["unless"])
    settings["needs"] = tuple(map(frozenset, settings["needs"]))
    settings["signs"] = tuple(map(_sign, settings.pop("sign")))
    return Kind(**settings)


def _sign(table: dict[str, Any]) -> Sign:
    words: list[str] = table["words"]
    found = [language.needed(word) for word in words]
    parts = (language.parse_part(plain) for word in words for plain in language.alternatives(word))
    return Sign(
        table["name"],
        table["weight"],
        tuple(text for texts, pattern in found if pattern is None for text in texts),
        tuple((texts, pattern) for texts, pattern in found if pattern is not None),
        tuple(parts) if table.get("trigger") else (),
    )

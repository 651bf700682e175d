"""MOJ004: text of one double-byte encoding read as another: 筿獺呼隔."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lint.finding import Severity
from corpus_lint.rule import Bad, Good, RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus_lint.document import Document, Line
    from corpus_lint.finding import Finding
    from corpus_lint.rule import Trigger

    from ._signs import Signs


class DoubleByteReadAsAnother(RegionRule):
    """Text of one double-byte encoding was read as another: 電信網路 became `筿獺呼隔`.

    GBK, Big5, Shift-JIS, EUC-JP and EUC-KR have nearly the same bytes for different characters. Big5 text read as
    GBK, or Shift-JIS read as GBK, is a string of real but rare characters, kana or syllables without any sense: no
    test of single characters finds it, and it reads like a foreign language to a model.

    A run must be far likelier text when its bytes are read rightly than as it stands, and than a random string of
    characters would be; that takes about six characters. Rare but right text has no other reading that makes sense:
    names, classical and Buddhist texts, lists of characters, dictionaries, poetry.

    The fix is safe when writing the repaired text in its encoding and reading it wrongly gives exactly the text that
    was found, and no other answer is nearly as likely; otherwise it is unsafe or not offered.
    """

    code = "MOJ004"
    name = "double-byte-read-as-another"
    severity = Severity.ERROR
    explains = True

    examples = (
        Bad("⟦弊绰 绢力 辑匡俊辑 倒酒吭嚼聪促⟧", "그는 어제 서울에서 돌아왔습니다"),
        Bad("⟦斵偼嶐擔搶嫗偐傜婣偭偰⟧", "彼は昨日東京から帰って"),
        Good("魑魅魍魎、饕餮、窮奇、檮杌，皆上古之凶獸也。"),
        Good("南無薩怛他蘇伽多耶阿囉訶帝三藐三菩陀寫，揭諦揭諦，波羅揭諦。"),
        Good("佢哋喺度傾偈，唔知點解咁夜都仲未返屋企。"),
        Good("진짜 웃겼다 ㅈㅈㅈㅈㅈㅈㅈㅈㅈㅈㅈㅈㅈ, 재미없음 ㅉㄴㅉㄴㅉㄴㅉㄴㅉㄴㅉㄴㅉㄴㅉㄴ"),
        Good("색즉시공보다 더 웃겼다 솔직히 ㅋㅋㅋ 담배 ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ ㅊㄹㅊㄹㅊㄹㅊㄹㅊㄹㅊㄹㅊㄹㅊㄹ"),
        Good("진짴ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅈ 달렸다. 어이가 없네ㅋㅋㅋㅋㅋㅋㅋ 불고기자지 거름망이노 ㅆㅅㅌㅊ ㅋㅋㅋㅋㅋㅋ"),
        Good("우ㄱㄱㅣㄱㄱㅣ섬 ㄴㅏㄹㅏ 지구상서 ㅇㅏㅇㅖ없어졌으면, 짐 ㅅㅅㅏ 돌대가리들 ㅇㅏ ㅈㅐ섭ㅇㅓ"),
        Good("嵯峨嶙峋，岧嶢巉巖，崒嵂嵳嵸，嶔崟崎嶬。"),
    )

    def make_triggers(self) -> Sequence[Trigger]:
        """The signs of such text."""
        return _signs().triggers()

    def check_lines(self, document: Document, lines: Sequence[Line]) -> Iterable[Finding]:
        """A finding for each run."""
        from . import _misread_documents as documents
        from ._misread_runs import Standard

        standard = Standard(30.0, 14.0, safe_evidence=45.0, evidence_of_kana=32.0)
        return documents.findings(document, lines, _signs(), standard)


@cache
def _signs() -> Signs:
    from ._misread_runs import signs_of
    from ._pairs import DOUBLE_AS_DOUBLE

    return signs_of(
        DOUBLE_AS_DOUBLE,
        private=("big5>gbk", "gbk>big5", "gbk>cp932", "cp949>gbk", "cp932>gbk", "gbk>cp949", "cp932>big5"),
        lossy=("gbk>euc_jp", "gbk>cp949", "gbk>big5", "big5>cp949", "euc_jp>cp932", "cp949>cp932"),
    )

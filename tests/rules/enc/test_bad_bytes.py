"""ENC003, ENC009 and ENC010: bytes that are none of the file's encoding, located; lines in another encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_lint.cli import main
from corpus_lint.decode import decode
from corpus_lint.finding import Applicability
from corpus_lint.testing import find, fix
from corpus_lint_rules.enc.mixed_encodings import MixedEncodings
from corpus_lint_rules.enc.undecodable_bytes import UndecodableBytes

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = (
    "近年来，电信网络诈骗案件时有发生。\n给人民群众的财产安全带来了很大的损失！\n\n"
    "为此，学校组织了这次活动，一共三百人参加。\nOK\n大家都说，以后再也不会上当了。\n"
)
SAMPLES = {
    "gbk": "这几行是从旧电脑里拷贝出来的。\n那时候的文件都不是现在的编码。\n",
    "big5": "這幾行是從舊電腦裡拷貝出來的。\n那時候的檔案都不是現在的編碼。\n",
    "cp932": "この行は古いパソコンからコピーしたものです。\nエンコーディングが違います。\n",
    "cp949": "이 줄은 오래된 컴퓨터에서 복사한 것입니다.\n인코딩이 서로 다릅니다.\n",
    "cp1251": "Эти строки скопированы со старого компьютера.\nКодировка у них другая.\n",
    "cp1252": "Ces lignes ont été copiées d'une très vieille machine.\nElles étaient écrites autrement à l'époque.\n",
}


def test_each_bad_place_is_named() -> None:
    data = "第一行\n第二".encode() + b"\xe8\xa1\n" + "第三行，".encode() + b"\xff" + "够长了。".encode()
    first, second = find(UndecodableBytes, data)
    assert (first.finding.start, first.finding.end) == (6, 8)
    assert "2 bytes that are not UTF-8 (E8 A1 at offset 16): the beginning of a character" in first.finding.message
    assert "a byte that is not UTF-8 (FF at offset 31)" in second.finding.message
    assert data[16:18] == b"\xe8\xa1"
    assert data[31:32] == b"\xff"


def test_bad_bytes_of_another_encoding_are_named() -> None:
    data = "\n".join(CHINESE * 9).replace("\n", "").encode("gbk")
    data = data[:600] + b"\n\xff" + data[600:]
    (result,) = find(UndecodableBytes, data)
    assert "a byte that is not GBK (GB 18030) (FF at offset 601)" in result.finding.message


@pytest.mark.parametrize("name", ["late.jsonl", "late.txt"])
def test_bad_bytes_behind_the_first_document(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corpus_lint.reading.SEGMENT", 64)
    path = tmp_path / name
    data = '{"text": "好的文字，没有\\n什么不对"}\n'.encode() * 3 + b'{"id": 1, "text": "\xe5\\n\x9d \\udc80"}\n'
    path.write_bytes(data)
    command = ["--isolated", "--select", "ENC009", "--output-format", "concise", str(path)]
    assert main(command) == 1
    said = capsys.readouterr().out
    assert f"late.{name[5:]}:4:20: ENC009" in said
    first, second = data.index(b"\xe5" + b"\\n"), data.index(b"\x9d ")
    assert f"E5 at offset {first})" in said
    assert f"9D at offset {second})" in said
    assert said.count("ENC009") == 2


def test_half_a_character_that_a_record_escapes_is_no_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "坏'.encode() + b"\xff\xfe" + '字 \\ud800 还有"}\n'.encode())
    assert main(["--isolated", "--select", "ENC009,ENC010", str(path)]) in (0, 1)


def test_a_record_with_a_bad_byte_can_be_fixed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes('{"text": "坏'.encode() + b"\xff" + '字\0还有\\u200b这个"}\n'.encode().replace(b"\0", b""))
    assert main(["--isolated", "--select", "ENC", "--fix", str(path)]) == 1
    assert path.read_bytes() == '{"text": "坏'.encode() + b"\xff" + '字还有这个"}\n'.encode()


@pytest.mark.parametrize("encoding", SAMPLES)
@pytest.mark.parametrize("order", ["before", "within", "behind", "half"])
def test_lines_in_another_encoding(encoding: str, order: str) -> None:
    lines = SAMPLES[encoding] * (40 if order == "half" else 1)
    clean = CHINESE * 20 if order in ("half", "behind") else CHINESE * 2
    whole = {"before": ("", lines, clean), "within": (clean, lines, clean)}.get(order, (clean, lines, ""))
    data = whole[0].encode() + whole[1].encode(encoding) + whole[2].encode()
    assert decode(data)[1].encoding == "utf-8"
    (result,) = find(MixedEncodings, data)
    assert result.finding.fix is not None
    assert result.finding.fix.applicability is Applicability.SAFE
    assert result.finding.start == len(whole[0])
    assert fix(MixedEncodings, data) == "".join(whole).encode()
    assert find(UndecodableBytes, data) == []


@pytest.mark.parametrize("encoding", ["gbk", "big5"])
def test_damaged_lines_beside_foreign_ones(encoding: str) -> None:
    cut = CHINESE.encode().replace("网".encode(), "网".encode()[:2])
    data = cut + SAMPLES[encoding].encode(encoding) + cut
    assert len(find(MixedEncodings, data)) == 1
    assert len(find(UndecodableBytes, data)) == 2
    assert fix(MixedEncodings, data) == cut + SAMPLES[encoding].encode() + cut


def test_two_foreign_encodings() -> None:
    data = CHINESE.encode()
    data += b"".join(SAMPLES[encoding].encode(encoding) + CHINESE.encode() for encoding in ("gbk", "cp1251"))
    assert fix(MixedEncodings, data) == (CHINESE + SAMPLES["gbk"] + CHINESE + SAMPLES["cp1251"] + CHINESE).encode()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(CHINESE.encode()) * 8 - 1), st.sampled_from([b"", b"\x80", b"\xff", b"\xe4"]))
def test_one_bad_byte_is_damage(place: int, byte: bytes) -> None:
    """One byte changed, lost or added: the text stays UTF-8, and nothing is taken for another encoding."""
    clean = CHINESE.encode() * 8
    data = clean[:place] + byte + clean[place + 1 :]
    text, decoding = decode(data)
    assert decoding.encoding == "utf-8"
    assert text.encode("utf-8", "surrogateescape") == data
    assert find(MixedEncodings, data) == []
    if decoding.bad:
        assert 1 <= len(find(UndecodableBytes, data)) <= 2


def test_foreign_lines_are_linted_after_the_fix(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(CHINESE.encode() + "零宽\u200b字符，\ue000无处不在，大家都要当心。\n".encode("gb18030"))
    assert main(["--isolated", "--select", "ENC005,ENC010", "--fix", str(path)]) == 0
    assert path.read_bytes().decode() == CHINESE + "零宽字符，\ue000无处不在，大家都要当心。\n"


@pytest.mark.parametrize("strewn", ["html =\xa0document", "chan\x80ed, 9 inser", "manejad\xe4 r", "x \xe9 y"])
def test_a_few_bytes_strewn_in_are_damage(strewn: str) -> None:
    data = CHINESE.encode() + strewn.encode("latin-1") + b"\n" + CHINESE.encode()
    assert find(MixedEncodings, data) == []
    assert len(find(UndecodableBytes, data)) == 1

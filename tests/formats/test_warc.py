from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from tests.shell import Workshop

writer = pytest.importorskip("warcio.warcwriter")

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Workshop:
    return Workshop(tmp_path, capsys, monkeypatch)


def archive(*, gzip: bool, html_only: bool = False) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders

    file = io.BytesIO()
    made = writer.WARCWriter(file, gzip=gzip)
    made.write_record(made.create_warcinfo_record("x.warc", {"software": "bad"}))
    html = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
    page = io.BytesIO(b"<p>bad</p>\n")
    made.write_record(made.create_warc_record("http://a/", "response", page, http_headers=html))
    if not html_only:
        text = io.BytesIO("一行\n a bad day\n".encode())
        made.write_record(
            made.create_warc_record("http://b/", "conversion", text, warc_content_type="text/plain", length=18)
        )
        plain = StatusAndHeaders("200 OK", [("Content-Type", "text/plain; charset=gbk")], protocol="HTTP/1.0")
        body = io.BytesIO("中文的一行文字，bad\n".encode("gbk"))
        made.write_record(made.create_warc_record("http://c/", "response", body, http_headers=plain))
    return file.getvalue()


@pytest.mark.parametrize("gzip", [True, False])
def test_text_records(gzip: bool, shop: Workshop) -> None:
    name = "a.warc.wet.gz" if gzip else "a.warc"
    data = archive(gzip=gzip)
    shop.write(name, data)
    _, out, err = shop.run("--output-format", "json", "--select", "TST001", name)
    lines = archive(gzip=False).split(b"\n")
    expected = [n for n, line in enumerate(lines, 1) if b" bad day" in line or line.endswith(b"\xacbad")]
    found = json.loads(out)
    assert [(item["field"], item["record"], item["column"]) for item in found] == [
        ("http://b/", 3, 4),
        ("http://c/", 4, 9),
    ]
    assert [item["line"] for item in found] == expected, err
    status, _, err = shop.run("--fix", "--select", "TST001", name)
    assert (status, err) == (1, "")
    assert (shop.folder / name).read_bytes() == data


def test_pages_are_not_text(shop: Workshop) -> None:
    shop.write("a.warc", archive(gzip=False, html_only=True))
    status, _, err = shop.run("a.warc")
    assert status == 2
    assert "extract the text" in err

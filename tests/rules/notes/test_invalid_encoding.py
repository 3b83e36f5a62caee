from pathlib import Path

import pytest

from processor.base.text import Source
from tests.cli.running import ytvault
from tests.tables import Row, table

test_invalid_encoding = table(
    "invalid-encoding",
    Row("windows-1252", "Recorded in a caf«\udce9» in Zürich.", message="byte "),
    Row("only the first of several", "A caf«\udce9» in Z\udcfcrich.\nA na\udcefve one."),
    Row("behind lines", "One line.\nAnother one.\n\nA caf«\udce9».", message="iconv -f WINDOWS-1252"),
    Row("a mark of the file's own comes first", "The sign \ufffd is shown for it.\nA caf«\udce9» here."),
    Row("the mark alone is no fault", "The sign \ufffd is shown for what is not UTF-8."),
    Row("behind letters of two, three and four bytes", "é € 𝄞 caf«\udce9»."),
    Row("a sequence cut short", "The euro «\udce2»\udc82."),
    Row("first of all", "«\udcff»\udcfe begins", containers=False, properties=False),
    Row("UTF-16", "«\udcff»\udcfeN\0o\0t\0e\0", message="UTF-16", containers=False, properties=False),
    Row("clean", "Recorded in a café in Zürich."),
    Row("empty", "", containers=False),
)


def test_the_byte_is_counted_in_the_file() -> None:
    from processor.rules.base import Context, all_rules
    from processor.vault.note import parse_note

    for data, byte in ((b"a\r\nb\xe9", 4), (b"\xef\xbb\xbfa\xe9", 4), ("é".encode() + b"\xff", 2)):
        note = parse_note(Source.decode(data), "note.md")
        (problem,) = all_rules()["invalid-encoding"].check(note, Context())
        assert problem.message.startswith(f"byte {byte} is")
        assert note.quote(problem.span) == "\ufffd"


RIFF = b"RIFF\x24\x08\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x02\x00"
BINARY = {
    "a PNG picture": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x02\0[[x]]\x08\x06\0",
    "a JPEG picture": b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\x01\0H\0H\0\0" * 50,
    "a PDF document": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nstream\n\0\x01\x02\x03\x04[[nowhere]]\n---\na: [\n",
    "a ZIP archive": b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[[word/document.xml",
    "a gzip archive": b"\x1f\x8b\x08\0\xd3\x01\x02\x03\x04\x05\xff\xfe",
    "a picture, sound": RIFF,
    "binary data": bytes(range(256)) * 8,
}
TEXTS = {
    "UTF-16": "# A note\r\n\r\n[[nowhere]]\r\n".encode("utf-16"),
    "UTF-16 without a mark": "# A note\n\n[[nowhere]]\n".encode("utf-16-le") + b"\xe9",
    "Chinese in UTF-16": ("\u4e2d\u6587\u7b14\u8bb0\u0101\u0203\u0e05" * 50).encode("utf-16"),
    "Cyrillic in Windows-1251": "\u0417\u0430\u043c\u0435\u0442\u043a\u0430 \u043e \u0432\u0435\u0441\u0430\u0445".encode(
        "cp1251"
    )
    * 20,
    "Japanese in Shift-JIS": "\u96fb\u5b50\u8a08\u7b97\u6a5f".encode("shift-jis") * 20,
    "a stray control character": b"a\x01b [[nowhere]] \xe9",
    "some NULs": b"Text.\n" + b"\0" * 100,
    "an escape sequence": b"\x1b[31mred\x1b[0m \xe9" * 20,
}


@pytest.mark.parametrize("what", BINARY)
def test_binary_data_is_said_to_be_such_and_nothing_else_is_said(what: str, tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    (tmp_path / "picture.md").write_bytes(BINARY[what])
    (tmp_path / "note.md").write_text("See [[picture]].\n", encoding="utf-8")
    ran = ytvault(
        "lint",
        "--select",
        "ALL",
        "--ignore",
        "orphan-note",
        "--unsafe-fixes",
        "--output-format",
        "concise",
        cwd=tmp_path,
    )
    assert ran.out.count("picture.md") == 1
    assert f"picture.md:1:1: error: this file is no text but {what}" in ran.out
    assert (tmp_path / "picture.md").read_bytes() == BINARY[what]
    assert ytvault("inspect", "picture.md", cwd=tmp_path).status == 0
    assert ytvault("rename", "picture.md", "other.md", cwd=tmp_path).status == 0
    assert (tmp_path / "other.md").read_bytes() == BINARY[what]


@pytest.mark.parametrize("what", TEXTS)
def test_text_in_any_encoding_is_text(what: str) -> None:
    assert not Source.decode(TEXTS[what]).binary

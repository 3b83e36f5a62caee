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
    from processor.note import parse_note
    from processor.rule import Context, all_rules
    from processor.text import Source

    for data, byte in ((b"a\r\nb\xe9", 4), (b"\xef\xbb\xbfa\xe9", 4), ("é".encode() + b"\xff", 2)):
        note = parse_note(Source.decode(data), "note.md")
        (problem,) = all_rules()["invalid-encoding"].check(note, Context())
        assert problem.message.startswith(f"byte {byte} is")
        assert note.quote(problem.span) == "\ufffd"

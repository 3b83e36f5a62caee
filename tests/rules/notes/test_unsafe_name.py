from typing import Any

import pytest

from tests.tables import Row, table


def row(name: str, path: str, message: str = "", *, bad: bool = True, **more: Any) -> Row:
    fields: dict[str, Any] = {"containers": False, "properties": False} | more
    return Row(name, "«»Text.\n" if bad else "Text.\n", path=path, message=message, **fields)


test_unsafe_name = table(
    "unsafe-name",
    row("a hash", "C# and models.md", 'the name "C# and models" holds #, which no link'),
    row("a bar", "a/one|two.md", "holds |,"),
    row("a caret", "x^2.md", "holds ^,"),
    row("brackets", "[[draft]] weights.md", "holds [[ and ]],"),
    row("per cent twice", "100%% open.md", "holds %%,"),
    row("a question mark", "What is open?.md", "holds ?, which Windows"),
    row("a colon", "Open: a history.md", "holds :,"),
    row("two lots", "C#: a history.md", "holds #, which no link to it can hold and holds :"),
    row("invisible", "\u2068Lex\u2069.md", "holds U+2068 and U+2069, which nobody sees"),
    row("a no-break space", "Lex\xa0Fridman.md", "U+00A0"),
    row("a zero-width joiner in Latin", "Le\u200dx.md", "U+200D"),
    row("a control character", "Lex\x07.md", "U+0007"),
    row("a space at the end", "Weights .md", "begins or ends with a space"),
    row("a space at the start", " Weights.md", "begins or ends with a space"),
    row("reserved", "con.md", "Windows keeps"),
    row("reserved, with an ending", "NUL.weights.md", "Windows keeps"),
    row("a folder, in its first note", "C#/a.md", 'the folder "C#" holds #', notes={"C#/b.md": "", "C#/d/e.md": ""}),
    row("a folder, not in others", "C#/b.md", bad=False, notes={"C#/a.md": ""}),
    row("a folder within", "a/b?/c.md", 'the folder "a/b?" holds ?', notes={"a/z.md": ""}),
    row("a folder with a dot at its end", "etc./a.md", "ends with a dot"),
    row("plain", "what_is_a_weight.md", bad=False),
    row("in words", "What is a weight, really (part 2).md", bad=False),
    row("single brackets and a per cent sign", "[draft] 100 % open.md", bad=False),
    row("a dot at the end", "Weights Inc..md", bad=False),
    row("another script", "Что такое вес.md", bad=False),
    row("accents in either form", "Café cafe\u0301.md", bad=False),
    row("an emoji of several", "👩\u200d💻 code.md", bad=False),
    row("a joiner in Persian", "می\u200cخواهم.md", bad=False),
    row("begins like a reserved one", "console.md", bad=False),
    row("a folder of good name", "a/b/c.md", bad=False),
)


@pytest.mark.parametrize("char", '*"\\<>?:')
def test_what_windows_refuses(char: str) -> None:
    from processor.rules.notes.unsafe_name import _faults

    assert char in _faults(f"a{char}b")
    assert not _faults("a b")

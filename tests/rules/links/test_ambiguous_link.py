from processor.vault.style import LinkStyle
from tests.tables import Row, table

TIE = {"talks/law.md": "# H\n", "books/law.md": ""}

test_ambiguous_link = table(
    "ambiguous-link",
    Row("nobody knows which", "See «[[law]]».", notes=TIE, message="not known: write [[books/law|law]] or [[talks/law|law]]"),
    Row("with display text and heading", "«[[Law#H | the law]]»", notes=TIE, message="write [[books/law#H | the law]] or [[talks/law#H | the law]]"),
    Row("a heading that one of them has not", "«[[law#Of data]]»", notes=TIE, message="write [[books/law#Of data|law > Of data]]"),
    Row("a Markdown link", "«[L](law.md)»", notes=TIE, message="write [L](books/law.md) or [L](talks/law.md)"),
    Row("an embed", "«![[law]]»", notes=TIE, message="write ![[books/law]] or ![[talks/law]]"),
    Row("an attachment", "«![[c.png|10]]»", files=("a/c.png", "b/c.png"), message="write ![[a/c.png|10]] or ![[b/c.png|10]]"),
    Row("in a table", "| a |\n|---|\n| «[[law]]» |\n", notes=TIE, message="write [[books/law\\|law]]"),
    Row("in a property", '---\nsee: "«[[law]]»"\n---\n', notes=TIE, message="write [[books/law|law]]"),
    Row("relative", "«[[law]]»", path="c/n.md", notes=TIE, style=LinkStyle("relative"), message="write [[../books/law|law]] or [[../talks/law|law]]"),
    Row("two of three", "«[[law]]»", notes=TIE | {"archive/2019/law.md": ""}, message="fits 2 files"),
    Row("a tie under the note's own folder", "«[[law]]»", path="a/n.md", notes={"a/b/law.md": "", "a/c/law.md": "", "law/law/law.md": ""}, message="write [[a/b/law|law]] or [[a/c/law|law]]"),
    Row("a partial path", "«[[x/law]]»", notes={"a/x/law.md": "", "b/x/law.md": ""}, message="write [[a/x/law|x/law]]"),
    Row(
        "very many",
        "«[[law]]»",
        notes={f"{x}/law.md": "" for x in "abcdefgh"},
        message="[[e/law|law]], [[f/law|law]] or 2 others",
    ),
    # Obsidian's order decides these: see fragile-link
    Row("the shortest path", "[[law]] [L](law.md)", notes={"talks/law.md": "", "papers/old/law.md": ""}),
    Row("the note's own folder", "[[law]] [y](law.md)", path="books/n.md", notes=TIE),
    Row("an exact path", "[[talks/law]] [[law2]]", notes=TIE | {"law2.md": "", "b/law2.md": "", "c/law2.md": ""}),
    Row("one fits", "[[law]] [[old/law3]]", notes={"a/law.md": "", "b/old/law3.md": ""}),
    Row("case alone is the matter of name-collision", "[[law]]", notes={"a/law.md": "", "a/Law.md": ""}),
    Row("also where others fit", "[[law]]", notes={"a/law.md": "", "a/Law.md": "", "archive/law.md": ""}),
    Row("none fits", "[[law]]"),
    Row("in code", "`[[law]]`", notes=TIE),
)  # fmt: skip

from processor.vault import LinkStyle
from tests.tables import Row, table

TWO = {"talks/law.md": "# H\n", "papers/old/law.md": ""}

test_ambiguous_link = table(
    "ambiguous-link",
    Row("the shortest path", "See «[[law]]».", "See [[talks/law|law]].", notes=TWO, message="Obsidian opens talks/law.md, not papers"),
    Row("the note's own folder", "«[[law]]»", "[[papers/old/law|law]]", path="papers/n.md", notes=TWO, message="own folder"),
    Row("with display text and heading", "«[[Law#H | the law]]»", "[[talks/law#H | the law]]", notes=TWO),
    Row("a Markdown link", "«[L](law.md)»", "[L](talks/law.md)", notes=TWO),
    Row("an embed", "«![[law]]»", "![[talks/law]]", notes=TWO),
    Row("an attachment", "«![[c.png|10]]»", "![[a/c.png|10]]", files=("a/c.png", "bb/c.png")),
    Row("in a table", "| a |\n|---|\n| «[[law]]» |\n", "| a |\n|---|\n| [[talks/law\\|law]] |\n", notes=TWO),
    Row("in a property", '---\nsee: "«[[law]]»"\n---\n', '---\nsee: "[[talks/law|law]]"\n---\n', notes=TWO),
    Row("relative", "«[[law]]»", "[[./law|law]]", path="a/n.md", notes={"a/law.md": "", "b/law.md": ""}, style=LinkStyle("relative")),
    Row("three", "«[[law]]»", "[[a/law|law]]", notes={"a/law.md": "", "bb/law.md": "", "ccc/law.md": ""}, message="fits 3 files"),
    Row("a partial path", "«[[x/law]]»", "[[a/x/law|x/law]]", notes={"a/x/law.md": "", "bb/x/law.md": ""}),
    Row("nobody knows which", "«[[law]]»", notes={"a/law.md": "", "b/law.md": ""}, message="is not known"),
    Row("an exact path", "[[talks/law]] [[papers/old/law]] [[law2]]", notes=TWO | {"law2.md": "", "b/law2.md": ""}),
    Row("one fits", "[[law]] [[old/law3]]", notes={"a/law.md": "", "b/old/law3.md": ""}),
    Row("case alone is the matter of name-collision", "[[law]]", notes={"a/law.md": "", "a/Law.md": ""}),
    Row("none fits", "[[law]]"),
    Row("in code", "`[[law]]`", notes=TWO),
)  # fmt: skip

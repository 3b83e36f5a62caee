from processor.vault.style import LinkStyle
from tests.tables import Row, table

TWO = {"talks/law.md": "# H\n", "papers/old/law.md": ""}
OWN = {"a/law.md": "", "b/law.md": ""}

test_fragile_link = table(
    "fragile-link",
    Row("the shortest path", "See «[[law]]».", unsafe="See [[talks/law|law]].", notes=TWO, message="Obsidian opens talks/law.md, not papers"),
    Row("the note's own folder", "«[[law]]»", unsafe="[[papers/old/law|law]]", path="papers/n.md", notes=TWO, message="own folder"),
    Row("with display text and heading", "«[[Law#H | the law]]»", unsafe="[[talks/law#H | the law]]", notes=TWO),
    Row("an embed", "«![[law]]»", unsafe="![[talks/law]]", notes=TWO),
    Row("an attachment", "«![[c.png|10]]»", unsafe="![[a/c.png|10]]", files=("a/c.png", "bb/c.png")),
    Row("in a table", "| a |\n|---|\n| «[[law]]» |\n", unsafe="| a |\n|---|\n| [[talks/law\\|law]] |\n", notes=TWO),
    Row("in a property", '---\nsee: "«[[law]]»"\n---\n', unsafe='---\nsee: "[[talks/law|law]]"\n---\n', notes=TWO),
    Row("relative, as the settings ask", "«[[law]]»", unsafe="[[./law|law]]", path="a/n.md", notes=OWN, style=LinkStyle("relative")),
    Row("absolute, as the settings ask", "«[[law]]»", unsafe="[[a/law|law]]", path="a/n.md", notes=OWN, style=LinkStyle("absolute")),
    # what other programs follow goes on leading them there, whatever the settings ask
    Row("a Markdown link into its own folder", "«[y](law.md)»", unsafe="[y](./law.md)", path="a/n.md", notes=OWN),
    Row("with absolute paths", "«[y](law.md)»", unsafe="[y](./law.md)", path="a/n.md", notes=OWN, style=LinkStyle("absolute")),
    Row("below its own folder, with a heading", "«[y](x/law.md#H)»", unsafe="[y](./x/law.md#H)", path="a/n.md", notes={"a/x/law.md": "# H\n", "b/x/law.md": ""}),
    Row("an image beside the note", "«![p](c.png)»", unsafe="![p](./c.png)", path="a/n.md", files=("a/c.png", "b/c.png")),
    Row("a definition", "[t][r]\n\n[r]: law.md\n".replace("[t][r]", "«[t][r]»"), unsafe="[t][r]\n\n[r]: ./law.md\n", path="a/n.md", notes=OWN, containers=False),
    Row("a Markdown link that only Obsidian follows", "«[L](law.md)»", unsafe="[L](talks/law.md)", path="n/n.md", notes=TWO),
    Row("three", "«[[law]]»", unsafe="[[a/law|law]]", notes={"a/law.md": "", "bb/law.md": "", "ccc/law.md": ""}, message="fits 3 files"),
    Row("a partial path", "«[[x/law]]»", unsafe="[[a/x/law|x/law]]", notes={"a/x/law.md": "", "bb/x/law.md": ""}),
    Row("nobody knows which", "[[law]]", notes=OWN),
    Row("an exact path", "[[talks/law]] [[papers/old/law]] [[law2]]", notes=TWO | {"law2.md": "", "b/law2.md": ""}),
    Row("a path from the note", "[[./law]] [y](./law.md) [z](../b/law.md)", path="a/n.md", notes=OWN),
    Row("one fits", "[[law]] [[old/law3]]", notes={"a/law.md": "", "b/old/law3.md": ""}),
    Row("none fits", "[[law]]"),
    Row("in code", "`[[law]]`", notes=TWO),
)  # fmt: skip

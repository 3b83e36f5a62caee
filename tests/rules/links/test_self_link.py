from tests.tables import Row, table

test_self_link = table(
    "self-link",
    Row("by its name", "What «[[note]]» says.", message="the note it stands in"),
    Row("in another case, with display text", "«[[NOTE|this]]»"),
    Row("a Markdown link", "«[x](note.md)» «[x](./note.md)»"),
    Row("in a property", '---\nrelated: "«[[note]]»"\n---\n'),
    Row("by its path", "«[[talks/a]]» «[[../talks/a]]»", path="talks/a.md"),
    Row("an embed of itself", "«![[note]]»"),
    Row("a bare #", "«[[note#]]»"),
    Row("to a heading", "# H\n\n[[#H]] [[note#H]]", containers=False),
    Row("to a block", "text ^b\n\n[[#^b]]\n"),
    Row("to another note of that name", "[[b/note]]", notes={"b/note.md": ""}),
    Row("to nothing", "[[other]] [x](https://example.com/note.md)"),
    Row("in code", "`[[note]]`"),
)

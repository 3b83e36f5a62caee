from tests.tables import Row, table

B = {"b.md": "Fair. ^fair-use\n\nOther. ^a1b2c3\n"}

test_broken_block = table(
    "broken-block",
    Row("separators", "«[[b#^fair_use]]»", "[[b#^fair-use]]", notes=B, message="it may mean"),
    Row("with display text", "«[[b#^fairuse|F]]»", "[[b#^fair-use|F]]", notes=B),
    Row("a Markdown link", "«[F](b.md#^FairUse)»", "[F](b.md#^fair-use)", notes=B),
    Row("an embed", "«![[b#^fair_use]]»", "![[b#^fair-use]]", notes=B),
    Row("in a table", "| a |\n|---|\n| «[[b#^fair_use\\|F]]» |\n", "| a |\n|---|\n| [[b#^fair-use\\|F]] |\n", notes=B),
    Row("in the note itself", "Text. ^my-part\n\n«[[#^my_part|p]]»\n", "Text. ^my-part\n\n[[#^my-part|p]]\n"),
    Row("nearly the same", "«[[b#^conclusions]]»", unsafe="[[b#^conclusion]]", notes={"b.md": "x ^conclusion"}),
    Row("generated ids are never guessed", "«[[b#^a1b2c4]]»", notes=B),
    Row("nothing is like it", "«[[b#^zzz]]» «![[b#^q]]»", notes=B, message="has no block"),
    Row("a note without blocks", "«[[b#^zzz]]»", notes={"b.md": "text"}),
    Row("two fit", "«[[b#^fairuse]]»", notes={"b.md": "x ^fair-use\n\ny ^fairu-se\n"}, message="may mean"),
    Row("it is there, in any case", "[[b#^FAIR-use]] [[b#^a1b2c3|x]] ![[b#^A1B2C3]]", notes=B),
    Row("a heading is another matter", "[[b#fair]] [[b#[^1]]]", notes=B),
    Row("behind other text, in the note itself", "![[b]]^my-id\n\n«[[#^My-id|p]]»\n", "![[b]] ^my-id\n\n[[#^My-id|p]]\n", notes=B, message="a space makes it one"),
    Row("behind other text, elsewhere", "«[[c#^my-id]]»", notes={"c.md": "text^my-id\n"}, message="a space makes it one"),
    Row("behind other text, twice or amid it", "«[[c#^my-id]]» «[[d#^my-id]]»", notes={"c.md": "a^my-id\n\nb^my-id\n", "d.md": "a^my-id b\n"}, message="has no block"),
    Row("in code, behind other text", "«[[c#^my-id]]»", notes={"c.md": "```\na^my-id\n```\n"}, message="has no block"),
    Row("in code", "`[[b#^zzz]]`", notes=B),
)  # fmt: skip

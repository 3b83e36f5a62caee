"""Table of duplicate-property."""

from tests.tables import Row, table

test = table(
    "duplicate-property",
    Row("two values", "---\ntitle: A\n«title»: B\n---\n", message="line 2"),
    Row("three", "---\ntitle: A\n«title»: B\nx: y\n«title»: C\n---\n"),
    Row("the same value", "---\ntitle: A\nx: y\n«title»: A\n---\nText\n", fixed="---\ntitle: A\nx: y\n---\nText\n"),
    Row("the same list", "---\ntags:\n  - a\n«tags»:\n  - a\n# end\n---\n", fixed="---\ntags:\n  - a\n# end\n---\n"),
    Row("the same value, indented", "---\n  title: A\n  «title»: A\n  x: y\n---\nText\n", fixed="---\n  title: A\n  x: y\n---\nText\n"),
    Row("the same value, another comment", "---\ntitle: A\n«title»: A # still\n---\n"),
    Row("in quotes", "---\ntitle: A\n«'title'»: B\n---\n"),
    Row("in a mapping", "---\na: {x: 1, «x»: 2}\n---\n", message="mapping"),
    Row("in a flow mapping", "---\n{a: 1, «a»: 1}\n---\n"),
    Row("another case", "---\ntags: [a]\n«Tags»: [b]\n---\n", message="one property"),
    Row("another case, the same value", "---\ntitle: A\n«Title»: A\nx: y\n---\n", unsafe="---\ntitle: A\nx: y\n---\n"),
    Row("another case, and the second is looked for", "---\nTitle: A\n«title»: A\nx: y\n---\n", unsafe="---\ntitle: A\nx: y\n---\n"),
    Row("the video in another case", "---\nvideoID: Yw2sMd8fRj0\n«videoId»: Yw2sMd8fRj0\n---\n", unsafe="---\nvideoId: Yw2sMd8fRj0\n---\n"),
    Row("a name of your own in another case", "---\nStatus: x\n«status»: x\n---\n", unsafe="---\nStatus: x\n---\n"),
    Row("another case, both empty", "---\nTitle:\n«title»:\n---\n"),
    Row("names that begin alike", "---\ntitle: A\ntitles: B\n---\n"),
    Row("the same name in two mappings", "---\na: {x: 1}\nb: {x: 1}\n---\n"),
    Row("faulty YAML", "---\ntitle: A\ntitle: B: C\n---\n"),
    Row("in the text", "title: A\ntitle: B\n"),
)  # fmt: skip

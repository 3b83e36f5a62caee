"""Table of dead-property."""

from tests.tables import Row, table

test = table(
    "dead-property",
    Row("tag", "---\n«tag»: a\n---\n", fixed="---\ntags: a\n---\n", message="tags"),
    Row("alias, a list", "---\ntitle: A\n«alias»:\n  - b # c\n---\n", fixed="---\ntitle: A\naliases:\n  - b # c\n---\n"),
    Row("cssClass", "---\n«cssClass»: wide\n---\n", fixed="---\ncssclasses: wide\n---\n"),
    Row("in quotes", '---\n«"Tag"»: a\n---\n', fixed="---\ntags: a\n---\n"),
    Row("all three", "---\n«tag»: a\n«alias»: b\n«cssclass»: c\n---\n", fixed="---\ntags: a\naliases: b\ncssclasses: c\n---\n"),
    Row("the new one is there", "---\n«tag»: a\nTags: [b]\n---\n"),
    Row("twice", "---\n«tag»: a\n«tag»: b\n---\n", fixed="---\ntag: a\ntags: b\n---\n"),
    Row("the new ones", "---\ntags: [a]\naliases: [b]\ncssclasses: [c]\n---\n"),
    Row("in a mapping", "---\na: {tag: x}\n---\n"),
    Row("in the text", "tag: a\n"),
)  # fmt: skip

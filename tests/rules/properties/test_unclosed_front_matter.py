"""Table of unclosed-front-matter."""

from tests.tables import Row, table

test = table(
    "unclosed-front-matter",
    Row("before a blank line", "«---»\ntitle: A\n\nText.\n", unsafe="---\ntitle: A\n---\n\nText.\n", containers=False, properties=False),
    Row("to the end", "«---»\ntitle: A\n", unsafe="---\ntitle: A\n---\n", containers=False, properties=False),
    Row("no final newline", "«---»\ntitle: A", unsafe="---\ntitle: A\n---\n", containers=False, properties=False),
    Row("with a list", "«---»\ntags:\n  - a\n- b\ntitle: A\n\nText: too\n", unsafe="---\ntags:\n  - a\n- b\ntitle: A\n---\n\nText: too\n", containers=False, properties=False),
    Row("spaces behind the dashes", "«---»  \ntitle: A\n\nText.\n", unsafe="---  \ntitle: A\n---\n\nText.\n", containers=False, properties=False),
    Row("text at once", "«---»\ntitle: A\nText that goes on.\n", containers=False, properties=False),
    Row("dashes that close nothing", "«---»\ntitle: A\n\n -- \n--\n", unsafe="---\ntitle: A\n---\n\n -- \n--\n", containers=False, properties=False),
    Row("a property without a value", "«---»\ntitle:\n\nText.\n", unsafe="---\ntitle:\n---\n\nText.\n", containers=False, properties=False),
    Row("closed", "---\ntitle: A\n---\n", containers=False, properties=False),
    Row("closed by a longer line", "---\ntitle: A\n-----\n", containers=False, properties=False),
    Row("a rule", "---\n\nText: that is no property.\n", containers=False, properties=False),
    Row("a rule before text", "---\nText.\n", containers=False, properties=False),
    Row("a rule before a link", "---\nhttps://example.org\n", containers=False, properties=False),
    Row("a rule further down", "Text.\n\n---\ntitle: A\n", containers=False, properties=False),
    Row("nothing else", "---\n", containers=False, properties=False),
)  # fmt: skip

"""Table of invalid-yaml."""

from tests.tables import Row, table

test = table(
    "invalid-yaml",
    Row("a colon", "---\ntitle: Foo«:» bar\n---\n", fixed='---\ntitle: "Foo: bar"\n---\n', message="put the value in quotes"),
    Row("a colon and quotes", '---\ntitle: The "x"«:» bar\n---\n', fixed="---\ntitle: 'The \"x\": bar'\n---\n"),
    Row("a colon and a comment", "---\ntitle: Foo«:» bar # why\n---\n", fixed='---\ntitle: "Foo: bar" # why\n---\n'),
    Row("a colon at the end", "---\ntitle: Foo«:»\nvideoId: Yw2sMd8fRj0\n---\n", fixed='---\ntitle: "Foo:"\nvideoId: Yw2sMd8fRj0\n---\n'),
    Row("an at sign", "---\ntitle: «@x and y»\n---\n", fixed='---\ntitle: "@x and y"\n---\n', message="`@`"),
    Row("a per cent sign", "---\ntitle: «%x»\n---\n", fixed='---\ntitle: "%x"\n---\n'),
    Row("a grave accent", "---\ntitle: «`x` y»\n---\n", fixed='---\ntitle: "`x` y"\n---\n'),
    Row("stars", "---\ntitle: «*x*»\n---\n", fixed='---\ntitle: "*x*"\n---\n', message="alias"),
    Row("text behind a bracket", "---\ntitle: [x] «y»\n---\n", fixed='---\ntitle: "[x] y"\n---\n'),
    Row("text behind a quote", "---\ntitle: 'a' «b»\n---\n", fixed="---\ntitle: \"'a' b\"\n---\n"),
    Row("quotes within quotes", '---\ntitle: "Foo «"bar" baz"\n---\n'.replace('Foo «"bar', 'Foo "«bar') .replace('baz"\n', 'baz"»\n'), fixed="---\ntitle: 'Foo \"bar\" baz'\n---\n"),
    Row("an apostrophe within", "---\ntitle: 'It'«s fine'»\n---\n", fixed="---\ntitle: \"It's fine\"\n---\n"),
    Row("two faults", "---\ntitle: «@x»\nsource: a: b\n---\n", fixed='---\ntitle: "@x"\nsource: "a: b"\n---\n'),
    Row("links in a row", "---\nrelated: [[a]]«, [[b|c]]»\n---\n", fixed='---\nrelated: ["[[a]]", "[[b|c]]"]\n---\n'),
    Row("in a list", "---\ntags:\n  - «@x»\n  - y # z\n---\nText\n", fixed='---\ntags:\n  - "@x"\n  - y # z\n---\nText\n'),
    Row("a tab", "---\ntags:\n«\t»- x\n---\n", message="tab"),
    Row("an open list", "---\ntags: «[a, b»\ntitle: x\n---\n", message="`]`"),
    Row("an open quote", '---\ntitle: «"Foo»\nx: y\n---\n', message="not closed"),
    Row("no property", "---\ntitle: A\n«just text»\n---\n", message="no colon"),
    Row("a list", "---\n«- a\n- b»\n---\n", message="a list"),
    Row("text", "---\n«Some text.»\n---\n", message="plain text"),
    Row("an indented line", "---\ntitle: A\n  «sub: b»\n---\n", message="indented"),
    Row("one fault mended, one not", "---\ntitle: «@x»\ntags: [a\n---\n"),
    Row("an alias bomb", "---\na: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
        "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, «*c», *c, *c]\ne: [*d, *d]\n---\n", message="without bound"),
    Row("an impossible date", "---\ndate: 2024-02-30\n---\n"),
    Row("nothing", "---\n---\n"),
    Row("only a comment", "---\n# none\n---\n"),
    Row("duplicates", "---\na: b\na: c\n---\n"),
    Row("a URL", "---\na: https://example.org/?q=x#y\n---\n"),
    Row("placeholders", "---\na: {{x}}\nb: [[y]]\n---\n"),
    Row("none at all", "a: b: c\n"),
)  # fmt: skip

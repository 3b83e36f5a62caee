from typing import Any

from tests.tables import Row, table


def row(name: str, path: str, title: str, message: str = "", *, bad: bool = False, style: str = "slug") -> Row:
    text = f"---\ntitle: {'«' + title + '»' if bad else title}\n---\n\nText.\n"
    fields: dict[str, Any] = {"containers": False}
    return Row(name, text, path=path, message=message, options={"style": style}, **fields)


test_misnamed_note = table(
    "misnamed-note",
    row("a slug that does not fit", "weights.md", "What is a weight?", 'would be "what_is_a_weight"', bad=True),
    row("a title for a slug", "a/What is a weight.md", "What is a weight", 'called "What is a weight"', bad=True),
    row("the slug", "a/what_is_a_weight.md", "What is a weight?"),
    row("marks are dropped", "gpt4s_limits.md", "'GPT-4''s limits'"),
    row("marks with a space around", "open__closed.md", "Open & closed"),
    row("a number tells two apart", "what_is_a_weight_2.md", "What is a weight?"),
    row("a number of the title", "top_10.md", "Top 10"),
    row("accents dropped", "caf.md", "Café"),
    row("accents as letters", "cafe.md", "Café"),
    row("accents kept", "café.md", "Café"),
    row("another script", "что_такое_вес.md", "Что такое вес?"),
    row("another script, another name", "x.md", "Что такое вес?", 'would be "что_такое_вес"', bad=True),
    row("nothing is left of the title", "dots.md", "'???'"),
    row("as the title", "What is a weight.md", "What is a weight?", style="title"),
    row("a colon as a dash", "Open - a history.md", "'Open: a history'", style="title"),
    row("a slash as a dash", "TCP-IP.md", "TCP/IP", style="title"),
    row("a number behind the title", "Weights (2).md", "Weights", style="title"),
    row(
        "a slug for a title",
        "what_is_a_weight.md",
        "What is a weight?",
        'be "What is a weight"',
        bad=True,
        style="title",
    ),
    row("another case", "Café.md", "CAFÉ", bad=True, style="title"),
    Row("no title", "---\ntags: [a]\n---\n\n# Weights\n", path="x.md", containers=False),
    Row("no text for a title", "---\ntitle: 2024\n---\n", path="x.md", containers=False),
)

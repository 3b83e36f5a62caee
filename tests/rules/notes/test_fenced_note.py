from typing import Any

from tests.tables import Row, table

HEAD = "---\nvideoId: Yw2sMd8fRj0\n---\n\n"
FROM = "From: [[openweights]] <br/>\n"
BODY = "\n## In short\n\nSee [[licences]].\n"


def row(name: str, text: str, unsafe: str | None = None, **more: Any) -> Row:
    return Row(name, text, unsafe=unsafe, **{"containers": False} | more)


test_fenced_note = table(
    "fenced-note",
    row("behind the From line", HEAD + FROM + "«```markdown»\n" + BODY + "```\n", HEAD + FROM + BODY),
    row("without a From line", HEAD + "«```»\n" + BODY + "```\n", HEAD + BODY),
    row("without properties", "«```markdown»\n" + BODY + "```\n", BODY),
    row("no final newline", HEAD + FROM + "«```md»\n" + BODY + "```", HEAD + FROM + BODY),
    row(
        "blank lines at the end", HEAD + FROM + "\n«```text»\n" + BODY + "```\n\n\n", HEAD + FROM + "\n" + BODY + "\n\n"
    ),
    row("tildes", HEAD + FROM + "«~~~~ Markdown»\n" + BODY + "~~~~\n", HEAD + FROM + BODY),
    row("a fence in the fence", HEAD + "«````»\n" + BODY + "```js\nx\n```\n````\n", HEAD + BODY + "```js\nx\n```\n"),
    row(
        "announced",
        HEAD + FROM + "Here is the article:\n\n«```markdown»\n" + BODY + "```\n",
        HEAD + FROM + "Here is the article:\n\n" + BODY,
    ),
    row(
        "stamps only",
        HEAD + FROM + "«```»\nAt [00:06:10] it begins.\n```\n",
        HEAD + FROM + "At [00:06:10] it begins.\n",
    ),
    row("text before it", HEAD + FROM + "Some text.\n\n```markdown\n" + BODY + "```\n"),
    row("two lines before it", HEAD + FROM + "One:\nTwo:\n\n```markdown\n" + BODY + "```\n"),
    row("text behind it", HEAD + FROM + "```markdown\n" + BODY + "```\nThe end.\n"),
    row("a program", "```python\n## comment\nweights = load()\n```\n"),
    row("output without links", HEAD + FROM + "```\nloss 0.31\nloss 0.30\n```\n"),
    row("two fences", HEAD + FROM + "```\n" + BODY + "```\n\n```\n[[x]]\n```\n"),
    row("unclosed: another rule's", HEAD + FROM + "```markdown\n" + BODY),
    row("no fence", HEAD + FROM + BODY),
    Row("in a quote", "> ```\n> [[licences]]\n> ```\n"),
)

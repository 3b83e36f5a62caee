"""Table of missing-front-matter."""

from tests.tables import Row, table

test = table(
    "missing-front-matter",
    Row("an anchor", '«# Weights»\n\n<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>\n',
        unsafe='---\ntitle: Weights\n---\n\n# Weights\n\n<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>\n', containers=False, properties=False),
    Row("a From line", "«From: [[hub]] <br/>»\n\nText.\n", unsafe="---\ntitle: open weights\n---\n\nFrom: [[hub]] <br/>\n\nText.\n",
        path="a/open_weights.md", containers=False, properties=False),
    Row("the first line is the title", "«Open *weights* and [[closed|shut]] ones»\n\nFrom: [[hub]]\n",
        unsafe="---\ntitle: Open weights and shut ones\n---\n\nOpen *weights* and [[closed|shut]] ones\n\nFrom: [[hub]]\n", containers=False, properties=False),
    Row("a title that needs quotes", "«# Weights: what they are»\n\nFrom: [[hub]]\n",
        unsafe='---\ntitle: "Weights: what they are"\n---\n\n# Weights: what they are\n\nFrom: [[hub]]\n', containers=False, properties=False),
    Row("a first line that is a sentence", "«Weights are numbers.»\n\nFrom: [[hub]]\n", path="a_talk.md",
        unsafe="---\ntitle: a talk\n---\n\nWeights are numbers.\n\nFrom: [[hub]]\n", containers=False, properties=False),
    Row("blank lines first", "\n\n«From: [[hub]]»\n", unsafe="---\ntitle: note\n---\n\n\nFrom: [[hub]]\n", containers=False, properties=False),
    Row("no final newline", "«From: [[hub]]»\nText.", unsafe="---\ntitle: note\n---\n\nFrom: [[hub]]\nText.", containers=False, properties=False),
    Row("properties", "---\ntitle: A\n---\nFrom: [[hub]]\n"),
    Row("empty properties", "---\n---\nFrom: [[hub]]\n"),
    Row("faulty properties", "---\na: b: c\n---\nFrom: [[hub]]\n"),
    Row("unclosed properties", "---\ntitle: A\n\nFrom: [[hub]]\n", containers=False),
    Row("misplaced properties", "\n---\ntitle: A\n---\nFrom: [[hub]]\n", containers=False, properties=False),
    Row("no transcript", "# A list\n\n- [a paper](https://example.org)\n"),
    Row("an empty note", ""),
)  # fmt: skip

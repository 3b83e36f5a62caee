"""Table of misplaced-front-matter."""

from tests.tables import Row, table

test = table(
    "misplaced-front-matter",
    Row("a blank line", "\n«---\ntitle: A\n---»\nText.\n", fixed="---\ntitle: A\n---\nText.\n", message="blank lines", containers=False, properties=False),
    Row("many blank lines", " \n\n\t\n«---\na b: c\n---»\n", fixed="---\na b: c\n---\n", containers=False, properties=False),
    Row("indented", "  «---\ntitle: A\n---»\nText.\n", fixed="---\ntitle: A\n---\nText.\n", containers=False, properties=False),
    Row("a zero-width space", "\u200b«---\ntitle: A\n---»\nText.\n", fixed="---\ntitle: A\n---\nText.\n", containers=False, properties=False),
    Row("a heading", "# A\n\n«---\ntitle: A\ntags: [x]\n---»\n\nText.\n", unsafe="---\ntitle: A\ntags: [x]\n---\n# A\n\n\nText.\n", message="text stands", containers=False, properties=False),
    Row("a From line", "From: [[hub]]\n«---\nvideoId: Yw2sMd8fRj0\n---»\nText.", unsafe="---\nvideoId: Yw2sMd8fRj0\n---\nFrom: [[hub]]\nText.", containers=False, properties=False),
    Row("to the end of the note", "A\n\n«---\ntitle: A\n---»", unsafe="---\ntitle: A\n---\nA\n\n", containers=False, properties=False),
    Row("at the top", "---\ntitle: A\n---\n\n---\ntitle: B\n---\n", containers=False, properties=False),
    Row("rules", "Text.\n\n---\n\nMore.\n\n---\n", containers=False, properties=False),
    Row("a rule and a heading", "Text.\n\n---\nNote: see below\n---\n", containers=False, properties=False),
    Row("an example in a fence", "Write:\n```yaml\n---\ntitle: A\n---\n```\n", containers=False, properties=False),
    Row("an example in a quote", "Write:\n> x\n\n---\ntitle: A\n---\n", containers=False, properties=False),
    Row("far down", "A\n\nB\n\nC\n\nD\n\nE\n\nF\n\n---\ntitle: A\n---\n", containers=False, properties=False),
    Row("no valid YAML", "\n---\ntitle: A: B\n---\n", containers=False, properties=False),
    Row("never closed", "\n---\ntitle: A\n", containers=False, properties=False),
    Row("blank lines in it", "Text.\n\n---\ntitle: A\n\nText.\n---\n", containers=False, properties=False),
)  # fmt: skip

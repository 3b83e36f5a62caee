from tests.tables import Row, table

test_unclosed_fence = table(
    "unclosed-fence",
    Row("backticks", "Text.\n\n«```python»\nweights = load()\n\nMore text.\n", message="nothing closes"),
    Row("tildes", "Text.\n\n«~~~»\nweights\n"),
    Row("the last line", "Text.\n\n«```»"),
    Row("the last line, with its end", "Text.\n\n«```»\n"),
    Row("closed by too few", "Text.\n\n«````»\nweights\n```\n"),
    Row("closed by another mark", "Text.\n\n«```»\nweights\n~~~\n"),
    Row("a third fence", "Text.\n\n```\na\n```\n\nText.\n\n«```»\nb\n"),
    Row("a word behind the closing one", "Text.\n\n«```»\nweights\n``` end\n"),
    Row("closed", "Text.\n\n```\nweights\n```\n"),
    Row("closed by more", "Text.\n\n```\nweights\n`````\n"),
    Row("closed, no final newline", "Text.\n\n```\nweights\n```"),
    Row("a code span", "Text with ```three` marks.\n"),
    Row("indented code", "Text.\n\n    ```\n    weights\n"),
)

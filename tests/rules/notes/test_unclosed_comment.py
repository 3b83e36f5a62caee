from tests.tables import Row, table

test_unclosed_comment = table(
    "unclosed-comment",
    Row("a block", "Text.\n\n«%%» check this\n\n## Heading\n", message="write %%"),
    Row("the last line", "Text.\n\n«%%»"),
    Row("closed, then opened again", "Text.\n\n%% a %%\n\nText.\n\n«%%» b\n"),
    Row("HTML", "Text.\n\n«<!--» check this\n\nMore.\n", message="write -->"),
    Row("closed on its line", "Text.\n\n%% check this %%\n\nMore.\n"),
    Row("closed later", "Text.\n\n%%\ncheck this\n\n## Heading\n%%\n\nMore.\n"),
    Row("closed HTML", "Text.\n\n<!-- check\n\nthis -->\n\nMore.\n"),
    Row("in code", "Text.\n\n```\n%% of what\n```\n"),
    Row("in a code span", "Text `%%` and `<!--`.\n"),
    Row("one per cent", "By 5 % or 10 %.\n"),
)

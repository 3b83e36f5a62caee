from tests.tables import Row, table

test_missing_note = table(
    "missing-note",
    Row("nothing is like it", "See «[[a_history_of_the_transistor]]».", message='no note is called "a_history'),
    Row("with display text and fragment", "«[[transistors#History | the switch]]»", message='"transistors"'),
    Row("a Markdown link", "«[T](transistors.md)» «[T](<the transistor.md>)»"),
    Row("in a property", '---\nrelated: "«[[transistors]]»"\n---\n'),
    Row("in a heading", "## On «[[transistors]]»\n", containers=False),
    Row("each place is told", "«[[transistors]]» and «[[transistors]]»"),
    Row("a short name", "«[[AI]]» «[[C++]]»", notes={"ai_.md": ""}),
    Row(
        "never led to a note of other words",
        "«[[role_of_scale_in_robotics]]»",
        notes={"role_of_scale_in_language.md": "", "role_of_care_in_robotics.md": ""},
    ),
    Row(
        "the same words in another order are only told",
        "«[[freedom_of_speech_and_censorship]]»",
        notes={"censorship_and_freedom_of_speech.md": ""},
        message="did you mean",
    ),
    Row("another number", "«[[episode_number_12]]»", notes={"episode_number_13.md": ""}),
    Row("a date", "«[[2024-05-01]]»", notes={"2024-05-02.md": "", "2024-06-01.md": ""}),
    Row("half of a name", "«[[open]]» «[[weights]]»", notes={"open_weights.md": ""}),
    Row(
        "to be filled by a template engine",
        "[[{{title}}]] [[{{date:YYYY}}/x|y]] [[{{a|b}}]] [[<% tp.file.title %>]] [[<%* x %>|d]] [x]({{url}}) [x](<% y %>) [x](<{{a b}}>)",
    ),
    Row("braces that are none of a template", "«[[{title}]]» «[[{{title]]» «[[100%]]» «[x](%20y)»"),
    Row(
        "a Markdown link in a property",
        '---\nup: "«[T](transistors.md)»"\nlist: ["«[T](transistors.md#H)»", "[T](https://a.b/c) ", "see [T](x.md)"]\n---\n',
    ),
    Row("it exists", "[[OPEN weights]] [[talks/a]]", notes={"open weights.md": "", "talks/a.md": ""}),
    Row("it was meant, and broken-link tells", "[[Open-Weights]]", notes={"open_weights.md": ""}),
    Row("an embed", "![[transistors]]"),
    Row("an attachment", "[[transistors.pdf]]"),
    Row("an address", "[[https://example.com/x]]"),
    Row("in code and in math", "`[[x y z]]` $[[x y z]]$\n\n```\n[[x y z]]\n```\n"),
)

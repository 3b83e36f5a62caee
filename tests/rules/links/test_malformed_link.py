import pytest

from tests.tables import Row, problems_of, table

LLAMA = {"llama.md": "", "open weights.md": ""}

test_malformed_link = table(
    "malformed-link",
    Row("two bars", "«[[llama|Meta|Llama]]»", notes=LLAMA, message="two bars"),
    Row("two bars and no note", "«[[nothing like it|a|b]]»"),
    Row("two bars, to be filled", "[[llama|{{name}}|x]] [[{{a|b|c}}]]", notes=LLAMA),
    Row("a space, to be filled", "[x](talks/{{title}} notes.md)"),
    Row("a text and a size", "![[a.png|text|100]] ![[a.png|100x50]]", files=("a.png",)),
    Row("an address", "«[[https://example.com/a?b=c|the paper]]»", "[the paper](https://example.com/a?b=c)"),
    Row("an address alone", "«[[https://example.com]]»", "[https://example.com](https://example.com)"),
    Row("with parentheses and a space", "«[[https://example.com/a_(b) c|x]]»", "[x](https://example.com/a_(b)%20c)"),
    Row("with one parenthesis", "«[[https://example.com/a)b|x]]»", "[x](https://example.com/a%29b)"),
    Row("with a fragment", "«[[https://example.com/a#b|x]]»", "[x](https://example.com/a#b)"),
    Row("brackets in the text", "«[[https://example.com|a] b]]»", "[a\\] b](https://example.com)"),
    Row("an embedded picture", "«![[https://example.com/a.png|100]]»", "![100](https://example.com/a.png)"),
    Row("an embedded picture alone", "«![[https://example.com/a.png]]»", "![](https://example.com/a.png)"),
    Row("in a table", "| a |\n|---|\n| «[[https://example.com\\|x]]» |\n", "| a |\n|---|\n| [x](https://example.com) |\n"),
    Row("in a property", '---\nsource_url: "«[[https://example.com/a]]»"\n---\n', '---\nsource_url: "https://example.com/a"\n---\n'),
    Row("in a property with display text", '---\nsee: "«[[https://example.com|x]]»"\n---\n'),
    Row("an address of mail", "«[[mailto:a@example.com|write]]»", "[write](mailto:a@example.com)"),
    Row("around a Markdown link", "«[[[paper](https://example.com)]]»", "[paper](https://example.com)"),
    Row("around an opened one", "«[[paper](https://example.com)]]»", "[paper](https://example.com)"),
    Row("a Markdown link in brackets", "[[3:32](https://youtu.be/dQw4w9WgXcQ?t=212)]"),
    Row("a bare bar in a table", "| a |\n|---|\n| «[[llama|Meta]]» |\n", "| a |\n|---|\n| [[llama\\|Meta]] |\n", notes=LLAMA),
    Row("a bar in a table, escaped", "| a |\n|---|\n| [[llama\\|Meta]] |\n", notes=LLAMA),
    Row("a bar outside of tables", "a | [[llama|Meta]]", notes=LLAMA),
    Row("a space", "«[W](open weights.md)»", "[W](open%20weights.md)", notes=LLAMA),
    Row("a space and a heading", "«[W](open weights.md#A b)»", "[W](open%20weights.md#A%20b)", notes=LLAMA),
    Row("a space and no such file", "«[W](other weights.md)»", unsafe="[W](other%20weights.md)"),
    Row("text in parentheses is no link", "[W](see the weights)"),
    Row("unclosed", "See «[[»llama of Meta", notes=LLAMA, message="nothing closes"),
    Row("one bracket is missing", "See «[[»llama] of Meta", unsafe="See [[llama]] of Meta", notes=LLAMA),
    Row("with display text", "See «[[»llama | the model] of Meta", unsafe="See [[llama | the model]] of Meta", notes=LLAMA),
    Row("one bracket, and no such note", "See «[[»alpaca] of Meta", notes=LLAMA),
    Row("over a line's end", "See «[[»llama\nof Meta]]"),
    Row("blank", "«[[]]» «[[ ]]»", message="without a target"),
    Row("a domain in a Markdown link", "«[x](example.com/a)»", unsafe="[x](https://example.com/a)", message="without https"),
    Row("www in a wikilink", "«[[www.example.com]]»"),
    Row("a note named as a domain", "[x](example.com)", notes={"example.com.md": ""}),
    Row("in a heading", "# «[[https://example.com|x]]»\n", "# [x](https://example.com)\n", containers=False),
    Row("in code", "`[[https://example.com]]` `[[` `[[]]`"),
    Row("all is well", "[[llama]] [[llama|Meta]] [x](https://example.com) <https://example.com> [a][b]", notes=LLAMA),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("[[llama|Meta|Llama]]", None),
        ("[[llama|Meta | Llama]]", "warning"),
        ("[[llama|Meta | Llama | 3]]", "warning"),
        ("[[llama | Meta | Llama]]", None),
        ("[[llama|Meta |Llama]]", None),
        ("[[llama|Llama 3|Meta]]", "warning"),
        ("[[llama | llama 3|meta ]]", "warning"),
        ("[[llama|the herd | of Meta]]", "warning"),
        ("[[llama | the herd|Meta]]", "warning"),
        ("[[nothing like it|a | b]]", None),
        ("| a |\n|---|\n| [[llama\\|Meta \\| Llama]] |\n", "warning"),
    ],
)
def test_two_bars_that_show_what_was_meant(text: str, severity: str | None) -> None:
    row = Row("", text, notes={"llama.md": "---\ntitle: Llama 3|Meta\naliases: ['the herd|Meta']\n---\n"})
    _, problems = problems_of("malformed-link", text.encode(), row)
    assert [(p.severity, p.fix) for p in problems] == [(severity, None)]

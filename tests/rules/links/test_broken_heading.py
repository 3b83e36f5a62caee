from typing import Any

from processor.vault.style import LinkStyle
from tests.tables import Row, table

B = {"b.md": "# Open weights\n\n## What, and why?\n\n### Licences\n\n## 00:06:10 Start\n\nText. ^fair-use\n"}

HUB = {
    "b.md": "# Open weights\n\n## What's *new*, and `why_not`?\n\n### [Licences](https://example.com/a_b) & more\n\n## Usage\n\n## Usage\n\n"
    '## Überblick: 日本 3.1\n\n## 🎉 Start\n\n> ## Aside\n\n## snake_case __init__\n\n## A - B\n\n<a id="here"></a>\n\n'
    "Text <a name='There'></a>.\n\n`<a id=\"code\">`\n\nSetext\n------\n"
}


def in_a_folder_that_is_no_vault() -> list[Row]:
    """Anchors as GitHub makes them are right there; what is none of them is mended to one."""

    def row(name: str, text: str, fixed: str | None = None, **more: Any) -> Row:
        return Row(f"no vault: {name}", text, fixed, **({"notes": HUB, "style": LinkStyle(github_anchors=True)} | more))

    anchors = (
        "open-weights whats-new-and-why_not licences--more usage usage-1 überblick-日本-31 %C3%BCberblick-%E6%97%A5%E6%9C%AC-31 "
        "-start aside snake_case-init a---b here There top user-content-here user-content-usage-1 setext Open%20weights"
    )
    return [
        row("anchors", " ".join(f"[x](b.md#{a})" for a in anchors.split())),
        row("in the note itself", "# My *own* part\n\n[x](#my-own-part) [y](#My%20own%20part)", containers=False),
        row("a wikilink and an embed", "[[b#open-weights]] [[b#Open weights]] ![[b#usage-1]]"),
        row("a definition", "[t][r]\n\n[r]: b.md#open-weights\n", containers=False),
        row("another notation of an anchor", "«[x](b.md#open_weights)»", "[x](b.md#open-weights)"),
        row("a wikilink to no anchor", "«[[b#open_weights|W]]»", "[[b#Open weights|W]]"),
        row("nearly an anchor", "«[x](b.md#open-weight)»", unsafe="[x](b.md#open-weights)", message="did you mean"),
        row("nothing is like it", "«[x](b.md#models-of-the-world)» «[y](b.md#code)» «[z](b.md#usage-2)»"),
        row("in code", "`[x](b.md#nope)`"),
    ]


test_broken_heading = table(
    "broken-heading",
    Row("as GitHub writes it", "«[[b#open-weights]]»", "[[b#Open weights|b > open-weights]]", notes=B),
    Row("with display text", "«[[b#what-and-why|W]]»", "[[b#What, and why?|W]]", notes=B),
    Row("a Markdown link", "«[W](b.md#open-weights)»", "[W](b.md#Open%20weights)", notes=B),
    Row("in the note itself", "# My part\n\n«[x](#my-part)»", "# My part\n\n[x](#My%20part)", containers=False),
    Row("an embed", "«![[b#open_weights]]»", "![[b#Open weights]]", notes=B),
    Row("marks of a clock become spaces", "«[[b#000610-start]]»", "[[b#00 06 10 Start|b > 000610-start]]", notes=B),
    Row("in a table", "| a |\n|---|\n| «[[b#open-weights]]» |\n", "| a |\n|---|\n| [[b#Open weights\\|b > open-weights]] |\n", notes=B),
    Row("to be filled by a template engine", "[[b#{{heading}}]] [x](b.md#{{heading}})", notes=B),
    Row("a Markdown link in a property", "---\nsee: '«[W](b.md#open-weights)»'\n---\n", "---\nsee: '[W](b.md#Open%20weights)'\n---\n", notes=B),
    Row("in a property", '---\nsee: "«[[b#open-weights]]»"\n---\n', '---\nsee: "[[b#Open weights|b > open-weights]]"\n---\n', notes=B),
    Row("a path of headings, unsafe", "«[[b#Nope#licences-]]»", unsafe="[[b#Licences]]", notes=B),
    Row("two fit", "«[[b#alpha-b]]»", notes={"b.md": "# Alpha_B\n# Alpha -b\n"}, message="may mean"),
    Row("nearly the same", "«[[b#Open weight]]»", unsafe="[[b#Open weights]]", notes=B, message="did you mean"),
    Row("nearly the same, with display text", "«[[b#Open weight|the weights]]»", unsafe="[[b#Open weights|the weights]]", notes=B),
    Row("other spaces", "«[[b#Openweights]]»", unsafe="[[b#Open weights|b > Openweights]]", notes=B),
    Row("percent signs", "«[[b#Open%20weights]]» «[[b#open%2Dweights|W]]»", "[[b#Open weights]] [[b#Open weights|W]]", notes=B),
    Row("an entity", "«[[b#What&#44; and&nbsp;why|W]]»", "[[b#What, and why?|W]]", notes=B),
    Row("letters that nobody sees", "«[[b#Open\u200b weights]]»", "[[b#Open weights]]", notes=B),
    Row("of equal ones the second", "«[x](b.md#usage-1)»", notes={"b.md": "# Usage\n# Usage\n"}, message="no link of Obsidian leads"),
    Row("which another is called", "«[x](b.md#usage-1)»", notes={"b.md": "# Usage\n# Usage\n# Usage 1\n"}, message="no link of Obsidian leads"),
    Row("the anchor of one and the words of another", "«[x](b.md#ab-c)»", unsafe="[x](b.md#AB%20C)", notes={"b.md": "# A.B C\n# AB C\n"}, message="may mean"),
    Row("other digits are another heading", "«[[b#00 07 10 Start]]»", notes=B),
    Row("a block's id", "«[[b#fair-use]]»", unsafe="[[b#^fair-use|b > fair-use]]", notes=B, message="a block has that id"),
    Row("nothing is like it", "«[[b#Models of the world]]»", notes=B, message='has no heading "Models'),
    Row("a heading in a callout cannot be linked to", "«[[b#Aside]]»", notes={"b.md": "> ## Aside\n"}),
    Row("it is there", "[[b#open WEIGHTS]] [[b#What and why]] [[b#What, and why#Licences]] [[b#00 06 10 start]]", notes=B),
    Row("a bare #, a footnote, a page, a moment", "[[b#]] [[b#[^1]]] [[x.pdf#page=2]] [1:02](#t=00:01:02)", notes=B, files=("x.pdf",)),
    Row("a note that is missing has no heading either", "[[nothing at all#x]]"),
    Row(
        "a heading changes its text, and the link in it is left",
        "## On «[[b#open-weights]]»\n",
        "## On [[b#Open weights|b > open-weights]]\n",
        notes=B,
        containers=False,
    ),
    *in_a_folder_that_is_no_vault(),
)  # fmt: skip

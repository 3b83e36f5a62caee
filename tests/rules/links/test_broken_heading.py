from tests.tables import Row, table

B = {"b.md": "# Open weights\n\n## What, and why?\n\n### Licences\n\n## 00:06:10 Start\n\nText. ^fair-use\n"}

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
    Row("a path of headings, unsafe", "«[[b#Nope#licences-]]»", unsafe="[[b#Licences|b > Nope > licences-]]", notes=B),
    Row("two fit", "«[[b#alpha-b]]»", notes={"b.md": "# Alpha_B\n# Alpha -b\n"}, message="may mean"),
    Row("nearly the same", "«[[b#Open weight]]»", unsafe="[[b#Open weights|b > Open weight]]", notes=B, message="did you mean"),
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
)  # fmt: skip

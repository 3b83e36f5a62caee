import pytest

from processor.vault.style import LinkStyle
from tests.tables import Row, table

pytest.importorskip("ahocorasick_rs")

OPEN = {"open_weights.md": "---\ntitle: Open weights\naliases: [free models]\n---\n"}

test_unlinked_mention = table(
    "unlinked-mention",
    Row("a title", "About «open weights».", unsafe="About [[open_weights|open weights]].", notes=OPEN, message="is the name of"),
    Row("an alias", "«Free models» win.", unsafe="[[open_weights|Free models]] win.", notes=OPEN),
    Row("a file name", "A «scaling law» holds.", unsafe="A [[scaling_law|scaling law]] holds.", notes={"scaling_law.md": ""}),
    Row("the first in a section", "«open weights», open weights", unsafe="[[open_weights|open weights]], open weights", notes=OPEN),
    Row(
        "in each section",
        "«open weights»\n\n## Next\n\n«open weights»\n",
        unsafe="[[open_weights|open weights]]\n\n## Next\n\n[[open_weights|open weights]]\n",
        notes=OPEN,
        containers=False,
    ),
    Row("the section links to it already", "[[open_weights|These]] are open weights.", notes=OPEN),
    Row(
        "the longest first",
        "On «open weights licence» terms.",
        unsafe="On [[open_weights_licence|open weights licence]] terms.",
        notes=OPEN | {"open_weights_licence.md": "", "licence terms.md": ""},
    ),
    Row("whole words", "reopen weights, open weightsy, open weights-based, open_weights", notes=OPEN),
    Row("a longer name that is no whole word", "«open weights» licences", unsafe="[[open_weights|open weights]] licences", notes=OPEN | {"open_weights_licence.md": ""}),
    Row("a possessive", "The «open weights»' worth", unsafe="The [[open_weights|open weights]]' worth", notes=OPEN),
    Row("in a table", "| a |\n|---|\n| «open weights» |\n", unsafe="| a |\n|---|\n| [[open_weights\\|open weights]] |\n", notes=OPEN),
    Row("as Markdown", "«open weights»", unsafe="[open weights](open_weights.md)", notes=OPEN, style=LinkStyle(markdown_links=True)),
    Row("its own name", "This note is a note.", notes={"other.md": ""}),
    Row("a heading", "# Open weights\n", notes=OPEN, containers=False),
    Row("code, math, comments", "`open weights` $open weights$ %% open weights %% <!-- open weights -->", notes=OPEN),
    Row("links", "[open weights](https://example.com) [[nothing|open weights]] https://example.com/open weights".replace("/open weights", "/free"), notes=OPEN),
    Row("a tag and an HTML tag", '#free <a title="open weights">x</a>', notes=OPEN),
    Row("a property", "---\ntitle: On open weights\n---\n", notes=OPEN),
    Row("several notes have that name", "open weights", notes=OPEN | {"b/open weights.md": ""}),
    Row("a short name", "AI and C++", notes={"ai.md": "", "c++.md": ""}),
    Row("as short as is asked for", "«RLHF» works", unsafe="[[rlhf|RLHF]] works", notes={"rlhf.md": ""}),
    Row("longer than is asked for", "RLHF works", notes={"rlhf.md": ""}, options={"minimum": 5}),
    Row("letters that grow in lower case", "İ «open weights» İ", unsafe="İ [[open_weights|open weights]] İ", notes=OPEN),
)  # fmt: skip

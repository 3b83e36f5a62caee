from tests.tables import Row, table

NOTES = {"talks/Open_Weights.md": "# H\n"}

test_wrong_case_link = table(
    "wrong-case-link",
    Row("the shown text stays", "«[[open_weights]]»", "[[Open_Weights|open_weights]]", notes=NOTES),
    Row("with display text and heading", "«[[OPEN_WEIGHTS#h|W]]»", "[[Open_Weights#h|W]]", notes=NOTES),
    Row("a folder", "«[[Talks/Open_Weights]]»", "[[talks/Open_Weights|Talks/Open_Weights]]", notes=NOTES),
    Row("a Markdown link", "«[W](talks/open_weights.md)»", "[W](talks/Open_Weights.md)", notes=NOTES),
    Row("relative", "«[[../Talks/Open_Weights|W]]»", "[[../talks/Open_Weights|W]]", path="a/n.md", notes=NOTES),
    Row("an image", "«![[Chart.PNG|10]]»", "![[chart.png|10]]", files=("a/chart.png",)),
    Row("in a table", "| a |\n|---|\n| «[[open_weights]]» |\n", "| a |\n|---|\n| [[Open_Weights\\|open_weights]] |\n", notes=NOTES),
    Row("with .md", "«[[open_weights.md|W]]»", "[[Open_Weights.md|W]]", notes=NOTES),
    Row("another script", "«[[été|E]]»", "[[Été|E]]", notes={"Été.md": ""}),
    Row("the case is right", "[[Open_Weights]] [[talks/Open_Weights#h]] [W](Open_Weights.md)", notes=NOTES),
    Row("it leads nowhere", "[[open_weight]] [[Open Weights]]", notes=NOTES),
    Row("a Unicode form is no case", "[[Cafe\u0301]]", notes={"Caf\u00e9.md": ""}),
    Row("a heading's case does not count", "# H\n\n[[#h]]", containers=False),
)  # fmt: skip

from tests.tables import Row, table

SIZES = ("files/model_sizes.png",)

test_broken_embed = table(
    "broken-embed",
    Row("a size is kept", "«![[Model Sizes.png|640x480]]»", "![[model_sizes.png|640x480]]", files=SIZES),
    Row("nothing is added to a picture", "«![[Model Sizes.png]]»", "![[model_sizes.png]]", files=SIZES),
    Row("its extension in another form", "«![[model sizes.PNG]]»", "![[model_sizes.png]]", files=SIZES),
    Row("a Markdown image", "«![chart](Model%20Sizes.png)»", "![chart](model_sizes.png)", files=SIZES),
    Row("in angle brackets", "«![chart|100](<Model Sizes.png>)»", "![chart|100](<model_sizes.png>)", files=SIZES),
    Row("to be filled by a template engine", "![[{{image}}]] ![x](<%= image %>)"),
    Row("a PDF's page", "«![[Model Sizes.pdf#page=3]]»", "![[model_sizes.pdf#page=3]]", files=("model_sizes.pdf",)),
    Row("a note", "«![[Open Weights#^b]]»", "![[open_weights#^b]]", notes={"open_weights.md": "text ^b"}),
    Row("another kind of file is not meant", "«![[model_sizes.jpg]]»", files=SIZES),
    Row("nor is a note", "«![[model_sizes.png]]»", notes={"model_sizes_png.md": ""}),
    Row("a slip of the pen", "«![[modle_sizes_of_today.png]]»", unsafe="![[model_sizes_of_today.png]]", files=("model_sizes_of_today.png",)),
    Row("in a wrong folder", "«![[img/model_sizes.png]]»", unsafe="![[model_sizes.png]]", files=SIZES),
    Row("nothing is like it", "«![[chart.png]]» «![[some_note]]»", message="to embed"),
    Row("two fit", "«![[Model Sizes.png]]»", files=("a/model_sizes.png", "b/model-sizes.png"), message="may mean"),
    Row("in a table", "| a |\n|---|\n| «![[Model Sizes.png\\|10]]» |\n", "| a |\n|---|\n| ![[model_sizes.png\\|10]] |\n", files=SIZES),
    Row("it is there", "![[MODEL_sizes.png]] ![[files/model_sizes.png|10]]", files=SIZES),
    Row("a link is none", "[[chart.png]] [[some_note]]"),
    Row("an address is the matter of malformed-link", "![[https://example.com/a.png]]"),
    Row("an external image", "![x](https://example.com/a.png)"),
)  # fmt: skip

from typing import Any

from tests.tables import Row, table

HUB = "---\ntitle: openweights\n---\n"
HEAD = "---\ntitle: One\nvideoId: Yw2sMd8fRj0\n---\n"
LINE = "From: [[openweights]] <br/>\n"
BESIDE = {
    "openweights/openweights.md": HUB,
    "openweights/two.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\n" + LINE + "\nText.\n",
    "openweights/three.md": "---\nvideoId: Qe9bLx3vHyI\n---\n\n" + LINE + "\nText.\n",
}


def row(name: str, text: str, *, unsafe: str | None = None, **more: Any) -> Row:
    fields = {"path": "openweights/one.md", "notes": BESIDE, "containers": False, "properties": False} | more
    return Row(name, text, unsafe=unsafe, **fields)


ALONE = {"openweights/openweights.md": HUB, "openweights/two.md": HEAD + "\nText.\n"}
TIE = {
    "openweights/openweights.md": HUB,
    "b.md": HUB,
    "openweights/two.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[openweights]]\n",
    "openweights/three.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[b]]\n",
    "openweights/four.md": "---\nvideoId: n3Vq8ZtKp0A\n---\n\nFrom: [[openweights]]\n",
}

NOTES = {path: text for path, text in BESIDE.items() if not path.endswith("/openweights.md")}

test_missing_source = table(
    "missing-source",
    row("added behind a blank line", HEAD + "\n«Weights are numbers.»\n", unsafe=HEAD + "\n" + LINE + "\nWeights are numbers.\n"),
    row("added where none is", HEAD + "«Weights are numbers.»\n", unsafe=HEAD + "\n" + LINE + "\nWeights are numbers.\n"),
    row(
        "two blank lines stay",
        HEAD + "\n\n«Weights are numbers.»\n",
        unsafe=HEAD + "\n" + LINE + "\nWeights are numbers.\n",
    ),
    row(
        "without properties an anchor makes a transcript",
        '«Weights <a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a>.»\n',
        unsafe=LINE + '\nWeights <a class="yt-timestamp" data-t="00:01:02">[00:01:02]</a>.\n',
    ),
    row("an empty body", HEAD + "«»", unsafe=HEAD + "\n" + LINE),
    row("properties that end the file", HEAD.rstrip() + "«»", unsafe=HEAD + "\n" + LINE),
    row("the line is there", HEAD + "\n" + LINE + "\nText.\n"),
    row("a line without a link gets no second one", HEAD + "\n«From: openweights»\n\nText.\n", message="beside it say"),
    row("an article needs none", "---\ntitle: About\n---\n\nText.\n"),
    row("a hub needs none", HUB.replace("---\n", "---\nvideoId: Yw2sMd8fRj0\n", 1), path="openweights/openweights.md", notes=NOTES),
    row("no neighbour has one", HEAD + "\nText.\n", notes=ALONE),
    row("a neighbour elsewhere", HEAD + "\nText.\n", path="inbox/one.md"),
    row("few have one", HEAD + "\nText.\n", notes=BESIDE | {f"openweights/{i}.md": HEAD for i in range(5)}),
    row("the line of most", HEAD + "\n«Text.»\n", unsafe=HEAD + "\nFrom: [[openweights]]\n\nText.\n", notes=TIE),
)  # fmt: skip

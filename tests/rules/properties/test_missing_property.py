"""Table of missing-property."""

from processor.rules.expected import Expected, JsonSchema, PropertySpec
from tests.tables import Row, table

STATUS = {"expected": Expected({"status": PropertySpec(required=("note", "talks/"))})}
SCHEMA = {"expected": Expected(schema=JsonSchema("s.json", '{"required": ["title", "Lang"]}'))}

TITLED = {name: f"---\nTitle: {name}\nvideoId: n3Vq8ZtKp0A\n---\n" for name in ("a.md", "b.md")}


def titled(count: int, of: int) -> dict[str, str]:
    """So many notes made from a video, of which some have a title."""
    head = {i: "title: A\n" if i < count else "" for i in range(of)}
    return {f"{i}.md": f"---\n{title}videoId: n3Vq8ZtKp0A\n---\n" for i, title in head.items()}


test = table(
    "missing-property",
    Row("a title", "«---»\nvideoId: Yw2sMd8fRj0\n---\n\n# Open weights\n", unsafe="---\ntitle: Open weights\nvideoId: Yw2sMd8fRj0\n---\n\n# Open weights\n", message='"title"', containers=False, notes=TITLED),
    Row("a title, from the file name", "«---»\nvideoId: Yw2sMd8fRj0\n---\n", unsafe="---\ntitle: open weights\nvideoId: Yw2sMd8fRj0\n---\n", path="x/open_weights.md", containers=False, notes=TITLED),
    Row("a title, behind a comment", "«---»\n# c\n  videoId: Yw2sMd8fRj0\n---\nA talk\n", unsafe="---\n# c\n  title: A talk\n  videoId: Yw2sMd8fRj0\n---\nA talk\n", containers=False, notes=TITLED),
    Row("a video", "«---»\ntitle: A\n---\n\nFrom: [[hub]]\n", message='"videoId"', containers=False),
    Row("a video, by another name", "«---»\ntitle: A\n---\n\nFrom: [[hub]]\n", message='"yt"', context={"video_properties": ("yt", "videoId")}, containers=False),
    Row("a title under a misspelt name", "---\n«tilte»: Open weights\nvideoId: Yw2sMd8fRj0\n---\n# Other\n", message='"tilte" is probably meant for "title"', notes=TITLED),
    Row("a title behind an invisible character", "---\n«\u200btitle»: Open weights\nvideoId: Yw2sMd8fRj0\n---\n", message="probably meant", notes=TITLED),
    Row("a title in another case", "---\nTITLE: A\nvideoId: Yw2sMd8fRj0\n---\n"),
    Row("a dead name is no title", "«---»\nalias: A\nvideoId: Yw2sMd8fRj0\n---\n", unsafe="---\ntitle: note\nalias: A\nvideoId: Yw2sMd8fRj0\n---\n", containers=False, notes=TITLED),
    Row("a video under a misspelt name", "---\ntitle: A\n«vidoeId»: Yw2sMd8fRj0\n---\n\nFrom: [[hub]]\n", message='"vidoeId" is probably meant for "videoId"'),
    Row("a key of another program's is no video", "---\nvideo_id: 7d9f4c1e-3b2a-4f5d-9e8c-0123456789ab\n---\nText.\n"),
    Row("a playlist is no video", "---\nsource: https://www.youtube.com/playlist?list=PLx\n---\nText.\n"),
    Row("a channel is no video", "---\nsource: https://www.youtube.com/@openweights\n---\nText.\n"),
    Row("a page of a video, without an id", "«---»\nsource: https://www.youtube.com/watch?v=short\n---\nText.\n", message='"title"', unsafe="---\ntitle: note\nsource: https://www.youtube.com/watch?v=short\n---\nText.\n", containers=False, notes=TITLED),
    Row("two thirds have a title", "«---»\nvideoId: Yw2sMd8fRj0\n---\n", notes=titled(4, 5), unsafe="---\ntitle: note\nvideoId: Yw2sMd8fRj0\n---\n", containers=False),
    Row("fewer have a title", "---\nvideoId: Yw2sMd8fRj0\n---\n", notes=titled(3, 5)),
    Row("fewer have one, and this is empty", "---\ntitle:\nvideoId: Yw2sMd8fRj0\n---\n", notes=titled(3, 5)),
    Row("only hubs and other notes have one", "---\nvideoId: Yw2sMd8fRj0\n---\n", notes={"hub.md": "---\ntitle: A\n---\n", "b.md": "---\ntitle: A\n---\n", "c.md": "From: [[hub]]\n"}),
    Row("none has one, and it is asked for", "«---»\nvideoId: Yw2sMd8fRj0\n---\n", options={"transcript": ("title",)}, unsafe="---\ntitle: note\nvideoId: Yw2sMd8fRj0\n---\n", containers=False),
    Row("none has one, and the configuration asks", "«---»\nvideoId: Yw2sMd8fRj0\n---\n", context={"expected": Expected({"title": PropertySpec(required=("transcript",))})}, unsafe="---\ntitle: note\nvideoId: Yw2sMd8fRj0\n---\n", containers=False),
    Row("an empty title", "---\n«title»:\nvideoId: Yw2sMd8fRj0\n---\n", message="no value", notes=TITLED),
    Row("an empty video", "«---»\ntitle: A\nvideoId:\n---\n", containers=False),
    Row("a source that is no video", "«---»\ntitle: A\nsource: a book\n---\n\nFrom: [[hub]]\n", message="video", containers=False),
    Row("a source of an article", "---\nsource: a book\n---\n\nText.\n"),
    Row("a source of a note with stamps", '«---»\ntitle: A\nsource: a book\n---\n\n<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>\n', containers=False),
    Row("a video by URL", "---\ntitle: A\nsource: https://youtu.be/Yw2sMd8fRj0\n---\n\nFrom: [[hub]]\n"),
    Row("an invalid video", "---\ntitle: A\nvideoId: x\n---\n\nFrom: [[hub]]\n"),
    Row("all there", "---\nTitle: A\nvideo_id: Yw2sMd8fRj0\n---\n"),
    Row("an article", "---\ntags: [a]\n---\n\nText.\n"),
    Row("an article, by option", "«---»\ntags: [a]\n---\n\nText.\n", options={"note": ("author",)}, message='"author"', containers=False),
    Row("a hub", "---\ntags: [a]\n---\n\nText.\n", path="hub.md", notes={"a.md": "---\ntitle: A\n---\nFrom: [[hub]]\n"}),
    Row("a hub, by option", "«---»\ntags: [a]\n---\n\nText.\n", path="hub.md", notes={"a.md": "---\ntitle: A\n---\nFrom: [[hub]]\n"}, options={"hub": ("channel",)}, containers=False),
    Row("what the configuration asks of a kind", "«---»\na: b\n---\nText.\n", context=STATUS, containers=False, message='"status"'),
    Row("what it asks of a folder", "«---»\ntitle: A\nvideoId: Yw2sMd8fRj0\n---\n", path="talks/a.md", context=STATUS, containers=False, message='"status"'),
    Row("what it asks of others", "---\ntitle: A\nvideoId: Yw2sMd8fRj0\n---\n", context=STATUS),
    Row("what it asks, there in another case", "---\nStatus: x\n---\n", context=STATUS),
    Row("what it asks, empty", "---\n«status»:\n---\n", context=STATUS, message="no value"),
    Row("what it asks of a note without front matter", "«»Text.\n", context=STATUS, containers=False, properties=False),
    Row("missing-front-matter speaks of transcripts", "From: [[hub]]\n", path="talks/a.md", context=STATUS, properties=False),
    Row("what a schema asks", "«---»\nlanguage: en\ntitle:\n---\n", context=SCHEMA, containers=False, message='"Lang" is missing, which the schema requires'),
    Row("what a schema asks, there in another case", "---\nTitle: A\nlang: en\n---\n", context=SCHEMA),
    Row("a schema asks nothing of a note without front matter", "Text.\n", context=SCHEMA, properties=False),
    Row("a schema does not say again what is said", "«---»\nLang: en\n---\n\nFrom: [[hub]]\n", context=SCHEMA | {"video_properties": ("lang",)}, options={"transcript": ("title",)}, unsafe="---\ntitle: note\nLang: en\n---\n\nFrom: [[hub]]\n", containers=False),
    Row("faulty properties", "---\na: b: c\n---\nFrom: [[hub]]\n"),
    Row("no properties", "From: [[hub]]\n", properties=False),
    Row("nothing asked for", "---\nx: y\n---\nFrom: [[hub]]\n", options={"transcript": ()}),
)  # fmt: skip

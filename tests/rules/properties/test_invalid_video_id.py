"""Table of invalid-video-id."""

from tests.tables import Row, table

test = table(
    "invalid-video-id",
    Row("a watch URL", "---\nvideoId: «https://www.youtube.com/watch?v=Yw2sMd8fRj0»\n---\n", fixed="---\nvideoId: Yw2sMd8fRj0\n---\n", message="Yw2sMd8fRj0"),
    Row("a short URL in quotes", '---\nvideoId: "«https://youtu.be/-V7ovjYG2vg?t=5»" # c\n---\n', fixed='---\nvideoId: "-V7ovjYG2vg" # c\n---\n'),
    Row("a URL with an id that needs quotes", "---\nvideoId: «youtu.be/12345678908»\n---\n", fixed='---\nvideoId: "12345678908"\n---\n'),
    Row("too short", "---\nvideoId: «dQw4w9WgXc»\n---\n", message="this has 10"),
    Row("too long", "---\nvideoId: «Yw2sMd8fRj0Q»\n---\n", message="this has 12"),
    Row("a wrong character", "---\nvideoId: «dQw4w9WgX+Q»\n---\n", message='"+"'),
    Row("a space", "---\nvideoId: «dQw4w9 gXcQ»\n---\n", message="a space"),
    Row("a list", "---\nvideoId: «[Yw2sMd8fRj0]»\n---\n", message="a list"),
    Row("another URL", "---\nvideoId: «https://vimeo.com/12345»\n---\n", message="neither"),
    Row("a URL without an id", "---\nyoutube_url: «https://www.youtube.com/@channel»\n---\n", message="leads to no video"),
    Row("a general name with YouTube's URL", "---\nsource: «https://www.youtube.com/playlist?list=PL1»\n---\n"),
    Row("a name of your own", "---\nmyVideo: «x»\n---\n", context={"video_properties": ("myVideo",)}),
    Row("two properties", "---\nvideoId: «x»\nvideo_id: «y»\n---\n"),
    Row("an id", "---\nvideoId: Yw2sMd8fRj0\n---\n"),
    Row("an id in quotes", "---\nvideoId: 'Yw2sMd8fRj0'\n---\n"),
    Row("an id that YAML takes for a number", "---\nvideoId: 01234567012\n---\n"),
    Row("an id in a URL's place", "---\nyoutube_url: Yw2sMd8fRj0\n---\n"),
    Row("a URL in its place", "---\nyoutube_url: https://youtu.be/Yw2sMd8fRj0\n---\n"),
    Row("a general name", "---\nsource: https://example.org/x\n---\n"),
    Row("empty", "---\nvideoId:\nvideo_id: ''\n---\n"),
    Row("null", "---\nvideoId: ~\n---\n"),
    Row("another property", "---\nid: x\n---\n"),
)  # fmt: skip

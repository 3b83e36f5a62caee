"""Table of impossible-video-id."""

from tests.tables import Row, table

test = table(
    "impossible-video-id",
    Row("an id", "---\nvideoId: «dQw4w9WgXcR»\n---\n", message='"R"'),
    Row("in quotes", '---\nvideoId: "«dQw4w9WgXc_»"\n---\n', message='"_"'),
    Row("in a URL", "---\nyoutube_url: https://youtu.be/«dQw4w9WgXcB»?t=5\n---\n"),
    Row("in a general property", "---\nsource: https://www.youtube.com/watch?v=«dQw4w9WgXcB»\n---\n"),
    Row("unquoted digits", "---\nvideoId: «12345678901»\n---\n"),
    Row("a possible id", "---\nvideoId: Yw2sMd8fRj0\n---\n"),
    Row("each possible end", "---\nvideoId: dQw4w9WgXc0\nvideo_id: dQw4w9WgXc8\nyoutube_url: dQw4w9WgXcw\n---\n"),
    Row("no id", "---\nvideoId: dQw4w9WgXR\n---\n"),
    Row("another property", "---\nid: dQw4w9WgXcR\n---\n"),
    Row("in the text", "https://youtu.be/dQw4w9WgXcR\n"),
)  # fmt: skip

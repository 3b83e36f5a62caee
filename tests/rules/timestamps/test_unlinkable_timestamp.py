"""Stamps without a video."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


A = anchor("00:06:10")

test_unlinkable_timestamp = table(
    "unlinkable-timestamp",
    Row("no properties", f"x «{A}»", message="the stamp leads to no video", properties=False),
    Row("several", f"x «{A}» {A}\n\n{A}", message="the 3 stamps lead", properties=False),
    Row("properties that cannot be read", f"---\na: [\n---\n\nx {A}"),
    Row("in code", f"`{A}`"),
    Row("a broken one", f"x «{anchor('N/A')}»", properties=False),
    Row("as a link's target", f"x «[00:06:10]({A})»", properties=False),
    Row("a video", f"{HEAD}x {A}"),
    Row("no video among the properties", f"---\ntitle: x\n---\n\n{A}"),
    Row("an id that is none", f"---\nvideoId: x\n---\n\n{A}"),
    Row(
        "a link of its own",
        '<a class="yt-timestamp" data-t="00:06:10" href="https://youtu.be/0123456789A?t=370">[00:06:10]</a> x',
    ),
    Row("bare", "x [00:06:10]"),
)

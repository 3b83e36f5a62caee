"""Stamps in code."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


A = anchor("00:06:10")

test_timestamp_in_code = table(
    "timestamp-in-code",
    Row("a code span", f"{HEAD}x `y «{A}»` z", message="move it behind the code"),
    Row("a fence", f"{HEAD}See it here.\n\n```\n«{A}»\n```\n"),
    Row("indented", f"{HEAD}x\n\n    «{A}»\n"),
    Row("bare", f"{HEAD}«`[00:06:10]`» x", unsafe=f"{HEAD}[00:06:10]({WATCH}370s) x"),
    Row("a clock alone", f"{HEAD}x «`01:02:40`» y", unsafe=f"{HEAD}x [01:02:40]({WATCH}3760s) y"),
    Row("of two fields", f"{HEAD}x «`[05:37]`» `05:37` y", unsafe=f"{HEAD}x [05:37]({WATCH}337s) `05:37` y"),
    Row("with more", f"{HEAD}x `see «[00:06:10]»` y"),
    Row("broken", f"{HEAD}`«{anchor('N/A')}»`"),
    Row("a note without a video but with anchors", f"{A} `«{A}»`"),
    Row("a slice", f"{HEAD}`xs[10:20]` and `[1:30]`"),
    Row("beside code", f"{HEAD}`x` {A} [00:06:10]"),
    Row("no transcript note", "`[00:06:10]`"),
    Row("an ordinary tag", f'{HEAD}`<a href="https://example.com">x</a>`'),
)

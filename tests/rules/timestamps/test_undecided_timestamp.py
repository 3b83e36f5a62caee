"""Stamps that the vault decides."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


A = anchor("00:06:10")
LINK = f"[00:06:10]({WATCH}370s)"
TRUE = " ".join(anchor(c) for c in ("02:10:09", "02:41:27", "03:10:33", "03:41:59", "04:05:04", "04:31:16", "04:58:47"))

test_undecided_timestamp = table(
    "undecided-timestamp",
    Row("a heading", f"{HEAD}## Weights «{A}»\n", f"{HEAD}## Weights {LINK}\n"),
    Row("two in a heading", f"{HEAD}## «{A}» «[00:06:10]»\n", f"{HEAD}## {LINK} {LINK}\n"),
    Row("a list in a heading", f"{HEAD}## x [«00:06:10», «00:06:10»]\n", f"{HEAD}## x {LINK}, {LINK}\n"),
    Row("two headings", f"{HEAD}## a «{A}»\n\n### b «{A}»\n", f"{HEAD}## a {LINK}\n\n### b {LINK}\n"),
    Row(
        "a heading linked to in the note",
        f"{HEAD}See [[#00 06 10 x|there]].\n\n## «[00:06:10]» x\n",
        f"{HEAD}See [[#00 06 10 (https //www.youtube.com/watch?v=aBcD_-12-4w&t=370s) x|there]].\n\n## {LINK} x\n",
        message="is no link",
        containers=False,
    ),
    Row("two fields in a heading", f"{HEAD}## At «[3:16]»\n", unsafe=f"{HEAD}## At [3:16]({WATCH}196s)\n"),
    Row(
        "cleared by the other notes",
        f"{HEAD}x «{anchor('04:10:33')}»",
        f"{HEAD}x [04:10:33]({WATCH}15033s)",
        notes={"b.md": f"{HEAD}{TRUE}"},
    ),
    Row(
        "whole minutes, cleared",
        f"{HEAD}x «{anchor('00:10:00')}» «{anchor('01:10:00')}» «{anchor('02:20:00')}» «{anchor('03:05:00')}»",
        f"{HEAD}x [00:10:00]({WATCH}600s) [01:10:00]({WATCH}4200s) [02:20:00]({WATCH}8400s) [03:05:00]({WATCH}11100s)",
    ),
    Row(
        "cleared, but in a comment",
        f"{HEAD}%% «{anchor('04:10:33')}» %%",
        notes={"b.md": f"{HEAD}{TRUE}"},
        message="comment",
    ),
    Row("not cleared", f"{HEAD}x {anchor('04:10:33')}", notes={"b.md": f"{HEAD}{anchor('00:10:33')}"}),
    Row("shifted", f"{HEAD}## x {anchor('10:50:00', '10:50')}"),
    Row("malformed", f"{HEAD}## x {anchor('N/A')}"),
    Row("linked", f"{HEAD}## x {LINK}\n"),
    Row("no heading", f"{HEAD}x {A}"),
    Row("no video", f"## x {A}"),
)

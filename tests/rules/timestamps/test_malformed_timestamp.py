"""Stamps gone wrong, and what they meant."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


GOOD = anchor("00:06:10")

test_malformed_timestamp = table(
    "malformed-timestamp",
    Row("a broken class", f"{HEAD}x «{GOOD.replace('class=', 'class=yt=')}»", f"{HEAD}x {GOOD}"),
    Row("quotes in quotes", f"{HEAD}x «{GOOD.replace('class=', 'class=' + chr(34) + 'yt=')}» y", f"{HEAD}x {GOOD} y"),
    Row(
        "another attribute",
        f"{HEAD}x «{GOOD.replace('data-t', 'data')}»",
        f"{HEAD}x {GOOD}",
        message="tag is broken; it means 00:06:10",
    ),
    Row("a span", f"{HEAD}x «<span data-t={chr(34)}00:06:10{chr(34)}> [00:06:10]</span>».", f"{HEAD}x {GOOD}."),
    Row("a bracket too many", f"{HEAD}x «{anchor('00:06:10]', '00:06:10')}»", f"{HEAD}x {GOOD}"),
    Row("no end", f"{HEAD}x «{GOOD.removesuffix('</a>')}» and text", f"{HEAD}x {GOOD} and text", message="no `</a>`"),
    Row("no end of the tag", f"{HEAD}x «{GOOD.replace('>[', '[')}» and text", f"{HEAD}x {GOOD} and text"),
    Row(
        "a range for a target",
        f"{HEAD}x «<a class={chr(34)}yt-timestamp{chr(34)} data-t={chr(34)}00:06:10]-[00:07:00]</a>» y",
        f"{HEAD}x {GOOD} y",
    ),
    Row("a placeholder", f"{HEAD}x «{anchor('HH:MM:SS', '00:06:10')}»", f"{HEAD}x {GOOD}"),
    Row(
        "a placeholder and a late label",
        f"{HEAD}x «{anchor('HH:MM:SS', '06:10:00')}»",
        unsafe=f"{HEAD}x {anchor('06:10:00')}",
        message="most likely",
    ),
    Row("nothing at all", f"{HEAD}x «{anchor('N/A')}»", message="cannot be told"),
    Row("frames", f"{HEAD}x «{anchor('01:00:17:51')}»", f"{HEAD}x {anchor('01:00:17')}"),
    Row("frames or a zero too many", f"{HEAD}x «{anchor('00:01:10:02')}»", unsafe=f"{HEAD}x {anchor('00:01:10')}"),
    Row("a lost zero", f"{HEAD}x «{anchor('00:5:52')}»", unsafe=f"{HEAD}x {anchor('00:05:52')}"),
    Row(
        "a lost zero that the label has",
        f"{HEAD}x «{anchor('00:5:52', '5:52')}»",
        f"{HEAD}x {anchor('00:05:52', '5:52')}",
    ),
    Row("a lost field", f"{HEAD}x «{anchor('01:26:', '')}»", unsafe=f"{HEAD}x {anchor('00:01:26')}"),
    Row(
        "label and target differ",
        f"{HEAD}x «{GOOD.replace('data-t', 'data').replace('[00:06', '[00:16')}»",
        unsafe=f"{HEAD}x {GOOD}",
    ),
    Row(
        "words for a label",
        f"{HEAD}x «{GOOD.replace('data-t', 'data').replace('[00:06:10]', '[the start]')}»",
        f"{HEAD}x {anchor('00:06:10', 'the start')}",
    ),
    Row("as a link's target", f"{HEAD}x «[00:06:10]({anchor('HH:MM:SS', '00:06:10')})»", f"{HEAD}x {GOOD}"),
    Row("bare frames", f"{HEAD}x «[01:00:17:51]»", f"{HEAD}x [01:00:17]"),
    Row("a wikilink with frames", f"{HEAD}x «[[01:00:17:51]]»", f"{HEAD}x [01:00:17]"),
    Row("in a list", f"{HEAD}x [00:11:02, «001:12:04»]", f"{HEAD}x [00:11:02, 01:12:04]"),
    Row(
        "a start time",
        f"{HEAD}x «[1:06](https://youtu.be/aBcD_-12-4w?si=x&t=55t)»",
        f"{HEAD}x [1:06](https://youtu.be/aBcD_-12-4w?si=x&t=66s)",
    ),
    Row("another `href`", f"{HEAD}x «<a href={chr(34)}#fn:1{chr(34)} {GOOD[3:]}»", unsafe=f"{HEAD}x {GOOD}"),
    Row("an empty `href`", f"{HEAD}x «<a href={chr(34)}{chr(34)} {GOOD[3:]}»", f"{HEAD}x {GOOD}"),
    Row("a backslash", f"{HEAD}x (\\{GOOD})".replace("\\<", "«\\<").replace("/a>", "/a>»"), unsafe=f"{HEAD}x ({GOOD})"),
    Row("in a heading", f"{HEAD}## x «{anchor('00:06:10]', '00:06:10')}»", message="by hand"),
    Row("in a wikilink", f"{HEAD}[[note|x «{anchor('00:06:10]', '00:06:10')}»]]", message="by hand"),
    Row("in code", f"{HEAD}`{anchor('N/A')}`"),
    Row("no video", "x «" + anchor("00:06:10]", "00:06:10") + "»", f"x {GOOD}"),
    Row("well-formed", f"{HEAD}x {GOOD} {anchor('12:34')} {anchor('00:06:10', '6:10')} [00:06:10] [[00:06:10]]"),
    Row("an ordinary tag", f'{HEAD}x <a href="https://example.com/data-t">y</a> <span class="z">00:06</span>'),
)

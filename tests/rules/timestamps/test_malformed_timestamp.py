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
    Row(
        "a last field rounded up",
        f"{HEAD}x «[00:06:60]» y",
        unsafe=f"{HEAD}x [00:07:00] y",
        message="it means 00:07:00",
    ),
    Row(
        "rounded up, to a full hour and in minutes",
        f"{HEAD}x «[00:59:60]» «[1:60:00]» «[01:60:00]» «[[00:01:60]]» ^[«00:06:60»]",
        unsafe=f"{HEAD}x [01:00:00] [2:00:00] [02:00:00] [00:02:00] ^[00:07:00]",
    ),
    Row(
        "more seconds than a minute has, below an hour",
        f"{HEAD}[00:06:50] «[00:06:75]» [00:07:30]",
        message="cannot be told",
    ),
    Row(
        "a range whose start was rounded up keeps its end",
        f"{HEAD}x «[00:06:60-00:08:00](https://youtu.be/aBcD_-12-4w?t=420)» «[00:06:60–00:07:60]»",
        f"{HEAD}x [00:07:00-00:08:00](https://youtu.be/aBcD_-12-4w?t=420) [00:06:60–00:07:60]",
        unsafe=f"{HEAD}x [00:07:00-00:08:00](https://youtu.be/aBcD_-12-4w?t=420) [00:07:00–00:08:00]",
    ),
    Row(
        "a label in bold stays so",
        f"{HEAD}x «[**00:06:60**](https://youtu.be/aBcD_-12-4w?t=420)»",
        f"{HEAD}x [**00:07:00**](https://youtu.be/aBcD_-12-4w?t=420)",
    ),
    Row("a date in another tool's tag", f'{HEAD}<span data-timestamp="2024-01-01T10:20:30">10:20</span>'),
    Row(
        "a broken tag does not settle what is shifted",
        f'{HEAD}x «<a class="yt="yt-timestamp" data-t="10:50:28">[10:50]</a>»',
        unsafe=f'{HEAD}x <a class="yt-timestamp" data-t="00:10:50">[10:50]</a>',
    ),
    Row("hundredths, not rounded", f"{HEAD}x «[29:14:60]»", unsafe=f"{HEAD}x [00:29:14]"),
    Row(
        "rounded up, in a link",
        f"{HEAD}x «[00:06:60]({WATCH}420s)» «[5:60](https://youtu.be/aBcD_-12-4w?t=359.6)» «[~5:60]({WATCH}360s)» [6:00]({WATCH}360s)",
        f"{HEAD}x [00:07:00]({WATCH}420s) [6:00](https://youtu.be/aBcD_-12-4w?t=359.6) [~6:00]({WATCH}360s) [6:00]({WATCH}360s)",
        message="its label is no clock; it means",
    ),
    Row(
        "rounded up, in a link to another second",
        f"{HEAD}x «[00:06:60]({WATCH}370s)» «[00:06:60](https://youtu.be/aBcD_-12-4w)»",
        unsafe=f"{HEAD}x [00:06:10]({WATCH}370s) [00:07:00](https://youtu.be/aBcD_-12-4w)",
    ),
    Row(
        "rounded up, in an ordinary anchor",
        f"{HEAD}x «<a href={chr(34)}{WATCH}420{chr(34)}>[00:06:60]</a>»",
        f"{HEAD}x <a href={chr(34)}{WATCH}420{chr(34)}>[00:07:00]</a>",
    ),
    Row(
        "rounded up, in an anchor",
        f"{HEAD}x «{anchor('00:06:60', '6:60')}» «{anchor('00:06:60', '00:07:00')}» «{anchor('00:07:00', '00:06:60')}»",
        f"{HEAD}x {anchor('00:06:60', '6:60')} {anchor('00:07:00')} {anchor('00:07:00')}",
        f"{HEAD}x {anchor('00:07:00')} {anchor('00:07:00')} {anchor('00:07:00')}",
    ),
    Row("a range rounded up", f"{HEAD}x «[00:05:10 – 00:06:60]»", unsafe=f"{HEAD}x [00:05:10 – 00:07:00]"),
    Row("two fields rounded up", f"{HEAD}[05:10] «[05:60]» [62:10]", unsafe=f"{HEAD}[05:10] [06:00] [62:10]"),
    Row("two fields, which may be anything", f"{HEAD}x [5:60] [16:9] y"),
    Row("fewer digits in a link's label", f"{HEAD}x [1:2:3]({WATCH}3723s) [0:5]({WATCH}5s)"),
    Row("frames in a link's label", f"{HEAD}x «[01:00:17:51]({WATCH}3617s)»", f"{HEAD}x [01:00:17]({WATCH}3617s)"),
    Row(
        "a wikilink's label before a URL",
        f"{HEAD}x «[[00:06:60]](https://youtu.be/aBcD_-12-4w?t=420)»",
        f"{HEAD}x [00:07:00](https://youtu.be/aBcD_-12-4w?t=420)",
    ),
    Row(
        "a clip",
        f"{HEAD}x [6:10]({WATCH}6m10s#t=370,380) [6:10](https://www.youtube.com/watch?v=aBcD_-12-4w#t=06:10,06:20) «[6:10]({WATCH}1x#t=370,380)»",
        f"{HEAD}x [6:10]({WATCH}6m10s#t=370,380) [6:10](https://www.youtube.com/watch?v=aBcD_-12-4w#t=06:10,06:20) [6:10]({WATCH}370s#t=370,380)",
    ),
    Row(
        "a bare URL in brackets",
        f"{HEAD}x\n[https://youtu.be/aBcD_-12-4w?t=11260]: y https://youtu.be/aBcD_-12-4w?t=112，z «https://youtu.be/aBcD_-12-4w?t=55t»",
    ),
    Row(
        "templates",
        f'{HEAD}[06:10](https://youtu.be/{{VIDEO_ID}}?t={{seconds}}) <https://youtu.be/{{{{id}}}}?t=> <a class="yt-timestamp" data-t="{{{{t}}}}">[{{{{t}}}}]</a> '
        '<a class="yt-timestamp" href="{{u}}" data-t="{{t}}">[00:06:10]</a>',
    ),
    Row(
        "other tools' tags",
        f'{HEAD}x <span class="timestamp-seek" data-seconds="370">06:10</span> <span data-position="22" data-size="32">x</span> '
        '<span data-time-zone="3">4</span> <a data-title="22" data-track="00:06:10">06:10</a> <a href="#" data-time="370">06:10</a> '
        '<span data-status="3">3</span> <a class="internal-link" data-href="05:10" href="05:10">x</a> <a data-timestamp="370">6:10</a> '
        '<a class="seek" data-timestamp="06:10">6:10</a> <span data-t="3">x</span> <a class="yt-lite">06:10</a> <a href="10:30-x.md">06:10</a>',
    ),
    Row(
        "tags as real notes have them wrong",
        f'{HEAD}«<a data="00:06:10">[00:06:10]</a>» «<a data-timestamp="00:06:10">[00:06:10]</a>» «<a data=t="00:06:10">[00:06:10]</a>» '
        '«<a data-00:06:10">[00:06:10]</a>» «<a href="00:06:10">[00:06:10]</a>» «<a%20class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>» '
        '«<a class="yt:timestamp" data-t="00:06:10">[00:06:10]</a>» «<a class="seek" data-t="00:06:10">[00:06:10]</a>»',
        f"{HEAD}{' '.join([GOOD] * 8)}",
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

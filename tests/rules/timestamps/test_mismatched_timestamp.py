"""Label and target that differ."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


def site_anchor(clock: str, start: str, label: str) -> str:
    """The anchor of a site: with a URL besides its `data-t`."""
    return f'<a class="yt-timestamp" data-t="{clock}" href="https://youtu.be/aBcD_-12-4w{start}">[{label}]</a>'


test_mismatched_timestamp = table(
    "mismatched-timestamp",
    Row("an anchor", f"{HEAD}x «{anchor('00:06:10', '00:16:10')}»", message="reads 00:16:10 and leads to 00:06:10"),
    Row("an anchor as a link's target", f"{HEAD}x «[00:16:10]({anchor('00:06:10')})»"),
    Row("a range", f"{HEAD}x «{anchor('00:06:10', '00:06:00-00:07:00')}»"),
    Row("a link", f"{HEAD}x «[1:06]({WATCH}106s)»", message="reads 1:06 and leads to 00:01:46"),
    Row(
        "a link without a start",
        f"{HEAD}x «[1:06](https://youtu.be/aBcD_-12-4w)»",
        f"{HEAD}x [1:06](https://youtu.be/aBcD_-12-4w?t=66s)",
    ),
    Row("a link to another video, without a start", f"{HEAD}x «[1:06](https://youtu.be/0123456789A)»"),
    Row("a clock before words", f"{HEAD}x «[6:10 Weights](https://youtu.be/aBcD_-12-4w?t=170)»", message="reads 6:10"),
    Row(
        "a clock in other signs",
        f"{HEAD}«[▶ 06:10](https://youtu.be/aBcD_-12-4w?t=17)» «[**06:10**](https://youtu.be/aBcD_-12-4w?t=17)»",
    ),
    Row("seconds", f"{HEAD}«[370s](https://youtu.be/aBcD_-12-4w?t=17)» [370s](https://youtu.be/aBcD_-12-4w?t=370)"),
    Row(
        "labels that agree",
        f"{HEAD}[6:10 Weights](https://youtu.be/aBcD_-12-4w?t=370) [(06:10)](https://youtu.be/aBcD_-12-4w?t=370)",
    ),
    Row("a link to another video", "x «[1:06](https://youtu.be/0123456789A?t=106)»"),
    Row(
        "an anchor whose href leads elsewhere",
        f"{HEAD}x «{site_anchor('00:03:02', '?t=3782', '00:03:02')}» y",
        unsafe=f"{HEAD}x {site_anchor('00:03:02', '?t=182', '00:03:02')} y",
        message="its `data-t` names 00:03:02, and its `href` leads to 01:03:02",
    ),
    Row(
        "an anchor whose data-t names another second than its href and its label",
        f"{HEAD}x «{site_anchor('00:03:02', '?t=3782', '1:03:02')}» y",
        unsafe=f"{HEAD}x {site_anchor('01:03:02', '?t=3782', '1:03:02')} y",
    ),
    Row(
        "an anchor whose href leads to the start",
        f"{HEAD}x «{site_anchor('00:03:02', '', '3:02')}» y",
        unsafe=f"{HEAD}x {site_anchor('00:03:02', '?t=182s', '3:02')} y",
    ),
    Row(
        "an anchor whose clocks all differ",
        f"{HEAD}x «{site_anchor('00:03:02', '?t=3782', '2:03:02')}» y",
        message="look which",
    ),
    Row("words, and two seconds", f"{HEAD}x «{site_anchor('00:03:02', '?t=3782', 'here')}» y", message="look which"),
    Row(
        "two seconds of another video",
        f"{HEAD}x «{site_anchor('00:03:02', '?t=3782', '00:03:02').replace('aBcD_-12-4w', '0123456789A')}» y",
        message="look which",
    ),
    Row(
        "two seconds in a heading",
        f"{HEAD}## x «{site_anchor('00:03:02', '?t=3782', '00:03:02')}»",
        message="look which",
    ),
    Row(
        "an href that agrees",
        f"{HEAD}x {site_anchor('00:03:02', '?t=182', '00:03:02')} {site_anchor('00:03:02', '?t=183s', 'here')}",
    ),
    Row("a link to nowhere", f"{HEAD}x «[00:06:10](#t=00:16:10)»"),
    Row(
        "a label with a field too many",
        f"{HEAD}x «{anchor('00:08:47', '08:47:00')}» y",
        unsafe=f"{HEAD}x {anchor('00:08:47')} y",
        message="reads 08:47:00, hours and minutes in the place of minutes and seconds: it means 00:08:47",
    ),
    Row(
        "a label of more hours than a video has",
        f"{HEAD}x «{anchor('00:58:47', '58:47:12')}» y",
        f"{HEAD}x {anchor('00:58:47')} y",
    ),
    Row(
        "a label of more hours than the video has",
        f"---\nvideoId: aBcD_-12-4w\nduration: 45:00\n---\n\nx «{anchor('00:01:20', '1:20:00')}» y",
        f"---\nvideoId: aBcD_-12-4w\nduration: 45:00\n---\n\nx {anchor('00:01:20', '0:01:20')} y",
    ),
    Row(
        "a link's label with a field too many",
        f"{HEAD}x «[08:47:00]({WATCH}527)» y",
        unsafe=f"{HEAD}x [00:08:47]({WATCH}527) y",
    ),
    Row("a label of minutes", f"{HEAD}x «{anchor('00:00:08', '00:08:00')}»", message="look which is right"),
    Row("a heading's label with a field too many", f"{HEAD}## x «{anchor('00:08:47', '08:47:00')}»", message="by hand"),
    Row("in a heading", f"{HEAD}## x «{anchor('00:06:10', '00:16:10')}»"),
    Row("in code", f"{HEAD}`{anchor('00:06:10', '00:16:10')}`"),
    Row(
        "another way to write it",
        f"{HEAD}x {anchor('00:06:10', '6:10')} {anchor('1:02:03', '62:03')} [1:06]({WATCH}66s) [~1:06]({WATCH}66s)",
    ),
    Row(
        "a rounded start",
        f"{HEAD}x [1:06]({WATCH}65s) [0:05](https://youtu.be/aBcD_-12-4w?t=5.07) [0:00](https://youtu.be/aBcD_-12-4w)",
    ),
    Row("words", f"{HEAD}x {anchor('00:06:10', 'the start')} [at the start]({WATCH}66s)"),
    Row("shifted, as the label says", f"{HEAD}x {anchor('10:50:00', '10:50')}"),
    Row("malformed", f"{HEAD}x {anchor('00:5:52', '00:16:10')}"),
)

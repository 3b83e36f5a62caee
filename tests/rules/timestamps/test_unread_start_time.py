"""`unread-start-time`: every way of writing one that YouTube passes over, and what it reads."""

from __future__ import annotations

import pytest

from processor.parse.starts import find_unread_start
from processor.parse.youtube import read_url
from tests.tables import Row, table

ID = "aBcD_-12-4w"
WATCH = f"https://www.youtube.com/watch?v={ID}"
SHORT = f"https://youtu.be/{ID}"


def row(
    name: str, url: str, mended: str | None = None, *, unsafe: bool = False, label: str = "", message: str = ""
) -> Row:
    """A link with this URL, and the URL after the fix."""
    head, behind = f"So [{label or 'he says'}](", ") it is.\n"
    fixed = f"{head}{mended}{behind}" if mended else None
    return Row(
        name,
        f"{head}{url}{behind}",
        None if unsafe else fixed,
        fixed,
        message=message,
    )


test = table(
    "unread-start-time",
    row(
        "a clock in the fragment", f"«{WATCH}#t=00:00:31»", f"{WATCH}&t=31s#t=00:00:31", message="no clock behind `#t=`"
    ),
    row("the same, no query", f"«{SHORT}#t=06:10»", f"{SHORT}?t=370s#t=06:10", label="06:10"),
    row("joined on by `&`", f"«{SHORT}&t=119s»", f"{SHORT}?t=119s", message="`t=119s` is joined on by a wrong sign"),
    row("joined on by `?`", f"«{WATCH}?t=119»", f"{WATCH}&t=119"),
    row("a second `?`", f"«{SHORT}?si=x?t=1m59s&pp=y»", f"{SHORT}?si=x&t=1m59s&pp=y", label="1:59"),
    row("a clock in the query", f"«{WATCH}&t=00:06:10»", f"{WATCH}&t=370s"),
    row("words", f"«{WATCH}&t=28min40s»", f"{WATCH}&t=1720s"),
    row("a clock that is none", f"«{WATCH}&t=9:9»", f"{WATCH}&t=549s", unsafe=True),
    row(
        "an embedding URL",
        f"«https://www.youtube.com/embed/{ID}?t=31s»",
        f"https://www.youtube.com/embed/{ID}?start=31",
    ),
    row("two start times, and no label", f"«{WATCH}&t=10&t=20»", message="several start times, 10 and 20 seconds"),
    row("two, and the label says which", f"«{WATCH}&t=370&start=20»", f"{WATCH}&t=370", label="6:10", unsafe=True),
    row(
        "two, and the fragment is wrong",
        f"«{WATCH}&t=370#t=00:12»",
        f"{WATCH}&t=370#t=06:10",
        label="6:10",
        unsafe=True,
    ),
    Row("bare, and a sentence ends", f"See «{SHORT}&t=70s».\n", f"See {SHORT}?t=70s.\n"),
    Row("in angle brackets", f"See <«{SHORT}&t=70s»>.\n", f"See <{SHORT}?t=70s>.\n"),
    Row(
        "in a table",
        f"| a |\n|---|\n| [1:10](«{SHORT}&t=70s») |\n",
        f"| a |\n|---|\n| [1:10]({SHORT}?t=70s) |\n",
        containers=False,
    ),
    Row(
        "an anchor",
        f'A <a class="yt-timestamp" data-t="00:00:31" href="«{WATCH}#t=00:00:31»">[00:00:31]</a>\n',
        f'A <a class="yt-timestamp" data-t="00:00:31" href="{WATCH}&t=31s#t=00:00:31">[00:00:31]</a>\n',
    ),
    Row("a heading has links to it", f"# [0:31](«{WATCH}#t=00:00:31»)\n"),
    Row("its title stays", f'[0:31](«{SHORT}&t=31» "At last")\n', f'[0:31]({SHORT}?t=31 "At last")\n'),
    *(
        row(f"read: {url}", url, label=label)
        for url, label in [
            (f"{WATCH}&t=370", "6:10"),
            (f"{WATCH}&t=370s", ""),
            (f"{WATCH}&t=6m10s", "06:10"),
            (f"{WATCH}&t=1h", "1:00:00"),
            (f"{WATCH}&t=5.07", ""),
            (f"{WATCH}&t=5.07s", "0:05"),
            (f"{WATCH}&amp;t=370", ""),
            (f"{WATCH}#t=31s", ""),
            (f"{WATCH}#t=31", ""),
            (f"{WATCH}&time_continue=31", ""),
            (f"{WATCH}&t=370#t=06:10.25", "06:10"),
            (f"{WATCH}&t=370&t=370s", ""),
            (f"{SHORT}?t=119&si=x", ""),
            (f"https://www.youtube.com/embed/{ID}?start=31", ""),
            (WATCH, ""),
        ]
    ),
    row("a clip", f"{WATCH}#t=06:10,06:20", label="06:10"),
    row("a clip to the end", f"{WATCH}#t=06:10,e", label="06:10"),
    row("malformed-timestamp says it", f"{WATCH}&t=s"),
    row("mismatched-timestamp says it", f"{SHORT}&t=119s", label="6:10"),
    row("wrong-video says it", "https://www.youtube.com/watch?v=example#t=01:14:56"),
    Row("an embed has another reader", f"![]({SHORT}&t=70s)\n"),
    Row("code", f"`[0:31]({SHORT}&t=31)`\n"),
)


@pytest.mark.parametrize("sign", ["?", "&", "&amp;", "#"])
@pytest.mark.parametrize("start", ["t=31", "t=0:31", "t=00:00:31", "start=31", "t=1m2s", "t=9:9"])
@pytest.mark.parametrize("host", [WATCH, SHORT, f"https://www.youtube.com/embed/{ID}", f"{SHORT}?si=x", f"{WATCH}#x"])
def test_what_is_mended_is_read(host: str, start: str, sign: str) -> None:
    url = f"{host}{sign}{start}"
    found = find_unread_start(url)
    if found:
        assert find_unread_start(found.url) is None
        assert read_url(found.url)[:2] == read_url(url)[:2]

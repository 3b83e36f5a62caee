"""Ids, URLs and clocks, read and written."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.parse.starts import find_unread_start, is_template
from processor.parse.youtube import (
    MAX_CLOCK,
    VideoUrl,
    find_video_id,
    is_possible_video_id,
    is_video_id,
    read_clock,
    read_start,
    read_url,
    set_start,
    write_clock,
    write_url,
)
from tests.growth import LINEAR, growth

ID = "aBcD_-12-4w"


@pytest.mark.parametrize(
    ("text", "valid", "possible"),
    [
        (ID, True, True),
        ("-V7ovjYG2vg", True, True),
        ("01234567012", True, False),
        ("aBcD_-12-4", False, False),
        ("aBcD_-12-4wx", False, False),
        ("aBcD_-12-4w\n", False, False),
        ("aBcD_ 12-4w", False, False),
        ("äBcD_-12-4w", False, False),
        ("", False, False),
    ],
)
def test_video_ids(text, valid, possible):
    assert (is_video_id(text), is_possible_video_id(text)) == (valid, possible)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:06:10", 370),
        ("0:06:10", 370),
        ("6:10", 370),
        ("06:10", 370),
        ("110:26", 6626),
        ("23:59:59", 86399),
        ("0:00", 0),
        *(
            (text, None)
            for text in ("6:1", "00:6:10", "00:43:0", "001:00:23", "00:60:00", "00:00:60", "1:60", "370", "01:26:")
        ),
        *(
            (text, None)
            for text in (":9:02", "01:00:17:51", "04:27:819", "HH:MM:SS", "N/A", "", "0６:10", "06:10\n", " 06:10")
        ),
    ],
)
def test_clocks(text, seconds):
    assert read_clock(text) == seconds


@given(st.integers(0, MAX_CLOCK), st.sampled_from(["00:00:00", "0:00:00", "00:00", "0:00"]))
def test_a_written_clock_reads_back(seconds, like):
    assert read_clock(write_clock(seconds, like)) == seconds


@pytest.mark.parametrize("seconds", [-1, MAX_CLOCK + 1])
def test_no_clock_beyond_its_digits(seconds):
    with pytest.raises(ValueError, match="no clock"):
        write_clock(seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("370", 370),
        ("370s", 370),
        ("370S", 370),
        ("6m10s", 370),
        ("6m10", 370),
        ("1h2m3s", 3723),
        ("1h2m", 3720),
        ("1h", 3600),
        ("1h3s", 3603),
        ("28min40s", 1720),
        ("5.07", 5),
        ("5.07s", 5),
        ("9:9", 549),
        ("00:24:20", 1460),
        ("0", 0),
        *((text, None) for text in ("", "s", "55t", "h", "m", "1s2m", "-5", "t=5", "9" * 5000, "1" * 5000 + "h", "١٢")),
    ],
)
def test_start_times(text, seconds):
    assert read_start(text) == seconds


@given(st.integers(0, 10**6))
def test_a_start_time_reads_back_in_all_notations(seconds):
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    for text in (
        f"{seconds}",
        f"{seconds}s",
        f"{hour}h{minute}m{second}s",
        f"{minutes}m{second}s",
        f"{minutes}min{second}",
        f"{seconds}.99",
    ):
        assert read_start(text) == seconds
    if hour < 1000:
        assert read_start(f"{hour}:{minute}:{second}") == seconds


URLS = [
    # URL, seconds, with a start of 99 seconds
    (f"https://www.youtube.com/watch?v={ID}", None, f"https://www.youtube.com/watch?v={ID}&t=99s"),
    (f"https://www.youtube.com/watch?v={ID}&t=370s", 370, f"https://www.youtube.com/watch?v={ID}&t=99s"),
    (f"https://www.youtube.com/watch?t=64&v={ID}", 64, f"https://www.youtube.com/watch?t=99&v={ID}"),
    (
        f"https://www.youtube.com/watch?v={ID}&list=PLx&index=3",
        None,
        f"https://www.youtube.com/watch?v={ID}&list=PLx&index=3&t=99s",
    ),
    (f"https://m.youtube.com/watch?v={ID}#t=00:24:20", 1460, f"https://m.youtube.com/watch?v={ID}#t=99s"),
    (f"https://m.youtube.com/watch?v={ID}#section", None, f"https://m.youtube.com/watch?v={ID}&t=99s#section"),
    (f"https://music.youtube.com/watch?v={ID}&start=5", 5, f"https://music.youtube.com/watch?v={ID}&start=99"),
    (
        f"http://youtube.com/watch?v={ID}&time_continue=370&feature=x",
        370,
        f"http://youtube.com/watch?v={ID}&time_continue=99&feature=x",
    ),
    (f"youtube.com/watch?v={ID}&amp;t=1h2m3s", 3723, f"youtube.com/watch?v={ID}&amp;t=99s"),
    (f"HTTPS://WWW.YouTube.com/watch?V={ID}", None, f"HTTPS://WWW.YouTube.com/watch?V={ID}&t=99s"),
    (f"https://youtu.be/{ID}", None, f"https://youtu.be/{ID}?t=99s"),
    (f"https://youtu.be/{ID}?si=abc&t=6m10s", 370, f"https://youtu.be/{ID}?si=abc&t=99s"),
    (f"https://youtu.be/{ID}?t=5.07", 5, f"https://youtu.be/{ID}?t=99s"),
    (f"https://youtu.be/{ID}?t=28min40s#x", 1720, f"https://youtu.be/{ID}?t=99s#x"),
    (f"https://youtu.be/{ID}&t=70s", 70, f"https://youtu.be/{ID}?t=99s"),
    (f"https://youtu.be/{ID}?t=", None, f"https://youtu.be/{ID}?t=99s"),
    (f"https://youtu.be/{ID}?t=55t", None, f"https://youtu.be/{ID}?t=99s"),
    (f"https://www.youtube.com/watch?v={ID}?t=285", 285, f"https://www.youtube.com/watch?v={ID}&t=99"),
    (f"https://www.youtube.com/watch?v={ID}&t=1&t=2", 1, f"https://www.youtube.com/watch?v={ID}&t=99"),
    (f"https://www.youtube.com/watch?v={ID}&t=1#t=2", 1, f"https://www.youtube.com/watch?v={ID}&t=99"),
    (f"https://www.youtube.com/watch?v={ID}&t=370#t=06:10", 370, f"https://www.youtube.com/watch?v={ID}&t=99#t=01:39"),
    (
        f"https://www.youtube.com/shorts/{ID}?feature=share",
        None,
        f"https://www.youtube.com/shorts/{ID}?feature=share&t=99s",
    ),
    (f"https://www.youtube.com/live/{ID}?si=x", None, f"https://www.youtube.com/live/{ID}?si=x&t=99s"),
    (f"https://www.youtube.com/embed/{ID}", None, f"https://www.youtube.com/embed/{ID}?start=99"),
    (
        f"https://www.youtube-nocookie.com/embed/{ID}?start=7",
        7,
        f"https://www.youtube-nocookie.com/embed/{ID}?start=99",
    ),
    (f"https://www.youtube.com/v/{ID}", None, f"https://www.youtube.com/v/{ID}?t=99s"),
    (f"https://studio.youtube.com/video/{ID}/edit", None, f"https://studio.youtube.com/video/{ID}/edit?t=99s"),
]


@pytest.mark.parametrize(("url", "seconds", "at_99"), URLS, ids=[u[0] for u in URLS])
def test_urls(url, seconds, at_99):
    found = read_url(url)
    assert found is not None
    assert (found.video_id, found.seconds) == (ID, seconds)
    assert find_video_id(url) == ID
    if found.start_span:
        assert url[slice(*found.start_span)] == found.start
    assert set_start(url, 99) == at_99
    assert read_url(set_start(url, 99))[:2] == (ID, 99)
    assert read_url(set_start(url, None)) == VideoUrl(ID, None)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/watch?v=" + ID,
        "https://notyoutube.com/watch?v=" + ID,
        "https://youtube.com.example.org/watch?v=" + ID,
        "https://www.youtube.comet/watch?v=" + ID,
        ID,
        "",
    ],
)
def test_urls_of_others(url):
    assert read_url(url) is None
    assert find_video_id(url) is None
    assert set_start(url, 5) == url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/",
        "https://www.youtube.com/@channel",
        "https://www.youtube.com/watch?v=example",
        "https://www.youtube.com/watch?v=00:01:01",
        f"https://www.youtube.com/watch?v={ID}x",
        "https://www.youtube.com/embed/videoseries?list=PLx",
        "https://www.youtube.com/embed/live_stream?channel=x",
        "https://youtu.be/XYZ",
        f"https://www.youtube.com/playlist?list={ID}",
    ],
)
def test_urls_of_no_video(url):
    assert read_url(url).video_id == ""
    assert find_video_id(url) is None


@pytest.mark.parametrize(
    ("url", "seconds", "at_375", "at_400"),
    [
        ("watch?v=aBcD_-12-4w&t=6m10s#t=370,380", 370, "watch?v=aBcD_-12-4w&t=375s#t=375,380", "watch?v=aBcD_-12-4w&t=400s"),
        ("watch?v=aBcD_-12-4w#t=06:10,06:20", 370, "watch?v=aBcD_-12-4w#t=06:15,06:20", "watch?v=aBcD_-12-4w#t=400s"),
        ("watch?v=aBcD_-12-4w&t=1x#t=370,380", None, "watch?v=aBcD_-12-4w&t=375s#t=375,380", "watch?v=aBcD_-12-4w&t=400s"),
        ("watch?v=aBcD_-12-4w&t=1#t=360", 1, "watch?v=aBcD_-12-4w&t=375", "watch?v=aBcD_-12-4w&t=400"),
        ("watch?v=aBcD_-12-4w#t=06:10,e", 370, "watch?v=aBcD_-12-4w#t=06:15,e", "watch?v=aBcD_-12-4w#t=06:40,e"),
        ("watch?v=aBcD_-12-4w&t=1,900", None, "watch?v=aBcD_-12-4w&t=375s", "watch?v=aBcD_-12-4w&t=400s"),
        ("watch?v=aBcD_-12-4w#t=6,x", None, "watch?v=aBcD_-12-4w#t=375s", "watch?v=aBcD_-12-4w#t=400s"),
        ("watch?v=aBcD_-12-4w#t=6,9,12", None, "watch?v=aBcD_-12-4w#t=375s", "watch?v=aBcD_-12-4w#t=400s"),
    ],
)  # fmt: skip
def test_a_clip_keeps_its_end(url, seconds, at_375, at_400):
    host = "https://www.youtube.com/"
    assert read_url(host + url).seconds == seconds
    assert set_start(host + url, 375) == host + at_375
    assert set_start(host + url, 400) == host + at_400
    assert set_start(host + url, None) == f"{host}watch?v=aBcD_-12-4w"


def test_written_urls():
    assert write_url(ID, 370) == f"https://www.youtube.com/watch?v={ID}&t=370s"
    assert write_url(ID, 370, "short") == f"https://youtu.be/{ID}?t=370s"
    assert write_url(ID) == f"https://www.youtube.com/watch?v={ID}"
    assert write_url(ID, 370, media=True) == f"https://www.youtube.com/watch?v={ID}&t=370#t=06:10"
    assert write_url(ID, 3723, "short", media=True) == f"https://youtu.be/{ID}?t=3723#t=1:02:03"
    assert write_url(ID, 370, TEMPLATE) == f"https://youtu.be/{ID}?si=x&t=370&pp=y"
    assert write_url(ID, 370, TEMPLATE, media=True) == f"https://youtu.be/{ID}?si=x&t=370&pp=y#t=06:10"
    assert write_url(ID, None, TEMPLATE) == f"https://youtu.be/{ID}?si=x&pp=y"
    with pytest.raises(ValueError, match="no video id"):
        write_url("a)b", 5)


TEMPLATE = "https://youtu.be/{id}?si=x&t={seconds}&pp=y"


@given(
    st.integers(0, MAX_CLOCK), st.integers(0, MAX_CLOCK), st.sampled_from(["watch", "short", TEMPLATE]), st.booleans()
)
def test_a_written_url_reads_back(seconds, other, style, media):
    url = write_url(ID, seconds, style, media=media)
    assert read_url(url)[:2] == (ID, seconds)
    assert find_unread_start(url) is None
    assert set_start(url, other) == write_url(ID, other, style, media=media)


@pytest.mark.parametrize(
    ("template", "good"),
    [
        ("https://youtu.be/{id}?t={seconds}", True),
        ("https://m.youtube.com/watch?v={id}&t={seconds}s", True),
        ("https://www.youtube.com/embed/{id}?start={seconds}", True),
        ("https://www.youtube.com/watch?v={id}#t={seconds}s", True),
        ("https://youtu.be/{id}&t={seconds}", False),  # YouTube does not read it
        ("https://www.youtube.com/embed/{id}?t={seconds}", False),
        ("https://youtu.be/{id}", False),
        ("https://youtu.be/{id}?t=3723", False),
        ("https://youtu.be/{seconds}?t={id}", False),
        ("https://youtu.be/{id}?x={title}&t={seconds}", False),
        ("https://example.com/{id}?t={seconds}", False),
        ("youtu.be/{id}?t={seconds}", False),
        ("https://youtu.be/{id}?t={seconds})", False),
        ("https://youtu.be/{id} ?t={seconds}", False),
        ("long", False),
    ],
)
def test_templates(template, good):
    assert is_template(template) is good


PIECES = [*"?&#=:/.t0159sv ", "t=", "v=", "start=", ID, "youtu.be", "https://", "www.youtube.com/watch", "&amp;"]
NOISE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(NOISE)
def test_readers_never_raise(text):
    for url in (text, "https://youtu.be/" + text, "https://www.youtube.com/watch?" + text):
        found = read_url(url)
        moved = set_start(url, 42)
        if found is not None:
            again = read_url(moved)
            assert again is not None
            assert again.seconds == 42
            assert again.video_id == found.video_id
            assert set_start(moved, 42) == moved
    read_clock(text)
    read_start(text)


@pytest.mark.parametrize("piece", ["1", ":", "1:", "&t=1", "?", "#", "&amp;", "m", "1m", "youtu.be/", "/embed/"])
class TestLong:
    @staticmethod
    def read(piece: str, length: int) -> None:
        long = piece * (length // len(piece))
        for text in (long, "https://youtu.be/" + long, "https://www.youtube.com/watch?v=" + long):
            assert read_clock(text) is None
            assert read_start(text) is None
            assert (read_url(text) is not None) == (text is not long or piece == "youtu.be/")
            set_start(text, 5)

    def test_they_are_read(self, piece):
        self.read(piece, 60_000)

    @pytest.mark.slow
    def test_time_grows_with_their_length(self, piece):
        assert growth(partial(self.read, piece), 50_000) < 2 * LINEAR

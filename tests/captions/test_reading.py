"""What is read is in order and told once; what cannot be read is named, and nothing worse."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processor.captions import reading
from processor.captions.cues import LATEST, CaptionsError, Cue, Piece, track
from processor.captions.library import FileLibrary
from processor.captions.reading import READERS, read_track
from tests.growth import LINEAR, growth

SECONDS = st.floats(0, 8000) | st.sampled_from([0.0, -1.0, LATEST * 2, float("inf")])
LINES = st.text(alphabet="ab .<>&\n", max_size=12)
PIECES = st.lists(st.builds(Piece, st.none() | SECONDS, LINES), max_size=4)
CUES = st.builds(Cue, SECONDS, st.none() | SECONDS, st.lists(PIECES, max_size=3))


@given(st.lists(CUES, max_size=12))
def test_times_never_go_back(cues: list[Cue]) -> None:
    try:
        found = track(cues)
    except CaptionsError:  # no words
        return
    assert len(found.seconds) == len(found.words)
    assert all(0 <= one <= other for one, other in pairwise([0.0, *found.seconds]))
    assert found.seconds[-1] <= found.length <= LATEST * 2
    assert all(word and not word.isspace() for word in found.words)


def clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


SAID = st.lists(
    st.lists(st.sampled_from(["yes", "no", "open", "[Music]"]), min_size=1, max_size=4), min_size=3, max_size=9
)


@given(SAID, st.booleans())
def test_what_rolls_up_is_told_once(lines: list[list[str]], has_word_times: bool) -> None:
    lines = [[*line, f"x{i}" if i % 3 else "again"] for i, line in enumerate(lines)]
    blocks = ["WEBVTT", ""]
    above = " "
    for i, line in enumerate(lines):
        start, end = i * 2000, i * 2000 + 1990
        times = [
            f"<{clock(start + 100 * k)}><c> {word}</c>" if has_word_times else f" {word}" for k, word in enumerate(line)
        ]
        shown = "".join([line[0], *times[1:]])
        blocks += [f"{clock(start)} --> {clock(end)} align:start position:0%", above, shown, ""]
        above = " ".join(line)
        blocks += [f"{clock(end)} --> {clock(end + 10)} align:start position:0%", above, " ", ""]
    found = READERS[".vtt"]("\n".join(blocks).encode())
    assert list(found.words) == [word for line in lines for word in line]


# Files that are not what they should be

BOMB = """\
<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>
<tt><body><div><p begin="00:00:01.000" end="00:00:02.000">&c;</p></div></body></tt>
"""
OUTSIDE = '<!DOCTYPE tt SYSTEM "file:///etc/passwd"><tt><body><p begin="1s" end="2s">x</p></body></tt>'
BROKEN: dict[str, tuple[str, bytes, str]] = {
    "empty": (".vtt", b"", "is empty"),
    "only white space": (".srt", b"\n \n", "is empty"),
    "no cues": (".vtt", b"WEBVTT\n\nNOTE nothing\n", "holds no captions"),
    "cues without text": (".srt", b"1\n00:00:01,000 --> 00:00:02,000\n\n", "holds no captions"),
    "Latin-1": (".srt", "1\n00:00:01,000 --> 00:00:02,000\nSchön\n".encode("latin-1"), r"is not UTF-8 \(line 3\)"),
    "no text at all": (".vtt", bytes(range(1, 128)) + b"\0" * 100, "is no text"),
    "broken JSON": (".json3", b'{"events": [', r"is no JSON \(line 1: Expecting value\)"),
    "deep JSON": (".json3", b"[" * 100_000, "is no JSON"),
    "another JSON": (".json3", b'{"events": 3}', "holds no captions"),
    "JSON with odd times": (
        ".json3",
        b'{"events": [{"tStartMs": "x", "segs": [{"utf8": "a"}]}, {"tStartMs": -5, "segs": 3}, {"tStartMs": 1e999}, 7, null]}',
        "holds no captions",
    ),
    "broken XML": (".srv3", b"<timedtext><body><p t='1'", r"is no XML \(line 1: "),
    "XML of an encoding that nobody knows": (".ttml", b"<?xml version='1.0' encoding='klingon'?><tt/>", "is no XML"),
    "an XML bomb": (".ttml", BOMB.encode(), "declares a document type"),
    "a file from elsewhere": (".ttml", OUTSIDE.encode(), "declares a document type"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    ending, data, message = BROKEN[name]
    path = tmp_path / f"Talk [n3Vq8ZtKp0A].en{ending}"
    path.write_bytes(data)
    with pytest.raises(CaptionsError, match=message):
        read_track(path)
    library = FileLibrary([str(path)])
    assert [file for file, _ in library.problems()] == [str(path)]
    assert library.captions("n3Vq8ZtKp0A") is None
    assert library.length("n3Vq8ZtKp0A") is None


def test_what_the_system_refuses_is_named(tmp_path: Path) -> None:
    path = tmp_path / "Talk [n3Vq8ZtKp0A].vtt"
    assert "no such file" in str(next(FileLibrary([str(path)]).problems())[1])
    path.mkdir()
    assert next(FileLibrary([str(path)]).problems())[1]


def test_an_enormous_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2_000_000)
    path = tmp_path / "Talk [n3Vq8ZtKp0A].vtt"
    path.write_bytes(b"")
    os.truncate(path, 2_000_001)
    with pytest.raises(CaptionsError, match="is larger than 2 MB"):
        read_track(path)


HOSTILE: dict[str, Callable[[int], tuple[str, str]]] = {
    "tags that are never closed": (lambda n: (".vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n{'<a' * n}\n")),
    "one line of times": (lambda n: (".vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\na{'<00:00:01.000>' * n}b\n")),
    "arrows": (lambda n: (".srt", "--> " * n + "\n00:00:01,000 --> 00:00:02,000\na\n")),
    "equal cues": (lambda n: (".srt", "00:00:01,000 --> 00:00:02,000\na\n\n" * n)),
    "names without end": (lambda n: (".txt", "0:01\n" + "Anna Lind " * n + "\n0:09\nx y z\n")),
    "brackets": (lambda n: (".txt", "0:01 " + "[" * n + "\n0:02 " + "[a](" * n + "\nword\n")),
    "asterisks": (lambda n: (".md", "0:01\n" + "*" * n + "\n0:09\nx y z" + "\n**" * n)),
    "braces": (lambda n: (".srt", "00:00:01,000 --> 00:00:02,000\na" + "{\\" * n)),
}


def read_hostile(name: str, n: int) -> None:
    ending, text = HOSTILE[name](n)
    with suppress(CaptionsError):
        READERS[ending](text.encode())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read_to_their_end(name: str) -> None:
    read_hostile(name, 50_000)


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_takes_longer_than_its_length(name: str) -> None:
    assert growth(lambda n: read_hostile(name, n), 50_000) < 2 * LINEAR


@given(
    st.sampled_from(sorted(READERS)),
    st.binary(max_size=200) | st.text(alphabet='<>{}[]:",.0123456789->\n\t apt', max_size=200).map(str.encode),
)
def test_whatever_a_file_holds(ending: str, data: bytes) -> None:
    with suppress(CaptionsError):
        READERS[ending](data)


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "events",
                    "segs",
                    "segments",
                    "words",
                    "word",
                    "start",
                    "end",
                    "text",
                    "utf8",
                    "tStartMs",
                    "dDurationMs",
                    "tOffsetMs",
                    "offsets",
                    "from",
                    "duration",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(ODD)
def test_whatever_json_holds(data: object) -> None:
    with suppress(CaptionsError):
        READERS[".json"](json.dumps(data).encode())

"""Each format as the tools write it: what is said, each word once, and when."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

import pytest

from processor.captions.model import Kind
from processor.captions.reading import READERS


@dataclass(frozen=True)
class Row:
    """A file and what it says: `said` has a line for each moment, `seconds words`. `said` empty: the words are not timed here."""

    id: str
    ending: str
    text: str
    said: str
    kind: Kind = "written"
    language: str = ""
    video_id: str = ""
    length: float | None = None


# yt-dlp --write-auto-subs: each line is shown twice more, once alone for ten milliseconds, once above the next one
ROLLING = """\
WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.389 align:start position:0%
\x20
good<00:00:00.480><c> evening</c><00:00:01.469><c> everyone</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
good evening everyone
\x20

00:00:02.399 --> 00:00:04.550 align:start position:0%
good evening everyone
the<00:00:02.720><c> weights</c><00:00:03.120><c> are</c><00:00:03.600><c> open</c>

00:00:04.550 --> 00:00:04.560 align:start position:0%
the weights are open
\x20

00:00:04.560 --> 00:00:06.000 align:start position:0%
the weights are open
[Music]

00:00:06.000 --> 00:00:07.000 align:start position:0%
[Music]
the<00:00:06.300><c> weights</c><00:00:06.600><c> are</c><00:00:06.900><c> open</c>
"""
ROLLED = """\
0.16 good
0.48 evening
1.469 everyone
2.399 the
2.72 weights
3.12 are
3.6 open
4.56 [Music]
6.0 the
6.3 weights
6.6 are
6.9 open"""
# the same by --convert-subs srt: the times of words are gone, the repeats are not
CONVERTED = """\
1
00:00:00,160 --> 00:00:02,389
\x20
good evening everyone

2
00:00:02,389 --> 00:00:02,399
good evening everyone
\x20

3
00:00:02,399 --> 00:00:04,550
good evening everyone
the weights are open

4
00:00:04,550 --> 00:00:04,560
the weights are open
\x20

5
00:00:04,560 --> 00:00:06,000
the weights are open
and the data is not
"""
SRT = """\
1
00:00:01,000 --> 00:00:03,500
<i>Good evening,</i> everyone.

2
00:00:03,500 --> 00:00:05,000
{\\an8}- No.
- No.

3
01:00:00,000 --> 01:00:02,000
Q&amp;A
"""
VTT = """\
WEBVTT - A talk
Language: pt-BR

STYLE
::cue { color: lime }

NOTE 00:00:09.000 is none

intro
00:01.000 --> 00:03.500 line:0
<v Anna Lind>Good evening,
<c.loud>everyone</c>.

00:03.500 --> 00:05.000
No.

00:05.000 --> 00:06.000
No.
"""
JSON3 = """\
{"wireMagic": "pb3", "pens": [{}], "wsWinStyles": [{}], "events": [
 {"tStartMs": 0, "dDurationMs": 7000, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1},
 {"tStartMs": 160, "dDurationMs": 4390, "wWinId": 1, "segs": [{"utf8": "good", "acAsrConf": 0}, {"utf8": " evening", "tOffsetMs": 320}]},
 {"tStartMs": 2389, "dDurationMs": 2161, "wWinId": 1, "aAppend": 1, "segs": [{"utf8": "\\n"}]},
 {"tStartMs": 2399, "dDurationMs": 3601, "wWinId": 1, "segs": [{"utf8": "the"}, {"utf8": " weights", "tOffsetMs": 321}]}]}
"""
JSON3_WRITTEN = """\
{"wireMagic": "pb3", "events": [{"tStartMs": 1000, "dDurationMs": 2000, "segs": [{"utf8": "Good evening,\\neveryone."}]}]}
"""
SRV3 = """\
<?xml version="1.0" encoding="utf-8" ?><timedtext format="3">
<head><ws id="0"/><wp id="1" ap="6"/></head>
<body><w t="0" id="1" wp="1" ws="1"/>
<p t="160" d="4390" w="1"><s ac="0">good</s><s t="320" ac="0"> evening</s></p>
<p t="2389" d="2161" w="1" a="1">
</p>
<p t="2399" d="3601" w="1"><s ac="0">the</s><s t="321" ac="0"> weights &amp; all</s></p>
</body></timedtext>
"""
SRV1 = """\
<?xml version="1.0" encoding="utf-8" ?><transcript><text start="1" dur="2.5">Good evening,
everyone.</text><text start="3.5" dur="1">Q&amp;amp;A</text></transcript>
"""
SRV2 = """\
<?xml version="1.0" encoding="utf-8" ?><timedtext><window t="0" id="1"/><text t="1000" d="2500" w="1">Good evening.</text></timedtext>
"""
TTML = """\
<?xml version="1.0" encoding="utf-8" ?>
<tt xml:lang="en" xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata">
<head><styling><style xml:id="s1"/></styling></head>
<body><div>
<p begin="00:00:01.000" end="00:00:03.500" style="s1">Good evening,<br />everyone.</p>
<p begin="3.5s" dur="1500ms" style="s1"><span>No.</span></p>
</div></body></tt>
"""
WHISPER = """\
{"text": " Good evening. It is 3.5.", "segments": [
 {"id": 0, "seek": 0, "start": 0.0, "end": 1.5, "text": " Good evening.", "tokens": [50364], "temperature": 0.0,
  "words": [{"word": " Good", "start": 0.0, "end": 0.4, "probability": 0.9}, {"word": " evening.", "start": 0.4, "end": 1.2, "probability": 0.9}]},
 {"id": 1, "seek": 0, "start": 2.0, "end": 4.0, "text": " It is 3.5.",
  "words": [{"word": " It", "start": 2.0, "end": 2.2}, {"word": " is", "start": 2.2, "end": 2.5}, {"word": " 3", "start": 2.5, "end": 2.8}, {"word": ".5.", "start": 2.8, "end": 3.2}]}],
 "language": "en"}
"""
WHISPER_PLAIN = """\
{"text": "Good evening.", "segments": [{"id": 0, "start": 1.0, "end": 2.5, "text": " Good evening."}], "language": "de"}
"""
# WhisperX aligns words, and has no time for figures
WHISPERX = """\
{"segments": [{"start": 0.16, "end": 2.4, "text": " In 2024 we began.", "speaker": "SPEAKER_00",
  "words": [{"word": "In", "start": 0.16, "end": 0.3, "score": 0.9}, {"word": "2024"}, {"word": "we", "start": 1.2, "end": 1.4, "score": 0.9}, {"word": "began.", "start": 1.5, "end": 2.3, "score": 0.9}]}],
 "word_segments": [{"word": "In", "start": 0.16, "end": 0.3, "score": 0.9}], "language": "en"}
"""
WHISPER_CPP = """\
{"systeminfo": "AVX", "result": {"language": "en"}, "transcription": [
 {"timestamps": {"from": "00:00:01,000", "to": "00:00:02,500"}, "offsets": {"from": 1000, "to": 2500}, "text": " Good evening."}]}
"""
API_LIST = (
    '[{"text": "good evening", "start": 1.0, "duration": 2.5}, {"text": "everyone", "start": 3.5, "duration": 1.0}]'
)
API_DICT = """\
{"video_id": "n3Vq8ZtKp0A", "language": "English", "language_code": "en", "is_generated": false,
 "snippets": [{"text": "good evening", "start": 1.0, "duration": 2.5}]}
"""
TSV = "start\tend\ttext\n1000\t2500\tGood evening.\n2500\t4000\tThe weights are\topen.\n"
TURNS = """\
---
title: A talk
video_id: n3Vq8ZtKp0A
duration_seconds: 62.0
---

# A talk

## Transcript

Anna Lind (00:00:01):
Good evening everyone.

(00:00:03):
The weights are open.

Bo (00:00:06):
And the data is not, as far as I know.
"""
CLIPPED = """\
![](https://www.youtube.com/watch?v=n3Vq8ZtKp0A)

0:00 - Opening\x20\x20
0:30 - Weights\x20\x20

## Transcript

### Opening

**0:01** · Good evening everyone.

**0:03** · The weights are [open](https://example.org/open).

### Weights

**0:06** · And the data is not, as far as I know.

## Thoughts

None of them is spoken.
"""

FORMATS = (
    Row("yt-dlp's rolling captions", ".vtt", ROLLING, ROLLED, "automatic", "en", length=7.0),
    Row("rolling captions of which an editor has cut the spaces", ".vtt", ROLLING.replace("\n \n", "\n\n"), ROLLED, "automatic", "en"),
    Row("rolling captions as SubRip", ".srt", CONVERTED, "0.16 good evening everyone\n2.399 the weights are open\n4.56 and the data is not", "automatic"),
    Row("SubRip", ".srt", SRT, "1.0 Good evening, everyone.\n3.5 - No. - No.\n3600.0 Q&A", length=3602.0),
    Row("WhisperX, with speakers", ".srt", "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_00]: Good evening.\n", "1.0 Good evening."),
    Row("a file made on Windows", ".srt", "\ufeff" + SRT.replace("\n", "\r\n"), "1.0 Good evening, everyone.\n3.5 - No. - No.\n3600.0 Q&A"),
    Row("no blank line between cues", ".srt", "1\n00:00:01,000 --> 00:00:02,000\nGood\n2\n00:00:02,000 --> 00:00:03,000\nevening.\n", "1.0 Good\n2.0 evening."),
    Row("WebVTT", ".vtt", VTT, "1.0 Good evening, everyone.\n3.5 No.\n5.0 No.", language="pt-BR"),
    Row("json3, automatic", ".json3", JSON3, "0.16 good\n0.48 evening\n2.399 the\n2.72 weights", "automatic", length=6.0),
    Row("json3, written", ".json3", JSON3_WRITTEN, "1.0 Good evening, everyone."),
    Row("srv3", ".srv3", SRV3, "0.16 good\n0.48 evening\n2.399 the\n2.72 weights & all", "automatic", length=6.0),
    Row("srv1", ".srv1", SRV1, "1.0 Good evening, everyone.\n3.5 Q&A"),
    Row("srv2", ".srv2", SRV2, "1.0 Good evening."),
    Row("ttml", ".ttml", TTML, "1.0 Good evening, everyone.\n3.5 No.", language="en", length=5.0),
    Row("Whisper, with words", ".json", WHISPER, "0.0 Good\n0.4 evening.\n2.0 It\n2.2 is\n2.5 3.5.", "automatic", "en", length=4.0),
    Row("Whisper, without", ".json", WHISPER_PLAIN, "1.0 Good evening.", "automatic", "de", length=2.5),
    Row("WhisperX", ".json", WHISPERX, "0.16 In 2024\n1.2 we\n1.5 began.", "automatic", "en"),
    Row("whisper.cpp", ".json", WHISPER_CPP, "1.0 Good evening.", "automatic", "en"),
    Row("youtube-transcript-api, as a list", ".json", API_LIST, "1.0 good evening\n3.5 everyone", "automatic", length=4.5),
    Row("youtube-transcript-api, with its video", ".json", API_DICT, "1.0 good evening", "written", "en", "n3Vq8ZtKp0A"),
    Row("Whisper's table", ".tsv", TSV, "1.0 Good evening.\n2.5 The weights are open.", "automatic", length=4.0),
    Row("a transcript by turns", ".md", TURNS, "1.0 Good evening everyone.\n3.0 The weights are open.\n6.0 And the data is not, as far as I know.", "transcript", video_id="n3Vq8ZtKp0A"),
    Row("the same without properties", ".txt", TURNS.split("## Transcript")[1], "1.0 Good evening everyone.\n3.0 The weights are open.\n6.0 And the data is not, as far as I know.", "transcript"),
    Row("Web Clipper's", ".md", CLIPPED.split(")", 1)[1], "1.0 Good evening everyone.\n3.0 The weights are open.\n6.0 And the data is not, as far as I know.", "transcript"),
    Row("clocks on lines of their own", ".txt", "0:01\nGood evening everyone.\n0:03\nThe weights are open.\n", "1.0 Good evening everyone.\n3.0 The weights are open.", "transcript"),
    Row("a script without spaces", ".txt", "[0:01] 今夜は来てくれてありがとう\n[0:05] 重みは公開されています\n[0:09] データは違います\n", "1.0 今夜は来てくれてありがとう\n5.0 重みは公開されています\n9.0 データは違います", "transcript"),
    Row("clocks in brackets", ".txt", "[00:00:01.250 --> 00:00:03.000] Good evening everyone.\n[00:00:03.000 --> 00:00:05.000] Open weights.\n", "1.0 Good evening everyone.\n3.0 Open weights.", "transcript"),
)  # fmt: skip


def moments(said: str) -> list[tuple[float, list[str]]]:
    rows = (line.split(" ") for line in said.split("\n"))
    return [(float(second), words) for second, *words in rows if words]


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.id)
def test_a_format(row: Row) -> None:
    found = READERS[row.ending](row.text.encode())
    expected = moments(row.said)
    assert list(found.words) == [word for _, words in expected for word in words]
    at = 0
    for second, words in expected:
        assert found.seconds[at] == pytest.approx(second)
        at += len(words)
    assert (found.kind, found.language, found.video_id) == (row.kind, row.language, row.video_id)
    assert row.length is None or found.length == pytest.approx(row.length)


def test_words_of_a_cue_are_spread_over_the_time_that_it_is_shown() -> None:
    text = "1\n00:00:10,000 --> 00:00:12,000\naaaa bbbb cccc dddd\n\n2\n00:01:00,000 --> 00:02:00,000\nslow words.\n"
    found = READERS[".srt"](text.encode())
    assert [*found.seconds] == pytest.approx([10, 10.5, 11, 11.5, 60, 60.5])  # nobody takes a minute for two words


def test_what_is_said_at_once_goes_on_in_order() -> None:
    text = "1\n00:00:10,000 --> 00:00:20,000\none two.\n\n2\n00:00:11,000 --> 00:00:12,000\nthree.\n\n3\n00:00:05,000 --> 00:00:06,000\nzero.\n"
    found = READERS[".srt"](text.encode())
    assert found.words == ("zero.", "one", "two.", "three.")
    assert [*found.seconds] == sorted(found.seconds)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_that_says_so_is_read(mark: bytes) -> None:
    order = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert READERS[".srt"](mark + SRT.encode(order)).words[:2] == ("Good", "evening,")


def test_a_list_of_chapters_is_no_transcript() -> None:
    text = "".join(f"{minute}:00 Chapter {minute}\n" for minute in range(0, 60, 5))
    with pytest.raises(ValueError, match="holds no captions"):
        READERS[".md"](text.encode())


def test_a_clock_that_goes_back_parts_no_transcript() -> None:
    text = "0:01\nGood evening everyone.\n9:00\nThe weights are open.\n0:06\nThe data is not, as I said.\n0:09\nGood night.\n"
    found = READERS[".txt"](text.encode())
    assert [*found.seconds] == sorted(found.seconds)
    assert "weights" in found.words
    assert found.length < 20

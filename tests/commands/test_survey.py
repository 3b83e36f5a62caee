"""What a survey sees in a vault."""

from __future__ import annotations

import pytest

from processor.commands.survey import Survey, described_stamps, survey, type_of
from processor.vault.note import parse_note
from processor.vault.vault import Vault

ID = "dQw4w9WgXcQ"


def seen(**notes: str) -> Survey:
    return survey(Vault([parse_note(text, name.replace("__", "/") + ".md") for name, text in notes.items()], ["x.png"]))


def front(**properties: str) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in properties.items()) + "---\n"


def test_kinds_and_hubs() -> None:
    found = seen(
        a__a="# A",
        b__b="# B",
        a__one="From: [[a]]",
        a__two="From: [[a]]",
        b__three=front(videoId=ID) + "From: [[b]]",
        essay="Words.",
    )
    assert (found.notes, found.files) == (6, 1)
    assert list(found.kinds.items()) == [("transcript", 3), ("hub", 2), ("note", 1)]
    assert list(found.hubs.items()) == [("a/a.md", 2), ("b/b.md", 1)]


def test_an_empty_vault() -> None:
    found = survey(Vault([]))
    assert (found.notes, found.kinds, found.video, found.properties) == (0, {}, {}, [])


@pytest.mark.parametrize(
    ("properties", "video"),
    [
        ([{"videoId": ID}], {"videoId": 1}),
        ([{"VIDEOID": ID}, {"videoId": ID}, {"videoId": ID}], {"videoId": 3}),
        ([{"url": f"https://youtu.be/{ID}"}, {"url": f"https://youtu.be/{ID}"}], {"url": 2}),
        ([{"clip": ID}, {"clip": ID}, {"clip": "none"}], {}),  # too few of them are ids
        ([{"clip": ID}] * 4 + [{"clip": "none"}], {"clip": 4}),
        ([{"source": "a book"}, {"source": f"https://youtu.be/{ID}"}], {"source": 1}),  # known by configuration
        ([{"author": "lexfridmann"}, {"author": "lexfridmann"}], {}),  # eleven letters, and not the last of an id
        ([{"see": f"https://youtu.be/{ID}"}], {}),  # one is none
        ([{"url": "https://example.org/x"}] * 3, {}),
        ([{"videoId": ""}], {}),
        ([{"videoId": "[a, b]"}], {}),
        ([{"title": "x"}], {}),
    ],
)
def test_the_video_property(properties: list[dict[str, str]], video: dict[str, int]) -> None:
    assert seen(**{f"n{i}": front(**p) for i, p in enumerate(properties)}).video == video


def test_a_rare_spelling_is_no_video_property() -> None:
    found = seen(**{f"n{i}": front(videoId=ID) for i in range(20)}, slip=front(video_id=ID))
    assert (found.video, found.rare_video) == ({"videoId": 20}, {"video_id": 1})


def test_notes_of_the_video_property_that_was_found_are_transcripts() -> None:
    assert seen(a=front(url=f"https://youtu.be/{ID}"), b=front(url=f"https://youtu.be/{ID}")).kinds == {"transcript": 2}


def test_properties() -> None:
    found = seen(
        a=front(videoId=ID, Lang="en", year="2024", done="true"),
        b=front(lang="de", year="'2025'", done=""),
        c=front(lang="en", people="[x]", date="2024-02-29", at="2024-02-29T10:00"),
    )
    uses = {use.name: use for use in found.properties}
    assert found.properties[0].name == "lang"
    assert (uses["lang"].notes, uses["lang"].kinds) == (3, {"note": 2, "transcript": 1})
    assert uses["lang"].values == {"en": 2, "de": 1}
    assert uses["year"].types == {"number": 1, "text": 1}
    assert uses["done"].types == {"checkbox": 1}
    assert [next(iter(uses[n].types)) for n in ("people", "date", "at")] == ["list", "date", "datetime"]


def test_many_different_values_are_no_choice() -> None:
    few = seen(**{f"n{i}": front(x=f"v{i % 8}") for i in range(20)}).properties[0]
    many = seen(**{f"n{i}": front(x=f"v{i % 9}") for i in range(20)}).properties[0]
    assert (len(few.values), len(many.values)) == (8, 0)


@pytest.mark.parametrize(
    ("value", "kind"),
    [(True, "checkbox"), (1, "number"), (1.5, "number"), ([], "list"), ("2024-02-29", "date"), ("2024-02-30", "text"),
     ("2024-02-29 10:00", "datetime"), ("x", "text"), ({}, "text")],
)  # fmt: skip
def test_type_of(value: object, kind: str) -> None:
    assert type_of(value) == kind


def test_stamps_and_links() -> None:
    url = f"https://www.youtube.com/watch?v={ID}"
    found = seen(
        a=front(videoId=ID)
        + f"""\
<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>
<a class="yt-timestamp" data-t="00:06:10">[00:06:10]</a>
<a class="yt-timestamp" data-t="00:06:10" href="{url}&t=370s">[00:06:10]</a>
[00:06:10]({url}&t=370s) [00:06:10](https://youtu.be/{ID}?t=370s) [00:06:10]({url}#t=00:06:10) [00:06:10]({url}&t=370#t=06:10)
[00:01:00] [00:02:00](#t=00:02:00) [[00:03:00]] [0:09](obsidian://mx-open?url=https://youtu.be/{ID}&t=9)

[[b]] [b](b.md) ![[x.png]]
""",
        b="",
    )
    assert found.stamps == {
        "anchor": 2,
        "html": 1,
        "link": 2,
        "media": 2,
        "bare": 1,
        "link that leads nowhere": 1,
        "wikilink": 1,
        "plugin-link": 1,
        "short": 1,
    }
    assert described_stamps(found.stamps) == (
        "linked: 2 link, 1 anchor with an href, 2 link for Media Extended; "
        "not linked: 2 anchor, 1 bare, 1 link that leads nowhere, 1 plugin-link, 1 wikilink"
    )
    assert found.links["Markdown link"] >= 1
    assert found.links["wikilink"] >= 2

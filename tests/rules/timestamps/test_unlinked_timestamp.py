"""Stamps that become links."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


def anchor(clock: str, label: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{clock}">[{clock if label is None else label}]</a>'


A = anchor("00:06:10")
LINK = f"[00:06:10]({WATCH}370s)"

OTHER = LINK.replace("aBcD_-12-4w", "0123456789A")

TRUE = " ".join(anchor(c) for c in ("02:10:09", "02:41:27", "03:10:33", "03:41:59", "04:05:04", "04:31:16", "04:58:47"))

test_unlinked_timestamp = table(
    "unlinked-timestamp",
    Row("an anchor", f"{HEAD}Weights «{A}».\n", f"{HEAD}Weights {LINK}.\n", message="00:06:10 is no link"),
    Row("two on a line", f"{HEAD}«{A}», «{A}»\n", f"{HEAD}{LINK}, {LINK}\n"),
    Row("no final newline", f"{HEAD}Weights «{A}»", f"{HEAD}Weights {LINK}"),
    Row("of two fields", f"{HEAD}x «{anchor('12:34')}»", f"{HEAD}x [12:34]({WATCH}754s)"),
    Row("a shorter label", f"{HEAD}x «{anchor('00:36:12', '36:12')}»", f"{HEAD}x [36:12]({WATCH}2172s)"),
    Row("no label", f"{HEAD}x «{A.replace('[00:06:10]', '')}»", f"{HEAD}x {LINK}"),
    Row("a label without brackets", f"{HEAD}x «{A.replace('[00:06:10]', '00:06:10')}»", f"{HEAD}x {LINK}"),
    Row("brackets around the anchor", f"{HEAD}x [«{A.replace('[00:06:10]', '00:06:10')}»]", f"{HEAD}x [{LINK}]"),
    Row("a label of words", f"{HEAD}x «{anchor('00:06:10', 'the start')}»", f"{HEAD}x [the start]({WATCH}370s)"),
    Row(
        "a range for a label",
        f"{HEAD}x «{anchor('00:06:10', '00:06:10-00:07:00')}»",
        f"{HEAD}x [00:06:10-00:07:00]({WATCH}370s)",
    ),
    Row("bare", f"{HEAD}x «[00:06:10]» y", f"{HEAD}x {LINK} y"),
    Row("a range", f"{HEAD}x «[00:06:10–00:07:00]»", f"{HEAD}x [00:06:10–00:07:00]({WATCH}370s)"),
    Row(
        "a list",
        f"{HEAD}x [«00:11:02», «00:12:04», «00:13:05»] y",
        f"{HEAD}x [00:11:02]({WATCH}662s), [00:12:04]({WATCH}724s), [00:13:05]({WATCH}785s) y",
    ),
    Row(
        "a list with one malformed",
        f"{HEAD}x [«00:11:02», 00:5:04, «00:13:05»] y",
        f"{HEAD}x [00:11:02]({WATCH}662s), [00:5:04], [00:13:05]({WATCH}785s) y",
    ),
    Row(
        "a list with other signs",
        f"{HEAD}x [«00:11:02»; «00:12:04»] y",
        f"{HEAD}x [00:11:02]({WATCH}662s); [00:12:04]({WATCH}724s) y",
    ),
    Row("a wikilink", f"{HEAD}x «[[00:06:10]]»", f"{HEAD}x {LINK}"),
    Row(
        "a wikilink with a URL",
        f"{HEAD}x «[[0:17]](https://youtu.be/aBcD_-12-4w?t=17)»",
        f"{HEAD}x [0:17](https://youtu.be/aBcD_-12-4w?t=17)",
    ),
    Row("in a link's place", f"{HEAD}x «[00:06:10]({A})»", f"{HEAD}x {LINK}"),
    Row(
        "in a link's place, unclosed",
        f'{HEAD}x («[00:06:10](<a class="yt-timestamp" data-t="00:06:10">)»).',
        f"{HEAD}x ({LINK}).",
    ),
    Row("words for a link's text", f"{HEAD}x «[the start]({A})» y", f"{HEAD}x [the start]({WATCH}370s) y"),
    Row("doubled", f"{HEAD}x «[00:06:10]{A}» y", f"{HEAD}x {LINK} y"),
    Row("two that differ", f"{HEAD}x «[00:06:10]»«{anchor('00:07:00')}»", f"{HEAD}x {LINK}[00:07:00]({WATCH}420s)"),
    Row("a link to nowhere", f"{HEAD}x «[00:06:10](#t=00:06:10)»", unsafe=f"{HEAD}x {LINK}"),
    Row(
        "in a table",
        f"{HEAD}| a | b |\n| --- | --- |\n| «{A}» | «[00:06:10]» |\n",
        f"{HEAD}| a | b |\n| --- | --- |\n| {LINK} | {LINK} |\n",
    ),
    Row("in emphasis and a highlight", f"{HEAD}**«{A}»** ==«{A}»==", f"{HEAD}**{LINK}** =={LINK}=="),
    Row("an exclamation before it", f"{HEAD}Wow!«{A}» and !«[00:06:10]»", f"{HEAD}Wow\\!{LINK} and \\!{LINK}"),
    Row("a caret before it", f"{HEAD}x^«{A}»", f"{HEAD}x\\^{LINK}"),
    Row("what would be a wikilink", f"{HEAD}x [«{A}»]] y", f"{HEAD}x \\[{LINK}]] y"),
    Row(
        "in an HTML block",
        f"{HEAD}<div>\n«{A}»\n</div>\n",
        f"{HEAD}<div>\n{A.replace('>[', f'{chr(32)}href={chr(34)}{WATCH}370s{chr(34)}>[')}\n</div>\n",
    ),
    Row("bare in an HTML block", f"{HEAD}<div>\n«[00:06:10]»\n</div>\n", message="move it out"),
    Row("two fields, alone", f"{HEAD}As in John «[3:16]».\n", unsafe=f"{HEAD}As in John [3:16]({WATCH}196s).\n"),
    Row(
        "two fields among three",
        f"{HEAD}«[3:16]» «[00:06:10]»",
        f"{HEAD}[3:16] {LINK}",
        f"{HEAD}[3:16]({WATCH}196s) {LINK}",
    ),
    Row(
        "two fields among their like", f"{HEAD}«[03:16]» «[12:10]»", f"{HEAD}[03:16]({WATCH}196s) [12:10]({WATCH}730s)"
    ),
    Row("two fields and hours", f"{HEAD}«[3:16]» «[1:02:03]»", f"{HEAD}[3:16]({WATCH}196s) [1:02:03]({WATCH}3723s)"),
    Row("in math", f"{HEAD}$x «{A}»$", message="closing `$`"),
    Row("in a comment", f"{HEAD}x %% «{A}» %%", message="comment"),
    Row("in a link's text", f"{HEAD}[a «{A}»](https://example.com)", message="behind the link"),
    Row("in a wikilink", f"{HEAD}[[note|a «{A}»]]", message="behind the `]]`"),
    Row(
        "behind what would be a link's text",
        f"{HEAD}[[note | x++](«[00:06:10]({A})»).",
        f"{HEAD}[[note | x++]\\({LINK}).",
    ),
    Row("behind a wikilink", f"{HEAD}[[note]](«{A}»).", f"{HEAD}[[note]]({LINK})."),
    Row("for a link's target", f"{HEAD}[x](«[00:06:10]») y", message="a link"),
    Row("in code", f"{HEAD}`{A}`"),
    Row("linked", f"{HEAD}x {LINK} and {A.replace('>[', f' href={chr(34)}{WATCH}370s{chr(34)}>[')}"),
    Row("empty parentheses behind", f"{HEAD}One «[00:06:10]»() two «[00:06:10]»(<>).", f"{HEAD}One {LINK} two {LINK}."),
    Row("an empty reference behind", f"{HEAD}x «[00:06:10]»[] y", f"{HEAD}x {LINK} y"),
    Row("empty parentheses behind an anchor", f"{HEAD}x «{A}»() «[[00:06:10]]»() y", f"{HEAD}x {LINK} {LINK} y"),
    Row(
        "empty parentheses behind a list and a range",
        f"{HEAD}[«00:06:10», «00:06:10»]() «[00:06:10-00:07:00]»() y",
        f"{HEAD}{LINK}, {LINK} [00:06:10-00:07:00]({WATCH}370s) y",
    ),
    Row(
        "empty parentheses, as HTML",
        f"{HEAD}x «[00:06:10]»() y",
        f"{HEAD}x {A.replace('>[', f' href={chr(34)}{WATCH}370s{chr(34)}>[')} y",
        context={"stamp_style": "html"},
    ),
    Row("its URL behind", f"{HEAD}At «[00:06:10]» ({WATCH}370s) he.", f"{HEAD}At {LINK} he."),
    Row(
        "its URL behind, in other forms",
        f"{HEAD}«[00:06:10]» https://youtu.be/aBcD_-12-4w?t=371, «[[00:06:10]]»<{WATCH}370s> «{A}» ({WATCH}370s).",
        f"{HEAD}[00:06:10](https://youtu.be/aBcD_-12-4w?t=371), {LINK} {LINK}.",
    ),
    Row(
        "its URL behind, without a start",
        f"{HEAD}At «[00:06:10]» (https://youtu.be/aBcD_-12-4w) he.",
        unsafe=f"{HEAD}At [00:06:10](https://youtu.be/aBcD_-12-4w?t=370s) he.",
    ),
    Row("the URL of another second behind", f"{HEAD}At «[00:06:10]» ({WATCH}470s) he.", message="leads to 00:07:50"),
    Row(
        "the URL of another video behind",
        f"{HEAD}At «[00:06:10]» (https://youtu.be/0123456789A?t=370) he.",
        message="another video",
    ),
    Row("another site's URL behind", f"{HEAD}«[00:06:10]» (https://a.example)", f"{HEAD}{LINK} (https://a.example)"),
    Row("words in parentheses behind", f"{HEAD}«[00:06:10]» (laughs)", f"{HEAD}{LINK} (laughs)"),
    Row("half a link", f"{HEAD}x «[00:06:10]»(my note) y", unsafe=f"{HEAD}x {LINK}(my note) y"),
    Row("half a link, open", f"{HEAD}x «[00:06:10]»({WATCH}370s y", unsafe=f"{HEAD}x {LINK}({WATCH}370s y"),
    Row(
        "half a link, with a title",
        f'{HEAD}x «[00:06:10]» ({WATCH}370s "t") y',
        unsafe=f'{HEAD}x {LINK} ({WATCH}370s "t") y',
    ),
    Row(
        "half a link, no scheme",
        f"{HEAD}x «[00:06:10]» (youtu.be/aBcD_-12-4w?t=370) y",
        unsafe=f"{HEAD}x {LINK} (youtu.be/aBcD_-12-4w?t=370) y",
    ),
    Row("a reference to nothing", f"{HEAD}x «[00:06:10]»[1] y", unsafe=f"{HEAD}x {LINK}[1] y"),
    Row("a footnote behind", f"{HEAD}x «[00:06:10]»[^1] y\n\n[^1]: z\n", f"{HEAD}x {LINK}[^1] y\n\n[^1]: z\n"),
    Row("half a definition", f"{HEAD}«[00:06:10]»: \n\ny", unsafe=f"{HEAD}{LINK}: \n\ny"),
    Row("a colon behind", f"{HEAD}«[00:06:10]»: He says\n\nX «[00:06:10]»:\n", f"{HEAD}{LINK}: He says\n\nX {LINK}:\n"),
    Row("a definition", f"{HEAD}[00:06:10]: /a/b.md\n"),
    Row("in an inline footnote", f"{HEAD}x^[«00:06:10»] y^[[a]] z", f"{HEAD}x^[{LINK}] y^[[a]] z"),
    Row(
        "in an inline footnote, in other forms",
        f"{HEAD}x^[«[00:06:10]»] ^[«[[00:06:10]]»] ^[«{A}»] ^[see «[00:06:10]» and [[note]]]]",
        f"{HEAD}x^[{LINK}] ^[{LINK}] ^[{LINK}] ^[see {LINK} and [[note]]]]",
    ),
    Row("a list in an inline footnote", f"{HEAD}x^[«00:06:10», «00:06:10»] y", f"{HEAD}x^[{LINK}, {LINK}] y"),
    Row("half a link behind a footnote", f"{HEAD}x^[«00:06:10»](y) z", unsafe=f"{HEAD}x^[{LINK}](y) z"),
    Row(
        "in a sentence over lines that mentions another video",
        f"{HEAD}He says in [a talk](https://youtu.be/0123456789A) at\n«[00:06:10]», and\nhere «[00:06:10]».",
        f"{HEAD}He says in [a talk](https://youtu.be/0123456789A) at\n[00:06:10], and\nhere {LINK}.",
    ),
    Row("no footnote", f"{HEAD}x\\^«[00:06:10]» y", f"{HEAD}x\\^{LINK} y"),
    Row(
        "on a line that names another video",
        f"{HEAD}- «[00:06:10]» T — https://youtu.be/0123456789A\n- «[00:06:10]» x\n",
        f"{HEAD}- [00:06:10] T — https://youtu.be/0123456789A\n- {LINK} x\n",
    ),
    Row(
        "on a line that names another video, in other forms",
        f"{HEAD}[T](https://youtu.be/0123456789A) «[00:06:10]» or «{A}» «[[00:06:10]]» «[00:06:10](#t=00:06:10)» [«00:06:10», «00:07:10»]",
        message="its line names another video, 0123456789A",
    ),
    Row(
        "below a heading that names another video",
        f"{HEAD}## [T](https://youtu.be/0123456789A)\n\n«[00:06:10]» or «{A}»\n\n## U\n\n«{A}»\n",
        f"{HEAD}## [T](https://youtu.be/0123456789A)\n\n{OTHER} or {A}\n\n## U\n\n{LINK}\n",
        containers=False,
    ),
    Row(
        "in a heading that names another video",
        f"{HEAD}## «[00:06:10]» [T](https://youtu.be/0123456789A)\n",
        message="its line names another video",
    ),
    Row(
        "below an embed of another video",
        f"{HEAD}![](https://youtu.be/0123456789A)\n\n«{A}» «[00:06:10]»\n",
        f"{HEAD}![](https://youtu.be/0123456789A)\n\n{A} {OTHER}\n",
    ),
    Row(
        "an anchor in a sentence that mentions another video",
        f"{HEAD}As he said in [a talk](https://youtu.be/0123456789A), weights «{A}» and «[00:06:10]».\n",
        f"{HEAD}As he said in [a talk](https://youtu.be/0123456789A), weights {LINK} and [00:06:10].\n",
    ),
    Row("another tool's tag", f'{HEAD}<span class="timestamp-seek" data-seconds="370">06:10</span>'),
    Row("malformed", f"{HEAD}x {anchor('00:5:52')}"),
    Row("mismatched", f"{HEAD}x {anchor('00:06:10', '00:16:10')}"),
    Row("beyond four hours", f"{HEAD}x {anchor('06:10:00')}"),
    Row("beyond the end", f"---\nvideoId: aBcD_-12-4w\nduration: 60\n---\n\nx {A}"),
    Row(
        "four hours long, by its duration",
        f"---\nvideoId: aBcD_-12-4w\nduration: 5:00:00\n---\n\nx «{anchor('04:10:11')}»",
        f"---\nvideoId: aBcD_-12-4w\nduration: 5:00:00\n---\n\nx [04:10:11]({WATCH}15011s)",
    ),
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
    Row("no video", f"x {A}"),
    Row("no valid video", f"---\nvideoId: aBc\n---\n\nx {A}"),
    Row(
        "notations that are left alone",
        f"{HEAD}x {A} «[[00:06:10]]» [00:06:10]",
        f"{HEAD}x {A} {LINK} [00:06:10]",
        context={"ignore_forms": ("anchor", "bare")},
    ),
    Row(
        "notations that are chosen",
        f"{HEAD}x {A} «[[00:06:10]]»",
        f"{HEAD}x {A} {LINK}",
        context={"forms": ("wikilink",)},
    ),
    Row("in a heading too", f"{HEAD}## x {A}", context={"ignore_forms": ("anchor",)}),
    Row(
        "short URLs",
        f"{HEAD}x «{A}»",
        f"{HEAD}x [00:06:10](https://youtu.be/aBcD_-12-4w?t=370s)",
        context={"url_style": "short"},
    ),
    Row(
        "for a plugin",
        f"{HEAD}x «{A}»",
        f"{HEAD}x [00:06:10](https://www.youtube.com/watch?v=aBcD_-12-4w&t=370#t=06:10)",
        context={"stamp_style": "media"},
    ),
    Row(
        "as HTML",
        f"{HEAD}x «{A}» «[00:06:10]»",
        f'{HEAD}x <a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">[00:06:10]</a> '
        f'<a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">[00:06:10]</a>',
        context={"stamp_style": "html"},
    ),
    Row(
        "as HTML, whose player reads `data-t` as three fields and whose label is seen",
        f'{HEAD}x «<a class="yt-timestamp" data-t="06:10">[06:10]</a>» «<a class="yt-timestamp" data-t="06:10"></a>» '
        '«<a class="yt-timestamp" data-t="00:06:10"> </a>»',
        f'{HEAD}x <a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">[06:10]</a> '
        f'<a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">[06:10]</a> '
        f'<a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">[00:06:10]</a>',
        context={"stamp_style": "html"},
    ),
    Row(
        "as HTML, in brackets already",
        f'{HEAD}x [«{A}»] [«<a class="yt-timestamp" data-t="6:10">[6:10]</a>»] ([«[00:06:10]»<{WATCH}370s>]) \\[«{A}»]',
        f'{HEAD}x [<a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">00:06:10</a>] '
        f'[<a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">6:10</a>] '
        f'([<a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">00:06:10</a>]) '
        f'\\[<a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">00:06:10</a>]',
        context={"stamp_style": "html"},
    ),
    Row(
        "as HTML, in a heading",
        f"{HEAD}## x «{A}»\n\n## «[00:06:10]»\n",
        f"{HEAD}## x {LINK}\n\n## {LINK}\n",
        context={"stamp_style": "html"},
    ),
    Row(
        "without a label in an HTML block",
        f'{HEAD}<div>\nx «<a class="yt-timestamp" data-t="06:10"></a>»\n</div>\n',
        f'{HEAD}<div>\nx <a class="yt-timestamp" data-t="06:10" href="{WATCH}370s">[06:10]</a>\n</div>\n',
    ),
    Row(
        "a list as HTML",
        f"{HEAD}x [«00:06:10», «00:06:10»]",
        f'{HEAD}x <a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">[00:06:10]</a>, '
        f'<a class="yt-timestamp" data-t="00:06:10" href="{WATCH}370s">[00:06:10]</a>',
        context={"stamp_style": "html"},
    ),
)

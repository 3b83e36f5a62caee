"""Links to another video."""

from tests.tables import Row, table

HEAD = "---\ntitle: Openness\nvideoId: aBcD_-12-4w\n---\n\n"
WATCH = "https://www.youtube.com/watch?v=aBcD_-12-4w&t="


test_wrong_video = table(
    "wrong-video",
    Row(
        "another video",
        f"{HEAD}x «[00:06:10](https://youtu.be/0123456789A?t=370)»",
        message="leads to the video 0123456789A",
    ),
    Row(
        "an anchor",
        f'{HEAD}x «<a class="yt-timestamp" data-t="00:06:10" href="https://youtu.be/0123456789A?t=370">[00:06:10]</a>»',
    ),
    Row(
        "a word for an id",
        f"{HEAD}x «[00:06:10](https://www.youtube.com/watch?v=example&t=370s)»",
        unsafe=f"{HEAD}x [00:06:10]({WATCH}370s)",
        message="no video id",
    ),
    Row(
        "a URL in brackets keeps them",
        f"{HEAD}see [«https://youtu.be/ID?t=11260]» and",
        message="no video id",
    ),
    Row(
        "a place for an id, in other ways to mark one",
        f"{HEAD}https://youtu.be/[ID]?t=10 https://youtu.be/:id?t=10 https://www.youtube.com/watch?v=$ID&t=10",
    ),
    Row(
        "a clock for an id",
        f"{HEAD}x «[00:00:00](https://www.youtube.com/watch?v=00:06:10)»",
        unsafe=f"{HEAD}x [00:00:00]({WATCH}0s)",
    ),
    Row("a word for an id, another time", f"{HEAD}x «[00:06:10](https://www.youtube.com/watch?v=example&t=470s)»"),
    Row(
        "words, and no id",
        f"{HEAD}x «[the start](https://www.youtube.com/watch?v=xyz&t=132)»",
        unsafe=f"{HEAD}x [the start]({WATCH}132s)",
    ),
    Row("words, and another video", f"{HEAD}x [the start](https://youtu.be/0123456789A?t=132)"),
    Row("a link without a time", f"{HEAD}x [another talk](https://youtu.be/0123456789A)"),
    Row("the video itself", f"{HEAD}x [00:06:10]({WATCH}370s) [6:10](https://youtu.be/aBcD_-12-4w?t=370)"),
    Row("no transcript note", "x [00:06:10](https://youtu.be/0123456789A?t=370)"),
    Row(
        "below a heading that names the other video",
        f"{HEAD}## [T](https://youtu.be/0123456789A)\n\n[00:06:10](https://youtu.be/0123456789A?t=370)\n\n## U\n\n"
        "«[00:06:11](https://youtu.be/0123456789A?t=371)»\n",
        containers=False,
    ),
    Row(
        "in a heading and alone on its line",
        f"{HEAD}## «[00:06:10](https://youtu.be/0123456789A?t=370)»\n\n«[00:06:11](https://youtu.be/0123456789B?t=371)»\n",
        containers=False,
    ),
    Row(
        "a word for an id, beside another video",
        f"{HEAD}[T](https://youtu.be/0123456789A) «[00:06:10](https://www.youtube.com/watch?v=example&t=370s)»",
    ),
    Row(
        "a template's URL",
        f"{HEAD}[06:10](https://youtu.be/{{VIDEO_ID}}?t={{seconds}}) [x](https://www.youtube.com/watch?v={{{{id}}}}&t={{{{t}}}}s)",
    ),
    Row("in code", f"{HEAD}`[00:06:10](https://youtu.be/0123456789A?t=370)`"),
)

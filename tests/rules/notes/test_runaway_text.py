"""Runs of equal stamps and sentences."""

from tests.tables import Row, table

STAMP = "[00:00:03]"
LOOP = "He says so again. "
ANCHOR = '<a class="yt-timestamp" data-t="{0}">[{0}]</a>'

test_runaway_text = table(
    "runaway-text",
    Row("ten stamps", f"x «{' '.join([STAMP] * 10)}» y", message="10 equal stamps"),
    Row("twelve with commas", f"x «{', '.join([STAMP] * 12)}»", message="12 equal stamps"),
    Row("a list", f"x «[{', '.join(['00:00:03'] * 11)}]»", message="11 equal"),
    Row("anchors", "x «" + " ".join(['<a class="yt-timestamp" data-t="00:00:03">[00:00:03]</a>'] * 10) + "»"),
    Row("links", "x «" + " ".join(["[0:03](https://youtu.be/aBcD_-12-4w?t=3)"] * 10) + "»"),
    Row("ten sentences", f"x. «{(LOOP * 10).rstrip('. ')}». y", message="10 equal sentences"),
    Row("eleven at the end", f"x. «{(LOOP * 11).rstrip('. ')}».\n"),
    Row("lines", "x\n\n" + "«He lists them" + "\n\nHe lists them" * 9 + "»\n", containers=False),
    Row(
        "sentences between anchors",
        f"{ANCHOR.format('00:00:01')}. «{(LOOP * 10).rstrip('. ')}». y {ANCHOR.format('00:00:02')} {ANCHOR.format('00:00:09')}",
        message="10 equal sentences",
    ),
    Row(
        "sentences with an anchor in them",
        "x. «" + ". ".join(["He says so " + ANCHOR.format("00:00:01") + " again"] * 10) + "». y",
        message="10 equal sentences",
    ),
    Row("sentences with different anchors", " ".join(f"He says {ANCHOR.format(f'00:00:{n:02}')}." for n in range(20))),
    Row("nine stamps", f"x {' '.join([STAMP] * 9)} y"),
    Row("nine sentences", f"x. {LOOP * 9}y"),
    Row("stamps with words between", "x " + f"{STAMP} and then ".join([""] * 14)),
    Row("different stamps", " ".join(f"[00:00:{n:02}]" for n in range(20))),
    Row("rules and empty lines", "---x\n" + "\n\n***\n" * 12 + "\n" * 20),
    Row("in code", "```\n" + "again and again\n" * 12 + "```\n", containers=False),
    Row("numbers", "1. " + "12. " * 15),
)

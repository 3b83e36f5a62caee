"""Runs of equal stamps and sentences."""

from tests.tables import Row, table

STAMP = "[00:00:03]"
LOOP = "He says so again. "
LINK = "[00:00:0{0}](https://www.youtube.com/watch?v=aBcD_-12-4w&t={0}s)"
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
        "sentences between links",
        f"{LINK.format(1)}. «{(LOOP * 10).rstrip('. ')}». y {LINK.format(2)} {LINK.format(9)}",
        message="10 equal sentences",
    ),
    Row(
        "sentences right behind a link, and up to one",
        f"x {LINK.format(1)} {LOOP}«{(LOOP * 10).rstrip('. ')}». He says so again {LINK.format(2)}",
        message="10 equal sentences",
    ),
    Row("nine sentences between links", f"{LINK.format(1)} {LOOP * 10}He says so again {LINK.format(2)}."),
    Row("a sentence before each link", " ".join(f"{LOOP}{LINK.format(n)}." for n in range(20))),
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

"""Quotations of words that nobody says."""

from tests.rules.timestamps.talk import HEAD, ID, SAID, anchor, right, spoken
from tests.tables import Row, table

CAPTIONS = spoken()
STAMP = anchor(right(3)[3])


def quoting(quote: str) -> str:
    return f"{HEAD}He says {quote} {STAMP}.\n"


test_altered_quote = table(
    "altered-quote",
    Row("as it is said", quoting(f'"{SAID[3]}"'), captions=CAPTIONS),
    Row(
        "with other signs",
        quoting("“Nobody publishes the *training corpus*; newspapers would sue!”"),
        captions=CAPTIONS,
    ),
    Row(
        "with an omission",
        quoting('"nobody publishes the training corpus ... would sue the next morning"'),
        captions=CAPTIONS,
    ),
    Row(
        "put into other words",
        quoting('«"nobody ever prints a training corpus because papers would sue"»'),
        captions=CAPTIONS,
        message="nobody says this: at 00:07:30 it is “nobody publishes the training corpus because newspapers would sue”",
    ),
    Row(
        "made up",
        quoting("«“the moon consists of green cheese and astronauts nibble it”»"),
        captions=CAPTIONS,
        message="nobody says this in the video",
    ),
    Row(
        "behind the end of captions that were cut short",
        "".join([HEAD, *(f"{SAID[at]} {anchor(clock)}\n\n" for at, clock in right(*range(1, 19)).items())])
        + f'He says "{SAID[19]}".\n',
        captions=spoken(SAID[:10]),
    ),
    Row(
        "of a video that is longer than its captions",
        quoting(f'"{SAID[19]}"'),
        captions=spoken(SAID[:10]),
        durations={ID: 3600},
    ),
    Row("few words", quoting('"papers would sue us"'), captions=CAPTIONS),
    Row("in code", quoting('`"the moon consists of green cheese"`'), captions=CAPTIONS),
    Row("no captions", quoting('"the moon consists of green cheese"')),
    Row("a note without stamps", f'{HEAD}He says "the moon consists of green cheese".\n', captions=CAPTIONS),
    Row(
        "an attribute is no quotation",
        quoting('<span title="the moon consists of green cheese">x</span>'),
        captions=CAPTIONS,
    ),
    Row(
        "captions that are foreign",
        "".join([HEAD, *(f"{SAID[at]} {anchor(clock)}\n\n" for at, clock in right(*range(1, 12)).items())])
        + 'He says "the moon consists of green cheese".\n',
        captions=spoken(tuple(reversed(SAID))),
    ),
)

"""Stamps whose text is said nowhere."""

from tests.rules.timestamps.talk import claims, right, spoken
from tests.tables import Row, table

CAPTIONS = spoken()

test_unsupported_timestamp = table(
    "unsupported-timestamp",
    Row("all are right", claims(right(*range(1, 20))), captions=CAPTIONS),
    Row("said elsewhere", claims(right(1, 2, 3, 4) | {5: "00:45:10"}), captions=CAPTIONS),
)

"""What makes a clock something else than a stamp: a time of day, a date, a length, a line of a chat; in many languages."""

from __future__ import annotations

import re

from processor.base.regex import regex

_ZONES = "UTC GMT CET CEST EST EDT CST CDT MST MDT PST PDT ET PT MSK JST KST IST BST".split()
_NICK = r"<(?!/?(?:br|hr|wbr|p|b|i|u|s|em|strong|mark|small|sub|sup|span|div|kbd|del|ins|code|q|v)\b)[^<>\n/=]{1,40}>(?!.*</)"
_CHATTER = regex(rf"[ \t]{_NICK}")
_BEHIND = regex(
    # of a day
    r"[ \t]*(?:(?:[ap]m|[AP]M|[ap]\.[ \t]?m\.?|[AP]\.[ \t]?M\.?)(?!\w)|(?:Uhr|o['’]clock|часов|часа|uur|godz|утра|вечера|ночи"
    rf"|{'|'.join(_ZONES)})\b"
    r"|(?:h|hrs?|hours?|Std|heures?|horas?)(?=[ \t]*(?:[^\w\s]|\Z))|(?:[時点时點]|시)(?![^\W\d_])|Z\b|[+-][0-9]{2}:?[0-9]{2}\b"
    r"|in the (?:morning|afternoon|evening)\b"
    # a length
    r"|(?:min(?:ute[ns]?|s|utos?|uti)?|sec(?:ond[so]?|s)?|мин(?:ут[аы]?)?|сек(?:унд[аы]?)?)(?![\w-])|(?:分[钟鐘間]?|秒|분|초)(?![^\W\d_])"
    # a line of a chat
    rf"|(?<=[ \t]){_NICK})|[,，][ \t]*[0-9]{1, 4}[./-][0-9]"
)
_CHAT = regex(r"[0-9]{2}:[0-9]{2}:[0-9]{2}[ \t]+From[ \t].{1,60}[:：]")
_DATE = regex(
    r"(?:[0-9]{4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:[0-9]{2}){1,2}|[0-9]{1,2}月[0-9]{1,2}日"
    r"|(?<![0-9])(?:19|20)[0-9]{2})(?:[ \t]*[T,，]?[ \t]*|[ \t]*[-–—·|][ \t]*)\Z"
)
_OF_DAY = frozenset(
    "at around by before after until till til since from between about am pm a.m p.m um gegen ab bis vor nach seit à vers dès avant après jusqu'à las"
    " hasta desde às até alle dalle verso om tot kl kell o około в во до около после к с от".split()
).union(zone.lower() for zone in _ZONES)
_LENGTHS = frozenset(
    "duration length runtime laufzeit durée longueur duración duração durata длительность продолжительность хронометраж длина süre trwania długość duur"
    " lasts lasted lasting dauert dauerte dure dura длится total totale gesamt insgesamt всего итого".split()
)
_MOMENTS = frozenset(
    "time times uhrzeit heure tiempo hora tempo ora время saat czas tijd date published updated created recorded posted start starts started end ends ended"
    " views last".split()
)
_ENDINGS = tuple(
    "dauer länge @ 오전 오후 午前 午後 上午 下午 晚上 早上 凌晨 中午 時長 时长 長度 长度 片長 片长 時間 时间 長さ 길이 시간 재생".split()
)
_FEW_WORDS = 5
_LONGEST_LINE = 500
NEAR = 40
"""Characters before and behind a clock that say what it is."""


def is_of_chat(text: str, end: int) -> bool:
    """Return whether a clock that ends there, with its brackets, begins a line of a chat: `[17:48] <nick> hello`."""
    return text.startswith((" <", "\t<"), end) and _CHATTER.match(text, end, end + _LONGEST_LINE) is not None


def is_no_stamp(before: str, clock: str, behind: str, *, in_brackets: bool) -> bool:
    """Return whether what stands right before and behind a clock, or before and behind its brackets, makes something else of
    it. Times of a day, as in `at 12:30`, have no brackets."""
    if behind and (_BEHIND.match(behind) or (behind[0] in " \t" and _CHAT.match(clock + behind))):
        return True
    said = before.rstrip(" \t:：=*_.,")
    if said[-1:] in ("-", "–", "—") and len(said.split()) <= _FEW_WORDS:  # `Video length – 01:02:30`
        said = said.rstrip("-–— \t")
    if not said or not (said[-1].isalnum() or said[-1] == "@"):
        return before[-1:] in "T|,-–—·" and _DATE.search(before) is not None
    word = re.split(r"[\s(（\[*_=]", said)[-1].lower()
    if word in _LENGTHS or word.endswith(_ENDINGS):
        return True
    if not in_brackets and (word in _MOMENTS or word.endswith("zeit") or (word in _OF_DAY and before[-1:] in " \t")):
        return True
    return any(c.isdigit() for c in said[-3:]) and _DATE.search(before) is not None

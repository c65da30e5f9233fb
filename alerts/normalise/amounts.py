"""Amounts: every figure of money in a text, as written: value, multiplier, currency sign, and ranges joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from alerts.normalise import currency, pay_words
from alerts.normalise.alternatives import grouped

_SPACE = "[ \u00a0\u2009\u202f]"
#: Grouped thousands (Indian, then by . , ' or a space), then a plain figure; decimals of one or two digits after a group.
_NUMBER = re.compile(
    r"[0-9]{1,3}(?:,[0-9][0-9]){1,4},[0-9]{3}(?![0-9])(?:\.[0-9][0-9]?(?![0-9]))?"
    r"|[0-9]{1,3}(?P<sep>[.,'’´\u00a0\u2009\u202f ])[0-9]{3}(?:(?P=sep)[0-9]{3}){0,4}(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?"
    r"|[0-9]+(?:[.,][0-9]{1,4})?(?![0-9])"
)
#: More figures than this are no posting but a table of something else.
_MOST = 1000
#: A currency before a figure is no longer than this.
_REACH = 14
_DIGIT = re.compile("[0-9]")
_CJK_TIMES = frozenset("万萬만千천亿億")
#: Written out, so that neither the figure nor what follows it is mistaken: 401(k), 403b, 9-5, 24/7, W-2.
_NEVER = re.compile(r"40[13]\s?(?:\(\s?[kKbB]\s?\)|[kKbB]\b)|529\b(?=\s?(?:plan|college))|1099\b|24/7")
_PERCENT = re.compile(r"\s?(?:%|percent|prozent|％|bps\b|/10\b|/5\b|°|:\d\d)", re.I)


class Amount(NamedTuple):
    """One figure: ``value`` with its multiplier applied, and the words round it that belong to it.

    A named tuple, like the span: they are made for every figure of a text, five times as fast as a frozen class.
    """

    start: int
    end: int
    value: float
    #: 1000 for "k" …; 1 where none is written.
    times: float = 1.0
    #: The multiplier as written, in lower case.
    times_word: str = ""
    #: Currency signs, codes and words as written, before and after.
    signs: tuple[str, ...] = ()
    #: "100k+"
    plus: bool = False
    #: Digits as written carry a group of three ("45.000").
    grouped: bool = False


class Span(NamedTuple):
    """One figure, or two that make a range."""

    low: Amount
    high: Amount
    #: The word or dash between, in lower case; empty for one figure.
    join: str = ""

    @property
    def single(self) -> bool:
        """One figure only?"""
        return not self.join

    @property
    def start(self) -> int:
        """Offset of the first character, currency included."""
        return self.low.start

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.high.end

    @property
    def signs(self) -> tuple[str, ...]:
        """The currencies written at either figure."""
        return self.low.signs + self.high.signs if self.join else self.low.signs


@cache
def _times() -> dict[str, float]:
    """Multiplier as written, in lower case → its value."""
    return {word: float(value) for value, words in pay_words.table("times").items() for word in words}


@cache
def _between() -> re.Pattern[str]:
    """What stands between the figures of a range: the join, and beside it gross, a period or a short bracket."""
    words = pay_words.table("range")
    return re.compile(rf"^{words['aside']}\s*(?P<join>{words['join']})\s*$", re.I)


@cache
def _before() -> re.Pattern[str]:
    sign = currency.sign_pattern(before=True)
    return re.compile(
        rf"(?P<first>{sign}){_SPACE}{{0,2}}(?:(?P<second>{sign}){_SPACE}{{0,2}})?$|(?P<only>{sign}){_SPACE}{{0,2}}$"
    )


@cache
def _after() -> re.Pattern[str]:
    sign = currency.sign_pattern(before=False)
    worded = grouped(sorted((re.escape(word) for word in _times() if word not in _CJK_TIMES), key=len, reverse=True))
    return re.compile(
        rf"(?P<even>[.,]\s?[-–—]{{1,2}}(?!\d)|,--|:-|;-)?"
        rf"(?:{_SPACE}?(?:(?P<times>(?i:{worded}))(?=$|\W|[\u3000-\u9fff\uac00-\ud7af]|€|PLN|EUR|USD|CHF|GBP|SEK|NOK|DKK|eur|usd|per\b)|(?P<cjk>[万萬만千천亿億])))?(?P<plus1>\+)?"
        rf"(?:{_SPACE}?(?P<sign>{sign})(?:{_SPACE}?/-)?(?P<plus>\+)?)?"
    )


def _sign_before(text: str, start: int) -> re.Match[str] | None:
    """The currency right before a figure; a word that is none ("of 40", "zone 3") is passed over without the pattern."""
    words = text[max(0, start - _REACH) : start].split()
    if words and words[-1].isascii() and words[-1].isalpha() and words[-1] not in currency.spellings():
        return None
    return _before().search(text, max(0, start - _REACH), start)


def scan(text: str) -> Iterator[Amount]:
    """Every figure that may be money, with currency or without, in order; percentages, times and 401(k) left out."""
    skip = count = 0
    # Looking for a digit first is ten times as fast as looking for a number.
    while (digit := _DIGIT.search(text, skip)) and count < _MOST:
        count += 1
        start = digit.start()
        found = _NUMBER.match(text, start)
        if found is None:
            skip = start + 1
            continue
        end = skip = found.end()
        if (never := _NEVER.match(text, start)) and not text[max(0, start - 1) : start].strip("( ").isdigit():
            skip = never.end()
            continue
        if _PERCENT.match(text, end):
            continue
        amount = _amount(text, start, end, found["sep"])
        if amount is not None:
            skip = amount.end
            yield amount


def _amount(text: str, start: int, end: int, separator: str | None) -> Amount | None:
    signs: list[str] = []
    begin = start
    # A character before the figure that is neither a space nor a bracket is either part of a currency or forbids it.
    last = text[start - 1] if start else " "
    if (not last.isascii() or last in "$ .:" or last.isalpha() or last in "*") and (sign := _sign_before(text, start)):
        signs = [part for part in (sign["first"], sign["second"], sign["only"]) if part]
        begin = sign.start()
    elif last in "#_\\=&" or (last.isascii() and last.isalpha() and text[max(0, start - 3) : start].lower() not in ("to", " at")):
        return None
    digits = text[start:end]
    if last in "-/=_" and not signs and _glued(text, start):
        return None
    if signs and signs[-1] in ("R", "P") and not (separator or begin + 1 < start):
        return None
    after = _after().match(text, end)
    assert after is not None  # noqa: S101 - every part of it is optional
    word = (after["times"] or after["cjk"] or "").lower()
    times = _times().get(word, 1.0)
    if word == "t" and (after["sign"] or "") not in ("€", "EUR", "CHF", "euro", "Euro"):
        times = 1e12 if signs else 1.0  # "$120T" are trillions, "60 T€" thousands
    if after["sign"]:
        signs.append(after["sign"])
    if after["even"] == ":-":
        signs.append(":-")
    stop = (
        after.end()
        if (after["times"] or after["cjk"] or after["sign"] or after["even"] or after["plus"] or after["plus1"])
        else end
    )
    if word == "tkr":
        signs.append("kr")
    value = number(digits, separator, multiplied=times in (1e3, 1e6, 1e9) and word.isascii())
    if value is None:
        return None
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return Amount(
        begin,
        stop,
        value * times,
        times,
        word,
        tuple(signs),
        bool(after["plus"] or after["plus1"]),
        separator is not None or "," in digits[:-3],
    )


def _glued(text: str, start: int) -> bool:
    """Is the figure part of a word or an address ("net-14", "https://…/role-55-85k")?"""
    begin = start
    while begin > 0 and start - begin < 120 and not text[begin - 1].isspace():
        begin -= 1
    token = text[begin:start]
    return "://" in token or token.startswith("www.") or (len(token) > 2 and token[-1] == "-" and token[-3:-1].isalpha())


def number(digits: str, separator: str | None = None, *, multiplied: bool = False) -> float | None:
    """The value of "1.234,50", "1 234", "15,00,000", "31,2" …; None where it is too long to be money."""
    if len(digits) > 18:
        return None
    if separator:
        head = digits.split(separator)
        # A dot or comma before exactly three digits groups, unless a multiplier follows: "1.250M", "0.125".
        if len(head) == 2 and separator in ".," and (multiplied or head[0] == "0") and len(digits) <= 6:
            return float(digits.replace(",", "."))
        whole = digits.replace(separator, "")
        return float(whole.replace(",", "."))
    if digits.count(",") > 1:
        return float(digits.replace(",", ""))
    return float(digits.replace(",", "."))


def spans(text: str) -> list[Span]:
    """The figures of a text with those that make a range joined, in order."""
    joined: list[Span] = []
    pending: Amount | None = None
    for amount in scan(text):
        if pending is not None:
            span = _joined(text, pending, amount)
            if span is not None:
                joined.append(span)
                pending = None
                continue
            joined.append(Span(pending, pending))
        pending = amount
    if pending is not None:
        joined.append(Span(pending, pending))
    return joined


def _joined(text: str, low: Amount, high: Amount) -> Span | None:
    gap = text[low.end : high.start]
    if len(gap) > 60 or not (between := _between().match(gap)):
        return None
    join = between["join"].lower().strip(" ,")
    if low.signs and high.signs and not _may_agree(low.signs, high.signs):
        return None
    low, high = _levelled(low, high)
    if low.value == 0 < high.value and high.signs:
        return Span(low._replace(plus=False), high, join or "-")  # "$0 - $650": boards print so where the least is not said
    if not 0 < low.value <= high.value or high.value > 12 * low.value:
        return None
    return Span(low._replace(plus=False), high, join or "-")


def _may_agree(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    codes = {code for sign in one + two for code, guess in [currency.resolve(sign)] if code and not guess}
    return len(codes) <= 1


def _levelled(low: Amount, high: Amount) -> tuple[Amount, Amount]:
    """Both figures on one scale: "$140-270K", "45K-60", "36-75万", "120,00 - 140,000"."""
    if low.times == 1 and high.times > 1 and low.value * high.times <= high.value * 1.001 and low.value < 1000 * 10:
        return low._replace(value=low.value * high.times, times=high.times), high
    if high.times == 1 and low.times > 1 and high.value < low.value and high.value * low.times >= low.value:
        return low, high._replace(value=high.value * low.times, times=low.times)
    if (
        low.times == high.times == 1
        and low.value * 50 < high.value
        and low.value * 1000 <= high.value
        and low.value * 5000 >= high.value
    ):
        return low._replace(value=low.value * 1000), high
    return low, high

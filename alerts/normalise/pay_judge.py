"""Pay judged: is a figure pay, of which kind, for which period and in which currency? By the words round it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alerts.model import Pay
from alerts.normalise import amounts, currency, pay_words
from alerts.normalise.amounts import Span

_KINDS = frozenset(("bonus", "equity", "stipend"))
#: Money in which a million is a salary.
_SMALL_UNITS = frozenset("JPY KRW IDR VND COP CLP HUF ISK CRC PYG KZT RSD ARS NGN LKR PKR UGX TZS RUB INR CZK".split())
_CLAUSE_END = re.compile(r"[\n|•;!?¿·。；！？│]|(?:(?<=[^\W\d_]{3})|(?<=[)%+]))\.\s")
_ADJACENT_END = re.compile(
    r"[,+&()|;:\n•!?。，；]|\.\s|\.$|\s[–—-]\s|\b(?:plus|and|with|und|mit|y|con|et|avec|en|met|och|oraz|including|excluding|depending|based|commensurate|or|for (?:this|the) (?:role|position))\b"
)
_AFTER_PLUS = re.compile(
    r"^\s*(?:/\s?\w+\s*)?(?:\+|&|plus\b|and\b|,)\s*(?:\d|significant|meaningful|generous|early|competitive|great|full|real|substantial|an?\b|some|\w+%?\s)?\s*\S*\s*(?:equity|bonus|benefits|commission|super\b|stock|options|shares|rsu|ote|vsop|tips)"
)
_AFTER_PAY = re.compile(
    r"^\s*[(\[]?\s*(?:doe\b|dep\. on exp|depending on|based on|commensurate|w2\b|c2c\b|1099\b|b2b\b|fte\b|uop\b|ctc\b|net(?:to)?\b|\+ ?vat|netto|brutto|bruto|gross|annuali[sz]ed|all[- ]in\b|·\s*\d+薪|\*\s?\d+)"
)
_ASIDE = re.compile(r"(?<!^)\+|\bplus\b|&| and ")
_TRAP_HOURS = re.compile(
    r"(?:\d\s*-?\s*|hours?|hrs?|uur|uren|std\.?|stunden|horas?|heures?|h|timmar|timer|godzin\w*|days?|tage?|shifts?|x|times?|twice|once)\s*(?:/|per|a|an|pro|par|por|a la|in der|na|i|je)?\s*$"
)
_TAX = re.compile(r"brut|nett?o|gross")
_STIPEND = re.compile(r"stipend|\bbolsa|gratification|indemnit|ausbildungsverg")
_PER = re.compile(r"\s?(?:[a-zł€$]{1,5}\s?)?(?:/|per\b|an?\b|pro\b|par\b|por\b|al\b|the\b|je\b|i\b|net(?:to)?\b|brutto\b)")
_DAYS = re.compile(
    r"\s*[^\W\d]*\s*(?:days?|hours?|hrs|weeks?|months?|years?|yrs?|tage?n?|stunden|wochen|monate|jahre|jours|heures|semaines|mois|ans|d[ií]as|horas|semanas|meses|años|dagen|uur|weken|dni|godzin|dagar|timmar|天|日|小时|个月|年)"
)
_CODE_NEAR = re.compile(r"\b([A-Z]{3})\b")
_YEARS = re.compile(r"(?:19|20)\d\d")
_LOOSE = frozenset(
    "h d j m y an ans pa pd pw pm ph md mo ano mes mês mc ora tim kk bér hó év ral rok år day days week weeks hours year years month months jahr jahre monat tag".split()
)
_HAN, _KANA, _HANGUL = re.compile("[\u4e00-\u9fff]"), re.compile("[\u3040-\u30ff]"), re.compile("[\uac00-\ud7af]")
_HINTS = (
    (re.compile(r"\bcanad|\bcad\b|\btoronto\b|\bvancouver\b|\bmontr[eé]al\b|\bontario\b|\bottawa\b|\bcalgary\b|\bquebec\b|\bbritish columbia\b|\balberta\b"), "CA"),
    (re.compile(r"\baustralia|\baud\b|\bsydney\b|\bmelbourne\b|\bbrisbane\b|\bperth\b|\bcanberra\b|\badelaide\b|\bsuperannuation\b|(?:\+|plus|&|and|inc\w*|\() ?super\b|\bnsw\b|\bqueensland\b"), "AU"),
    (re.compile(r"\bnew zealand\b|\bnzd\b|\bauckland\b|\bkiwisaver\b"), "NZ"),
    (re.compile(r"\bsingapore\b|\bsgd\b|新加坡"), "SG"),
    (re.compile(r"\bhong ?kong\b|\bhkd\b|香港"), "HK"),
    (re.compile(r"\btaiwan\b|\btwd\b|\btaipei\b|台灣|台湾|台北"), "TW"),
    (re.compile(r"\bm[eé]xico\b(?! border)|\bmxn\b|\bcdmx\b"), "MX"),
    (re.compile(r"\bnorway\b|\bnorge\b|\bnok\b|\boslo\b|\bbergen\b"), "NO"),
    (re.compile(r"\bdenmark\b|\bdanmark\b|\bdkk\b|\bk[øo]benhavn\b|\bcopenhagen\b"), "DK"),
    (re.compile(r"\bsweden\b|\bsverige\b|\bstockholm\b|\bg[öo]teborg\b|\bmalm[öo]\b"), "SE"),
    (re.compile(r"\bjapan\b|\btokyo\b|日本|東京"), "JP"),
    (re.compile(r"\bpakistan\b|\bkarachi\b|\blahore\b|\bislamabad\b"), "PK"),
    (re.compile(r"\busd\b|\bu\.?s\.?a?\b[ -]|\bunited states\b|\bnew york\b|\bcalifornia\b|\bsan francisco\b"), "US"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A pay statement and how sure it is."""

    pay: Pay
    score: float
    start: int


@dataclass(slots=True)
class Context:
    """The words round one span, as offsets in the lower-case text."""

    text: str
    low: str
    span: Span
    #: Where the clause before the span begins, and the one behind it ends.
    left: int
    right: int
    country: str | None
    language: str | None
    #: Signs of the figures before and after, for one that has none.
    nearby: tuple[str, ...] = ()


def context(
    text: str, low: str, around: tuple[Span | None, Span, Span | None], country: str | None, language: str | None
) -> Context:
    """``around``: the span with the one before and the one behind it."""
    previous, span, following = around
    fence = following.start if following else len(text)
    nearby = tuple(sign for near in (following, previous) if near and abs(near.start - span.start) < 120 for sign in near.signs)
    begin = max(0, span.start - 130)
    left = begin
    for end in _CLAUSE_END.finditer(low, begin, span.start):
        left = end.end()
    stop = _CLAUSE_END.search(low, span.end, min(len(low), span.end + 90))
    if low[span.end : span.end + 2] in (". ", ".\n"):
        return Context(text, low, span, left, span.end, country, language or _script(text, span), nearby)
    right = min(stop.start() if stop else span.end + 90, fence, len(low))
    return Context(text, low, span, left, right, country, language or _script(text, span), nearby)


def judge(at: Context) -> Judged | None:
    """The statement, or None where the figure is not pay."""
    span = at.span
    money = _currency(at)
    bare = not span.signs
    before, role, distance = _role_before(at)
    after = _role_after(at, strong=before == "pay" and distance < 40)
    if (role == "decoy" and distance > 15 and _clean_range(span, 10_000)) or (
        role == "stipend" and distance > 3 and _clean_range(span, 1000)
    ):
        before = role = ""  # "… a leader in debt collection, senior engineer $240k-$300k"
    if (after == "counted" and bare) or (after == "decoy" and not (before == "pay" and distance < 25 and not span.single)):
        return None
    heading = _heading(at) if not role else ""
    kind = _kind(after, role, heading)
    if kind == "decoy" or _out_of_size(span, money[0], kind):
        return None
    period, stated = _period(at, money[0])
    score = _score(at, before if role else "", heading, after, stated, bare)
    if kind in _KINDS:
        if kind == "stipend" and not _living(at, stated):
            return None
        score += 1
    if _is_all(at):
        score = 3.0
    elif bare and not _bare_enough(at, (role if distance < 50 else "") or (heading if _opens(at) else ""), after, stated):
        return None
    if score < 2:
        return None
    low, high = _ends(at)
    left = max(at.left, span.start - 60)
    words = at.text[left : max(span.end, min(at.right, span.end + 30))].strip()
    pay = Pay(low, high, money[0], period, "parsed", kind, words[:160], _scope(at), stated, money[1])
    return Judged(pay, score, span.start)


def _clean_range(span: Span, least: float) -> bool:
    """A range with a currency whose ends lie as near to each other as those of pay do."""
    return (
        bool(span.signs)
        and not span.single
        and span.low.value < span.high.value <= 2.5 * span.low.value
        and span.high.value >= least
    )


def _living(at: Context, stated: bool) -> bool:
    """Is a stipend what the stay is paid with, rather than a perk (learning, home office …)?"""
    near = at.low[at.left : at.right]
    hits = [
        near[start - at.left : end - at.left]
        for start, end, role in pay_words.roles(at.low, at.left, at.right)
        if role == "stipend"
    ]
    return stated and bool(_STIPEND.search(near)) and all(_STIPEND.search(word) for word in hits)


def granted(at: Context) -> Pay:
    """The statement of a string that is known to be pay: nothing is weighed."""
    code, concluded = _currency(at)
    period, stated = _period(at, code)
    low, high = _ends(at)
    role = _role_after(at, strong=False) or _role_before(at)[1]
    kind = role if role in ("ote", *_KINDS) else "base"
    return Pay(low, high, code, period, "parsed", kind, at.text.strip()[:160], None, stated, concluded)


def hopeless(text: str, low: str, span: Span) -> bool:
    """Can this figure be passed over at a glance? No currency, no multiplier, and neither large nor by the hour."""
    if span.signs or span.high.times > 1 or span.low.times > 1:
        return False
    if span.high.value < 1000:
        return span.high.value < 5 or not (
            _PER.match(low, span.end, span.end + 24) or "hour" in low[max(0, span.start - 60) : span.start]
        )
    return span.single and not span.low.grouped and bool(_YEARS.match(text, span.start))


def _score(at: Context, before: str, heading: str, after: str, stated: bool, bare: bool) -> float:
    span = at.span
    score = 0.0 if bare else 1.0
    score += 0.5 if bare and span.high.times > 1 else 0.0
    score += 0.0 if span.single else 1.0
    score += 0.5 if bare and at.language == "zh" and span.high.times_word == "k" else 0.0
    if before in ("pay", "ote"):
        score += 2
    elif heading in ("pay", "ote"):
        score += 1.5
    if after in ("pay", "ote", "tax") or _AFTER_PAY.match(at.low[span.end : at.right]):
        score += 1.5
    score += 1.0 if stated else 0.0
    if _AFTER_PLUS.match(at.low[span.end : span.end + 70]):
        score += 1.0
    score += 1.0 if _alone(at) else 0.0
    score += 0.5 if span.high.plus and span.high.times > 1 else 0.0
    return score


def _alone(at: Context) -> bool:
    """Does the figure stand by itself, as between bars, on a line, or at the start of a sentence?"""
    before = at.low[at.left : at.span.start].rstrip(" ~≈@")
    if opening := pay_words.openings().search(before):
        before = before[: opening.start()].rstrip()
    dash = not before or before[-1] in "-–—(:" or (len(before) < 3 and not before.isalnum())
    if not dash:
        return False
    after = at.low[at.span.end : at.right].strip()
    return not after or after[0] in "+|,.()-–—/&" or len(after) < 25


def _bare_enough(at: Context, cue: str, after: str, stated: bool) -> bool:
    """A figure without a currency needs more: the word salary beside it, or a range in thousands that stands alone."""
    span = at.span
    if span.low.times == 1 and span.high.times == 1:
        digits = at.text[span.start : span.end]
        if _YEARS.match(digits) and not span.low.grouped:
            return False
        if span.high.value < 1000 and not _per(at):
            return False
        near = cue in ("pay", "ote") and (not span.single or span.high.value >= 1000 or stated)
        return near or (after in ("pay", "ote", "tax") and span.high.value >= 1000)
    word = span.high.times_word or span.low.times_word
    if word in ("m", "b", "t", "l", "mm", "bn", "w", "tr", "cr", "mil") and cue not in ("pay", "ote"):
        return word == "w" and at.language == "zh"
    return True


def _is_all(at: Context) -> bool:
    """Is the whole text nothing but this range of money ("75000-90000")?"""
    span = at.span
    return (
        len(at.text) < 40
        and not span.single
        and span.low.value >= 1000
        and not at.text[: span.start].strip()
        and not at.text[span.end :].strip()
        and not (_YEARS.match(at.text[span.start :]) and span.high.value < 2100)
    )


def _opens(at: Context) -> bool:
    """Does the figure open its line or cell?"""
    return sum(letter.isalnum() for letter in at.low[at.left : at.span.start]) < 4


def _per(at: Context) -> bool:
    """Is a period tied to the figure by a slash or "per", so that "3-5 days" is none?"""
    return (
        bool(_PER.match(at.low[at.span.end : at.span.end + 24]))
        or "hour" in at.low[at.left : at.span.start]
        or not _DAYS.match(at.low, at.span.end)
    )


def _role_before(at: Context) -> tuple[str, str, int]:
    """``(last role, the role that counts, its distance)``: "plus bonus: $150k" is still pay."""
    hits = pay_words.roles(at.low, at.left, at.span.start)
    if not hits:
        return "", "", 999
    start, end, role = hits[-1]
    first_pay = any(hit[2] in ("pay", "ote") and not at.low.startswith("earn", hit[0]) for hit in hits[:-1])
    while role not in ("pay", "ote") and first_pay and len(hits) > 1 and pay_words.beside().search(at.low, at.left, start):
        hits.pop()
        start, end, role = hits[-1]
    if role == "pay" and len(hits) > 1 and hits[-2][2] in _KINDS and start - hits[-2][1] <= 2:
        role = hits[-2][2]  # "bonus pay", "referral package"
    if role == "pay" and len(hits) > 1 and hits[-2][2] in _KINDS and at.low.startswith("earn", start):
        role = hits[-2][2]
    if role == "counted":
        pays = [hit for hit in hits if hit[2] in ("pay", "ote")]
        role, end = (pays[-1][2], pays[-1][1]) if pays else ("", end)
    if role == "pay" and any(hit[2] == "ote" for hit in hits) and "base" not in at.low[at.left : at.span.start]:
        role = "ote"
    distance = at.span.start - end
    if role in ("decoy", *_KINDS) and distance > (35 if role == "stipend" else 60):
        return "", "", distance
    return ("pay" if role == "ote" else role), role, distance


def _role_after(at: Context, *, strong: bool) -> str:
    """The role of the words right behind the figure, before anything is added to it."""
    start = at.span.end
    text = at.low[start : min(at.right, start + 60)]
    inner = re.match(r"\s*\(([^)]{2,40})\)", text)
    if inner:
        hits = pay_words.roles(inner[1], 0, len(inner[1]))
        if hits and hits[0][2] in ("ote", "pay", "equity"):
            return hits[0][2]
    cut = _ADJACENT_END.search(text)
    text = text[: cut.start()] if cut else text
    words = 0
    hits = pay_words.roles(text, 0, len(text))
    for begin, _, role in hits:
        words = len(re.findall(r"[^\W\d_]{2,}", text[:begin]))
        if words <= (2 if strong else 4):
            if role == "pay" and len(hits) > 1 and hits[1][2] in _KINDS and hits[1][0] - begin < 12:
                return hits[1][2]
            return "tax" if role == "pay" and _TAX.match(text, begin) else role
        break
    return ""


def _heading(at: Context) -> str:
    """The role of the line or cell before, where the figure opens its own."""
    own = at.low[at.left : at.span.start]
    if sum(letter.isalnum() for letter in own) > 32:
        return ""
    end = at.left
    cell = at.low[end - 1 : end] == "|" or at.low[max(0, end - 2) : end] == "| "
    while end > 0 and at.low[end - 1] in " \n|•*:-–\t·":
        end -= 1
    start = max(at.low.rfind("\n", 0, end), at.low.rfind("|", 0, end), end - 90, 0)
    hits = pay_words.roles(at.low, start, end)
    found = hits[-1][2] if hits and end - start < 89 else ""
    return "" if cell and found not in ("pay", "ote") else found


def _kind(after: str, role: str, heading: str) -> str:
    if after in ("ote", *_KINDS):
        return after
    if after == "pay":
        return "base"
    if role:
        return {"pay": "base", "counted": "base"}.get(role, role)
    if heading in ("ote", "bonus", "equity"):
        return heading
    return "base"


# --- money ----------------------------------------------------------------------------------------------------------


def _script(text: str, span: Span) -> str | None:
    near = text[max(0, span.start - 80) : span.end + 40]
    if near.isascii():
        return None
    if _KANA.search(near):
        return "ja"
    if _HANGUL.search(near):
        return "ko"
    return "zh" if _HAN.search(near) else None


def _currency(at: Context) -> tuple[str | None, bool]:
    """``(code, was it concluded)``"""
    span = at.span
    size = span.high.value
    found: tuple[str | None, bool] = (None, False)
    for sign in span.signs:
        country = at.country
        if currency.resolve(sign)[1]:
            country = _place_near(at) or country
        code, concluded = currency.resolve(sign, country=country, language=at.language, size=size)
        if code and not concluded:
            return code, False
        found = found if found[0] else (code, concluded)
    if found[0]:
        return _code_near(at, currency.resolve(span.signs[0])[1], found)
    if span.high.times_word in ("lpa", "lakh", "lakhs", "lac", "lacs", "cr", "crore", "crores"):
        return "INR", True
    named = _code_near(at, True, (None, False))
    if named[0]:
        return named
    if at.nearby:
        return currency.resolve(at.nearby[0], country=at.country, language=at.language, size=size)[0], True
    if at.language in ("zh", "ja", "ko"):
        local = currency.of_country(at.country)
        return {"zh": local if local in ("TWD", "HKD", "SGD", "MYR") else "CNY", "ja": "JPY", "ko": "KRW"}[at.language], True
    return currency.of_country(at.country), True


def _code_near(at: Context, ambiguous: bool, found: tuple[str | None, bool]) -> tuple[str | None, bool]:
    """A code that stands a little off: "Salary (EUR): 50,000", "$100,000 per year (CAD)"."""
    if not ambiguous:
        return found
    around = at.text[max(at.left, at.span.start - 40) : at.span.start], at.text[at.span.end : min(at.right, at.span.end + 30)]
    for part in (around[1], around[0][::-1]):
        for match in _CODE_NEAR.finditer(part):
            code = match[1] if part is around[1] else match[1][::-1]
            if currency.is_code(code) and code not in ("ALL", "TOP", "TRY", "PEN", "MAD"):
                return code, False
    return found


def _place_near(at: Context) -> str | None:
    """The country that the clause itself names: "For Canada: $150,000"."""
    near = at.low[max(at.left, at.span.start - 80) : at.span.start]
    behind = at.low[at.span.end : min(at.right, at.span.end + 40)]
    best: tuple[int, str] | None = None
    for rule, country in _HINTS:
        for found in rule.finditer(near):
            if best is None or found.start() > best[0]:
                best = (found.start(), country)
        if best is None and rule.search(behind):
            return country
    return best[1] if best else None


def country_in(place: str) -> str | None:
    """The one country that lower-case words name; None where they name two."""
    named = {country for rule, country in _HINTS if rule.search(place)}
    return named.pop() if len(named) == 1 else None


def _out_of_size(span: Span, code: str | None, kind: str) -> bool:
    """Is it more or less than anybody is paid?"""
    sizes = currency.table().get(code or "USD") or currency.table()["USD"]
    value = span.high.value
    if span.high.times >= 1e6 and code not in _SMALL_UNITS:
        return True
    if kind in ("bonus", "equity"):
        return value < sizes.hour
    return value > sizes.month * 100 or value < sizes.hour / 60


# --- period ---------------------------------------------------------------------------------------------------------


def _period(at: Context, code: str | None) -> tuple[str | None, bool]:
    """``(period, is it said)``: said behind the figure, before it, or else told by the size."""
    said = _said_after(at, code) or _said_before(at, code)
    if said:
        return said, True
    return infer(at.span.high.value, code, at.span.high.times_word, at.language), False


def infer(value: float, code: str | None, times_word: str = "", language: str | None = None) -> str:
    """The period that an amount of this size is paid for."""
    sizes = currency.table().get(code or "USD") or currency.table()["USD"]
    if times_word in ("lpa", "lakh", "lakhs", "lac", "lacs", "cr", "crore"):
        return "year"
    if times_word == "k" and (code == "CNY" or language == "zh") and value < 150_000:
        return "month"
    return "hour" if value < sizes.hour else "day" if value < sizes.day else "month" if value < sizes.month else "year"


def plausible(value: float, period: str, code: str | None) -> bool:
    """Could anybody be paid this for that?"""
    sizes = currency.table().get(code or "USD") or currency.table()["USD"]
    low, high = {
        "hour": (0.0, sizes.hour * 4),
        "day": (sizes.hour / 20, sizes.day * 5),
        "week": (sizes.hour / 8, sizes.month * 1.5),
        "month": (sizes.hour / 5, sizes.month * 8),
        "year": (sizes.month / 17, float("inf")),
    }[period]
    return low <= value <= high


def _said_after(at: Context, code: str | None) -> str | None:
    start, end = at.span.end, min(at.right, at.span.end + 60)
    if aside := _ASIDE.search(at.low, start, end):
        end = aside.start()
    for found in pay_words.period().finditer(at.low, start, end):
        period = _named(found)
        gap = at.low[start : found.start()]
        if found.start() > start and _TRAP_HOURS.search(gap[-14:]) and re.search(r"\d|uur|hour|h\b|std|day|tage?\b|x", gap[-14:]):
            continue
        if found[0] in _LOOSE and not _tied(gap):
            continue
        if len(gap) > 45 and found[0] in _LOOSE:
            continue
        if plausible(at.span.high.value, period, code):
            return period
    # Inside a range: "$124,000 per year - $137,500".
    if not at.span.single:
        inner = at.low[at.span.low.end : at.span.high.start]
        for found in pay_words.period().finditer(inner):
            if plausible(at.span.high.value, _named(found), code):
                return _named(found)
    return None


def _tied(gap: str) -> bool:
    """Does a short word ("h", "month") belong to the figure before it? Through a slash, "per", or nothing else."""
    gap = gap.strip()
    return (
        not gap
        or bool(
            re.search(
                r"(?:[/·]|\bper|\bpro|\bpar|\bpor|\bal|\ban?|\bim|\bin the|\bi|\bje|\bthe|\bla|\bl['’]|\beach|\bevery|\bin|\bde|\bz[ae]|\bna|\bup)$",
                gap,
            )
        )
        or (
            re.fullmatch(r"[(\[]?\s*(?:gross|brutto|bruto|brut|bruts|net|netto|usd|eur|cad|aud|gbp|base|\+?\s?vat|€|\W)*\s*", gap)
            is not None
        )
    )


def _said_before(at: Context, code: str | None) -> str | None:
    start = max(at.left, at.span.start - 110)
    own = at.low[start : at.span.start]
    hits = [found for found in pay_words.period().finditer(own)]
    if not hits and sum(letter.isalnum() for letter in own) <= 32:
        line = at.low.rfind("\n", 0, max(0, at.left - 1))
        own = at.low[max(line, at.left - 60, 0) : at.left]
        hits = [found for found in pay_words.period().finditer(own)]
    for found in reversed(hits):
        gap = own[: found.start()]
        clock = found[0] in _LOOSE or _named(found) in ("hour", "day", "week")
        if clock and _TRAP_HOURS.search(gap[-14:]) and re.search(r"\d\D{0,12}$", gap[-16:]):
            continue
        if found[0] in _LOOSE and not re.search(r"(?:/|\bper|\bpro|\bpar|\bim|\bal|\bpor|\ban?|\bin the)\s*$", gap):
            continue
        if plausible(at.span.high.value, _named(found), code):
            return _named(found)
    return None


def _named(found: re.Match[str]) -> str:
    name = found.lastgroup or "year"
    return {"年": "year", "月": "month", "日": "day", "天": "day", "时": "hour"}[found[0]] if name == "cjk" else name


# --- ends and scope -------------------------------------------------------------------------------------------------


def _ends(at: Context) -> tuple[float | None, float | None]:
    span = at.span
    low, high = span.low.value, span.high.value
    if not span.single:
        return low, high
    before = at.low[max(at.left, span.start - 90) : span.start]
    opening = pay_words.openings().search(before)
    if opening is not None:
        return (None, high) if opening["upto"] else (low, None)
    if span.high.plus:
        return low, None
    behind = at.low[span.end : span.end + 60]
    ending = pay_words.endings().match(behind)
    if ending is not None:
        return (None, high) if ending["upto"] else (low, None)
    if re.match(r"[^\n.]{0,50}überzahlung", behind):
        return low, None
    return low, high


_SCOPE = re.compile(
    r"(?:^|[\s(])((?:zone|tier|region|level|geo|grade|band|area|group|l|ic|e)\s?-?[a-z0-9]{1,3})\b[^\n]{0,30}$", re.I
)
_NO_SCOPES = frozenset(
    "https http open roles location currency note tip benefits benefits: holiday position role title what we offer perks type".split()
    + ["open roles", "what we offer", "we offer"]
)
_LABEL = re.compile(
    r"^\W*(?:for )?([^:\n()$€£\d]{2,45}?)(?:[- ]based (?:roles?|hires?|candidates?|employees?|applicants?))?\s*(?::|,(?= the)| [–—-] ?)",
    re.I,
)


def _scope(at: Context) -> str | None:
    """Whom the figure is for ("Zone A", "Toronto, Canada"), where the words before it say so."""
    before = at.text[at.left : at.span.start]
    if found := _SCOPE.search(before):
        return found[1].strip()
    if (found := _LABEL.match(before)) and not pay_words.any_pay().search(found[1].lower()):
        label = found[1].strip(" *-–—•")
        return label if len(label) > 1 and label.lower() not in _NO_SCOPES else None
    return None


def spans(text: str) -> list[Span]:
    """Joined figures, those tied by "and" only where "between" stands before."""
    found: list[Span] = []
    for span in amounts.spans(text):
        if span.join in ("and", "und", "y", "e", "et", "en", "och", "og", "oraz", "i"):
            before = text[max(0, span.start - 40) : span.start].lower()
            if not pay_words.between().search(before) and not re.search(r"between|zwischen|entre|tussen|mellan|pomiędzy", before):
                found += [Span(span.low, span.low), Span(span.high, span.high)]
                continue
        found.append(span)
    return found

"""The forms of dates, times of day and zones in the languages that are read, as patterns."""

from __future__ import annotations

import re

PLAIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９：／（）～\u00a0\u202f", "0123456789" * 3 + ":/()~  ")
"""Digits and marks of other scripts as those that the patterns have, one for one."""

_MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene janeiro يناير ጃንዋሪ ጃን",
    "february feb februar février févr fév febrero fevereiro fev فبراير شباط ፌብሩዋሪ ፌብ",
    "march mar märz mrz mars marzo março مارس آذار ማርች",
    "april apr avril avr abril abr أبريل إبريل نيسان ኤፕሪል ኤፕሪ",
    "may mai mayo maio مايو أيار ሜይ",
    "june jun juni juin junio junho يونيو حزيران ጁን",
    "july jul juli juillet juil julio julho يوليو تموز ጁላይ",
    "august aug août agosto ago أغسطس آب ኦገስት ኦገስ",
    "september sept sep septembre septiembre setembro set سبتمبر أيلول ሴፕቴምበር ሴፕቴ",
    "october oct oktober okt octobre octubre outubro out أكتوبر ኦክቶበር ኦክቶ",
    "november nov novembre noviembre novembro نوفمبر ኖቬምበር ኖቬም",
    "december dec dezember dez décembre déc diciembre dic dezembro ديسمبر ዲሴምበር ዲሴም",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?!\w)\.?"

ZONES = {
    "UTC": "UTC", "GMT": "UTC", "Z": "UTC",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "PACIFIC": "America/Los_Angeles", "US/PACIFIC": "America/Los_Angeles",
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York", "EASTERN": "America/New_York",
    "MST": "America/Denver", "MDT": "America/Denver", "CDT": "America/Chicago", "CENTRAL": "America/Chicago",
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin",
    "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki", "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon",
    "MSK": "Europe/Moscow", "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "EAT": "Africa/Nairobi",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
    "BRT": "America/Sao_Paulo", "BRASÍLIA": "America/Sao_Paulo", "ART": "America/Argentina/Buenos_Aires",
    "WIB": "Asia/Jakarta", "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong",
    "COORDINATED UNIVERSAL": "UTC", "GREENWICH MEAN": "UTC", "GREENWICH MERIDIAN": "UTC",
    "PACIFIC STANDARD": "America/Los_Angeles", "PACIFIC DAYLIGHT": "America/Los_Angeles",
    "EASTERN STANDARD": "America/New_York", "EASTERN DAYLIGHT": "America/New_York",
    "CENTRAL STANDARD": "America/Chicago", "CENTRAL DAYLIGHT": "America/Chicago",
    "MOUNTAIN STANDARD": "America/Denver", "MOUNTAIN DAYLIGHT": "America/Denver",
    "CENTRAL EUROPEAN": "Europe/Berlin", "CENTRAL EUROPEAN SUMMER": "Europe/Berlin",
    "BRITISH SUMMER": "Europe/London", "INDIA STANDARD": "Asia/Kolkata", "INDIAN STANDARD": "Asia/Kolkata",
    "JAPAN STANDARD": "Asia/Tokyo", "CHINA STANDARD": "Asia/Shanghai", "KOREA STANDARD": "Asia/Seoul",
}  # fmt: skip
"""Zones by what people call them. Names that mean several (CST, IST) are not there: nobody guesses."""


def _as_words(name: str) -> str:
    """Return the name of a zone as it is written out: words with a capital, abbreviations as they are."""
    return name.title() if len(name) > len("AEST") and "/" not in name else name


_NAMED = "|".join(
    sorted(
        (re.escape(each) for name in [*ZONES, "US/Pacific"] if name != "Z" for each in {name, _as_words(name)}), key=len
    )[::-1]
)
_OFFSET = r"(?:UTC|GMT)?[+-](?:0?\d|1[0-4])(?::?[0-5]\d)?(?!\d|:\d)"
_AMBIGUOUS = "CST|IST|AST|ADT|BST|GST|HST|SAST|WAT|ICT|PKT"
_ZONE = rf"(?P<zone>{_OFFSET}|[+]?(?:{_NAMED})(?![\w/])(?:[ ]?[Tt]ime)?|Z\b|(?:{_AMBIGUOUS})(?!\w))"
_DAY_NAMES = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag"
    r"|sonnabend|sonntag|(?:mo|di|mi|do|fr|sa|so)(?=[.,])|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes"
    r"|miércoles|jueves|viernes|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|sábado|domingo"
)
_WEEKDAY = (
    rf"(?:(?:{_DAY_NAMES})\b\.?,?[ ]+"
    r"|(?:يوم[ ])?(?:الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد)[،,]?[ ]+"
    r"|(?:[月火水木金土日]曜日?|(?:星期|周|礼拜)[一二三四五六日天])[ ,、，]*)"
)
_WEEKDAY_AFTER = (
    r"(?:[ ]*\((?:[月火水木金土日](?:曜日?)?|(?:星期|周)?[一二三四五六日天])(?:[・･]祝)?\)"
    r"|[ ]*(?:星期|周)[一二三四五六日天])?"
)
_GAP = r"[ \t*_`\[\](),|@·•●▪◦‣・]*"
_DATE = (
    r"(?P<iso>(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d))"
    r"|(?P<plain>(?P<a>\d{1,2})\u200f?(?P<sep>[-/.])(?P<b>\d{1,2})\u200f?(?P=sep)(?P<y2>(?:19|20)\d\d|\d\d)(?!\d))"
    rf"|(?P<dmy>(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[ /-]+(?:de[ ]+|of[ ]+)?(?P<n3>{_MONTH})"
    rf"(?:[ /,-]*(?:de[ ]+)?(?P<y3>(?:19|20)\d\d)(?!\d))?)"
    rf"|(?P<mdy>(?P<n4>{_MONTH})[ -]+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d)(?:[ ,-]+(?P<y4>(?:19|20)\d\d)(?!\d))?)"
    r"|(?P<cjk>(?:(?P<y5>(?:19|20)\d\d)[ ]*年[ ]*)?(?P<m5>\d{1,2})[ ]*月[ ]*(?P<d5>\d{1,2})[ ]*[日号]"
    rf"{_WEEKDAY_AFTER})"
    r"|(?P<compact>(?P<y6>(?:19|20)\d\d)(?P<m6>0[1-9]|1[0-2])(?P<d6>[0-2]\d|3[01])(?=T\d{4}|[ ]+\d{1,2}:\d\d))"
    r"|(?P<short>(?P<a7>\d{1,2})(?:[/-](?P<b7>\d{1,2})|\.(?P<b8>\d{1,2})\.)(?=,?[ ]+\d{1,2}:\d\d))"
)
MORNING = ("a", "午前", "上午", "凌晨", "早上", "清晨", "صباح", "ص")
"""How words for the first half of the day begin; all others mean the second."""

_BEFORE_NOON_OR_AFTER = r"[ap]\.?[ ]?m\.?(?!\w)|(?:صباح|مساء)[\w\u064b-\u0652]*|[صم](?!\w)"
_UNIT = r"(?:uhr|hrs?|hs?|hours|heures|horas)\b"
_CLOCK = (
    r"(?:(?P<before>午前|午後|上午|下午|晚上|凌晨|早上|清晨|傍晚|中午)[ ]*)?(?P<h>\d{1,2})(?:"
    r"(?::|[ ]?h[ ]?|[時点點时]|[ ]uhr[ ])(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d+)?|分(?:\d{1,2}秒)?)?(?!\d)"
    r"|[時点點时](?P<one>\d)分"
    rf"|\.(?P<dotted>[0-5]\d)(?=[ ]*(?:[ap]\.?m\b|{_UNIT}))"
    r"|(?=[ ]*[ap]\.?[ ]?m\.?(?!\w))|[ ]uhr\b|[時时](?![間间])|[ ]?h(?=[ ]*(?:[:–—-]|$))"
    r"|[ ]?[点點](?:[钟鐘整])?(?=[ ]*(?:左右|[:,，–—-]|$)|(?(before)|(?!)))"
    rf")(?:[ ]*(?:min\b|{_UNIT}))?(?:[ ]*(?P<half>{_BEFORE_NOON_OR_AFTER}))?"
)
DATE_RE = re.compile(_DATE, re.IGNORECASE)
DATES_RE = re.compile(r"(?<![\w/.-])(?:" + _DATE + ")", re.IGNORECASE)
CLOCK_RE = re.compile(_CLOCK, re.IGNORECASE)
BARE_RE = re.compile(r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?:(?P<s>[0-5]\d)(?=Z|[+ -]|$))?(?!\d)")
MIDNIGHT = frozenset({"midnight", "mitternacht", "minuit", "medianoche", "meia-noite", "午夜", "منتصف الليل"})
WORD_RE = re.compile(
    r"(?P<word>noon|midday|midnight|mittags?|mitternacht|midi|minuit|mediodía|medianoche|meio-dia|meia-noite|正午|午夜"
    r"|الظهر|منتصف الليل)(?!\w)",
    re.IGNORECASE,
)
ZONE_RE = re.compile(r"[ *_`(\[]*" + _ZONE)
ANY_ZONE_RE = re.compile(r"(?<![\w/+-])(?:" + _ZONE + r")")
ISO_CLOCK_RE = re.compile(r"\dT\d\d:?\d\d[\d:.]*$")
RANGE_RE = re.compile(
    r"[ *_`]*(?:-|–|—|~|〜|→|to\b|until\b|bis\b|à\b|and\b|und\b|et\b|y\b|e\b|hasta\b|até\b|から|至|到|إلى\b|\+)[ *_`]*",
    re.IGNORECASE,
)
ALSO_RE = re.compile(r"[ ]*[/=][ ]*")
_VAGUE = (
    r"about|around|approx(?:imately)?|roughly|circa|ca|c|between|(?:shortly|just)[ ](?:before|after)"
    r"|before|after|until|till|since|prior[ ]to|vor|nach|bis|ab|seit|avant|après|depuis|jusqu['’]à"
    r"|(?:antes|después|depois)[ ]d[eao]s?(?:[ ]las?)?|(?:desde|hasta|até)(?:[ ](?:las?|às?|as))?"
    r"|gegen|etwa|ungefähr|kurz[ ](?:vor|nach)|vers|environ|entre|autour[ ]de|alrededor[ ]de[ ]las?"
    r"|a[ ]eso[ ]de[ ]las?|hacia|aproximadamente|cerca[ ]d[ea]s?|por[ ]volta[ ]d[ea]s?|حوالي|نحو"
)
_AT = r"at|on|from|by|um|à|a[ ]las?|las?|às|as|am|le|el|الساعة|من"
VAGUE_RE = re.compile(rf"[~≈约約]|\b(?:{_VAGUE})\b", re.IGNORECASE)
ABOUT_RE = re.compile(rf"(?:(?:[~≈约約頃]|\b(?:{_VAGUE}|{_AT})\b\.?)[ *_`]*)+", re.IGNORECASE)
WEEKDAY_RE = re.compile(_WEEKDAY, re.IGNORECASE)
DAY_NAME_RE = re.compile(r"[ ,(]*(?:mon|tues|wednes|thurs|fri|satur|sun)day\b\)?", re.IGNORECASE)
GAP_RE = re.compile(_GAP)
JOIN_RE = re.compile(
    r"(?:[ ]?\((?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\))?"
    r"[ \t*_`\[\](),،、|·T]*(?:(?:-|–|—|:|at|um|à|a las|às|ab|@|الساعة)[ \t*_`]+|:(?=\d\d:\d\d:\d\d))?",
    re.IGNORECASE,
)
_STRETCH = r"(?:\d+(?:\.\d+)?[ ]?(?:d|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![a-z])[ ]?)+"
RELATIVE_RE = re.compile(
    rf"(?:T[ ]?(?P<sign>[+−–-])|\+)[ ]?(?:(?P<parts>{_STRETCH})|(?P<clock>\d{{1,3}}:[0-5]\d)(?![\d:]))"
    r"|T[ ]?\+?[ ]?0(?![\w:.])",
    re.IGNORECASE,
)
LATER_YEAR_RE = re.compile(r"[ ](?P<year>(?:19|20)\d\d)(?![\d:-])")
ABOUT_AFTER = "頃ごろ左右前後+?"
"""Marks after a time by which it is only about right."""

AFTER_RE = re.compile(
    r"[ \t*_`\]|)”\"]*(?:(?:頃|ごろ|左右|前後|\(approx\.?\)|\+|\?)[ \t*_`\]]*)?"
    r"(?:[-–—:|,.>→、，،]+(?=[\s*_`]|$)|：)?[ \t*_`]*"
)
TAIL_RE = re.compile(r"[ \t*_`]*\((?P<inside>[^()\n]{1,40})\)")
TAIL_WORD_RE = re.compile(r"(?:approx|inicio|start|end|fin|ca\b|est)", re.IGNORECASE)
UNIT_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}

"""Days and hours as the reader says them: in their language, in the installation's time zone.

Templates use these as filters, ``{{ proposal.published_at|day }}``; `FILTERS` lists them and takes
`language`, `zone` and `now` from the page. Every filter gives a `<time>` whose `datetime` holds
the exact moment, whatever the words leave out. A moment is an aware datetime; a plain date names
itself in every time zone.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_timedelta
from babel.units import format_unit
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

Form = Literal["name", "on", "from", "to"]
Unit = Literal["month", "day", "hour", "minute"]

NBSP = "\u00a0"
LOCALES = {"lv": "lv", "lt": "lt", "en": "en_GB"}

# Babel knows the nominative and the genitive of Latvian months, but a sentence also says "in May"
# and "until May".
FORMS: tuple[Form, ...] = ("name", "on", "from", "to")
LATVIAN_MONTHS = (
    ("janvāris", "janvārī", "janvāra", "janvārim"),
    ("februāris", "februārī", "februāra", "februārim"),
    ("marts", "martā", "marta", "martam"),
    ("aprīlis", "aprīlī", "aprīļa", "aprīlim"),
    ("maijs", "maijā", "maija", "maijam"),
    ("jūnijs", "jūnijā", "jūnija", "jūnijam"),
    ("jūlijs", "jūlijā", "jūlija", "jūlijam"),
    ("augusts", "augustā", "augusta", "augustam"),
    ("septembris", "septembrī", "septembra", "septembrim"),
    ("oktobris", "oktobrī", "oktobra", "oktobrim"),
    ("novembris", "novembrī", "novembra", "novembrim"),
    ("decembris", "decembrī", "decembra", "decembrim"),
)
FROM = {"lv": "no", "lt": "nuo", "en": "from"}
UNTIL = {"lv": "līdz", "lt": "iki", "en": "until"}
NEXT_TO_TODAY = {
    "lv": {-1: "vakar", 0: "šodien", 1: "rīt"},
    "lt": {-1: "vakar", 0: "šiandien", 1: "rytoj"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}
LEFT = {"lv": "vēl {}", "lt": "liko {}", "en": "{} left"}
# Babel says "12 dienu", as CLDR counts; our catalogues count by gettext's rule: "12 dienas".
LATVIAN_UNITS: dict[Unit, tuple[str, str]] = {
    "month": ("mēnesis", "mēneši"),
    "day": ("diena", "dienas"),
    "hour": ("stunda", "stundas"),
    "minute": ("minūte", "minūtes"),
}


def day(moment: date, *, language: str, zone: ZoneInfo, now: datetime) -> Markup:
    """On which day: "24. maijā"; with the year only when it is not this one."""
    local = _day_of(moment, zone)
    return _time(local, in_words(local, "on", language, year=_other_year(local, zone, now)))


def full_date(moment: date, *, language: str, zone: ZoneInfo, now: datetime) -> Markup:
    """The day's whole name, for a list or a heading: "2021. gada 24. maijs"."""
    local = _day_of(moment, zone)
    return _time(local, in_words(local, "name", language, year=True))


def clock(moment: datetime, *, language: str, zone: ZoneInfo, now: datetime) -> Markup:
    """The hour and minute alone: "plkst. 23.59"."""
    return _time(_local(moment, zone), _hour(_local(moment, zone), language))


def day_and_clock(moment: datetime, *, language: str, zone: ZoneInfo, now: datetime) -> Markup:
    """The day and the hour: "24. maijā plkst. 23.59"."""
    local = _local(moment, zone)
    words = in_words(local, "on", language, year=_other_year(local, zone, now))
    return _time(local, _with_hour(words, local, language))


def since(moment: date, *, language: str, zone: ZoneInfo, now: datetime) -> Markup:
    """From which day: "no 24. maija"."""
    local = _day_of(moment, zone)
    words = in_words(local, "from", language, year=_other_year(local, zone, now))
    return Markup("{} {}").format(FROM[language], _time(local, words))


def until(
    moment: date,
    *,
    language: str,
    zone: ZoneInfo,
    now: datetime,
    to_the_minute: bool = False,
) -> Markup:
    """Until which day, the day itself included: "līdz 29. jūnijam".

    Deadlines are stored as the first moment that is too late. One at local midnight therefore
    names the day before, at 23:59 if the minute is wanted; any other always says its hour.
    """
    named = last_moment(moment, zone)
    words = in_words(named, "to", language, year=_other_year(named, zone, now))
    if isinstance(named, datetime) and (to_the_minute or not _at_midnight(moment, zone)):
        words = _with_hour(words, named, language)
    exact = _local(moment, zone) if isinstance(moment, datetime) else moment
    return Markup("{} {}").format(UNTIL[language], _time(exact, words))


def span(opens: date, closes: date, *, language: str, zone: ZoneInfo, now: datetime) -> Markup:
    """From one day until another: "no 15. februāra līdz 23. martam"; one year is said once."""
    first, last = _day_of(opens, zone), _day_of(last_moment(closes, zone), zone)
    this_year = not _other_year(first, zone, now) and not _other_year(last, zone, now)
    start = in_words(first, "from", language, year=not this_year)
    end = in_words(last, "to", language, year=first.year != last.year)
    if language == "en" and not this_year:  # English says the year at the end.
        start = in_words(first, "from", language, year=first.year != last.year)
        end = in_words(last, "to", language, year=True)
    return Markup("{} {} {} {}").format(
        FROM[language], _time(first, start), UNTIL[language], _time(last, end)
    )


def left(moment: date, *, language: str, zone: ZoneInfo, now: datetime) -> Markup:
    """How long a deadline still leaves: "vēl 12 dienas", on the last day in hours; "" afterwards.

    Days are counted on the calendar, up to the day that `until` names, so that both agree.
    """
    days = (_day_of(last_moment(moment, zone), zone) - _day_of(now, zone)).days
    remaining = moment - now if isinstance(moment, datetime) else timedelta(hours=24)
    if days < 0 or remaining <= timedelta(0):
        return Markup("")
    amount, unit = _amount(days, remaining)
    exact = _local(moment, zone) if isinstance(moment, datetime) else moment
    return _time(exact, LEFT[language].format(_counted(amount, unit, language)))


def lately(moment: datetime, *, language: str, zone: ZoneInfo, now: datetime) -> Markup:
    """The exact day and how far it is from now: "29. aprīlī, pirms 3 dienām"."""
    local = _local(moment, zone)
    words = in_words(local, "on", language, year=_other_year(local, zone, now))
    return _time(local, f"{words}, {distance(moment, language=language, zone=zone, now=now)}")


def distance(moment: datetime, *, language: str, zone: ZoneInfo, now: datetime) -> str:
    """How far a moment is from now, in words: "pēc 12 dienām", "vakar", "pirms 2 stundām"."""
    days = (_day_of(moment, zone) - _day_of(now, zone)).days
    if abs(days) == 1:
        return NEXT_TO_TODAY[language][days]
    amount, unit = _amount(abs(days), abs(moment - now))
    if amount == 0:
        return NEXT_TO_TODAY[language][0]
    sign = 1 if moment >= now else -1
    lengths = {"month": timedelta(days=30.4375), "day": timedelta(days=1)}
    lengths |= {"hour": timedelta(hours=1), "minute": timedelta(minutes=1)}
    words = format_timedelta(
        lengths[unit] * amount * sign,
        granularity=unit,
        threshold=10**9,  # Never a larger unit than the one we chose.
        add_direction=True,
        locale=LOCALES[language],
    )
    return words.replace(f"{amount} ", f"{amount}{NBSP}")


def in_words(day: date, form: Form, language: str, *, year: bool) -> str:
    """A day's name as a sentence needs it, without its preposition.

    Latvian bends the month (GLOSSARY, "Dates"); Lithuanian and English keep one form.
    """
    if language == "lv":
        month = LATVIAN_MONTHS[day.month - 1][FORMS.index(form)]
        words = f"{day.day}.{NBSP}{month}"
        return f"{day.year}.{NBSP}gada {words}" if year else words
    month = format_date(day, "MMMM", locale=LOCALES[language])
    if language == "lt":
        words = f"{month}{NBSP}{day.day}{NBSP}d."
        return f"{day.year}{NBSP}m. {words}" if year else words
    return f"{day.day}{NBSP}{month} {day.year}" if year else f"{day.day}{NBSP}{month}"


def last_moment(deadline: date, zone: ZoneInfo) -> date:
    """The last local minute before a deadline at midnight; any other deadline as it is."""
    if not isinstance(deadline, datetime):
        return deadline
    local = _local(deadline, zone)
    return local - timedelta(minutes=1) if _at_midnight(deadline, zone) else local


def _counted(amount: int, unit: Unit, language: str) -> str:
    if language == "lv":
        one, several = LATVIAN_UNITS[unit]
        return f"{amount}{NBSP}{one if amount % 10 == 1 and amount % 100 != 11 else several}"
    words = format_unit(amount, f"duration-{unit}", locale=LOCALES[language])
    return words.replace(" ", NBSP, 1)


def _amount(days: int, distance: timedelta) -> tuple[int, Unit]:
    if days > 60:
        return round(days / 30.4375), "month"
    if days >= 1:
        return days, "day"
    minutes = int(distance.total_seconds() // 60)
    return (minutes // 60, "hour") if minutes >= 60 else (minutes, "minute")


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone could be any hour; pass an aware one.")
    return moment.astimezone(zone)


def _day_of(moment: date, zone: ZoneInfo) -> date:
    return _local(moment, zone).date() if isinstance(moment, datetime) else moment


def _at_midnight(moment: date, zone: ZoneInfo) -> bool:
    return isinstance(moment, datetime) and _local(moment, zone).strftime("%H%M%S") == "000000"


def _other_year(day: date, zone: ZoneInfo, now: datetime) -> bool:
    return day.year != _day_of(now, zone).year


def _hour(local: datetime, language: str) -> str:
    return f"plkst.{NBSP}{local:%H.%M}" if language == "lv" else f"{local:%H:%M}"


def _with_hour(words: str, local: datetime, language: str) -> str:
    joint = " at " if language == "en" else " "
    return f"{words}{joint}{_hour(local, language)}"


def _time(exact: date, words: str) -> Markup:
    machine = exact.isoformat(timespec="minutes") if isinstance(exact, datetime) else f"{exact}"
    return Markup('<time datetime="{}">{}</time>').format(machine, words)


def _bound(say: Callable[..., Markup]) -> Callable[..., Markup]:
    @pass_context
    def said(context: Context, moment: date, *more: date, **wishes: bool) -> Markup:
        language, zone, now = context["language"], context["zone"], context["now"]
        return say(moment, *more, language=language, zone=zone, now=now, **wishes)

    return said


WORDS = (day, full_date, clock, day_and_clock, since, until, span, left, lately)
FILTERS = {word.__name__: _bound(word) for word in WORDS}

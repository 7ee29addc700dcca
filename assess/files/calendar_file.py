"""The days of a year as a calendar file (iCalendar, RFC 5545), for the calendars of offices and phones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from assess.core.text import Language, Text

PRODUCT: Final = "-//Environmental assessment of streets and townships//calendar//{language}"
ONE_DAY: Final = timedelta(days=1)


class CalendarEntry(NamedTuple):
    """A span of whole days; `name` tells it apart within its year and stays when the days change."""

    name: str
    title: Text
    begins: date
    ends: date
    about: Text


def write_calendar(
    entries: Sequence[CalendarEntry], language: Language, *, title: Text, link: str, now: datetime
) -> bytes:
    """The entries as a file; `link` is the page they are from, whose host and path make the entries' ids."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT.format(language=language))
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", title.localized(language))
    for entry in entries:
        calendar.add_component(event_of(entry, language, link=link, now=now))
    return bytes(calendar.to_ical())


def event_of(entry: CalendarEntry, language: Language, *, link: str, now: datetime) -> Event:
    """One entry; the calendar names the day after the last as its end."""
    page = urlsplit(link)
    event = Event()
    event.add("uid", f"{page.path.strip('/').replace('/', '-')}-{entry.name}@{page.hostname}")
    # Of the day alone: taken twice on one day the file is the same.
    event.add("dtstamp", now.replace(hour=0, minute=0, second=0, microsecond=0))
    event.add("dtstart", entry.begins)
    event.add("dtend", entry.ends + ONE_DAY)
    event.add("summary", entry.title.localized(language))
    event.add("description", entry.about.localized(language))
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    return event

"""Reads published calendars with Debian's python3-icalendar and prints, one line each, what it understands."""

import json
import sys
from datetime import timezone

# A file beside this one has the name of the library: leave this folder out of the search.
sys.path.pop(0)
from icalendar import Calendar


def instant(event, name):
    return event[name].dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def understood(event):
    return {
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "start": instant(event, "DTSTART"),
        "end": instant(event, "DTEND"),
        "status": str(event["STATUS"]),
        "summary": str(event.get("SUMMARY", "")),
        "description": str(event.get("DESCRIPTION", "")),
        "url": str(event.get("URL", "")),
        "minutes": [round(-alarm["TRIGGER"].dt.total_seconds() / 60) for alarm in event.walk("VALARM")],
        "properties": sorted(name for name, _ in event.property_items(recursive=False) if name not in ("BEGIN", "END")),
    }


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        calendar = Calendar.from_ical(file.read())
    print(json.dumps({
        "method": str(calendar["METHOD"]),
        "name": str(calendar.get("NAME", "")),
        "zones": len(calendar.walk("VTIMEZONE")),
        "events": [understood(event) for event in calendar.walk("VEVENT")],
    }))

"""Reads calendar files with Debian's python3-icalendar and prints, one line each, what it understands."""

import json
import sys
from datetime import timezone

# This file has the name of the library: leave its own folder out of the search.
sys.path.pop(0)
from icalendar import Calendar


def instant(event, name):
    if name not in event:
        return ""
    return event[name].dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def attendees(event):
    found = event.get("ATTENDEE", [])
    return [str(each) for each in (found if isinstance(found, list) else [found])]


for path in sys.argv[1:]:
    with open(path, "rb") as file:
        calendar = Calendar.from_ical(file.read())
    event = calendar.walk("VEVENT")[0]
    print(json.dumps({
        "method": str(calendar["METHOD"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "start": instant(event, "DTSTART"),
        "end": instant(event, "DTEND"),
        "instance": instant(event, "RECURRENCE-ID"),
        "summary": str(event.get("SUMMARY", "")),
        "description": str(event.get("DESCRIPTION", "")),
        "attendees": attendees(event),
        "properties": sorted(name for name, _ in event.property_items(recursive=False) if name not in ("BEGIN", "END")),
    }))

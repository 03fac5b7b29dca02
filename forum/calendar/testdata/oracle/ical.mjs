// Reads calendar files with ical.js and prints, one line each, what it understands.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const instant = (time) => (time ? time.toJSDate().toISOString().replace(".000Z", "Z") : "");

for (const path of process.argv.slice(2)) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const event = calendar.getFirstSubcomponent("vevent");
  console.log(
    JSON.stringify({
      method: calendar.getFirstPropertyValue("method"),
      uid: event.getFirstPropertyValue("uid"),
      sequence: event.getFirstPropertyValue("sequence"),
      start: instant(event.getFirstPropertyValue("dtstart")),
      end: instant(event.getFirstPropertyValue("dtend")),
      instance: instant(event.getFirstPropertyValue("recurrence-id")),
      summary: event.getFirstPropertyValue("summary") ?? "",
      description: event.getFirstPropertyValue("description") ?? "",
      attendees: event.getAllProperties("attendee").map((each) => each.getFirstValue()),
      properties: event.getAllProperties().map((each) => each.name.toUpperCase()).sort(),
    }),
  );
}

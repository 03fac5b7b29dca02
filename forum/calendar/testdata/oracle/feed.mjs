// Reads published calendars with ical.js and prints, one line each, what it understands.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const instant = (time) => time.toJSDate().toISOString().replace(".000Z", "Z");

// ical.js does not know NAME (RFC 7986) and leaves it escaped.
const plain = (text) => text.replace(/\\([\\;,])/g, "$1");

const understood = (event) => ({
  uid: event.getFirstPropertyValue("uid"),
  sequence: event.getFirstPropertyValue("sequence"),
  start: instant(event.getFirstPropertyValue("dtstart")),
  end: instant(event.getFirstPropertyValue("dtend")),
  status: event.getFirstPropertyValue("status"),
  summary: event.getFirstPropertyValue("summary") ?? "",
  description: event.getFirstPropertyValue("description") ?? "",
  url: event.getFirstPropertyValue("url") ?? "",
  minutes: event.getAllSubcomponents("valarm").map((alarm) => -alarm.getFirstPropertyValue("trigger").toSeconds() / 60),
  properties: event.getAllProperties().map((each) => each.name.toUpperCase()).sort(),
});

for (const path of process.argv.slice(2)) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  const zones = calendar.getAllSubcomponents("vtimezone");
  for (const zone of zones) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  console.log(
    JSON.stringify({
      method: calendar.getFirstPropertyValue("method"),
      name: plain(calendar.getFirstPropertyValue("name") ?? ""),
      zones: zones.length,
      events: calendar.getAllSubcomponents("vevent").map(understood),
    }),
  );
}

// Reads calendar files with node-ical and prints, one line for each event, what it understands.
import ical from "node-ical";

const instant = (time) => (time ? time.toISOString().replace(".000Z", "Z") : "");
const text = (value) => value?.val ?? value ?? "";
const list = (value) => (value === undefined ? [] : [value].flat());

for (const path of process.argv.slice(2)) {
  const calendar = ical.sync.parseFile(path);
  for (const event of Object.values(calendar).filter((each) => each.type === "VEVENT")) {
    console.log(
      JSON.stringify({
        method: calendar.vcalendar.method,
        uid: event.uid,
        sequence: Number(event.sequence),
        start: instant(event.start),
        end: instant(event.end),
        instance: instant(event.recurrenceid),
        summary: text(event.summary),
        description: text(event.description),
        attendees: list(event.attendee).map(text),
      }),
    );
  }
}

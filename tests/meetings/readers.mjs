// Reads a calendar from standard input with a reader nobody here wrote, and says what it understood as JSON.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const text = readFileSync(0, "utf8");
const bare = (address) => (address ? String(address.val ?? address).replace(/^mailto:/i, "") : null);

function icaljs() {
  const ICAL = require("ical.js").default ?? require("ical.js");
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const moment = (time) => new Date(time.toUnixTime() * 1000).toISOString();
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      sequence: event.sequence,
      method: calendar.getFirstPropertyValue("method"),
      status: component.getFirstPropertyValue("status"),
      start: moment(event.startDate),
      end: moment(event.endDate),
      summary: event.summary,
      location: event.location ?? "",
      attendee: bare(event.attendees[0]?.getFirstValue()),
      alarms: component.getAllSubcomponents("valarm").length,
    };
  });
}

function nodeical() {
  const parsed = require("node-ical").sync.parseICS(text);
  const words = (value) => (value && typeof value === "object" ? value.val : (value ?? ""));
  return Object.values(parsed)
    .filter((event) => event.type === "VEVENT")
    .map((event) => ({
      uid: event.uid,
      sequence: Number(event.sequence),
      method: parsed.vcalendar?.method ?? event.method,
      status: event.status,
      start: event.start.toISOString(),
      end: event.end.toISOString(),
      summary: words(event.summary),
      location: words(event.location),
      attendee: bare(event.attendee),
      alarms: event.alarms?.length ?? 0,
    }));
}

process.stdout.write(JSON.stringify({ "ical.js": icaljs, "node-ical": nodeical }[process.argv[2]]()));

/* Reads calendar files with libical and prints, one line for each event, what it understands. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void text(const char *name, const char *value)
{
	printf("\"%s\":\"", name);
	for (const unsigned char *at = (const unsigned char *)(value ? value : ""); *at; at++) {
		if (*at == '"' || *at == '\\')
			printf("\\%c", *at);
		else if (*at < ' ')
			printf("\\u%04x", *at);
		else
			putchar(*at);
	}
	printf("\",");
}

static void instant(const char *name, icalcomponent *event, icalproperty_kind kind, icalcomponent *calendar)
{
	icalproperty *found = icalcomponent_get_first_property(event, kind);
	if (!found) {
		text(name, "");
		return;
	}
	struct icaltimetype at = icalproperty_get_datetime_with_component(found, calendar);
	at = icaltime_convert_to_zone(at, icaltimezone_get_utc_timezone());
	char said[64];
	snprintf(said, sizeof said, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.year, at.month, at.day, at.hour, at.minute, at.second);
	text(name, said);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void properties(icalcomponent *event)
{
	char *names[100];
	int n = 0;
	for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_ANY_PROPERTY); p && n < 100; p = icalcomponent_get_next_property(event, ICAL_ANY_PROPERTY))
		names[n++] = icalproperty_get_property_name_r(p);
	qsort(names, n, sizeof *names, by_name);
	printf("\"properties\":[");
	for (int i = 0; i < n; i++)
		printf("%s\"%s\"", i ? "," : "", names[i]);
	printf("]}\n");
}

static void event(icalcomponent *event, icalcomponent *calendar)
{
	printf("{");
	text("method", icalproperty_method_to_string(icalcomponent_get_method(calendar)));
	text("uid", icalcomponent_get_uid(event));
	printf("\"sequence\":%d,", icalcomponent_get_sequence(event));
	instant("start", event, ICAL_DTSTART_PROPERTY, calendar);
	instant("end", event, ICAL_DTEND_PROPERTY, calendar);
	instant("instance", event, ICAL_RECURRENCEID_PROPERTY, calendar);
	text("summary", icalcomponent_get_summary(event));
	text("description", icalcomponent_get_description(event));
	printf("\"attendees\":[");
	int n = 0;
	for (icalproperty *p = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY); p; p = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY))
		printf("%s\"%s\"", n++ ? "," : "", icalproperty_get_attendee(p));
	printf("],");
	properties(event);
}

int main(int count, char **paths)
{
	for (int i = 1; i < count; i++) {
		FILE *file = fopen(paths[i], "rb");
		static char content[1 << 20];
		size_t size = file ? fread(content, 1, sizeof content - 1, file) : 0;
		if (!size) {
			fprintf(stderr, "%s cannot be read\n", paths[i]);
			return 1;
		}
		fclose(file);
		content[size] = 0;
		icalcomponent *calendar = icalparser_parse_string(content);
		if (!calendar || icalcomponent_count_errors(calendar)) {
			fprintf(stderr, "%s: %s\n", paths[i], calendar ? icalcomponent_as_ical_string(calendar) : "no calendar");
			return 1;
		}
		for (icalcomponent *each = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); each; each = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
			event(each, calendar);
		icalcomponent_free(calendar);
	}
	return 0;
}

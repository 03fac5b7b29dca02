CREATE TABLE reminders (
	id          {id},
	person_id   bigint NOT NULL REFERENCES people (id),
	meeting_id  bigint NOT NULL REFERENCES meetings (id),
	cause       text NOT NULL,
	reminded_at {time} NOT NULL,
	UNIQUE (meeting_id, person_id, cause)
);

ALTER TABLE invitations ADD COLUMN stands_of bigint REFERENCES organisations (id);

ALTER TABLE guests ADD COLUMN token text NOT NULL DEFAULT '';
ALTER TABLE guests ADD COLUMN reply text NOT NULL DEFAULT '';
ALTER TABLE guests ADD COLUMN replied_to integer NOT NULL DEFAULT 0;
ALTER TABLE guests ADD COLUMN replied_at {time};

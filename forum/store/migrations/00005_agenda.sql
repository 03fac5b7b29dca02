-- Lists and tables within a row are JSON.

ALTER TABLE mandates ADD COLUMN standing_items text NOT NULL DEFAULT 'null';

CREATE TABLE agenda_revisions (
	id         {id},
	meeting_id bigint NOT NULL REFERENCES meetings (id),
	number     integer NOT NULL,
	lines      text NOT NULL,
	saved_by   bigint REFERENCES people (id),
	saved_at   {time} NOT NULL,
	UNIQUE (meeting_id, number)
);

CREATE TABLE guests (
	id         {id},
	meeting_id bigint NOT NULL REFERENCES meetings (id),
	line       text NOT NULL,
	name       text NOT NULL,
	address    text NOT NULL,
	language   text NOT NULL,
	uid        text NOT NULL UNIQUE,
	sequence   integer NOT NULL,
	link       text NOT NULL UNIQUE,
	invited_by bigint REFERENCES people (id),
	taken_off  boolean NOT NULL,
	told       text NOT NULL
);
CREATE INDEX guests_meeting ON guests (meeting_id, id);

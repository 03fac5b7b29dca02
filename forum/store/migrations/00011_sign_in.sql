-- Sessions that are open already count as seen when they were opened.

ALTER TABLE sessions ADD COLUMN seen_at {time};
ALTER TABLE sessions ADD COLUMN browser text NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN network text NOT NULL DEFAULT '';
UPDATE sessions SET seen_at = created_at;
CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE sign_ins (
	id         {id},
	browser    text NOT NULL,
	address    text NOT NULL,
	language   text NOT NULL,
	next       text NOT NULL,
	person_id  bigint REFERENCES people (id),
	link       text NOT NULL,
	code       text NOT NULL,
	message_id bigint REFERENCES messages (id),
	tries      integer NOT NULL,
	asked_at   {time} NOT NULL,
	expires_at {time} NOT NULL
);
CREATE INDEX sign_ins_browser ON sign_ins (browser);
CREATE INDEX sign_ins_link ON sign_ins (link);

CREATE TABLE tallies (
	subject  text PRIMARY KEY,
	began_at {time} NOT NULL,
	number   bigint NOT NULL
);

-- Lists and tables within a row are JSON; '' is an open date.

ALTER TABLE organisations ADD COLUMN contact text NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN former text NOT NULL DEFAULT 'null';
ALTER TABLE organisations ADD COLUMN successor bigint REFERENCES organisations (id);
CREATE INDEX seats_organisation ON seats (organisation_id);

ALTER TABLE matters ADD COLUMN heir bigint REFERENCES people (id);
ALTER TABLE matters ADD COLUMN heir_from text NOT NULL DEFAULT '';

CREATE TABLE seat_endings (
	id        {id},
	seat_id   bigint NOT NULL REFERENCES seats (id),
	last      text NOT NULL,
	before    text NOT NULL,
	heir      bigint REFERENCES people (id),
	heir_seat bigint REFERENCES seats (id),
	matters   text NOT NULL,
	lines     text NOT NULL,
	ended_by  bigint REFERENCES people (id),
	ended_at  {time} NOT NULL,
	undone    boolean NOT NULL
);
CREATE INDEX seat_endings_seat ON seat_endings (seat_id, id);

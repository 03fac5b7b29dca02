-- A series' rule is JSON; "after" is the series that it was made from.

CREATE TABLE series (
	id       {id},
	forum_id bigint NOT NULL REFERENCES forums (id),
	number   integer NOT NULL,
	form     text NOT NULL,
	rule     text NOT NULL,
	place    text NOT NULL,
	link     text NOT NULL,
	after    bigint REFERENCES series (id),
	UNIQUE (forum_id, number)
);

ALTER TABLE meetings ADD COLUMN series_id bigint REFERENCES series (id);
CREATE INDEX meetings_series ON meetings (series_id, start);
CREATE INDEX meetings_end ON meetings ("end");

CREATE TABLE blocked_weeks (
	id      {id},
	area_id bigint NOT NULL REFERENCES areas (id),
	year    integer NOT NULL, -- 0 for every year
	first   integer NOT NULL,
	last    integer NOT NULL,
	reason  text NOT NULL,
	lifted  boolean NOT NULL
);
CREATE INDEX blocked_weeks_area ON blocked_weeks (area_id);

-- Lists and tables within a row are JSON.

ALTER TABLE mandates ADD COLUMN key_hours integer NOT NULL DEFAULT 0;

CREATE TABLE editions (
	id          {id},
	meeting_id  bigint NOT NULL REFERENCES meetings (id),
	forum_id    bigint NOT NULL REFERENCES forums (id),
	number      integer NOT NULL,
	sort        text NOT NULL,
	state       text NOT NULL,
	revision    integer NOT NULL,
	items       text NOT NULL,
	text        text NOT NULL,
	asked_by    bigint REFERENCES people (id),
	asked_at    {time} NOT NULL,
	deadline    {time},
	out_at      {time},
	override    text NOT NULL,
	override_by bigint REFERENCES people (id),
	replaces    bigint REFERENCES editions (id),
	UNIQUE (meeting_id, number)
);
CREATE INDEX editions_waiting ON editions (deadline) WHERE state = 'asked';

CREATE TABLE key_words (
	id         {id},
	edition_id bigint NOT NULL REFERENCES editions (id),
	item       text NOT NULL,
	level      text NOT NULL,
	person_id  bigint NOT NULL REFERENCES people (id),
	stand_in   boolean NOT NULL,
	answer     text NOT NULL,
	reason     text NOT NULL,
	source     text NOT NULL,
	mail_id    bigint REFERENCES incoming_mail (id),
	said_at    {time} NOT NULL
);
CREATE INDEX key_words_edition ON key_words (edition_id, id);

CREATE TABLE stand_ins (
	id        {id},
	forum_id  bigint NOT NULL REFERENCES forums (id),
	holder_id bigint NOT NULL REFERENCES people (id),
	person_id bigint NOT NULL REFERENCES people (id),
	UNIQUE (forum_id, holder_id)
);
CREATE INDEX stand_ins_holder ON stand_ins (holder_id);

-- Minutes are guarded by their meeting. What a round put before people is JSON, and never changes.

CREATE TABLE minutes (
	id          {id},
	forum_id    bigint NOT NULL REFERENCES forums (id),
	meeting_id  bigint NOT NULL REFERENCES meetings (id),
	number      integer NOT NULL,
	state       text NOT NULL,
	changes     text NOT NULL,
	started_by  bigint REFERENCES people (id),
	started_at  {time} NOT NULL,
	round_id    bigint,
	approved_at {time},
	pdf         text NOT NULL,
	pdf_size    bigint NOT NULL,
	UNIQUE (meeting_id, number)
);
CREATE INDEX minutes_open ON minutes (id) WHERE state <> 'approved';
CREATE INDEX minutes_unprinted ON minutes (approved_at) WHERE state = 'approved' AND pdf = '';

CREATE TABLE minutes_rounds (
	id         {id},
	minutes_id bigint NOT NULL REFERENCES minutes (id),
	number     integer NOT NULL,
	record     text NOT NULL,
	digest     text NOT NULL,
	asked      text NOT NULL,
	sent_by    bigint REFERENCES people (id),
	sent_at    {time} NOT NULL,
	keyed_by   bigint REFERENCES people (id),
	keyed_at   {time},
	deadline   {time},
	UNIQUE (minutes_id, number)
);

CREATE TABLE minutes_texts (
	id         {id},
	minutes_id bigint NOT NULL REFERENCES minutes (id),
	item       text NOT NULL,
	field      text NOT NULL,
	text       text NOT NULL,
	author     bigint REFERENCES people (id),
	written_at {time} NOT NULL,
	noted_at   {time},
	UNIQUE (minutes_id, item, field)
);

CREATE TABLE minutes_dissents (
	id         {id},
	minutes_id bigint NOT NULL REFERENCES minutes (id),
	item       text NOT NULL,
	person_id  bigint NOT NULL REFERENCES people (id),
	text       text NOT NULL
);
CREATE INDEX minutes_dissents_minutes ON minutes_dissents (minutes_id);

CREATE TABLE minutes_actions (
	id              {id},
	minutes_id      bigint NOT NULL REFERENCES minutes (id),
	item            text NOT NULL,
	organisation_id bigint NOT NULL REFERENCES organisations (id),
	owner_id        bigint REFERENCES people (id),
	text            text NOT NULL,
	due             text NOT NULL
);
CREATE INDEX minutes_actions_minutes ON minutes_actions (minutes_id);

CREATE TABLE minutes_answers (
	id        {id},
	round_id  bigint NOT NULL REFERENCES minutes_rounds (id),
	person_id bigint NOT NULL REFERENCES people (id),
	reply     text NOT NULL,
	text      text NOT NULL,
	source    text NOT NULL,
	mail_id   bigint REFERENCES incoming_mail (id),
	said_at   {time} NOT NULL
);
CREATE INDEX minutes_answers_round ON minutes_answers (round_id, id);

CREATE TABLE minutes_words (
	id        {id},
	round_id  bigint NOT NULL REFERENCES minutes_rounds (id),
	level     text NOT NULL,
	person_id bigint NOT NULL REFERENCES people (id),
	stand_in  boolean NOT NULL,
	answer    text NOT NULL,
	reason    text NOT NULL,
	source    text NOT NULL,
	mail_id   bigint REFERENCES incoming_mail (id),
	said_at   {time} NOT NULL
);
CREATE INDEX minutes_words_round ON minutes_words (round_id, id);

-- A matter guards all that is said of it here.

ALTER TABLE organisations ADD COLUMN archive text NOT NULL DEFAULT '';
ALTER TABLE mandates ADD COLUMN archive_copies boolean NOT NULL DEFAULT false;

CREATE TABLE escalations (
	id             {id},
	from_forum     bigint NOT NULL REFERENCES forums (id),
	from_matter    bigint NOT NULL REFERENCES matters (id),
	to_forum       bigint NOT NULL REFERENCES forums (id),
	to_matter      bigint NOT NULL UNIQUE REFERENCES matters (id),
	direction      text NOT NULL,
	reason         text NOT NULL,
	question       text NOT NULL,
	deadline       text NOT NULL,
	state          text NOT NULL,
	asked_by       bigint REFERENCES people (id),
	asked_level    text NOT NULL,
	asked_at       {time} NOT NULL,
	answer         text NOT NULL,
	decision_id    bigint,
	answered_by    bigint REFERENCES people (id),
	answered_level text NOT NULL,
	answered_at    {time},
	reminded_at    {time}
);
CREATE INDEX escalations_from ON escalations (from_matter);
CREATE UNIQUE INDEX escalations_open ON escalations (from_matter) WHERE state = 'open';

CREATE TABLE ledgers (
	id          {id},
	forum_id    bigint NOT NULL REFERENCES forums (id),
	matter_id   bigint NOT NULL REFERENCES matters (id),
	decision_id bigint,
	text        text NOT NULL,
	deadline    text NOT NULL,
	asked_by    bigint REFERENCES people (id),
	asked_level text NOT NULL,
	asked_at    {time} NOT NULL
);
CREATE INDEX ledgers_matter ON ledgers (matter_id);

CREATE TABLE ratifications (
	id              {id},
	ledger_id       bigint NOT NULL REFERENCES ledgers (id),
	organisation_id bigint NOT NULL REFERENCES organisations (id),
	state           text NOT NULL,
	remarks         text NOT NULL,
	reference       text NOT NULL,
	answered_by     bigint REFERENCES people (id),
	answered_for    bigint REFERENCES organisations (id),
	level           text NOT NULL,
	answered_at     {time},
	source          text NOT NULL,
	mail_id         bigint REFERENCES incoming_mail (id),
	reminded_at     {time},
	UNIQUE (ledger_id, organisation_id)
);
CREATE INDEX ratifications_asked ON ratifications (ledger_id) WHERE state = 'asked';

CREATE TABLE ladders (
	id           {id},
	matter_id    bigint NOT NULL REFERENCES matters (id),
	motion_id    bigint,
	state        text NOT NULL,
	reason       text NOT NULL,
	deadline     text NOT NULL,
	opened_by    bigint REFERENCES people (id),
	opened_level text NOT NULL,
	opened_at    {time} NOT NULL,
	closed_at    {time},
	reminded_at  {time}
);
CREATE UNIQUE INDEX ladders_open ON ladders (matter_id) WHERE closed_at IS NULL;

CREATE TABLE ladder_positions (
	id           {id},
	ladder_id    bigint NOT NULL REFERENCES ladders (id),
	level        text NOT NULL,
	text         text NOT NULL,
	written_by   bigint REFERENCES people (id),
	written_at   {time} NOT NULL,
	submitted_at {time},
	UNIQUE (ladder_id, level)
);

CREATE TABLE ladder_rungs (
	id            {id},
	ladder_id     bigint NOT NULL REFERENCES ladders (id),
	number        integer NOT NULL,
	kind          text NOT NULL,
	escalation_id bigint REFERENCES escalations (id),
	papers        text NOT NULL,
	sent_by       bigint REFERENCES people (id),
	sent_at       {time} NOT NULL,
	deadline      text NOT NULL,
	answer        text NOT NULL,
	answered_by   bigint REFERENCES people (id),
	answered_at   {time},
	UNIQUE (ladder_id, number)
);

CREATE TABLE rooms (
	id              {id},
	matter_id       bigint NOT NULL REFERENCES matters (id),
	organisation_id bigint REFERENCES organisations (id),
	level           text NOT NULL,
	opened_by       bigint REFERENCES people (id),
	opened_at       {time} NOT NULL
);
CREATE UNIQUE INDEX rooms_organisation ON rooms (matter_id, organisation_id) WHERE organisation_id IS NOT NULL;
CREATE UNIQUE INDEX rooms_level ON rooms (matter_id, level) WHERE organisation_id IS NULL;

CREATE TABLE room_notes (
	id         {id},
	room_id    bigint NOT NULL REFERENCES rooms (id),
	author     bigint NOT NULL REFERENCES people (id),
	text       text NOT NULL,
	written_at {time} NOT NULL
);
CREATE INDEX room_notes_room ON room_notes (room_id, id);

CREATE TABLE stands (
	id              {id},
	room_id         bigint NOT NULL REFERENCES rooms (id),
	number          integer NOT NULL,
	text            text NOT NULL,
	spokesperson    bigint REFERENCES people (id),
	author          bigint NOT NULL REFERENCES people (id),
	organisation_id bigint REFERENCES organisations (id),
	written_at      {time} NOT NULL,
	published_by    bigint REFERENCES people (id),
	published_at    {time},
	UNIQUE (room_id, number)
);

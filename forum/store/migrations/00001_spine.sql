-- Columns that end in _id hold NULL for "none". Dates are 2006-01-02 in Oslo,
-- '' being open-ended. Lists and tables within a row are JSON.

CREATE TABLE installation (
	id   integer PRIMARY KEY CHECK (id = 1),
	demo boolean NOT NULL
);
INSERT INTO installation (id, demo) VALUES (1, FALSE);

CREATE TABLE counters (
	series text PRIMARY KEY,
	number bigint NOT NULL
);

CREATE TABLE areas (
	id     {id},
	key    text NOT NULL UNIQUE,
	name   text NOT NULL,
	parent bigint REFERENCES areas (id)
);

CREATE TABLE organisations (
	id           {id},
	number       text NOT NULL UNIQUE,
	municipality text NOT NULL,
	name         text NOT NULL,
	level        text NOT NULL,
	side         text NOT NULL,
	language     text NOT NULL,
	valid_from   text NOT NULL,
	valid_to     text NOT NULL
);

CREATE TABLE people (
	id       {id},
	name     text NOT NULL,
	address  text NOT NULL,
	language text NOT NULL
);

CREATE TABLE addresses (
	address   text PRIMARY KEY,
	person_id bigint NOT NULL REFERENCES people (id)
);
CREATE INDEX addresses_person ON addresses (person_id);

CREATE TABLE forums (
	id       {id},
	area_id  bigint NOT NULL REFERENCES areas (id),
	parent   bigint REFERENCES forums (id),
	key      text NOT NULL,
	name     text NOT NULL,
	kind     text NOT NULL,
	address  text NOT NULL,
	language text NOT NULL,
	position integer NOT NULL,
	UNIQUE (area_id, key)
);
CREATE UNIQUE INDEX forums_address ON forums (address) WHERE address <> '';

CREATE TABLE mandates (
	id          {id},
	forum_id    bigint NOT NULL REFERENCES forums (id),
	"from"      text NOT NULL,
	"to"        text NOT NULL,
	text        text NOT NULL,
	basis       text NOT NULL,
	rule        text NOT NULL,
	profile     text NOT NULL,
	deadlines   text NOT NULL,
	inherits    text NOT NULL,
	key_holders text NOT NULL,
	exceptions  text NOT NULL,
	parties     text NOT NULL
);
CREATE INDEX mandates_forum ON mandates (forum_id, "from");

CREATE TABLE seats (
	id              {id},
	forum_id        bigint NOT NULL REFERENCES forums (id),
	organisation_id bigint NOT NULL REFERENCES organisations (id),
	person_id       bigint NOT NULL REFERENCES people (id),
	capacity        text NOT NULL,
	speak           boolean NOT NULL,
	propose         boolean NOT NULL,
	rank            integer NOT NULL,
	"from"          text NOT NULL,
	"to"            text NOT NULL
);
CREATE INDEX seats_forum ON seats (forum_id);
CREATE INDEX seats_person ON seats (person_id);

CREATE TABLE meetings (
	id         {id},
	forum_id   bigint NOT NULL REFERENCES forums (id),
	state      text NOT NULL,
	form       text NOT NULL,
	start      {time} NOT NULL,
	"end"      {time} NOT NULL,
	place      text NOT NULL,
	link       text NOT NULL,
	items_due  {time},
	papers_due {time},
	uid        text NOT NULL UNIQUE,
	sequence   integer NOT NULL,
	reason     text NOT NULL
);
CREATE INDEX meetings_forum ON meetings (forum_id, start);

CREATE TABLE invitations (
	id         {id},
	meeting_id bigint NOT NULL REFERENCES meetings (id),
	person_id  bigint NOT NULL REFERENCES people (id),
	capacity   text NOT NULL,
	token      text NOT NULL,
	withdrawn  boolean NOT NULL,
	UNIQUE (meeting_id, person_id)
);

CREATE TABLE address_tokens (
	token     text PRIMARY KEY,
	purpose   text NOT NULL,
	subject   bigint NOT NULL,
	person_id bigint REFERENCES people (id),
	forum_id  bigint REFERENCES forums (id)
);

CREATE TABLE raw_mail (
	digest  text PRIMARY KEY,
	content {bytes} NOT NULL
);

CREATE TABLE incoming_mail (
	id          {id},
	forum_id    bigint REFERENCES forums (id),
	recipient   text NOT NULL,
	envelope    text NOT NULL,
	peer        text NOT NULL,
	trusted     boolean NOT NULL,
	digest      text NOT NULL REFERENCES raw_mail (digest),
	size        bigint NOT NULL,
	accepted_at {time} NOT NULL,
	state       text NOT NULL,
	reason      text NOT NULL,
	mail_kind   text NOT NULL,
	"from"      text NOT NULL,
	subject     text NOT NULL,
	text        text NOT NULL,
	papers      text NOT NULL,
	mimeid      text NOT NULL,
	speaks_for  bigint REFERENCES people (id),
	matter_id   bigint, -- matters point here, and a circle of tables cannot be made alike in both databases
	handled_by  bigint REFERENCES people (id),
	UNIQUE (digest, recipient)
);
CREATE INDEX incoming_mail_forum ON incoming_mail (forum_id, state, id);
CREATE INDEX incoming_mail_repeat ON incoming_mail (mimeid) WHERE mimeid <> '';
CREATE INDEX incoming_mail_accepted ON incoming_mail (id) WHERE state = 'accepted';

CREATE TABLE matters (
	id           {id},
	forum_id     bigint NOT NULL REFERENCES forums (id),
	intake       text NOT NULL UNIQUE,
	number       text NOT NULL,
	title        text NOT NULL,
	kind         text NOT NULL,
	text         text NOT NULL,
	proposer     bigint REFERENCES people (id),
	organisation bigint REFERENCES organisations (id),
	level        text NOT NULL,
	source       text NOT NULL,
	mail_id      bigint REFERENCES incoming_mail (id),
	state        text NOT NULL,
	reason       text NOT NULL,
	merged_into  bigint REFERENCES matters (id),
	proposed_at  {time} NOT NULL
);
CREATE INDEX matters_forum ON matters (forum_id, state, id);

CREATE TABLE items (
	id         {id},
	meeting_id bigint NOT NULL REFERENCES meetings (id),
	matter_id  bigint NOT NULL UNIQUE REFERENCES matters (id),
	position   integer NOT NULL,
	placed_by  bigint REFERENCES people (id)
);
CREATE INDEX items_meeting ON items (meeting_id, position);

CREATE TABLE removals (
	id          {id},
	matter_id   bigint NOT NULL REFERENCES matters (id),
	way         text NOT NULL,
	reason      text NOT NULL,
	to_forum    bigint REFERENCES forums (id),
	to_matter   bigint REFERENCES matters (id),
	state       text NOT NULL,
	asked_by    bigint REFERENCES people (id),
	asked_level text NOT NULL,
	asked_at    {time} NOT NULL,
	objection   text NOT NULL,
	agreed      text NOT NULL
);
CREATE UNIQUE INDEX removals_open ON removals (matter_id) WHERE state IN ('asked', 'contested');

CREATE TABLE documents (
	id        {id},
	matter_id bigint NOT NULL REFERENCES matters (id),
	position  integer NOT NULL,
	name      text NOT NULL,
	type      text NOT NULL,
	size      bigint NOT NULL,
	digest    text NOT NULL,
	access    text NOT NULL,
	basis     text NOT NULL,
	added_by  bigint REFERENCES people (id),
	added_at  {time} NOT NULL
);
CREATE INDEX documents_matter ON documents (matter_id, position);

CREATE TABLE pieces (
	digest  text PRIMARY KEY,
	content {bytes} NOT NULL
);

CREATE TABLE messages (
	id         {id},
	forum_id   bigint REFERENCES forums (id),
	person_id  bigint REFERENCES people (id),
	"to"       text NOT NULL,
	kind       text NOT NULL,
	language   text NOT NULL,
	facts      text,
	created_at {time} NOT NULL,
	state      text NOT NULL,
	subject    text NOT NULL,
	mimeid     text NOT NULL,
	contents   text NOT NULL,
	attempts   integer NOT NULL,
	trouble    text NOT NULL,
	done_at    {time}
);
CREATE INDEX messages_forum ON messages (forum_id, id);
CREATE INDEX messages_state ON messages (state, created_at);
CREATE INDEX messages_to ON messages ("to", kind, forum_id, id);

CREATE TABLE sessions (
	digest     text PRIMARY KEY,
	person_id  bigint NOT NULL REFERENCES people (id),
	pass       boolean NOT NULL,
	created_at {time} NOT NULL,
	expires_at {time} NOT NULL
);

-- The log stands alone, so that nothing that happens to other rows moves it;
-- chain 0 is the installation's own.
CREATE TABLE chains (
	forum_id bigint PRIMARY KEY,
	number   bigint NOT NULL,
	digest   text NOT NULL
);

CREATE TABLE events (
	forum_id    bigint NOT NULL,
	number      bigint NOT NULL,
	at          {time} NOT NULL,
	person_id   bigint,
	level       text NOT NULL,
	deed        text NOT NULL,
	object_kind text NOT NULL,
	object_id   bigint NOT NULL,
	details     text NOT NULL,
	previous    text NOT NULL,
	digest      text NOT NULL,
	PRIMARY KEY (forum_id, number)
);
CREATE INDEX events_object ON events (object_kind, object_id);

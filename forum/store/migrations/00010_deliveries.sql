-- Lists and tables within a row are JSON.

CREATE TABLE deliveries (
	id           {id},
	edition_id   bigint NOT NULL REFERENCES editions (id),
	meeting_id   bigint NOT NULL REFERENCES meetings (id),
	person_id    bigint NOT NULL REFERENCES people (id),
	message_id   bigint NOT NULL REFERENCES messages (id),
	link         text NOT NULL UNIQUE,
	sent_at      {time} NOT NULL,
	opened_at    {time},
	confirmed_at {time},
	replaced_by  bigint REFERENCES editions (id),
	UNIQUE (edition_id, person_id)
);
CREATE INDEX deliveries_message ON deliveries (message_id);

CREATE TABLE prints (
	id         {id},
	edition_id bigint NOT NULL UNIQUE REFERENCES editions (id),
	name       text NOT NULL,
	digest     text NOT NULL,
	size       bigint NOT NULL,
	items      text NOT NULL,
	made_at    {time} NOT NULL
);

CREATE TABLE item_prints (
	id          {id},
	fingerprint text NOT NULL UNIQUE,
	digest      text NOT NULL,
	size        bigint NOT NULL,
	own         integer NOT NULL,
	pages       integer NOT NULL,
	papers      text NOT NULL,
	made_at     {time} NOT NULL
);

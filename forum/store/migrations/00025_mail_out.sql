-- What goes out is found again by its Message-ID, which the address of its bounces holds.
CREATE INDEX messages_mimeid ON messages (mimeid);

CREATE TABLE message_steps (
	id         {id},
	message_id bigint NOT NULL REFERENCES messages (id),
	at         {time} NOT NULL,
	kind       text NOT NULL,
	person_id  bigint REFERENCES people (id),
	said       text NOT NULL
);
CREATE INDEX message_steps_message ON message_steps (message_id, id);

CREATE TABLE address_troubles (
	id         {id},
	address    text NOT NULL UNIQUE,
	times      integer NOT NULL,
	at         {time} NOT NULL,
	status     text NOT NULL,
	said       text NOT NULL,
	message_id bigint REFERENCES messages (id),
	stopped_at {time}
);
CREATE INDEX address_troubles_stopped ON address_troubles (stopped_at) WHERE stopped_at IS NOT NULL;

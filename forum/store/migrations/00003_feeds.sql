-- A forum's version grows with every transaction that saves what feeds tell of it.
CREATE TABLE forum_versions (
	forum_id bigint PRIMARY KEY REFERENCES forums (id),
	version  bigint NOT NULL
);

CREATE TABLE feeds (
	id         {id},
	secret     text NOT NULL UNIQUE,
	person_id  bigint NOT NULL REFERENCES people (id),
	forum_id   bigint REFERENCES forums (id),
	created_at {time} NOT NULL,
	version    bigint NOT NULL,
	made_on    text NOT NULL,
	language   text NOT NULL,
	digest     text NOT NULL,
	changed_at {time}
);
CREATE UNIQUE INDEX feeds_of_one ON feeds (person_id, forum_id) WHERE forum_id IS NOT NULL;
CREATE UNIQUE INDEX feeds_of_all ON feeds (person_id) WHERE forum_id IS NULL;

CREATE TABLE feed_texts (
	feed_id bigint PRIMARY KEY REFERENCES feeds (id),
	content {bytes} NOT NULL
);
CREATE INDEX invitations_person ON invitations (person_id);

CREATE TABLE absences (
	id        {id},
	person_id bigint NOT NULL REFERENCES people (id),
	"from"    text NOT NULL,
	"to"      text NOT NULL
);
CREATE INDEX absences_person ON absences (person_id, "to");
CREATE INDEX absences_to ON absences ("to");

CREATE TABLE address_claims (
	id         {id},
	person_id  bigint NOT NULL REFERENCES people (id),
	address    text NOT NULL,
	digest     text NOT NULL,
	message_id bigint NOT NULL REFERENCES messages (id),
	created_at {time} NOT NULL
);
CREATE INDEX address_claims_person ON address_claims (person_id, id);

CREATE TABLE mailboxes (
	id         {id},
	name       text NOT NULL UNIQUE,
	validity   bigint NOT NULL,
	number     bigint NOT NULL,
	since      {time} NOT NULL,
	holder     text NOT NULL,
	held_until {time}
);

CREATE TABLE app_passwords (
	id         {id},
	digest     text NOT NULL UNIQUE,
	person_id  bigint NOT NULL REFERENCES people (id),
	name       text NOT NULL,
	created_at {time} NOT NULL,
	used_at    {time}
);
CREATE INDEX app_passwords_person ON app_passwords (person_id);

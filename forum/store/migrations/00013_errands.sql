-- What was set in motion on a page and has not left yet. Arguments are JSON.

CREATE TABLE errands (
	id           {id},
	forum_id     bigint NOT NULL REFERENCES forums (id),
	kind         text NOT NULL,
	key          text NOT NULL UNIQUE,
	subject_kind text NOT NULL,
	subject_id   bigint NOT NULL,
	person_id    bigint NOT NULL REFERENCES people (id),
	level        text NOT NULL,
	args         text NOT NULL,
	seen         text NOT NULL,
	about        text NOT NULL,
	people       integer NOT NULL,
	pressed_at   {time} NOT NULL,
	due_at       {time} NOT NULL,
	failed_at    {time},
	trouble      text NOT NULL,
	trouble_args text NOT NULL
);

-- A matter guards all that belongs to its draft.

ALTER TABLE mandates ADD COLUMN draft_days integer NOT NULL DEFAULT 0;

CREATE TABLE drafts (
	id        {id},
	matter_id bigint NOT NULL UNIQUE REFERENCES matters (id),
	opened_at {time} NOT NULL,
	opened_by bigint REFERENCES people (id),
	ready_at  {time},
	ready_by  bigint REFERENCES people (id),
	without   text NOT NULL
);
CREATE INDEX drafts_unready ON drafts (opened_at) WHERE ready_at IS NULL;

CREATE TABLE draft_sections (
	id        {id},
	matter_id bigint NOT NULL REFERENCES matters (id),
	part      text NOT NULL,
	title     text NOT NULL,
	position  integer NOT NULL
);
CREATE INDEX draft_sections_matter ON draft_sections (matter_id, position);

CREATE TABLE draft_versions (
	id              {id},
	section_id      bigint NOT NULL REFERENCES draft_sections (id),
	number          integer NOT NULL,
	base            integer NOT NULL,
	text            text NOT NULL,
	author          bigint REFERENCES people (id),
	organisation_id bigint REFERENCES organisations (id),
	level           text NOT NULL,
	source          text NOT NULL,
	mail_id         bigint REFERENCES incoming_mail (id),
	written_at      {time} NOT NULL,
	UNIQUE (section_id, number)
);

CREATE TABLE unsaved_texts (
	id         {id},
	section_id bigint NOT NULL REFERENCES draft_sections (id),
	person_id  bigint NOT NULL REFERENCES people (id),
	base       integer NOT NULL,
	text       text NOT NULL,
	kept_at    {time} NOT NULL,
	UNIQUE (section_id, person_id)
);

CREATE TABLE no_remarks (
	id              {id},
	matter_id       bigint NOT NULL REFERENCES matters (id),
	level           text NOT NULL,
	person_id       bigint NOT NULL REFERENCES people (id),
	organisation_id bigint REFERENCES organisations (id),
	said_at         {time} NOT NULL,
	UNIQUE (matter_id, level)
);

CREATE TABLE draft_threads (
	id          {id},
	matter_id   bigint NOT NULL REFERENCES matters (id),
	section_id  bigint REFERENCES draft_sections (id),
	opened_at   {time} NOT NULL,
	resolved_at {time},
	resolved_by bigint REFERENCES people (id)
);
CREATE INDEX draft_threads_matter ON draft_threads (matter_id);

CREATE TABLE draft_comments (
	id              {id},
	thread_id       bigint NOT NULL REFERENCES draft_threads (id),
	author          bigint NOT NULL REFERENCES people (id),
	organisation_id bigint REFERENCES organisations (id),
	level           text NOT NULL,
	text            text NOT NULL,
	source          text NOT NULL,
	mail_id         bigint REFERENCES incoming_mail (id),
	written_at      {time} NOT NULL
);
CREATE INDEX draft_comments_thread ON draft_comments (thread_id, id);

CREATE TABLE draft_followers (
	id        {id},
	matter_id bigint NOT NULL REFERENCES matters (id),
	person_id bigint NOT NULL REFERENCES people (id),
	UNIQUE (matter_id, person_id)
);

CREATE TABLE draft_reminders (
	id          {id},
	matter_id   bigint NOT NULL REFERENCES matters (id),
	person_id   bigint NOT NULL REFERENCES people (id),
	reminded_at {time} NOT NULL,
	UNIQUE (matter_id, person_id)
);

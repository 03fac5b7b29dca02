-- A decision guards its follow-ups, and a follow-up what was said of it. Minutes and motions are kept by their own tables.

CREATE TABLE decisions (
	id            {id},
	forum_id      bigint NOT NULL REFERENCES forums (id),
	number        text NOT NULL,
	minutes_id    bigint NOT NULL,
	place         integer NOT NULL,
	meeting_id    bigint REFERENCES meetings (id),
	matter_id     bigint NOT NULL REFERENCES matters (id),
	motion_id     bigint,
	text          text NOT NULL,
	basis         text NOT NULL,
	actions       text NOT NULL,
	rule          text NOT NULL,
	made_at       {time} NOT NULL,
	superseded_by bigint REFERENCES decisions (id),
	withdrawn_at  {time},
	UNIQUE (forum_id, number),
	UNIQUE (minutes_id, place)
);
CREATE INDEX decisions_meeting ON decisions (meeting_id);
CREATE INDEX decisions_matter ON decisions (matter_id);
CREATE INDEX decisions_superseded ON decisions (superseded_by) WHERE superseded_by IS NOT NULL;

CREATE TABLE follow_ups (
	id               {id},
	decision_id      bigint NOT NULL REFERENCES decisions (id),
	forum_id         bigint NOT NULL REFERENCES forums (id),
	organisation_id  bigint NOT NULL REFERENCES organisations (id),
	owner_id         bigint REFERENCES people (id),
	text             text NOT NULL,
	due              text NOT NULL,
	state            text NOT NULL,
	reason           text NOT NULL,
	since            {time} NOT NULL,
	offered_to       bigint REFERENCES organisations (id),
	offered_owner_id bigint REFERENCES people (id)
);
CREATE INDEX follow_ups_decision ON follow_ups (decision_id, id);
CREATE INDEX follow_ups_forum ON follow_ups (forum_id);
CREATE INDEX follow_ups_organisation ON follow_ups (organisation_id);
CREATE INDEX follow_ups_owner ON follow_ups (owner_id) WHERE state IN ('open', 'blocked', 'handed-over');
CREATE INDEX follow_ups_due ON follow_ups (due) WHERE state IN ('open', 'blocked', 'handed-over');

CREATE TABLE progresses (
	id           {id},
	follow_up_id bigint NOT NULL REFERENCES follow_ups (id),
	deed         text NOT NULL,
	text         text NOT NULL,
	was          text NOT NULL,
	person_id    bigint REFERENCES people (id),
	source       text NOT NULL,
	mail_id      bigint REFERENCES incoming_mail (id),
	at           {time} NOT NULL
);
CREATE INDEX progresses_follow_up ON progresses (follow_up_id, id);

CREATE TABLE nudges (
	id           {id},
	follow_up_id bigint NOT NULL REFERENCES follow_ups (id),
	step         text NOT NULL,
	due          text NOT NULL,
	person_id    bigint NOT NULL REFERENCES people (id),
	sent_at      {time} NOT NULL,
	UNIQUE (follow_up_id, step, due, person_id)
);

ALTER TABLE mandates ADD COLUMN answer_hours integer NOT NULL DEFAULT 0;
ALTER TABLE mandates ADD COLUMN quorum_percent integer NOT NULL DEFAULT 0;

ALTER TABLE invitations ADD COLUMN invited_at {time};
ALTER TABLE invitations ADD COLUMN stands_for bigint REFERENCES people (id);
ALTER TABLE invitations ADD COLUMN uncovered boolean NOT NULL DEFAULT FALSE;

CREATE INDEX meetings_start ON meetings (start);

-- Answers are only ever added; which of them holds is a rule.
CREATE TABLE answers (
	id         {id},
	meeting_id bigint NOT NULL REFERENCES meetings (id),
	person_id  bigint NOT NULL REFERENCES people (id),
	reply      text NOT NULL,
	sequence   integer NOT NULL,
	stamp      {time} NOT NULL,
	comment    text NOT NULL,
	source     text NOT NULL,
	mail_id    bigint REFERENCES incoming_mail (id),
	came_at    {time} NOT NULL
);
CREATE INDEX answers_meeting ON answers (meeting_id, id);

CREATE TABLE time_proposals (
	id         {id},
	meeting_id bigint NOT NULL REFERENCES meetings (id),
	person_id  bigint NOT NULL REFERENCES people (id),
	start      {time} NOT NULL,
	"end"      {time},
	sequence   integer NOT NULL,
	stamp      {time} NOT NULL,
	comment    text NOT NULL,
	mail_id    bigint REFERENCES incoming_mail (id),
	came_at    {time} NOT NULL
);
CREATE INDEX time_proposals_meeting ON time_proposals (meeting_id, id);

-- How far from its due date people are told of a follow-up, and what is open in a forum.

ALTER TABLE mandates ADD COLUMN remind_days integer NOT NULL DEFAULT 0;
ALTER TABLE mandates ADD COLUMN late_days integer NOT NULL DEFAULT 0;

CREATE INDEX escalations_to ON escalations (to_forum) WHERE state = 'open';
CREATE INDEX impartialities_open ON impartialities (forum_id) WHERE judgement = 'questioned';

-- Of mail that comes straight from outside it is kept who it is from, as far as that was found out.

ALTER TABLE incoming_mail ADD COLUMN helo text NOT NULL DEFAULT '';
ALTER TABLE incoming_mail ADD COLUMN verdict text NOT NULL DEFAULT '';
ALTER TABLE incoming_mail ADD COLUMN verdict_detail text NOT NULL DEFAULT '';
ALTER TABLE incoming_mail ADD COLUMN proof_due {time};
CREATE INDEX incoming_mail_unproven ON incoming_mail (id) WHERE state = 'unproven';

-- Addresses from which somebody writes, on a secretary's word: enough to be told from the sender of a mail, never to sign in.
CREATE TABLE learned_addresses (
	address    text PRIMARY KEY,
	person_id  bigint NOT NULL REFERENCES people (id),
	forum_id   bigint NOT NULL REFERENCES forums (id),
	mail_id    bigint NOT NULL REFERENCES incoming_mail (id),
	learned_by bigint REFERENCES people (id),
	learned_at {time} NOT NULL
);

-- Whom somebody who does not come would send instead, as the calendar names them.
ALTER TABLE answers ADD COLUMN delegate text NOT NULL DEFAULT '';

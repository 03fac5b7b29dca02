-- Of mail that comes straight from outside it is kept who it is from, as far as that was found out.

ALTER TABLE incoming_mail ADD COLUMN helo text NOT NULL DEFAULT '';
ALTER TABLE incoming_mail ADD COLUMN verdict text NOT NULL DEFAULT '';
ALTER TABLE incoming_mail ADD COLUMN verdict_detail text NOT NULL DEFAULT '';
ALTER TABLE incoming_mail ADD COLUMN proof_due {time};
CREATE INDEX incoming_mail_unproven ON incoming_mail (id) WHERE state = 'unproven';

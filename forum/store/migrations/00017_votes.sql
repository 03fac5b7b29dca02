-- A meeting guards who was there; a matter guards questions of impartiality.

CREATE TABLE presences (
	id              {id},
	meeting_id      bigint NOT NULL REFERENCES meetings (id),
	matter_id       bigint REFERENCES matters (id),
	seat_id         bigint NOT NULL REFERENCES seats (id),
	person_id       bigint NOT NULL REFERENCES people (id),
	stands_for      bigint REFERENCES people (id),
	organisation_id bigint NOT NULL REFERENCES organisations (id),
	level           text NOT NULL,
	capacity        text NOT NULL,
	came_at         {time} NOT NULL,
	left_at         {time}
);
CREATE INDEX presences_meeting ON presences (meeting_id, came_at);
CREATE INDEX presences_seat ON presences (seat_id);

CREATE TABLE impartialities (
	id            {id},
	forum_id      bigint NOT NULL REFERENCES forums (id),
	matter_id     bigint NOT NULL REFERENCES matters (id),
	person_id     bigint NOT NULL REFERENCES people (id),
	reason        text NOT NULL,
	basis         text NOT NULL,
	noted_by      bigint REFERENCES people (id),
	noted_at      {time} NOT NULL,
	judgement     text NOT NULL,
	settled_by    bigint REFERENCES people (id),
	settled_at    {time},
	all_took_part boolean NOT NULL,
	UNIQUE (matter_id, person_id)
);

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

ALTER TABLE mandates ADD COLUMN per_organisation boolean NOT NULL DEFAULT FALSE;
ALTER TABLE mandates ADD COLUMN adopted_by text NOT NULL DEFAULT '';

-- A matter guards its motions; a ballot guards what is voted in it.

CREATE TABLE motions (
	id              {id},
	forum_id        bigint NOT NULL REFERENCES forums (id),
	matter_id       bigint NOT NULL REFERENCES matters (id),
	sort            text NOT NULL,
	amends          bigint REFERENCES motions (id),
	position        integer NOT NULL,
	text            text NOT NULL,
	candidates      text NOT NULL,
	proposer        bigint REFERENCES people (id),
	organisation_id bigint REFERENCES organisations (id),
	level           text NOT NULL,
	put_at          {time} NOT NULL,
	withdrawn_at    {time},
	outcome         text NOT NULL
);
CREATE INDEX motions_matter ON motions (matter_id, position);

CREATE TABLE ballots (
	id         {id},
	forum_id   bigint NOT NULL REFERENCES forums (id),
	matter_id  bigint NOT NULL REFERENCES matters (id),
	motion_id  bigint NOT NULL REFERENCES motions (id),
	meeting_id bigint REFERENCES meetings (id),
	way        text NOT NULL,
	secret     boolean NOT NULL,
	round      integer NOT NULL,
	ground     text NOT NULL,
	opened_at  {time} NOT NULL,
	opened_by  bigint REFERENCES people (id),
	deadline   {time},
	closed_at  {time},
	closed_by  bigint REFERENCES people (id),
	stopped    text NOT NULL,
	gone       text NOT NULL,
	reminded   boolean NOT NULL,
	result     text NOT NULL,
	election   text NOT NULL,
	lot        boolean NOT NULL
);
CREATE INDEX ballots_motion ON ballots (motion_id);
CREATE UNIQUE INDEX ballots_open ON ballots (matter_id) WHERE closed_at IS NULL;
CREATE INDEX ballots_matter ON ballots (matter_id);
CREATE INDEX ballots_closed ON ballots (forum_id, way, closed_at);

CREATE TABLE casts (
	id        {id},
	ballot_id bigint NOT NULL REFERENCES ballots (id),
	seat_id   bigint NOT NULL REFERENCES seats (id),
	person_id bigint NOT NULL REFERENCES people (id),
	vote      text NOT NULL,
	reason    text NOT NULL,
	cast_at   {time} NOT NULL,
	cast_by   bigint REFERENCES people (id),
	UNIQUE (ballot_id, seat_id)
);

-- Who has voted in a secret ballot and what was voted have nothing in common but
-- the ballot: neither a time nor an order.

CREATE TABLE turnouts (
	id        {id},
	ballot_id bigint NOT NULL REFERENCES ballots (id),
	seat_id   bigint NOT NULL REFERENCES seats (id),
	UNIQUE (ballot_id, seat_id)
);

CREATE TABLE slips (
	key       bigint PRIMARY KEY,
	ballot_id bigint NOT NULL REFERENCES ballots (id),
	candidate bigint
);
CREATE INDEX slips_ballot ON slips (ballot_id);

CREATE TABLE voting_links (
	id         {id},
	ballot_id  bigint NOT NULL REFERENCES ballots (id),
	person_id  bigint NOT NULL REFERENCES people (id),
	link       text NOT NULL UNIQUE,
	code       text NOT NULL,
	expires_at {time},
	tries      integer NOT NULL,
	asked      integer NOT NULL
);
CREATE INDEX voting_links_ballot ON voting_links (ballot_id, person_id);

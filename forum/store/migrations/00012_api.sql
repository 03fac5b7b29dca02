CREATE TABLE api_tokens (
	id         {id},
	digest     text NOT NULL UNIQUE,
	person_id  bigint NOT NULL REFERENCES people (id),
	scope      text NOT NULL,
	created_at {time} NOT NULL,
	expires_at {time} NOT NULL,
	used_at    {time},
	revoked_at {time}
);

CREATE TABLE api_answers (
	token_id    bigint NOT NULL REFERENCES api_tokens (id),
	key         text NOT NULL,
	request     text NOT NULL,
	answer      text NOT NULL,
	answered_at {time} NOT NULL,
	PRIMARY KEY (token_id, key)
);
CREATE INDEX api_answers_age ON api_answers (answered_at);

-- A matter's public title stays where it is; the full one stands beside it.

ALTER TABLE matters ADD COLUMN full_title text NOT NULL DEFAULT '';
ALTER TABLE matters ADD COLUMN access text NOT NULL DEFAULT 'internal';
ALTER TABLE matters ADD COLUMN basis text NOT NULL DEFAULT '';

-- A document's own row holds its newest version.

ALTER TABLE documents ADD COLUMN version integer NOT NULL DEFAULT 1;
ALTER TABLE documents ADD COLUMN held boolean NOT NULL DEFAULT FALSE;
ALTER TABLE documents ADD COLUMN withdrawn_by bigint REFERENCES people (id);
ALTER TABLE documents ADD COLUMN withdrawn_at {time};
CREATE INDEX documents_digest ON documents (digest);

CREATE TABLE document_versions (
	id          {id},
	document_id bigint NOT NULL REFERENCES documents (id),
	number      integer NOT NULL,
	name        text NOT NULL,
	type        text NOT NULL,
	size        bigint NOT NULL,
	digest      text NOT NULL,
	added_by    bigint REFERENCES people (id),
	added_at    {time} NOT NULL,
	held        boolean NOT NULL DEFAULT FALSE,
	UNIQUE (document_id, number)
);
CREATE INDEX document_versions_digest ON document_versions (digest);
INSERT INTO document_versions (document_id, number, name, type, size, digest, added_by, added_at)
	SELECT id, 1, name, type, size, digest, added_by, added_at FROM documents;

CREATE TABLE paper_texts (
	digest     text PRIMARY KEY,
	state      text NOT NULL,
	text       text NOT NULL,
	pages      integer NOT NULL,
	reason     text NOT NULL,
	identifies boolean NOT NULL,
	at         {time} NOT NULL
);
CREATE INDEX paper_texts_state ON paper_texts (state, at);
INSERT INTO paper_texts (digest, state, text, pages, reason, identifies, at)
	SELECT digest, 'waiting', '', 0, '', FALSE, min(added_at) FROM documents GROUP BY digest;

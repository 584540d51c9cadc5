-- Documents that tell of one story, and documents that are the same as another. The signature is what the
-- finder of near duplicates compares; its format is the finder's own.
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    story_id TEXT NOT NULL UNIQUE
) STRICT;
ALTER TABLE documents ADD COLUMN story INTEGER REFERENCES stories (id);
ALTER TABLE documents ADD COLUMN duplicate_of INTEGER
    REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE documents ADD COLUMN signature BLOB;
CREATE INDEX documents_by_story ON documents (story) WHERE story IS NOT NULL;
CREATE INDEX documents_by_original ON documents (duplicate_of) WHERE duplicate_of IS NOT NULL;

-- Acts in the world: the events of all articles that report one act.
CREATE TABLE happenings (
    id INTEGER PRIMARY KEY,
    happening_id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    quad_code INTEGER NOT NULL,
    event_scale REAL NOT NULL,
    date TEXT,
    date_end TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    confidence REAL NOT NULL,
    details TEXT
) STRICT;
CREATE INDEX happenings_by_day ON happenings (first_day);
CREATE INDEX happenings_by_type ON happenings (type, first_day);
CREATE INDEX happenings_by_mentions ON happenings (mentions);
CREATE TABLE happening_parties (
    happening INTEGER NOT NULL REFERENCES happenings (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (happening, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX happening_parties_by_code ON happening_parties (code, role);

ALTER TABLE events ADD COLUMN happening INTEGER REFERENCES happenings (id);
CREATE INDEX events_by_happening ON events (happening) WHERE happening IS NOT NULL;

-- Exact duplicates among the documents that are there already.
UPDATE documents SET duplicate_of = first.id
FROM (SELECT content_hash, min(id) AS id FROM documents GROUP BY content_hash HAVING count(*) > 1) AS first
WHERE documents.content_hash = first.content_hash AND documents.id <> first.id;

-- Numbers that only grow. next_id: the first id that neither a document nor an event has ever had.
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO counters VALUES ('next_id', 1);

-- Papers, agencies, sites, feeds, and other systems whose rows were imported.
CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL
) STRICT;

-- Which versions coded what, and when. options is JSON.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    ended TEXT,
    coder TEXT NOT NULL,
    codebook TEXT NOT NULL,
    registry TEXT NOT NULL,
    model TEXT NOT NULL,
    options TEXT NOT NULL
) STRICT;

-- One article. A document takes an id from next_id and its events take the ids that follow: the first event has
-- the document's own id. So a set of documents becomes a set of events without a look into a table.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL UNIQUE,
    content_hash BLOB NOT NULL,
    title TEXT,
    published TEXT,
    source INTEGER REFERENCES sources (id),
    url TEXT,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    sentences TEXT NOT NULL,
    layers TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (id),
    event_count INTEGER NOT NULL,
    revision_of INTEGER REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX documents_by_content ON documents (content_hash);
CREATE INDEX documents_by_day ON documents (published);
CREATE INDEX documents_by_revision ON documents (revision_of) WHERE revision_of IS NOT NULL;

-- The columns that are sorted by, grouped by or read by other programs; the whole record is in event_records.
-- first_day and last_day are the days that date and date_end cover; both are '' where the date is unknown.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    document INTEGER REFERENCES documents (id),
    run INTEGER REFERENCES runs (id),
    source INTEGER REFERENCES sources (id),
    raw_row TEXT,
    type TEXT NOT NULL,
    modes TEXT NOT NULL,
    aux TEXT NOT NULL,
    contexts TEXT NOT NULL,
    quad_code INTEGER NOT NULL,
    event_scale REAL NOT NULL,
    date TEXT,
    date_end TEXT,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    confidence REAL NOT NULL,
    claim_distance INTEGER NOT NULL,
    sentence INTEGER,
    actor_code TEXT,
    actor_sector TEXT,
    recipient_code TEXT,
    recipient_sector TEXT,
    country TEXT,
    place TEXT,
    trigger_text TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_document ON events (document) WHERE document IS NOT NULL;
CREATE INDEX events_by_day ON events (first_day, id);
CREATE INDEX events_by_confidence ON events (confidence, id);
CREATE INDEX events_by_scale ON events (event_scale, id);
CREATE INDEX events_by_dyad ON events (actor_code, recipient_code, first_day);
CREATE INDEX events_of_many_days ON events (last_day, first_day) WHERE last_day > first_day;

CREATE TABLE event_records (
    id INTEGER PRIMARY KEY REFERENCES events (id) ON DELETE CASCADE,
    json TEXT NOT NULL
) STRICT;

CREATE TABLE event_parties (
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    code TEXT,
    sector TEXT,
    name TEXT NOT NULL,
    identifier TEXT,
    PRIMARY KEY (event, role, position)
) STRICT, WITHOUT ROWID;

-- For each value of each dimension the ids of the events that have it, as roaring bitmaps in blocks of 65536.
CREATE TABLE postings (
    id INTEGER PRIMARY KEY,
    dimension INTEGER NOT NULL,
    value TEXT NOT NULL,
    block INTEGER NOT NULL,
    events BLOB NOT NULL,
    UNIQUE (dimension, value, block)
) STRICT;

CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    statement_id TEXT NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (id),
    day TEXT NOT NULL,
    speaker_code TEXT,
    speaker_sector TEXT,
    speaker_name TEXT,
    speaker_name_key TEXT,
    speaker_identifier TEXT,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT;
CREATE INDEX statements_by_id ON statements (statement_id);
CREATE INDEX statements_by_document ON statements (document);
CREATE INDEX statements_by_day ON statements (day);
CREATE INDEX statements_by_code ON statements (speaker_code, day);
CREATE INDEX statements_by_sector ON statements (speaker_sector, day);
CREATE INDEX statements_by_name ON statements (speaker_name_key, day);
CREATE INDEX statements_by_identifier ON statements (speaker_identifier, day);

CREATE TABLE people (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    office TEXT,
    code TEXT,
    sector TEXT,
    age INTEGER,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX people_by_document ON people (document);
CREATE INDEX people_by_day ON people (day);
CREATE INDEX people_by_name ON people (name_key, day);
CREATE INDEX people_by_code ON people (code, day);
CREATE INDEX people_by_sector ON people (sector, day);

-- Full text. The words are in the tables; the indexes follow them by triggers.
CREATE VIRTUAL TABLE documents_fts USING fts5 (
    title, text, content = 'documents', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER documents_fts_insert AFTER INSERT ON documents BEGIN
    INSERT INTO documents_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER documents_fts_delete AFTER DELETE ON documents BEGIN
    INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER documents_fts_update AFTER UPDATE OF id, title, text ON documents BEGIN
    INSERT INTO documents_fts (documents_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO documents_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;

CREATE VIRTUAL TABLE statements_fts USING fts5 (
    content, content = 'statements', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER statements_fts_insert AFTER INSERT ON statements BEGIN
    INSERT INTO statements_fts (rowid, content) VALUES (new.id, new.content);
END;
CREATE TRIGGER statements_fts_delete AFTER DELETE ON statements BEGIN
    INSERT INTO statements_fts (statements_fts, rowid, content) VALUES ('delete', old.id, old.content);
END;
CREATE TRIGGER statements_fts_update AFTER UPDATE OF id, content ON statements BEGIN
    INSERT INTO statements_fts (statements_fts, rowid, content) VALUES ('delete', old.id, old.content);
    INSERT INTO statements_fts (rowid, content) VALUES (new.id, new.content);
END;

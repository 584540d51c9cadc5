-- What waits to be linked: documents without a signature, events of documents without a happening.
CREATE INDEX documents_unlinked ON documents (id) WHERE signature IS NULL;
CREATE INDEX events_unlinked ON events (document) WHERE happening IS NULL AND document IS NOT NULL;

-- Reports that an act did not take place, each with the happening that it denies.
CREATE TABLE denials (
    happening INTEGER NOT NULL REFERENCES happenings (id) ON DELETE CASCADE,
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    PRIMARY KEY (happening, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX denials_by_event ON denials (event);

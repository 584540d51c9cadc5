-- Lists of documents are sorted by the day of publication, those without one last.
CREATE INDEX documents_by_published_day ON documents (ifnull(published, ''), id);

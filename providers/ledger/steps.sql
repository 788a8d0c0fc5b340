-- The ledger's shape, as named steps that each happened once. A step that was ever released is never edited; add one below.

-- part runs: Runs, their answers and their ends. `sequence` is the order of opening, which no clock change can disturb.
CREATE TABLE texts (digest TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE runs (
  sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL,
  opened TEXT NOT NULL,
  opened_utc TEXT NOT NULL,
  period TEXT NOT NULL,
  parent TEXT NOT NULL,
  model TEXT NOT NULL,
  rehearsal INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  names INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  estimate_usd TEXT NOT NULL,
  snapshot TEXT NOT NULL REFERENCES texts (digest),
  brief TEXT NOT NULL REFERENCES texts (digest)
) STRICT;
CREATE INDEX runs_opened ON runs (opened_utc);
CREATE TABLE answers (
  run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  ballot INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (run, ballot, attempt)
) STRICT, WITHOUT ROWID;
CREATE TABLE closings (
  run TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  closed_utc TEXT NOT NULL,
  valid INTEGER NOT NULL,
  cost_usd TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TRIGGER answers_end_with_the_run BEFORE INSERT ON answers
WHEN EXISTS (SELECT 1 FROM closings WHERE run = NEW.run)
BEGIN SELECT RAISE(ABORT, 'the run is closed, and closed runs are never changed'); END;

-- part portfolios: Every portfolio that was ever saved, with where it came from; the last row is the current one.
CREATE TABLE portfolios (
  sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  saved TEXT NOT NULL,
  origin TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- part write_once: What is remembered is never rewritten.
CREATE TRIGGER texts_write_once BEFORE UPDATE ON texts
BEGIN SELECT RAISE(ABORT, 'what the ledger remembers is never changed'); END;
CREATE TRIGGER runs_write_once BEFORE UPDATE ON runs
BEGIN SELECT RAISE(ABORT, 'what the ledger remembers is never changed'); END;
CREATE TRIGGER answers_write_once BEFORE UPDATE ON answers
BEGIN SELECT RAISE(ABORT, 'what the ledger remembers is never changed'); END;
CREATE TRIGGER closings_write_once BEFORE UPDATE ON closings
BEGIN SELECT RAISE(ABORT, 'what the ledger remembers is never changed'); END;
CREATE TRIGGER portfolios_write_once BEFORE UPDATE ON portfolios
BEGIN SELECT RAISE(ABORT, 'what the ledger remembers is never changed'); END;

-- part pushes: One row a month, claimed once. Times are UTC text of one width, so that they compare as they read.
CREATE TABLE pushes (
  period TEXT NOT NULL PRIMARY KEY,
  due TEXT NOT NULL,
  state TEXT NOT NULL,
  holder TEXT NOT NULL,
  lease TEXT NOT NULL,
  run TEXT NOT NULL,
  tries INTEGER NOT NULL,
  paid INTEGER NOT NULL,
  next_try TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- part outbox: Messages on their way. `wanted` and `shown` are digests of what should be and what is on the screen.
CREATE TABLE outbox (
  sequence INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  batch TEXT NOT NULL,
  position INTEGER NOT NULL,
  chat INTEGER NOT NULL,
  state TEXT NOT NULL,
  message INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_try TEXT NOT NULL,
  reason TEXT NOT NULL,
  holder TEXT NOT NULL,
  lease TEXT NOT NULL,
  wanted TEXT NOT NULL,
  shown TEXT NOT NULL,
  body TEXT NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_batch ON outbox (batch, position);
CREATE INDEX outbox_open ON outbox (state, next_try);

-- part notes: Small things by name, and the official facts that the watch has spoken of.
CREATE TABLE notes (name TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, written TEXT NOT NULL)
STRICT, WITHOUT ROWID;
CREATE TABLE seen (key TEXT NOT NULL PRIMARY KEY, told TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- part leases: Who may write a run, and what was asked for in the chats. Runs of before have no lease: anyone may take them.
CREATE TABLE leases (
  run TEXT NOT NULL PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  holder TEXT NOT NULL,
  until TEXT NOT NULL,
  fence INTEGER NOT NULL,
  errand TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE errands (
  id TEXT NOT NULL PRIMARY KEY,
  chat INTEGER NOT NULL,
  about TEXT NOT NULL,
  said TEXT NOT NULL,
  ended INTEGER NOT NULL,
  begun TEXT NOT NULL
) STRICT, WITHOUT ROWID;

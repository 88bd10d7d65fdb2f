-- Both databases read this file: SQLite takes BIGINT and BYTEA as names of its own
-- kinds, and "binary" is a collation there; PostgreSQL is given one of that name,
-- so that ids sort by their bytes whatever the database's language is.

-- +goose Up
CREATE TABLE store (
	kind  TEXT NOT NULL,
	epoch TEXT NOT NULL
);

CREATE TABLE cases (
	unit       TEXT COLLATE "binary" NOT NULL,
	sector     TEXT COLLATE "binary" NOT NULL,
	state      TEXT NOT NULL,
	version    BIGINT NOT NULL,
	submission TEXT NOT NULL,
	number     BIGINT NOT NULL,
	submitted  TEXT NOT NULL,
	due        TEXT NOT NULL,
	waiting    TEXT NOT NULL,
	doc        BYTEA NOT NULL,
	PRIMARY KEY (unit, sector)
);

-- A catalog is what it says besides its entries, and their hashes, 32 bytes each,
-- in its order. sum is the hash of what is there now: another one than hash after
-- an erasure.
CREATE TABLE catalogs (
	hash    TEXT COLLATE "binary" PRIMARY KEY,
	sum     TEXT NOT NULL,
	doc     BYTEA NOT NULL,
	entries BYTEA NOT NULL
);

CREATE TABLE entries (
	hash BYTEA PRIMARY KEY,
	doc  BYTEA NOT NULL
);

CREATE TABLE blobs (
	hash TEXT COLLATE "binary" PRIMARY KEY,
	data BYTEA NOT NULL
);

CREATE TABLE receipts (
	bundle TEXT COLLATE "binary" PRIMARY KEY,
	base   TEXT COLLATE "binary" NOT NULL,
	status TEXT NOT NULL,
	doc    BYTEA NOT NULL
);
CREATE INDEX receipts_base ON receipts (base, status);

CREATE TABLE log (
	seq BIGINT PRIMARY KEY,
	doc BYTEA NOT NULL
);

CREATE TABLE feed (
	seq  BIGINT PRIMARY KEY,
	unit TEXT COLLATE "binary" NOT NULL,
	doc  BYTEA NOT NULL
);
CREATE INDEX feed_unit ON feed (unit, seq);

CREATE TABLE units (
	id  TEXT COLLATE "binary" PRIMARY KEY,
	doc BYTEA NOT NULL
);

CREATE TABLE responsible (
	sector TEXT COLLATE "binary" PRIMARY KEY,
	unit   TEXT NOT NULL
);

CREATE TABLE settings (
	name  TEXT COLLATE "binary" PRIMARY KEY,
	value BYTEA NOT NULL
);

CREATE TABLE forms (
	id  TEXT COLLATE "binary" PRIMARY KEY,
	doc BYTEA NOT NULL
);

CREATE TABLE assessments (
	quarter TEXT COLLATE "binary" NOT NULL,
	unit    TEXT COLLATE "binary" NOT NULL,
	form    TEXT COLLATE "binary" NOT NULL,
	version BIGINT NOT NULL,
	doc     BYTEA NOT NULL,
	PRIMARY KEY (quarter, unit, form)
);

CREATE TABLE accounts (
	id  TEXT COLLATE "binary" PRIMARY KEY,
	doc BYTEA NOT NULL
);

CREATE TABLE devices (
	id   TEXT COLLATE "binary" PRIMARY KEY,
	unit TEXT COLLATE "binary" NOT NULL,
	doc  BYTEA NOT NULL
);

CREATE TABLE invitations (
	code TEXT COLLATE "binary" PRIMARY KEY,
	doc  BYTEA NOT NULL
);

-- Times are microseconds since 1970.
CREATE TABLE sessions (
	token   TEXT COLLATE "binary" PRIMARY KEY,
	person  TEXT COLLATE "binary" NOT NULL,
	device  TEXT COLLATE "binary" NOT NULL,
	expires BIGINT NOT NULL,
	doc     BYTEA NOT NULL
);
CREATE INDEX sessions_person ON sessions (person);
CREATE INDEX sessions_device ON sessions (device);

CREATE TABLE attempts (
	name    TEXT COLLATE "binary" PRIMARY KEY,
	expires BIGINT NOT NULL,
	doc     BYTEA NOT NULL
);

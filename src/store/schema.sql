-- The store: one SQLite file, `guanxi.db`, written by `guanxi build` beside graph.json. docs/store.md explains it with
-- examples; hand-written SQL may read everything here, and nothing but `guanxi build` should write it.
--
-- Two halves. What articles say: file, message, article, reading, quote, claim, mention; an update touches only the rows
-- of articles that changed. What follows from it: relation, entity, name, ticker, tie, link, evidence, conflict, course; an update
-- writes them anew, so their ids are those that a rebuild from nothing gives.
--
-- Days are ISO 8601 text (`2025-06-24`) or NULL. Spans are byte offsets (UTF-8) within the quote's text. Booleans are 0, 1.

-- What the store is and what the graph was made from: one row a fact. `tool` (version of guanxi), `dictionary` (digest of
-- dictionaries and rules), `options` (what else decides what an article says), `evidence` and `min_support` (options of
-- the graph), `drafts`, `pairs` (co-mentioned pairs, those with too little support for a tie too), and the totals `articles`, `claims`, `sentences`, `paragraphs`, `first_seen`, `last_seen`.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value
) WITHOUT ROWID;

-- An input file (one article; an NDJSON file, many), and what tells whether it has changed.
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,           -- path under the content root, `/`-separated; `-` for standard input
    place TEXT NOT NULL,          -- path as given to the system
    size INTEGER,                 -- bytes; NULL, like the next four, when the file must be read again whatever it looks like
    modified INTEGER,             -- nanoseconds since 1970
    changed INTEGER,              -- the same for the inode (Unix), else 0
    inode INTEGER,                -- Unix, else 0
    hash BLOB,                    -- XXH3-128 of the content
    racy INTEGER NOT NULL,        -- 1: was written so shortly before it was read that its time proves nothing
    articles INTEGER NOT NULL,    -- articles read
    drafts INTEGER NOT NULL,      -- articles marked as drafts, read or not
    left_out INTEGER NOT NULL,    -- those of them not read
    failed INTEGER NOT NULL       -- articles that could not be read
);

-- What reading a file had to tell; repeated by every build until the file changes.
CREATE TABLE message (
    file INTEGER NOT NULL REFERENCES file (id),
    number INTEGER NOT NULL,      -- order, from 0
    severity TEXT NOT NULL,       -- error, warning, note
    subject TEXT NOT NULL,        -- what the message names as its file
    line INTEGER,
    "column" INTEGER,
    message TEXT NOT NULL,
    snippet TEXT,
    hint TEXT,
    PRIMARY KEY (file, number)
) WITHOUT ROWID;

-- An article that was read. Paths are unique unless two content roots (or two lines of NDJSON) give the same.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file (id),
    path TEXT NOT NULL,           -- path under the content root; for NDJSON, FILE#ID
    title TEXT NOT NULL,
    date TEXT,
    sentences INTEGER NOT NULL,   -- sentences (tags apart) that mention at least one entity
    paragraphs INTEGER NOT NULL,  -- the same for paragraphs
    record BLOB NOT NULL          -- the article's whole contribution in compact form, from which updates assemble
);

-- An entity as single articles take it. One listed in a dictionary is one entity; an unlisted name that articles take for
-- different kinds has several readings and becomes one entity, of the kind that most articles give.
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    entity INTEGER REFERENCES entity (id)
);

-- A sentence that a claim or a co-mention quotes. id = article * 2^32 + number of the quote in the article, from 0.
CREATE TABLE quote (
    id INTEGER PRIMARY KEY,
    start INTEGER NOT NULL,       -- byte offset of the sentence in the article's text
    line INTEGER NOT NULL,        -- in the file, from 1
    "column" INTEGER NOT NULL,    -- in characters, from 1
    text TEXT NOT NULL
);

-- One relation stated once. id = article * 2^32 + number of the claim in the article, from 0. See the view `claims`.
CREATE TABLE claim (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (id),
    subject_reading INTEGER NOT NULL REFERENCES reading (id),
    relation INTEGER NOT NULL REFERENCES relation (id),
    object_reading INTEGER NOT NULL REFERENCES reading (id),
    status TEXT NOT NULL,         -- asserted, planned, rumored, negated, ended
    quote INTEGER NOT NULL REFERENCES quote (id),
    subject TEXT NOT NULL,        -- the words for the subject
    subject_start INTEGER,        -- their span in the quote; NULL when they stand elsewhere
    subject_end INTEGER,
    object TEXT NOT NULL,
    object_start INTEGER,
    object_end INTEGER,
    start INTEGER NOT NULL,       -- span in the quote of the words that state it
    "end" INTEGER NOT NULL,
    rule TEXT NOT NULL,
    "when" TEXT,                  -- event's date, as precise as the text: 2025, 2025-Q2, 2025-06, 2025-06-24
    attributes TEXT,              -- JSON object: role, round, amount, share
    confidence REAL NOT NULL,     -- 0 to 1
    sentence INTEGER NOT NULL     -- fingerprint of the sentence: that of a reprint differs in 12 of 64 bits at most
);

-- Which entities an article mentions, and how often: one row an article and reading.
CREATE TABLE mention (
    reading INTEGER NOT NULL REFERENCES reading (id),
    article INTEGER NOT NULL REFERENCES article (id),
    mentions INTEGER NOT NULL,
    sentences INTEGER NOT NULL,   -- sentences (tags apart) of the article that mention it
    paragraphs INTEGER NOT NULL,
    line INTEGER NOT NULL,        -- of the first mention, in the file, from 1
    "column" INTEGER NOT NULL,    -- in characters, from 1
    PRIMARY KEY (reading, article)
) WITHOUT ROWID;

-- The relations of the dictionary; id 0 is the co-mention.
CREATE TABLE relation (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,          -- for Chinese readers
    description TEXT NOT NULL,
    symmetric INTEGER NOT NULL,
    subject_kinds TEXT NOT NULL,  -- kinds the subject may have, parted by blanks
    object_kinds TEXT NOT NULL,
    color TEXT NOT NULL
);

-- An entity of the graph; ids in the order of the keys, from 1.
CREATE TABLE entity (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,     -- kind/name, or the `id` that the dictionary gives
    kind TEXT NOT NULL,           -- company, person, product, organization
    name TEXT NOT NULL,
    listed INTEGER NOT NULL,      -- from the dictionary
    family TEXT,                  -- for a version, the key of its family
    wikidata TEXT,
    site TEXT,
    mentions INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    paragraphs INTEGER NOT NULL,
    first_seen TEXT,
    last_seen TEXT,
    degree INTEGER NOT NULL,      -- entities it has a tie with
    weighted_degree REAL NOT NULL,
    pagerank REAL NOT NULL,
    betweenness REAL NOT NULL,
    community INTEGER             -- from 1, largest first; NULL without a tie
);

-- Every way to write an entity: its canonical name, the names that articles use (most used first), the dictionary's
-- others.
CREATE TABLE name (
    entity INTEGER NOT NULL REFERENCES entity (id),
    number INTEGER NOT NULL,      -- order: 0 the canonical name, then those used, then those listed only
    source TEXT NOT NULL,         -- canonical, used, listed
    text TEXT NOT NULL,
    folded TEXT NOT NULL,         -- without width, case, Traditional script, separators in Latin names
    PRIMARY KEY (entity, number)
) WITHOUT ROWID;

-- How a name with Chinese characters is read, for search: a row a reading, where characters have several.
CREATE TABLE sound (
    entity INTEGER NOT NULL REFERENCES entity (id),
    number INTEGER NOT NULL,      -- of the name
    full TEXT NOT NULL,           -- pinyin without tones: shangtangkeji
    initials TEXT NOT NULL        -- stkj
);

-- EXCHANGE:CODE.
CREATE TABLE ticker (
    entity INTEGER NOT NULL REFERENCES entity (id),
    number INTEGER NOT NULL,
    ticker TEXT NOT NULL,
    PRIMARY KEY (entity, number)
) WITHOUT ROWID;

-- What the graph holds between two entities. A symmetric tie runs from the smaller key to the greater. Columns from
-- status to last_event are for relations, from sentences to g2 for co-mentions; NULL for the others.
CREATE TABLE tie (
    id INTEGER PRIMARY KEY,       -- in the order of source, target, relation (co-mention last), from 1
    source INTEGER NOT NULL REFERENCES entity (id),
    target INTEGER NOT NULL REFERENCES entity (id),
    relation INTEGER NOT NULL REFERENCES relation (id),
    weight REAL NOT NULL,         -- independent sentences that claim it; for a co-mention sentences, else paragraphs
    articles INTEGER NOT NULL,
    first_seen TEXT,
    last_seen TEXT,
    status TEXT,                  -- how it stands in the latest article
    asserted INTEGER,             -- claims by status, reprints included
    planned INTEGER,
    rumored INTEGER,
    negated INTEGER,
    ended INTEGER,
    belief REAL,                  -- noisy-or of the confidences of its independent sentences with its status
    first_event TEXT,
    last_event TEXT,
    sentences INTEGER,            -- sentences and paragraphs with both
    paragraphs INTEGER,
    npmi REAL,                    -- over sentences; NULL if none has both
    g2 REAL
);

-- The ties of an entity in compact form, for walks through the graph (src/store/links.rs): what they hold stands in `tie`,
-- too. One row an entity that has some.
CREATE TABLE link (
    entity INTEGER PRIMARY KEY REFERENCES entity (id),
    relations BLOB NOT NULL,      -- in the order of the other ends
    co_mentions BLOB NOT NULL
);

-- The best evidence of a tie, best first.
CREATE TABLE evidence (
    tie INTEGER NOT NULL REFERENCES tie (id),
    number INTEGER NOT NULL,      -- order, from 0
    quote INTEGER NOT NULL REFERENCES quote (id),
    claim INTEGER REFERENCES claim (id),  -- NULL for a co-mention
    source_start INTEGER,         -- span of the source's words in the quote; NULL when they stand elsewhere
    source_end INTEGER,
    target_start INTEGER,
    target_end INTEGER,
    source_words TEXT,            -- the words that stand elsewhere, else NULL
    target_words TEXT,
    PRIMARY KEY (tie, number)
) WITHOUT ROWID;

-- Claims that contradict each other, those with the most claims first: denied (the tie is asserted here and denied there),
-- ended (asserted in an article younger than one that calls it ended), two_buyers (two entities acquire the same one),
-- two_leaders (two persons have a role of which there is one, at the same time).
CREATE TABLE conflict (
    number INTEGER PRIMARY KEY,   -- from 1
    kind TEXT NOT NULL,
    first INTEGER NOT NULL REFERENCES tie (id),
    second INTEGER NOT NULL REFERENCES tie (id),  -- for denied and ended the same
    first_claims INTEGER NOT NULL,  -- claims on each side
    second_claims INTEGER NOT NULL,
    first_from TEXT,              -- days of the first and the last of them
    first_to TEXT,
    second_from TEXT,
    second_to TEXT,
    first_claim INTEGER NOT NULL REFERENCES claim (id),  -- the best of them
    second_claim INTEGER NOT NULL REFERENCES claim (id)
);

-- How relations went on, in compact form, for what changed in a period (src/store/course.rs): what follows from the claims
-- of a day's articles and all before. One row a day that has some.
CREATE TABLE course (
    day INTEGER PRIMARY KEY,      -- 20250624; 0: articles without a date, which count as older than any
    turns BLOB NOT NULL           -- each relation that is claimed then: how it stood before and after, its best claims
);

-- @indexes: made after the first filling
CREATE INDEX file_by_name ON file (name);
CREATE INDEX article_by_path ON article (path);
CREATE INDEX article_by_date ON article (date);
CREATE INDEX article_by_file ON article (file);
CREATE INDEX claim_by_ends ON claim (subject_reading, object_reading, relation);
CREATE INDEX claim_by_object ON claim (object_reading);
CREATE INDEX claim_by_article ON claim (article);
CREATE INDEX mention_by_article ON mention (article);
CREATE INDEX reading_by_entity ON reading (entity);

-- @derived: indexes of what follows from the articles, made anew by every build
CREATE INDEX name_by_folded ON name (folded);
CREATE UNIQUE INDEX tie_by_source ON tie (source, target, relation);
CREATE INDEX tie_by_target ON tie (target, relation);
CREATE INDEX entity_by_mentions ON entity (mentions DESC, id);
CREATE INDEX entity_by_articles ON entity (articles DESC, id);
CREATE INDEX entity_by_degree ON entity (degree DESC, id);
CREATE INDEX entity_by_pagerank ON entity (pagerank DESC, id);
CREATE INDEX entity_by_betweenness ON entity (betweenness DESC, id);
CREATE INDEX entity_by_community ON entity (community, pagerank DESC, id);
CREATE INDEX entity_by_family ON entity (family, articles DESC, id) WHERE family IS NOT NULL;
CREATE INDEX sound_by_full ON sound (full);
CREATE INDEX sound_by_initials ON sound (initials);
-- relations only: what a path walks along, without a look at the table
CREATE INDEX tie_of_source ON tie (source, target, relation, status, belief, weight, first_seen, last_seen)
    WHERE relation > 0;
CREATE INDEX tie_of_target ON tie (target, source, relation, status, belief, weight, first_seen, last_seen)
    WHERE relation > 0;
CREATE INDEX conflict_by_first ON conflict (first);
CREATE INDEX conflict_by_second ON conflict (second);

-- @views
-- Ties with the keys of their ends and the relation's name.
CREATE VIEW ties AS
SELECT t.id, s.key AS source, r.name AS relation, o.key AS target, s.name AS source_name, o.name AS target_name,
    t.weight, t.articles, t.status, t.first_seen, t.last_seen, t.belief, t.first_event, t.last_event,
    t.sentences, t.paragraphs, t.npmi, t.g2
FROM tie t
JOIN entity s ON s.id = t.source
JOIN entity o ON o.id = t.target
JOIN relation r ON r.id = t.relation;

-- All claims with their ties: not only those kept as evidence. Claims whose ends turned out to be one entity have none.
CREATE VIEW claims AS
SELECT c.id, t.id AS tie, c.article, a.path, a.date, s.key AS subject, r.name AS relation, o.key AS object, c.status,
    c."when", c.attributes, c.confidence, c.rule, c.subject AS subject_words, c.object AS object_words,
    q.line, q."column", q.text AS sentence
FROM tie t
JOIN reading rs ON rs.entity = t.source
JOIN reading ro ON ro.entity = t.target
JOIN claim c ON c.subject_reading = rs.id AND c.object_reading = ro.id AND c.relation = t.relation
JOIN entity s ON s.id = t.source
JOIN entity o ON o.id = t.target
JOIN relation r ON r.id = t.relation
JOIN quote q ON q.id = c.quote
JOIN article a ON a.id = c.article
UNION ALL
SELECT c.id, t.id, c.article, a.path, a.date, o.key, r.name, s.key, c.status,
    c."when", c.attributes, c.confidence, c.rule, c.subject, c.object, q.line, q."column", q.text
FROM tie t
JOIN relation r ON r.id = t.relation AND r.symmetric
JOIN reading rs ON rs.entity = t.source
JOIN reading ro ON ro.entity = t.target
JOIN claim c ON c.subject_reading = ro.id AND c.object_reading = rs.id AND c.relation = t.relation
JOIN entity s ON s.id = t.source
JOIN entity o ON o.id = t.target
JOIN quote q ON q.id = c.quote
JOIN article a ON a.id = c.article;

-- Which entities which articles mention.
CREATE VIEW mentions AS
SELECT e.id AS entity, e.key, a.id AS article, a.path, a.date, m.mentions, m.sentences, m.paragraphs, m.line, m."column"
FROM mention m
JOIN reading r ON r.id = m.reading
JOIN entity e ON e.id = r.entity
JOIN article a ON a.id = m.article;

-- The kept evidence in words.
CREATE VIEW evidences AS
SELECT v.tie, v.number, s.key AS source, r.name AS relation, o.key AS target, c.status, a.path, a.title, a.date, q.line,
    q."column", q.text AS sentence, c.rule, c."when", c.attributes, c.confidence,
    v.source_start, v.source_end, v.target_start, v.target_end
FROM evidence v
JOIN tie t ON t.id = v.tie
JOIN entity s ON s.id = t.source
JOIN entity o ON o.id = t.target
JOIN relation r ON r.id = t.relation
JOIN quote q ON q.id = v.quote
JOIN article a ON a.id = v.quote >> 32
LEFT JOIN claim c ON c.id = v.claim;

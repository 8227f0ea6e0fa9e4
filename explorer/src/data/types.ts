// What the explorer knows: entities, ties, evidence, as every source gives them.

/** A day as a number, such as 20250624; 0 is none. */
export type Day = number;

export interface Relation {
  name: string;
  label: string;
  about: string;
  symmetric: boolean;
  color: string;
}

export interface Vocabulary {
  generator: string;
  kinds: string[];
  statuses: string[];
  /** Co-mention is the last. */
  relations: Relation[];
  totals: { articles: number; claims: number; firstSeen: Day; lastSeen: Day };
}

/** What there is, counted. */
export interface Census {
  /** Entities by kind. */
  kinds: number[];
  /** Ties of each relation but co-mention, by status. */
  relations: number[][];
  coMentions: number;
}

export interface Entity {
  /** Place among the known entities. */
  id: number;
  key: string;
  name: string;
  kind: number;
  x: number;
  y: number;
  community: number;
  listed: boolean;
  mentions: number;
  articles: number;
  first: Day;
  last: Day;
  degree: number;
  pagerank: number;
  names: string[];
  aliases: string[];
  tickers: string[];
  wikidata: string;
  site: string;
  family: string;
}

export interface Claims {
  status: number;
  belief: number;
  firstEvent: string;
  lastEvent: string;
  byStatus: number[];
}

export interface Counts {
  sentences: number;
  paragraphs: number;
  npmi: number | null;
  g2: number | null;
}

export interface Tie {
  id: number;
  source: number;
  target: number;
  relation: number;
  weight: number;
  articles: number;
  first: Day;
  last: Day;
  claims: Claims | null;
  counts: Counts | null;
  /** Sightings with a date, oldest first, each with how the tie stood (-1 for a co-mention). */
  steps: [Day, number][];
  /** How it came and went, by the dates of events: from which day on it stood how; day 0 is before any. */
  course: [Day, number][];
}

export type End = { start: number; stop: number } | { words: string };

export interface Evidence {
  sentence: string;
  article: { path: string; title: string; date: Day };
  line: number;
  column: number;
  ends: [End, End];
  claim: null | {
    status: number;
    rule: string;
    /** 0 to 1. */
    confidence: number;
    stated: { start: number; stop: number };
    when: string;
    details: [string, string][];
  };
}

export interface Community {
  number: number;
  name: string;
  size: number;
}

export interface Hit {
  entity: Entity;
  /** The name that fits what was typed. */
  name: string;
}

/** A way from one entity to another: ties in order, and the entities they pass. */
export interface Path {
  entities: number[];
  ties: number[];
}

/** What became of a tie, in the words of `guanxi diff`. */
export type ChangeKind = "new" | "ended" | "confirmed" | "reversed" | "stronger" | "weaker";

export interface Change {
  kind: ChangeKind;
  tie: Tie;
  /** How it stood before, -1 if it was not known or has no status. */
  before: number;
  after: number;
  /** The sentence that says so best. */
  evidence: Evidence | null;
}

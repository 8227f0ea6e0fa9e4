// A piece of the graph in the form that src/export/html/data.rs writes: a page has one inside, a server gives many.

import type { Known } from "./source";
import type { Census, ChangeKind, Day, End, Entity, Evidence, Tie, Vocabulary } from "./types";

type RawEnd = [number, number] | string;
type RawClaim = [number, number, number, number, number, string, [string, string][]];
type RawItem = [number, RawEnd, RawEnd] | [number, RawEnd, RawEnd, RawClaim];
type RawFacts =
  | [number, number, string, string, number[]]
  | [number, number, number | null, number | null];
type Sparse<T> = Record<string, T>;

export interface Raw {
  format: number;
  generator: string;
  totals: { articles: number; claims: number; first_seen: string | null; last_seen: string | null };
  whole: { kinds: number[]; relations: number[][]; co_mentions: number } | null;
  fit: number | null;
  /** Source, relation, target, what became of the tie, how it stood and stands. */
  changes?: [string, string, string, ChangeKind, string | null, string][];
  kinds: string[];
  statuses: string[];
  relations: Vocabulary["relations"];
  nodes: {
    name: string[];
    kind: number[];
    key: Sparse<string>;
    x: number[];
    y: number[];
    community: number[];
    listed: number[];
    mentions: number[];
    articles: number[];
    first: Day[];
    last: Day[];
    degree: number[];
    pagerank: number[];
    names: Sparse<string[]>;
    aliases: Sparse<string[]>;
    tickers: Sparse<string[]>;
    wikidata: Sparse<string>;
    site: Sparse<string>;
    family: Sparse<string>;
  };
  ties: {
    source: number[];
    target: number[];
    relation: number[];
    weight: number[];
    articles: number[];
    first: Day[];
    last: Day[];
    facts: RawFacts[];
    evidence: RawItem[][];
    course: Sparse<[Day, number][]>;
  };
  articles: [string, string, Day][];
  passages: [number, number, number, string][];
  rules: string[];
  pinyin: Record<string, string>;
}

const FORMAT = 3;

/** A tie whose sightings are read when they are asked for: there may be tens of thousands, and few are. */
class PieceTie implements Tie {
  id = 0;
  weight = 0;
  articles = 0;
  first: Day = 0;
  last: Day = 0;
  claims: Tie["claims"] = null;
  counts: Tie["counts"] = null;
  course: [Day, number][] = [];
  private found: [Day, number][] | null = null;

  constructor(
    private read: () => [Day, number][],
    readonly source: number,
    readonly target: number,
    readonly relation: number,
  ) {}

  get steps(): [Day, number][] {
    return (this.found ??= this.read());
  }

  /** Takes the sightings from a later piece, which knows more of them. */
  learn(read: () => [Day, number][]): void {
    this.read = read;
    this.found = null;
  }
}

const dayOf = (text: string | null): Day => (text ? Number(text.replaceAll("-", "")) : 0);

export class Piece {
  readonly entities: Entity[] = [];
  readonly ties: Tie[] = [];
  private readonly at = new Map<number, number>();

  /** Reads a piece into what is known; `whole` says that nothing of it is known yet. */
  constructor(
    private readonly raw: Raw,
    known: Known,
    whole: boolean,
  ) {
    if (raw.format !== FORMAT) throw new Error(`data form ${raw.format}, not ${FORMAT}`);
    this.readNodes(known, whole);
    this.readTies(known, whole);
  }

  get vocabulary(): Vocabulary {
    const { raw } = this;
    return {
      generator: raw.generator,
      kinds: raw.kinds,
      statuses: raw.statuses,
      relations: raw.relations,
      totals: {
        articles: raw.totals.articles,
        claims: raw.totals.claims,
        firstSeen: dayOf(raw.totals.first_seen),
        lastSeen: dayOf(raw.totals.last_seen),
      },
    };
  }

  /** What there is in the whole graph. */
  get whole(): Census {
    const { kinds, relations, co_mentions } = this.raw.whole ?? { kinds: [], relations: [], co_mentions: 0 };
    return { kinds, relations, coMentions: co_mentions };
  }

  /** How many entities fit what was asked for. */
  get fit(): number {
    return this.raw.fit ?? this.entities.length;
  }

  /** What changed, where that was asked. */
  get changes(): NonNullable<Raw["changes"]> {
    return this.raw.changes ?? [];
  }

  /** Syllables with the characters of the piece's names that may be read so. */
  get pinyin(): Record<string, string> {
    return this.raw.pinyin;
  }

  private readNodes(known: Known, whole: boolean): void {
    const { nodes, kinds } = this.raw;
    nodes.name.forEach((name, i) => {
      const kind = nodes.kind[i] ?? 0;
      const key = nodes.key[i] ?? `${kinds[kind]}/${name}`;
      const old = whole ? undefined : known.find(key);
      const entity =
        old ??
        known.add({
          key,
          name,
          kind,
          x: nodes.x[i] ?? 0,
          y: nodes.y[i] ?? 0,
          community: nodes.community[i] ?? 0,
          listed: nodes.listed[i] === 1,
          mentions: nodes.mentions[i] ?? 0,
          articles: nodes.articles[i] ?? 0,
          first: nodes.first[i] ?? 0,
          last: nodes.last[i] ?? 0,
          degree: nodes.degree[i] ?? 0,
          pagerank: (nodes.pagerank[i] ?? 0) / 1e9,
          names: nodes.names[i] ?? [],
          aliases: nodes.aliases[i] ?? [],
          tickers: nodes.tickers[i] ?? [],
          wikidata: nodes.wikidata[i] ?? "",
          site: nodes.site[i] ?? "",
          family: nodes.family[i] ?? "",
        });
      this.entities.push(entity);
    });
  }

  private readTies(known: Known, whole: boolean): void {
    const { ties } = this.raw;
    for (let i = 0; i < ties.source.length; i++) {
      const [source, target] = [this.entities[ties.source[i]!]!.id, this.entities[ties.target[i]!]!.id];
      const read = (): [Day, number][] => this.steps(i);
      const old = whole ? undefined : known.between(source, target, ties.relation[i]!);
      if (old) {
        if (ties.evidence[i]!.length > 0) (old as PieceTie).learn(read);
        this.ties.push(old);
        this.at.set(old.id, i);
        continue;
      }
      const tie = new PieceTie(read, source, target, ties.relation[i]!);
      tie.weight = ties.weight[i]!;
      tie.articles = ties.articles[i]!;
      tie.first = ties.first[i]!;
      tie.last = ties.last[i]!;
      const facts = ties.facts[i]!;
      if (facts.length === 5) {
        const [status, belief, firstEvent, lastEvent, byStatus] = facts;
        tie.claims = { status, belief, firstEvent, lastEvent, byStatus };
      } else {
        const [sentences, paragraphs, npmi, g2] = facts;
        tie.counts = { sentences, paragraphs, npmi, g2 };
      }
      tie.course = ties.course[i] ?? [[tie.first, tie.claims?.status ?? -1]];
      this.ties.push(known.tie(tie));
      this.at.set(tie.id, i);
    }
  }

  /** The dated sightings: those of the evidence, and the first and last that the tie itself knows. */
  private steps(at: number): [Day, number][] {
    const tie = this.ties[at]!;
    const days = new Map<Day, number>();
    for (const item of this.raw.ties.evidence[at] ?? []) {
      const date = this.raw.articles[this.raw.passages[item[0]]![0]]![2];
      if (date) days.set(date, item[3]?.[0] ?? -1);
    }
    const status = tie.claims?.status ?? -1;
    if (tie.first && !days.has(tie.first)) days.set(tie.first, tie.first === tie.last ? status : Math.min(status, 0));
    if (tie.last) days.set(tie.last, status);
    return [...days].sort((a, b) => a[0] - b[0]);
  }

  /** The evidence of a tie, as far as the piece has it. */
  evidence(tie: Tie): Evidence[] {
    const at = this.at.get(tie.id);
    return at === undefined ? [] : (this.raw.ties.evidence[at] ?? []).map((item) => this.item(item));
  }

  private item(item: RawItem): Evidence {
    const [at, a, b, claim] = item;
    const [article, line, column, sentence] = this.raw.passages[at]!;
    const [path, title, date] = this.raw.articles[article]!;
    const end = (raw: RawEnd): End =>
      typeof raw === "string" ? { words: raw } : { start: raw[0], stop: raw[1] };
    return {
      sentence,
      article: { path, title, date },
      line,
      column,
      ends: [end(a), end(b)],
      claim: claim
        ? {
            status: claim[0],
            rule: this.raw.rules[claim[1]] ?? "",
            confidence: claim[2] / 1e4,
            stated: { start: claim[3], stop: claim[4] },
            when: claim[5],
            details: claim[6],
          }
        : null,
    };
  }
}

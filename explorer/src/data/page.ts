// The data inside the page. src/export/html/data.rs writes this form.

import { changes } from "./changes";
import { paths } from "./path";
import { Searcher } from "./search";
import { Known, type PathWish, type Source } from "./source";
import type { Change, Day, End, Entity, Evidence, Hit, Path, Tie, Vocabulary } from "./types";

type RawEnd = [number, number] | string;
type RawClaim = [number, number, number, number, number, string, [string, string][]];
type RawItem = [number, RawEnd, RawEnd] | [number, RawEnd, RawEnd, RawClaim];
type RawFacts =
  | [number, number, string, string, number[]]
  | [number, number, number | null, number | null];
type Sparse<T> = Record<string, T>;

interface Raw {
  format: number;
  generator: string;
  totals: { articles: number; claims: number; first_seen: string | null; last_seen: string | null };
  whole: [number, number];
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

const FORMAT = 2;

/** A tie whose sightings are read when they are asked for: there may be tens of thousands, and few are. */
class PageTie implements Tie {
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
    private readonly read: (tie: PageTie) => [Day, number][],
    readonly source: number,
    readonly target: number,
    readonly relation: number,
  ) {}

  get steps(): [Day, number][] {
    return (this.found ??= this.read(this));
  }
}

const dayOf = (text: string | null): Day => (text ? Number(text.replaceAll("-", "")) : 0);

export class PageSource implements Source {
  readonly vocabulary: Vocabulary;
  readonly known = new Known();
  private readonly raw: Raw;
  private searcher: Searcher | null = null;

  /** Reads the text of the page's data element. */
  constructor(text: string) {
    const raw = JSON.parse(text) as Raw;
    if (raw.format !== FORMAT) throw new Error(`data form ${raw.format}, not ${FORMAT}`);
    this.raw = raw;
    this.vocabulary = {
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
      whole: raw.whole,
    };
    this.readNodes();
    this.readTies();
  }

  private readNodes(): void {
    const { nodes, kinds } = this.raw;
    nodes.name.forEach((name, i) => {
      const kind = nodes.kind[i] ?? 0;
      this.known.add({
        key: nodes.key[i] ?? `${kinds[kind]}/${name}`,
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
        pagerank: (nodes.pagerank[i] ?? 0) / 1e6,
        names: nodes.names[i] ?? [],
        aliases: nodes.aliases[i] ?? [],
        tickers: nodes.tickers[i] ?? [],
        wikidata: nodes.wikidata[i] ?? "",
        site: nodes.site[i] ?? "",
        family: nodes.family[i] ?? "",
      });
    });
  }

  private readTies(): void {
    const { ties } = this.raw;
    const steps = (tie: PageTie): [Day, number][] => this.steps(tie);
    for (let i = 0; i < ties.source.length; i++) {
      const tie = new PageTie(steps, ties.source[i]!, ties.target[i]!, ties.relation[i]!);
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
      this.known.tie(tie);
    }
  }

  /** The dated sightings: those of the evidence, and the first and last that the tie itself knows. */
  private steps(tie: PageTie): [Day, number][] {
    const days = new Map<Day, number>();
    for (const item of this.raw.ties.evidence[tie.id] ?? []) {
      const date = this.raw.articles[this.raw.passages[item[0]]![0]]![2];
      if (date) days.set(date, item[3]?.[0] ?? -1);
    }
    const status = tie.claims?.status ?? -1;
    if (tie.first && !days.has(tie.first)) days.set(tie.first, tie.first === tie.last ? status : Math.min(status, 0));
    if (tie.last) days.set(tie.last, status);
    return [...days].sort((a, b) => a[0] - b[0]);
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

  private evidenceNow(tie: Tie): Evidence[] {
    return (this.raw.ties.evidence[tie.id] ?? []).map((item) => this.item(item));
  }

  async search(text: string, limit: number): Promise<Hit[]> {
    this.searcher ??= new Searcher(this.known, this.raw.pinyin);
    return this.searcher.search(text, limit);
  }

  async neighbours(_entity: Entity): Promise<void> {}

  async evidence(tie: Tie): Promise<Evidence[]> {
    return this.evidenceNow(tie);
  }

  async path(from: Entity, to: Entity, wish: PathWish): Promise<Path[]> {
    return paths(this.known, from.id, to.id, wish, this.vocabulary.relations.length - 1);
  }

  async changes(since: Day, entity: Entity | null): Promise<Change[]> {
    const ties = entity ? this.known.tiesOf(entity.id) : this.known.ties;
    return changes(ties.filter((t) => t.claims), since, this.vocabulary.statuses, (t) => this.evidenceNow(t));
  }
}

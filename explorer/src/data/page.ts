// The data inside the page: one piece, the whole of what there is.

import { changes } from "./changes";
import { paths } from "./path";
import { Piece, type Raw } from "./piece";
import { Searcher } from "./search";
import { type About, Known, type Narrow, type Overview, type PathWish, type Source } from "./source";
import type { Census, Change, Community, Day, Entity, Evidence, Hit, Path, Tie, Vocabulary } from "./types";

export class PageSource implements Source {
  readonly vocabulary: Vocabulary;
  readonly known = new Known();
  readonly communities: Community[];
  readonly census: Census;
  readonly whole: Census;
  private readonly piece: Piece;
  private searcher: Searcher | null = null;

  /** Reads the text of the page's data element. */
  constructor(text: string) {
    this.piece = new Piece(JSON.parse(text) as Raw, this.known, true);
    this.vocabulary = this.piece.vocabulary;
    this.communities = communities(this.known);
    this.census = census(this.known, this.vocabulary);
    this.whole = this.piece.whole;
  }

  async search(text: string, limit: number): Promise<Hit[]> {
    this.searcher ??= new Searcher(this.known, this.piece.pinyin);
    return this.searcher.search(text, limit);
  }

  async neighbours(_keys: string[], _narrow: Narrow): Promise<number> {
    return 0;
  }

  async overview(_top: number, _community: number | null, _narrow: Narrow): Promise<Overview | null> {
    return null;
  }

  async about(entity: Entity): Promise<About> {
    const { entities } = this.known;
    const rank = 1 + entities.filter((e) => e.pagerank > entity.pagerank).length;
    const versions = entities.filter((e) => e.family === entity.key).sort((a, b) => b.articles - a.articles);
    return { rank, versions };
  }

  async evidence(tie: Tie): Promise<Evidence[]> {
    return this.piece.evidence(tie);
  }

  async path(from: Entity, to: Entity, wish: PathWish): Promise<Path[]> {
    return paths(this.known, from.id, to.id, wish, this.vocabulary.relations.length - 1);
  }

  async changes(since: Day, entity: Entity | null): Promise<Change[]> {
    const ties = entity ? this.known.tiesOf(entity.id) : this.known.ties;
    return changes(ties, since, (t) => this.piece.evidence(t));
  }
}

function census(known: Known, { kinds, relations, statuses }: Vocabulary): Census {
  const out: Census = { kinds: kinds.map(() => 0), relations: relations.slice(0, -1).map(() => statuses.map(() => 0)), coMentions: 0 };
  for (const e of known.entities) out.kinds[e.kind]!++;
  for (const t of known.ties) {
    if (t.claims) out.relations[t.relation]![t.claims.status]!++;
    else out.coMentions++;
  }
  return out;
}

function communities(known: Known): Community[] {
  const members = new Map<number, Entity[]>();
  for (const e of known.entities) {
    if (!e.community) continue;
    const list = members.get(e.community);
    if (list) list.push(e);
    else members.set(e.community, [e]);
  }
  const out = [...members].filter(([, list]) => list.length > 2).map(([number, list]) => {
    list.sort((a, b) => b.pagerank - a.pagerank);
    return { number, size: list.length, name: list.slice(0, 3).map((e) => e.name).join(" · ") };
  });
  return out.sort((a, b) => a.number - b.number);
}

// Where the data comes from. The page has it inside (page.ts); a server gives it piece by piece (server.ts).

import type { Census, Change, Community, Day, Entity, Evidence, Hit, Path, Tie, Vocabulary } from "./types";

/** Entities and ties known so far; a source fills it, everything else reads it. */
export class Known {
  entities: Entity[] = [];
  ties: Tie[] = [];
  private byKey = new Map<string, number>();
  private around: number[][] = [];

  add(entity: Omit<Entity, "id">): Entity {
    const made = entity as Entity;
    made.id = this.entities.length;
    this.byKey.set(made.key, made.id);
    this.entities.push(made);
    this.around.push([]);
    return made;
  }

  tie(tie: Omit<Tie, "id">): Tie {
    const made = tie as Tie;
    made.id = this.ties.length;
    this.ties.push(made);
    this.around[made.source]!.push(made.id);
    if (made.target !== made.source) this.around[made.target]!.push(made.id);
    return made;
  }

  find(key: string): Entity | undefined {
    const id = this.byKey.get(key);
    return id === undefined ? undefined : this.entities[id];
  }

  entity(id: number): Entity {
    return this.entities[id]!;
  }

  tiesOf(id: number): Tie[] {
    return (this.around[id] ?? []).map((t) => this.ties[t]!);
  }

  /** The tie of a relation between two entities. */
  between(source: number, target: number, relation: number): Tie | undefined {
    const [a, b] = [this.around[source]!, this.around[target]!];
    const fits = (t: Tie): boolean => t.source === source && t.target === target && t.relation === relation;
    for (const id of a.length < b.length ? a : b) if (fits(this.ties[id]!)) return this.ties[id];
    return undefined;
  }

  other(tie: Tie, id: number): number {
    return tie.source === id ? tie.target : tie.source;
  }
}

/** Filters that a server applies; null for all. */
export interface Narrow {
  kinds: string[] | null;
  relations: string[] | null;
  statuses: string[] | null;
  weight: number;
  from: Day;
  to: Day;
}

/** The most important of the entities that fit. */
export interface Overview {
  entities: Entity[];
  /** How many fit in all. */
  fit: number;
}

/** What a profile says besides what an entity itself knows. */
export interface About {
  /** By importance among all entities. */
  rank: number;
  /** Entities of its family, most articles first. */
  versions: Entity[];
}

export interface PathWish {
  /** Whether a tie may be walked. */
  allowed: (tie: Tie) => boolean;
  /** The same for who must ask elsewhere, as far as it can be said so. */
  narrow: Narrow;
  /** At most so many paths. */
  limit: number;
}

export interface Source {
  readonly vocabulary: Vocabulary;
  readonly known: Known;
  readonly communities: Community[];
  /** What there is in all, and in the whole graph of which a page may have a part only. */
  readonly census: Census;
  readonly whole: Census;
  search(text: string, limit: number): Promise<Hit[]>;
  /** Sees to it that entities and their neighbours are known, those that fit first; tells how many more there are. */
  neighbours(keys: string[], narrow: Narrow): Promise<number>;
  /** Sees to it that the most important entities that fit are known, and says which; nothing where all are known. */
  overview(top: number, community: number | null, narrow: Narrow): Promise<Overview | null>;
  about(entity: Entity): Promise<About>;
  evidence(tie: Tie): Promise<Evidence[]>;
  path(from: Entity, to: Entity, wish: PathWish): Promise<Path[]>;
  changes(since: Day, entity: Entity | null): Promise<Change[]>;
}

// Where the data comes from. The page has it inside (page.ts); a server gives it piece by piece behind the same words.

import type { Change, Day, Entity, Evidence, Hit, Path, Tie, Vocabulary } from "./types";

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

  other(tie: Tie, id: number): number {
    return tie.source === id ? tie.target : tie.source;
  }
}

export interface PathWish {
  /** Whether a tie may be walked. */
  allowed: (tie: Tie) => boolean;
  /** At most so many paths. */
  limit: number;
}

export interface Source {
  readonly vocabulary: Vocabulary;
  readonly known: Known;
  search(text: string, limit: number): Promise<Hit[]>;
  /** Sees to it that an entity's neighbours are known. */
  neighbours(entity: Entity): Promise<void>;
  evidence(tie: Tie): Promise<Evidence[]>;
  path(from: Entity, to: Entity, wish: PathWish): Promise<Path[]>;
  changes(since: Day, entity: Entity | null): Promise<Change[]>;
}

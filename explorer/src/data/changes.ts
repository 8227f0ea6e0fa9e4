// What changed since a day, judged as `guanxi diff` judges (src/query/history.rs): ties that are new, that ended, that
// stand otherwise than before, that more sentences state.

import type { Change, ChangeKind, Day, Evidence, Tie } from "./types";

/** The order in which they are told. */
export const CHANGES: ChangeKind[] = ["new", "ended", "confirmed", "reversed", "stronger", "weaker"];

/** How a tie stands, by the places of the statuses. */
const [ASSERTED, PLANNED, RUMORED, NEGATED, ENDED] = [0, 1, 2, 3, 4];

/** How a tie stood on a day (inclusive), by its steps or its course; -2 when it was not there yet. */
export function statusAt(steps: [Day, number][], day: Day): number {
  let status = -2;
  for (const [date, how] of steps) {
    if (date > day) break;
    status = how;
  }
  return status;
}

/** What is first heard of when it is over has ended; so has what is denied now. */
export function told(kind: ChangeKind, after: number): ChangeKind {
  return (kind === "new" || kind === "reversed") && (after === NEGATED || after === ENDED) ? "ended" : kind;
}

/** What became of a tie that stood so and stands so, and of which there is news. */
function became(before: number, after: number): ChangeKind {
  const open = (s: number): boolean => s === PLANNED || s === RUMORED;
  const holds = (s: number): boolean => s === ASSERTED || open(s);
  if (before === -2) return "new";
  if (after === ENDED && before !== ENDED) return "ended";
  if ((after === NEGATED && holds(before)) || (!holds(before) && holds(after))) return "reversed";
  if (open(before) && after === ASSERTED) return "confirmed";
  if (before === ASSERTED && open(after)) return "weaker";
  return "stronger";
}

/** The sentence since a day that says best how a tie stands. Evidence comes surest first. */
export function best(evidence: Evidence[], since: Day, after: number): Evidence | null {
  const fresh = evidence.filter((e) => e.article.date >= since);
  return fresh.find((e) => e.claim?.status === after) ?? fresh[0] ?? null;
}

/** Those that come first: by kind, then by the number of sentences, the belief, the importance of the two. */
export function inOrder(changes: Change[]): Change[] {
  const rank = (c: Change): number => CHANGES.indexOf(c.kind);
  return changes.sort((a, b) => rank(a) - rank(b) || b.tie.weight - a.tie.weight || (b.tie.claims?.belief ?? 0) - (a.tie.claims?.belief ?? 0) || a.tie.id - b.tie.id);
}

export function changes(ties: Tie[], since: Day, evidence: (tie: Tie) => Evidence[]): Change[] {
  const out: Change[] = [];
  for (const tie of ties) {
    if (!tie.claims || !tie.last || tie.last < since) continue;
    const before = statusAt(tie.steps, since - 1);
    const after = tie.claims.status;
    const kind = told(became(before, after), after);
    out.push({ kind, tie, before: Math.max(before, -1), after, evidence: best(evidence(tie), since, after) });
  }
  return inOrder(out);
}

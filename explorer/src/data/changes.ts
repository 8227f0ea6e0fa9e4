// What changed since a day: ties that are new, that stand otherwise than before, that ended, that were said again.

import type { Change, ChangeKind, Day, Evidence, Tie } from "./types";

const ORDER: ChangeKind[] = ["new", "status", "ended", "stronger"];

/** How a tie stood on a day (inclusive), by its steps or its course; -2 when it was not there yet. */
export function statusAt(steps: [Day, number][], day: Day): number {
  let status = -2;
  for (const [date, how] of steps) {
    if (date > day) break;
    status = how;
  }
  return status;
}

export function changes(
  ties: Tie[],
  since: Day,
  statuses: string[],
  evidence: (tie: Tie) => Evidence[],
): Change[] {
  const ended = statuses.indexOf("ended");
  const out: Change[] = [];
  for (const tie of ties) {
    if (!tie.last || tie.last < since) continue;
    const before = statusAt(tie.steps, since - 1);
    const after = tie.claims?.status ?? -1;
    let kind: ChangeKind = "stronger";
    if (before === -2) kind = after === ended ? "ended" : "new";
    else if (before !== after) kind = after === ended ? "ended" : "status";
    const fresh = evidence(tie).filter((e) => e.article.date >= since);
    fresh.sort((a, b) => b.article.date - a.article.date);
    out.push({ kind, tie, before: Math.max(before, -1), after, evidence: fresh, day: tie.last });
  }
  const rank = (c: Change): number => ORDER.indexOf(c.kind);
  return out.sort((a, b) => rank(a) - rank(b) || b.tie.weight - a.tie.weight || b.day - a.day || a.tie.id - b.tie.id);
}

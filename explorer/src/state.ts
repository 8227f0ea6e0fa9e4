// What the page shows, as one value: it goes into the address, and back and forth with undo and redo.

import type { Day } from "./data/types";

export interface State {
  /** At most this many entities; 0 for all. */
  top: number;
  /** Entities around which to look; none for an overview. */
  focus: string[];
  /** Names of what is let through; null for all (of relations: all but co-mention). */
  kinds: string[] | null;
  relations: string[] | null;
  statuses: string[] | null;
  community: number | null;
  weight: number;
  from: Day;
  to: Day;
  /** The day that the time slider stands on; 0 for the end. */
  at: Day;
  /** An entity's key, or a tie as source|relation|target. */
  entity: string;
  tie: string;
  path: [string, string] | null;
  /** For what changed. */
  since: Day;
  panel: "start" | "entity" | "tie" | "path" | "changes";
  view: "graph" | "table";
  color: "kind" | "community";
}

export const START: State = {
  top: 150,
  focus: [],
  kinds: null,
  relations: null,
  statuses: null,
  community: null,
  weight: 0,
  from: 0,
  to: 0,
  at: 0,
  entity: "",
  tie: "",
  path: null,
  since: 0,
  panel: "start",
  view: "graph",
  color: "kind",
};

const NUMBERS = ["top", "weight", "from", "to", "at", "since"] as const;
const LISTS = ["kinds", "relations", "statuses"] as const;
const WORDS = ["entity", "tie"] as const;
const PANELS = ["start", "entity", "tie", "path", "changes"] as const;

/** The state as the part of an address after `#`; what is as at the start is left out. */
export function encode(state: State): string {
  const out = new URLSearchParams();
  for (const name of NUMBERS) if (state[name] !== START[name]) out.set(name, String(state[name]));
  for (const name of LISTS) {
    const list = state[name];
    if (list) out.set(name, list.join(","));
  }
  for (const name of WORDS) if (state[name]) out.set(name, state[name]);
  for (const key of state.focus) out.append("focus", key);
  if (state.community !== null) out.set("community", String(state.community));
  if (state.path) state.path.forEach((key) => out.append("path", key));
  if (state.panel !== START.panel) out.set("panel", state.panel);
  if (state.view !== START.view) out.set("view", state.view);
  if (state.color !== START.color) out.set("color", state.color);
  return out.toString();
}

/** The state of an address; what is missing or senseless is as at the start. */
export function decode(hash: string): State {
  const found = new URLSearchParams(hash.replace(/^#/, ""));
  const state: State = { ...START };
  for (const name of NUMBERS) {
    const value = Number(found.get(name) ?? "x");
    if (Number.isFinite(value) && value >= 0) state[name] = value;
  }
  for (const name of LISTS) {
    const value = found.get(name);
    if (value !== null) state[name] = value ? value.split(",") : [];
  }
  for (const name of WORDS) state[name] = found.get(name) ?? "";
  state.focus = found.getAll("focus");
  const community = Number.parseInt(found.get("community") ?? "", 10);
  if (community >= 0) state.community = community;
  const path = found.getAll("path");
  if (path.length === 2) state.path = [path[0]!, path[1]!];
  state.panel = PANELS.find((p) => p === found.get("panel")) ?? "start";
  if (found.get("view") === "table") state.view = "table";
  if (found.get("color") === "community") state.color = "community";
  return state;
}

type Listener = (state: State, before: State) => void;

/** The current state with what came before and after it. */
export class History {
  private past: State[] = [];
  private future: State[] = [];
  private listeners: Listener[] = [];
  private steps = false;

  constructor(public state: State) {}

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Changes the state. Steps of one motion (a slider, playing) with `passing` make one step to undo. */
  set(change: Partial<State>, passing = false): void {
    const next = { ...this.state, ...change };
    if (encode(next) === encode(this.state)) return;
    if (!(passing && this.steps)) {
      this.past.push(this.state);
      if (this.past.length > 200) this.past.shift();
    }
    this.steps = passing;
    this.future = [];
    this.go(next);
  }

  /** Takes a state from elsewhere, such as the address. */
  replace(state: State): void {
    if (encode(state) === encode(this.state)) return;
    this.past.push(this.state);
    this.future = [];
    this.go(state);
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  undo(): void {
    const state = this.past.pop();
    if (!state) return;
    this.future.push(this.state);
    this.steps = false;
    this.go(state);
  }

  redo(): void {
    const state = this.future.pop();
    if (!state) return;
    this.past.push(this.state);
    this.steps = false;
    this.go(state);
  }

  private go(state: State): void {
    const before = this.state;
    this.state = state;
    for (const listener of this.listeners) listener(state, before);
  }
}

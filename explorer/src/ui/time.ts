// The time slider: the days on which ties form, end or change, by the dates of events (course.rs says how), how many do
// on each, and playing from the first to the last. Every stop is a day on which something happens, so that years with
// little news take little room and nothing plays on without a change. What was before the first stop is there from the
// start.

import type { App } from "../app";
import type { Day } from "../data/types";
import { fill, h, icon, svg } from "../dom";
import { dayText } from "../i18n";
import type { Shown } from "../shown";

/** Most stops that playing makes, and bars that are drawn. */
const STOPS = 60;

/** Pixels that a year's number needs, and those of the bar that are not the track. */
const YEAR = 38;
const REST = 270;

export class TimeBar {
  private days: Day[] = [];
  private timer = 0;
  private slider: HTMLInputElement | null = null;
  private label: HTMLElement | null = null;
  private button: HTMLElement | null = null;
  private all: HTMLButtonElement | null = null;

  constructor(
    private readonly app: App,
    private readonly element: HTMLElement,
  ) {}

  private get last(): number {
    return this.days.length - 1;
  }

  /** Stops that one step of playing takes. */
  private get step(): number {
    return Math.max(1, Math.round(this.days.length / STOPS));
  }

  /** The stop of a day: the last that is not later. */
  private stopOf(at: Day): number {
    const after = at ? this.days.findIndex((d) => d > at) : -1;
    return after < 0 ? this.last : Math.max(0, after - 1);
  }

  /** The day after which a change is still fresh, when `at` is looked at. */
  recent(at: Day): Day {
    return at ? (this.days[this.stopOf(at) - this.step] ?? 0) : 0;
  }

  /** Draws the bar anew for what could be shown over all time. */
  show(whole: Shown): void {
    const { words } = this.app;
    const counts = new Map<Day, number>();
    for (const t of whole.ties) for (const [day] of t.course) if (day) counts.set(day, (counts.get(day) ?? 0) + 1);
    this.days = [...counts.keys()].sort((a, b) => a - b);
    const playable = this.days.length > 1;
    this.element.hidden = !playable;
    if (!playable) return;
    const bins = Math.min(STOPS + 20, this.days.length);
    const bars = new Array<number>(bins).fill(0);
    this.days.forEach((day, i) => (bars[Math.floor((i * bins) / this.days.length)]! += counts.get(day)!));
    const most = Math.max(1, ...bars);
    const high = (n: number): number => 22 * Math.sqrt(n / most);
    const drawn = svg(
      "svg",
      { class: "bars", viewBox: `0 0 ${bins} 24`, preserveAspectRatio: "none", "aria-hidden": "true" },
      bars.map((n, i) => svg("rect", { x: i + 0.1, y: 24 - high(n), width: 0.8, height: high(n) })),
    );
    this.slider = h("input", {
      type: "range",
      min: 0,
      max: this.last,
      step: 1,
      "data-at": "time",
      "aria-label": words.say("time"),
      title: words.say("timeHint"),
      oninput: () => {
        const stop = Number(this.slider!.value);
        this.stop();
        this.set(stop);
      },
    });
    this.label = h("output", { class: "time-label" });
    this.button = h("button", { type: "button", class: "tool", "data-at": "play", onclick: () => (this.timer ? this.stop() : this.play()) });
    this.all = h("button", { type: "button", class: "link", "data-at": "time-all", onclick: () => { this.stop(); this.app.history.set({ at: 0 }); this.slider!.focus(); } }, words.say("timeAll"));
    fill(this.element, this.button, h("div", { class: "time-track" }, drawn, this.years(), this.slider), this.label, this.all);
    this.mark();
  }

  /** The number of each year where its days begin, as far as there is room. */
  private years(): HTMLElement {
    const marks: HTMLElement[] = [];
    const need = YEAR / Math.max(80, this.element.clientWidth - REST);
    let free = 0;
    this.days.forEach((day, i) => {
      const year = Math.floor(day / 10_000);
      const at = i / Math.max(1, this.last);
      if (i > 0 && Math.floor(this.days[i - 1]! / 10_000) === year) return;
      if (at < free || at > 1 - need / 2) return;
      free = at + need;
      marks.push(h("span", { style: { "inset-inline-start": `${at * 100}%` } }, String(year)));
    });
    return h("div", { class: "years", "aria-hidden": "true" }, marks);
  }

  /** Puts the slider where the state says. */
  mark(): void {
    const { slider, label, button, app } = this;
    if (!slider || !label || !button) return;
    const { at } = app.history.state;
    slider.value = String(this.stopOf(at));
    const text = at ? app.words.say("timeAt", dayText(at)) : app.words.say("timeAll");
    const span = [h("span", { class: "time-first" }, `${dayText(this.days[0]!)} – `), dayText(this.days[this.last]!)];
    fill(label, at ? dayText(at) : span);
    if (this.all) this.all.disabled = !at;
    slider.setAttribute("aria-valuetext", text);
    const playing = this.timer !== 0;
    button.replaceChildren(icon(playing ? "pause" : "play"));
    button.setAttribute("aria-label", app.words.say(playing ? "pause" : "play"));
  }

  private set(stop: number): void {
    this.app.history.set({ at: stop >= this.last ? 0 : this.days[stop]! }, true);
    this.mark();
  }

  private play(): void {
    const { at } = this.app.history.state;
    let now = at ? this.stopOf(at) : 0;
    this.timer = window.setInterval(() => {
      now += this.step;
      if (now >= this.last) this.stop();
      this.set(Math.min(now, this.last));
    }, 220);
    this.set(now);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.mark();
  }
}

// The time slider: how many ties are first seen when, the day looked at, and playing from the first day to the last.

import type { App } from "../app";
import { fill, h, icon, svg } from "../dom";
import { dayNumber, dayText } from "../i18n";
import type { Shown } from "../shown";

const DAY = 86_400_000;

const time = (day: number): number => Date.parse(`${dayText(day)}T00:00:00Z`);
const day = (ms: number): number => dayNumber(new Date(ms).toISOString().slice(0, 10));

export class TimeBar {
  private first = 0;
  private last = 0;
  private timer = 0;
  private slider: HTMLInputElement | null = null;
  private label: HTMLElement | null = null;
  private button: HTMLElement | null = null;

  constructor(
    private readonly app: App,
    private readonly element: HTMLElement,
  ) {}

  private get days(): number {
    return Math.round((time(this.last) - time(this.first)) / DAY);
  }

  /** Days that one step of playing takes: some sixty steps for the whole. */
  get step(): number {
    return Math.max(1, Math.round(this.days / 60));
  }

  /** The day before which a tie is no longer fresh, when `at` is looked at. */
  recent(at: number): number {
    return at ? day(time(at) - this.step * 2 * DAY) : 0;
  }

  /** Draws the bar anew for what could be shown over all time. */
  show(whole: Shown): void {
    const { words } = this.app;
    const dates = whole.ties.filter((t) => t.first).map((t) => t.first);
    this.first = dates.reduce((a, b) => Math.min(a, b), Infinity);
    this.last = dates.reduce((a, b) => Math.max(a, b), this.app.source.vocabulary.totals.lastSeen);
    const dated = dates.length > 0 && this.first < this.last;
    this.element.hidden = !dated;
    if (!dated) return;
    const bins = Math.min(80, this.days + 1);
    const counts = new Array<number>(bins).fill(0);
    for (const t of whole.ties) {
      if (t.first) counts[Math.min(bins - 1, Math.floor(((time(t.first) - time(this.first)) / DAY / (this.days + 1)) * bins))]!++;
    }
    const most = Math.max(1, ...counts);
    const bars = svg(
      "svg",
      { class: "bars", viewBox: `0 0 ${bins} 24`, preserveAspectRatio: "none", "aria-hidden": "true" },
      counts.map((n, i) => svg("rect", { x: i + 0.1, y: 24 - (24 * n) / most, width: 0.8, height: (24 * n) / most })),
    );
    this.slider = h("input", {
      type: "range",
      min: 0,
      max: this.days,
      step: 1,
      "data-at": "time",
      "aria-label": words.say("time"),
      title: words.say("timeHint"),
      oninput: () => {
        const days = Number(this.slider!.value);
        this.stop();
        this.set(days);
      },
    });
    this.label = h("output", { class: "time-label" });
    this.button = h("button", { type: "button", class: "tool", "data-at": "play", onclick: () => (this.timer ? this.stop() : this.play()) });
    fill(this.element, this.button, h("div", { class: "time-track" }, bars, this.slider), this.label, h("button", { type: "button", class: "link", "data-at": "time-all", onclick: () => { this.stop(); this.app.history.set({ at: 0 }); } }, words.say("timeAll")));
    this.mark();
  }

  /** Puts the slider where the state says. */
  mark(): void {
    const { slider, label, button, app } = this;
    if (!slider || !label || !button) return;
    const { at } = app.history.state;
    slider.value = String(at ? Math.round((time(at) - time(this.first)) / DAY) : this.days);
    const text = at ? app.words.say("timeAt", dayText(at)) : app.words.say("timeAll");
    label.textContent = at ? dayText(at) : `${dayText(this.first)} – ${dayText(this.last)}`;
    slider.setAttribute("aria-valuetext", text);
    const playing = this.timer !== 0;
    button.replaceChildren(icon(playing ? "pause" : "play"));
    button.setAttribute("aria-label", app.words.say(playing ? "pause" : "play"));
  }

  private set(days: number): void {
    const at = days >= this.days ? 0 : day(time(this.first) + days * DAY);
    this.app.history.set({ at }, true);
    this.mark();
  }

  private play(): void {
    const { at } = this.app.history.state;
    let now = at ? Math.round((time(at) - time(this.first)) / DAY) : 0;
    this.timer = window.setInterval(() => {
      now += this.step;
      if (now >= this.days) this.stop();
      this.set(Math.min(now, this.days));
    }, 220);
    this.set(now);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.mark();
  }
}

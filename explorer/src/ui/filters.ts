// The filters at the side, with how many ties each lets through; they are the legend too.

import type { App } from "../app";
import { fill, h, icon } from "../dom";
import { communityColor } from "../draw/style";
import { dayNumber, dayText } from "../i18n";
import { START } from "../state";
import { kindMark, lineMark } from "./parts";

const TOPS = [50, 150, 300, 1000, 0];

export function filters(app: App, element: HTMLElement): void {
  const { words, source, history } = app;
  const { vocabulary, known, census } = source;
  const { state } = history;
  const coMention = vocabulary.relations.length - 1;
  const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
  const count = {
    kinds: census.kinds,
    relations: [...census.relations.map(sum), census.coMentions],
    statuses: vocabulary.statuses.map((_, i) => sum(census.relations.map((r) => r[i]!))),
  };

  const boxes = (
    name: "kinds" | "relations" | "statuses",
    items: { word: string; text: string; mark: Element | null; n: number; on: boolean }[],
    title: string,
  ): HTMLElement =>
    h(
      "fieldset",
      { class: "filter" },
      h("legend", {}, title, state[name] && h("button", { type: "button", class: "link", "data-at": `reset ${name}`, onclick: () => history.set({ [name]: null }) }, words.say("reset"))),
      items.map((item) => {
        const all = items.filter((i) => i.on).map((i) => i.word);
        const change = (): void => {
          const next = item.on ? all.filter((w) => w !== item.word) : [...all, item.word];
          const natural = items.filter((i) => name !== "relations" || i.word !== "co_mention").map((i) => i.word);
          const same = next.length === natural.length && natural.every((w) => next.includes(w));
          history.set({ [name]: same ? null : next });
        };
        return h(
          "div",
          { class: "option" },
          h("label", {}, h("input", { type: "checkbox", checked: item.on, "data-at": `${name} ${item.word}`, onchange: change }), item.mark, h("span", { class: "option-text" }, item.text), h("span", { class: "quiet" }, words.number(item.n))),
          h("button", { type: "button", class: "link only", "data-at": `only ${name} ${item.word}`, "aria-label": `${words.say("only")} ${item.text}`, onclick: () => history.set({ [name]: [item.word] }) }, words.say("only")),
        );
      }),
    );

  const relations = vocabulary.relations
    .map((r, i) => ({ word: r.name, text: words.relation(r), mark: lineMark(app, i, 0), n: count.relations[i]!, on: state.relations ? state.relations.includes(r.name) : i !== coMention, i }))
    .filter((r) => r.n > 0)
    .sort((a, b) => Number(a.i === coMention) - Number(b.i === coMention) || b.n - a.n);

  const top = h(
    "select",
    { "data-at": "top", "aria-label": words.say("top"), onchange: (e: Event) => history.set({ top: Number((e.target as HTMLSelectElement).value) }) },
    [...new Set([...TOPS.slice(0, -1), ...(state.top ? [state.top] : [])])].sort((a, b) => a - b).map((n) => h("option", { value: n }, words.say("entitiesN", words.number(n)))),
    h("option", { value: 0 }, words.say("topAll")),
  );
  top.value = String(state.top);

  const weights = Math.max(1, ...known.ties.filter((t) => t.claims).map((t) => t.weight));
  const steps = [0, 2, 3, 5, 8, 12, 20, 40, 80].filter((n) => n <= weights);
  const weightText = h("span", { class: "quiet" }, words.say("weight", Math.max(1, state.weight)));
  const weight = h("input", {
    type: "range",
    min: 0,
    max: Math.max(1, steps.length - 1),
    step: 1,
    "data-at": "weight",
    "aria-label": words.say("weightTitle"),
    "aria-valuetext": words.say("weight", Math.max(1, state.weight)),
    oninput: (e: Event) => history.set({ weight: steps[Number((e.target as HTMLInputElement).value)] ?? 0 }, true),
  });
  weight.value = String(Math.max(0, steps.findIndex((s) => s >= state.weight)));

  const day = (name: "from" | "to"): HTMLElement =>
    h(
      "label",
      { class: "date-label" },
      h("span", {}, words.say(name)),
      h("input", { type: "date", value: dayText(state[name]), "data-at": name, min: dayText(vocabulary.totals.firstSeen), max: dayText(vocabulary.totals.lastSeen), onchange: (e: Event) => history.set({ [name]: dayNumber((e.target as HTMLInputElement).value) }) }),
    );

  const communities = app.source.communities.slice(0, 12);
  const color = (value: "kind" | "community", text: string): HTMLElement =>
    h("label", { class: "radio" }, h("input", { type: "radio", name: "color", checked: state.color === value, "data-at": `color ${value}`, onchange: () => history.set({ color: value }) }), text);

  fill(
    element,
    h(
      "header",
      { class: "panel-head" },
      h("h2", { class: "panel-title", tabindex: -1 }, words.say("filters")),
      h("button", { type: "button", class: "link", "data-at": "reset", onclick: () => history.set({ kinds: null, relations: null, statuses: null, community: null, weight: 0, from: 0, to: 0, at: 0, top: START.top }) }, words.say("reset")),
      h("button", { type: "button", class: "tool phone-only", "aria-label": words.say("close"), onclick: () => app.sheet(null) }, icon("close")),
    ),
    h("label", { class: "field" }, h("span", {}, words.say("top")), top),
    boxes("statuses", vocabulary.statuses.map((s, i) => ({ word: s, text: words.status(s), mark: lineMark(app, -1, i), n: count.statuses[i]!, on: !state.statuses || state.statuses.includes(s) })), words.say("statuses")),
    boxes("kinds", vocabulary.kinds.map((k, i) => ({ word: k, text: words.of(k), mark: kindMark(app, i), n: count.kinds[i]!, on: !state.kinds || state.kinds.includes(k) })), words.say("kinds")),
    boxes("relations", relations, words.say("relations")),
    h("fieldset", { class: "filter" }, h("legend", {}, words.say("weightTitle")), weight, weightText),
    h("fieldset", { class: "filter dates-row" }, h("legend", {}, words.say("dates")), day("from"), day("to")),
    communities.length > 0 &&
      h(
        "fieldset",
        { class: "filter" },
        h("legend", {}, words.say("color")),
        h("div", { class: "radios" }, color("kind", words.say("byKind")), color("community", words.say("byCommunity"))),
        state.color === "community" || state.community !== null
          ? h(
              "ul",
              { class: "communities" },
              communities.map((c) =>
                h(
                  "li",
                  {},
                  h(
                    "button",
                    {
                      type: "button",
                      class: "row",
                      "data-at": `community ${c.number}`,
                      "aria-pressed": String(state.community === c.number),
                      onclick: () => history.set({ community: state.community === c.number ? null : c.number, focus: [] }),
                    },
                    h("span", { class: "dot", style: { background: communityColor(c.number, app.theme) }, "aria-hidden": "true" }),
                    h("span", { class: "row-text" }, h("b", {}, `${c.number} `), h("bdi", {}, c.name)),
                    h("span", { class: "quiet" }, words.number(c.size)),
                  ),
                ),
              ),
            )
          : null,
      ),
  );
}

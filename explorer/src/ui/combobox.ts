// A field that finds entities while one types: WAI-ARIA combobox with a list.

import type { App } from "../app";
import type { Entity, Hit } from "../data/types";
import { h } from "../dom";
import { kindMark } from "./parts";

let count = 0;

export interface Combobox {
  element: HTMLElement;
  input: HTMLInputElement;
  /** The entity chosen, if what stands in the field is its name. */
  chosen: Entity | null;
  /** What is chosen, or the best hit for what stands in the field. */
  settle(): Promise<Entity | null>;
}

export function combobox(app: App, label: string, value: Entity | null, choose: (entity: Entity | null) => void, options: { keep: boolean; placeholder?: string; at: string }): Combobox {
  const id = `list-${++count}`;
  const list = h("ul", { id, role: "listbox", class: "hits", "aria-label": label, hidden: true });
  const input = h("input", {
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": id,
    "aria-autocomplete": "list",
    "aria-label": label,
    placeholder: options.placeholder ?? label,
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "data-at": options.at,
    value: value?.name ?? "",
  });
  const box: Combobox = { element: h("div", { class: "combobox" }, input, list), input, chosen: value, settle };
  let hits: Hit[] = [];
  let active = -1;
  let asked = 0;

  function close(): void {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(at: number): void {
    active = at;
    [...list.children].forEach((li, i) => li.setAttribute("aria-selected", String(i === at)));
    const li = list.children[at];
    if (li) {
      input.setAttribute("aria-activedescendant", li.id);
      li.scrollIntoView({ block: "nearest" });
    }
  }

  function take(hit: Hit): void {
    box.chosen = hit.entity;
    input.value = options.keep ? hit.entity.name : "";
    asked++;
    close();
    choose(hit.entity);
  }

  async function settle(): Promise<Entity | null> {
    if (box.chosen) return box.chosen;
    const [hit] = await app.source.search(input.value, 1).catch(() => []);
    return hit?.entity ?? null;
  }

  async function ask(): Promise<void> {
    const mine = ++asked;
    const found = await app.source.search(input.value, 12).catch(() => []);
    if (mine !== asked) return;
    hits = found;
    list.replaceChildren(
      ...hits.map((hit, i) =>
        h(
          "li",
          { id: `${id}-${i}`, role: "option", "aria-selected": "false", onmousedown: (e: Event) => e.preventDefault(), onclick: () => take(hit) },
          kindMark(app, hit.entity.kind),
          h("bdi", { class: "other" }, hit.entity.name),
          hit.name !== hit.entity.name && h("span", { class: "quiet" }, " ", h("bdi", {}, hit.name)),
          h("span", { class: "quiet hit-kind" }, app.words.of(app.source.vocabulary.kinds[hit.entity.kind]!)),
        ),
      ),
    );
    const any = input.value.trim() !== "";
    if (any && hits.length === 0) list.append(h("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", class: "quiet" }, app.words.say("noHit")));
    list.hidden = !any;
    input.setAttribute("aria-expanded", String(any));
    if (hits.length) point(0);
    if (any) app.say(hits.length ? app.words.say("hits", hits.length) : app.words.say("noHit"));
  }

  input.addEventListener("input", () => {
    box.chosen = null;
    if (input.value.trim() === "") choose(null);
    void ask();
  });
  input.addEventListener("focus", () => {
    if (options.keep) input.select();
  });
  input.addEventListener("blur", () => setTimeout(close, 120));
  input.addEventListener("keydown", (e) => {
    if (e.isComposing) return;
    if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      e.preventDefault();
      if (list.hidden) void ask();
      else if (hits.length) point((active + (e.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length);
    } else if (e.key === "Enter" && !list.hidden && hits[active]) {
      e.preventDefault();
      e.stopPropagation();
      take(hits[active]!);
    } else if (e.key === "Enter" && input.value.trim() && !box.chosen) {
      // faster than the list: the best hit
      e.preventDefault();
      e.stopPropagation();
      void settle().then((entity) => entity && take({ entity, name: entity.name }));
    } else if (e.key === "Escape" && !list.hidden) {
      e.preventDefault();
      e.stopPropagation();
      close();
    }
  });
  return box;
}

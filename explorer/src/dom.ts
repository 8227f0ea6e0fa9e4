// Making elements. Text is always text: nothing here parses markup.

type Child = Node | string | number | null | undefined | false | Child[];
type Props = Record<string, unknown>;

function put(parent: Element, child: Child): void {
  if (child === null || child === undefined || child === false) return;
  if (Array.isArray(child)) child.forEach((c) => put(parent, c));
  else parent.append(child instanceof Node ? child : String(child));
}

function set(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value as EventListener);
    else if (name === "style") {
      for (const [key, v] of Object.entries(value as Record<string, string>)) {
        (element as HTMLElement).style.setProperty(key, v);
      }
    } else if (name === "value" || name === "checked" || name === "open" || name === "disabled") {
      (element as unknown as Record<string, unknown>)[name] = value;
    } else element.setAttribute(name, value === true ? "" : String(value));
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  put(element, children);
  set(element, props);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  put(element, children);
  set(element, props);
  return element;
}

/** Puts new content into an element, the focus staying on what has the same `data-at`. */
export function fill(element: HTMLElement, ...children: Child[]): void {
  const at = element.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["at"] : undefined;
  element.replaceChildren();
  put(element, children);
  if (at) element.querySelector<HTMLElement>(`[data-at="${CSS.escape(at)}"]`)?.focus({ preventScroll: true });
}

const ICONS: Record<string, string> = {
  undo: "M9 7H4V2M4.5 7A7 7 0 1 1 3 12",
  redo: "M11 7h5V2M15.500 7A7 7 0 1 0 17 12",
  link: "M8 12l4-4M9 5l1.500-1.500a3.500 3.500 0 0 1 5 5L14 10M11 15l-1.500 1.500a3.500 3.500 0 0 1-5-5L6 10",
  save: "M10 3v10M6 9.500l4 4 4-4M3.500 17h13",
  theme: "M10 2.500a7.500 7.500 0 1 0 0 15z M10 2.500a7.500 7.500 0 0 1 0 15",
  home: "M3 9.500L10 3l7 6.500M5 8.500V17h10V8.500",
  filter: "M3 4.500h14M5.500 10h9M8 15.500h4",
  close: "M5 5l10 10M15 5L5 15",
  play: "M6 4l10 6-10 6z",
  pause: "M6.500 4v12M13.500 4v12",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  fit: "M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4",
  swap: "M4 7h11l-3-3M16 13H5l3 3",
};

export function icon(name: string): SVGSVGElement {
  return svg(
    "svg",
    { viewBox: "0 0 20 20", width: 18, height: 18, class: "icon", "aria-hidden": "true" },
    svg("path", { d: ICONS[name] ?? "", fill: name === "play" ? "currentColor" : "none", stroke: "currentColor", "stroke-width": 1.7, "stroke-linecap": "round", "stroke-linejoin": "round" }),
  );
}

export function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const a = h("a", { href: url, download: name });
  document.body.append(a);
  a.click();
  a.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// The start of the page: reads the data that lies in it and shows it.

import "./webgl";
import { App } from "./app";
import { PageSource } from "./data/page";
import { Words } from "./i18n";
import "./style.css";

const root = document.getElementById("guanxi")!;
const data = document.getElementById("guanxi-data");

try {
  const source = new PageSource(data?.textContent ?? "");
  const app = new App(source, root);
  (window as unknown as Record<string, unknown>)["guanxi"] = app;
  void app.start();
} catch (error) {
  const words = new Words((navigator.language || "en").startsWith("zh") ? "zh" : "en");
  root.textContent = words.say("badData", error instanceof Error ? error.message : String(error));
}

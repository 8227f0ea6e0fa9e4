// The start of the page: reads the data that lies in it, or asks the server that it names, and shows it.

import "./webgl";
import { App } from "./app";
import { PageSource } from "./data/page";
import { ServerSource } from "./data/server";
import { Words } from "./i18n";
import "./style.css";

const root = document.getElementById("guanxi")!;
const data = document.getElementById("guanxi-data");

async function start(): Promise<void> {
  const server = data?.dataset["from"];
  const source = server ? await ServerSource.open(server) : new PageSource(data?.textContent ?? "");
  const app = new App(source, root);
  (window as unknown as Record<string, unknown>)["guanxi"] = app;
  await app.start();
}

start().catch((error: unknown) => {
  const words = new Words((navigator.language || "en").startsWith("zh") ? "zh" : "en");
  root.textContent = words.say("badData", error instanceof Error ? error.message : String(error));
});

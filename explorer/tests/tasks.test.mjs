// The analyst's tasks on a page from disk. Needs GUANXI (the program) and GUANXI_OUTPUT (the built graph) too.

import { after } from "node:test";
import { GRAPH, open, quit } from "./browser.mjs";
import { tasks } from "./tasks.mjs";

after(quit);
tasks("page", (options) => open(GRAPH, options));

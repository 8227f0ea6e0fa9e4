// Builds the explorer into one HTML file with script and style inside and a content security policy that lets in
// exactly these two, by their hashes. The licences of the libraries inside stand at its top.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

const LIBRARIES = ["sigma", "graphology", "graphology-utils", "events"];

function licences(): string {
  const one = (name: string): string => {
    const folder = new URL(`./node_modules/${name}/`, import.meta.url);
    const { version } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
    const text = ["LICENSE.txt", "LICENSE"].map((f) => {
      try {
        return readFileSync(new URL(f, folder), "utf8");
      } catch {
        return "";
      }
    });
    return `${name} ${version}\n\n${text.find((t) => t)?.trim() ?? "MIT"}`;
  };
  return LIBRARIES.map(one).join("\n\n----\n\n").replaceAll("--", "- -");
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

function onePage(): Plugin {
  return {
    name: "one-page",
    enforce: "post",
    generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const script = files.find((f) => f.type === "chunk");
      const style = files.find((f) => f.type === "asset" && f.fileName.endsWith(".css"));
      const page = files.find((f) => f.type === "asset" && f.fileName.endsWith(".html"));
      if (script?.type !== "chunk" || style?.type !== "asset" || page?.type !== "asset") throw new Error("a part is missing");
      const code = `${script.code.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--")}\n`;
      const css = `${String(style.source).trim()}\n`;
      const policy = `default-src 'none'; script-src ${hash(code)}; style-src ${hash(css)}; img-src data: blob:; base-uri 'none'; form-action 'none'`;
      const html = String(page.source)
        .replace(/<script type="module"[^>]*><\/script>\s*/, "")
        .replace(/<link rel="stylesheet"[^>]*>\s*/, "")
        .replace("<!--guanxi:policy-->", () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`)
        .replace("</head>", () => `<style>${css}</style>\n</head>`)
        .replace("</body>", () => `<script>${code}</script>\n</body>`)
        .replace("<html", () => `<!--\nThe guanxi explorer, MIT OR Apache-2.0, with these libraries inside:\n\n${licences()}\n-->\n<html`);
      for (const name of Object.keys(bundle)) delete bundle[name];
      this.emitFile({ type: "asset", fileName: "explorer.html", source: html });
    },
  };
}

export default defineConfig({
  base: "./",
  build: {
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rollupOptions: { output: { format: "iife", inlineDynamicImports: true } },
  },
  plugins: [onePage()],
});

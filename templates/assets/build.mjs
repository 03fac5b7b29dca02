// Bundles the style sheet and the script, and copies the icon, into dist/, which the Go package embeds.
import { build } from "esbuild";
import { copyFile } from "node:fs/promises";

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["site.css", "site.js"],
  outdir: "dist",
  bundle: true,
  minify: true,
  legalComments: "inline",
  target: ["es2022", "chrome115", "firefox115", "safari16.4"],
  logLevel: "warning",
});
await copyFile(new URL("icon.svg", import.meta.url), new URL("dist/icon.svg", import.meta.url));

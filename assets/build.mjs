// Bundles assets/ into static/build/: `npm run build`. No source maps: the manifest storage of
// whitenoise would look for the files they name.
import { build } from "esbuild";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ASSETS = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(ASSETS);
const OUT = path.join(ROOT, "static", "build");
const ICONS = path.join(ROOT, "node_modules", "@tabler", "icons", "icons", "outline");
// Offices still run Chrome 109 (the last one on Windows 7) and what is derived from Chrome 86.
const TARGET = ["chrome86", "firefox91"];

/** One <symbol> of the sprite, without the invisible square the icons are drawn on. */
async function symbol(name) {
  const svg = await readFile(path.join(ICONS, `${name}.svg`), "utf8");
  const drawing = svg
    .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
    .replace(/<path stroke="none"[^>]*>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
}

async function sprite() {
  const names = (await readFile(path.join(ASSETS, "icons.txt"), "utf8")).split("\n").filter(Boolean);
  const symbols = await Promise.all(names.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

/** Copies the pictures that need no building. */
async function images() {
  const folder = path.join(ASSETS, "images");
  const names = await readdir(folder);
  await Promise.all(names.map(async (name) => writeFile(path.join(OUT, name), await readFile(path.join(folder, name)))));
  return names;
}

const started = Date.now();
await mkdir(OUT, { recursive: true });
const [bundles, icons, copied] = await Promise.all([
  build({
    entryPoints: {
      app: path.join(ASSETS, "css", "app.css"),
      boot: path.join(ASSETS, "js", "boot.js"),
      main: path.join(ASSETS, "js", "main.js"),
      charts: path.join(ASSETS, "js", "charts.js"),
      suggest: path.join(ASSETS, "js", "suggest.js"),
    },
    outdir: OUT,
    bundle: true,
    minify: true,
    format: "iife",
    target: TARGET,
    charset: "utf8",
    legalComments: "inline",
    sourcemap: false,
    metafile: true,
    logLevel: "warning",
  }),
  sprite(),
  images(),
]);
await writeFile(path.join(OUT, "icons.svg"), icons);
// What an earlier build left goes last: a site that runs from this folder misses nothing meanwhile.
const made = new Set(["icons.svg", ...copied, ...Object.keys(bundles.metafile.outputs).map((file) => path.basename(file))]);
for (const name of await readdir(OUT)) {
  if (!made.has(name)) await rm(path.join(OUT, name), { recursive: true });
}
for (const [file, { bytes }] of Object.entries(bundles.metafile.outputs)) {
  console.log(`${(bytes / 1024).toFixed(0).padStart(6)} kB  ${path.relative(ROOT, path.resolve(file))}`);
}
console.log(`Built in ${((Date.now() - started) / 1000).toFixed(1)} s.`);

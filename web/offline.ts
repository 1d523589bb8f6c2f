import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { type Built, loads } from "./budget.ts";
import type { Build } from "./worker/offline/keep.ts";

/** Where the worker lies: at the root of the pages that it may answer for, under a name that stays. */
export const WORKER = "w/sw.js";
/** Stands in the worker where the files of its build are written. */
const PLACE = "NIANGJIA_BUILD";
/** What is larger than this, gzipped and in bytes, no phone fetches before its page is opened. */
const LARGE = 50_000;

/** Writes into the worker which files the pages of an entry may need. */
export function offline(entry: string): Plugin {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle[WORKER];
      if (worker?.type !== "chunk") return this.error(`there is no ${WORKER}`);
      // Phones of three years ago run no worker that imports.
      if (worker.imports.length + worker.dynamicImports.length > 0) return this.error(`${WORKER} must stand alone`);
      if (!worker.code.includes(PLACE)) return this.error(`${WORKER} doesn't ask for its files`);
      const build = filesOf(bundle as unknown as Record<string, Built>, entry);
      worker.code = worker.code.replaceAll(PLACE, JSON.stringify(build));
      this.info(
        `phones keep ${build.first.length} files, ${build.ahead.length} ahead and ${build.large.length} once seen`,
      );
    },
  };
}

/** All files that the pages of an entry may load, by when a phone keeps them. */
export function filesOf(built: Record<string, Built>, entry: string): Build {
  const first = Object.keys(built).find((file) => built[file]?.isEntry && built[file].name === entry);
  if (!first) throw new Error(`no entry is called ${entry}`);
  const atOnce = loads(built, first);
  const isSmall = (file: string) => atOnce.has(file) || sizeOf(built[file]) <= LARGE;
  const small = reached(built, first, isSmall).filter((file) => !atOnce.has(file));
  const large = reached(built, first, () => true).filter((file) => !atOnce.has(file) && !small.includes(file));
  return { first: named([...atOnce]), ahead: named(small), large: named(large) };
}

/** A chunk and all that it may load sooner or later, as far as one goes. */
function reached(built: Record<string, Built>, from: string, goes: (file: string) => boolean): string[] {
  const seen = new Set<string>();
  const look = (file: string) => {
    if (seen.has(file) || !goes(file)) return;
    seen.add(file);
    const { imports = [], dynamicImports = [], viteMetadata } = built[file] ?? {};
    const beside = [...(viteMetadata?.importedCss ?? []), ...(viteMetadata?.importedAssets ?? [])];
    for (const next of [...imports, ...dynamicImports, ...beside]) look(next);
  };
  look(from);
  return [...seen];
}

const sizeOf = (file?: Built) => gzipSync(file?.code ?? file?.source ?? "").length;

/** Their names below the folder of files that have a hash in theirs. */
const named = (files: string[]) =>
  files.filter((file) => file.startsWith("assets/")).map((file) => file.slice("assets/".length));

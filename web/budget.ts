import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** A chunk or another file of a build, as far as anything here looks at it. */
export interface Built {
  type: string;
  name?: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
  code?: string;
  source?: string | Uint8Array;
  viteMetadata?: { importedCss: Set<string>; importedAssets?: Set<string> };
}

/** Fails the build when what a page loads before it shows anything is larger than `most` bytes, gzipped. */
export function budget(entry: string, most: number): Plugin {
  return {
    name: "budget",
    writeBundle(_, bundle) {
      const built = bundle as unknown as Record<string, Built>;
      const first = Object.keys(built).find((file) => built[file]?.isEntry && built[file].name === entry);
      if (!first) return this.error(`no entry is called ${entry}`);
      const files = [...loads(built, first)];
      const size = files.reduce(
        (sum, file) => sum + gzipSync(built[file]?.code ?? built[file]?.source ?? "").length,
        0,
      );
      const words = `${entry} loads ${(size / 1000).toFixed(0)} kB at first (${files.length} files, gzipped)`;
      if (size > most) this.error(`${words}, more than ${most / 1000} kB`);
      this.info(words);
    },
  };
}

/** The files that a chunk loads at once: itself, its styles, what it imports. */
export function loads(built: Record<string, Built>, file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const style of built[file]?.viteMetadata?.importedCss ?? []) seen.add(style);
  for (const next of built[file]?.imports ?? []) loads(built, next, seen);
  return seen;
}

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

/** What shrinks; pictures and fonts are small already. */
const SHRINKS = /\.(js|css|html|svg)$/;

/**
 * Writes a `.br` and a `.gz` beside each file, as small as can be: the program sends them as they are, so that a phone waits
 * neither for a bad compression nor for a slow one.
 */
export function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    // After all others have written, and so for what lies in `public/`, too.
    writeBundle: {
      order: "post",
      handler({ dir = "dist" }, bundle) {
        for (const file of [...Object.keys(bundle), "icon.svg"]) {
          if (!SHRINKS.test(file)) continue;
          const path = join(dir, file);
          const text = readFileSync(path);
          const params = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
          writeFileSync(`${path}.br`, brotliCompressSync(text, { params }));
          writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
        }
      },
    },
  };
}

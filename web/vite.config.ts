/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { budget } from "./budget.ts";
import { offline, WORKER } from "./offline.ts";
import { precompress } from "./precompress.ts";
import { standing } from "./standing.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Three pages in one house: an address that names no file gets the page of its entry, as the server does it. */
const entries: Plugin = {
  name: "entries",
  configureServer: (server) => {
    server.middlewares.use((request, _, next) => {
      const entry = request.url?.match(/^\/(w|screen)(\/[^.]*)?(\?.*)?$/)?.[1];
      if (entry) request.url = `/${entry}/index.html`;
      next();
    });
  },
};

export default defineConfig({
  // Workers come by phone, often on a bad network.
  plugins: [react(), entries, standing(), budget("worker", 150_000), offline("worker"), precompress()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Phones of three years ago, and what runs inside their chat programs. This is about how the pages are written; what they call
    // is held to the same by tsconfig's `lib`, and with all that they rest on by the stories (tests/stories/absent.js), the
    // console's, too: of what is younger, only the map calls anything, and brings it along (shared/map/young.ts).
    target: ["chrome87", "safari14"],
    chunkSizeWarningLimit: 1200,
    // The policy allows no inline script, and data addresses for images only.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: {
        console: here("index.html"),
        worker: here("w/index.html"),

        screen: here("screen/index.html"),
        offline: here("worker/offline/sw.ts"),
      },
      output: {
        // Browsers know a worker by its address, so that its name stays.
        entryFileNames: ({ name }) => (name === "offline" ? WORKER : "assets/[name]-[hash].js"),
      },
    },
  },
  // MapLibre says that none of its files does anything by being loaded; that of its worker does nothing else.
  worker: { rolldownOptions: { treeshake: false } },
  // Another program than the one on the usual port: NIANGJIA_SERVER=http://127.0.0.1:8101 npm run dev.
  server: { proxy: { "/api": process.env.NIANGJIA_SERVER ?? "http://127.0.0.1:8080" } },
  // Files of tests share a window and their modules, as loading antd anew takes longer than most tests: setup.ts parts them.
  test: { environment: "jsdom", isolate: false, setupFiles: "setup.ts", testTimeout: 60_000 },
});

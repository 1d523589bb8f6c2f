// Starts the built program on a free port with demo data and a browser beside it, and ends both.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const PROGRAM = process.env.NIANGJIA_TEST_PROGRAM ?? join(import.meta.dirname, "../../target/debug/niangjia");

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Starts the program on a database (an SQLite file of its own if none is named) and waits until it is ready. */
export async function start(database) {
  const data = mkdtempSync(join(tmpdir(), "niangjia-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const options = ["serve", "--demo", "--data", data, "--listen", url.slice("http://".length)];
  if (database) options.push("--database", database);
  const program = spawn(PROGRAM, options, { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  program.stderr.on("data", (chunk) => {
    log += chunk;
  });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok) break;
    if (tries === 600 || program.exitCode !== null) throw new Error(`the program did not start:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return {
    url,
    browser,
    log: () => log,
    stop: async () => {
      await browser.close();
      program.kill("SIGTERM");
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

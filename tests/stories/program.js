// Starts the built program on a free port with demo data and a browser beside it, and ends both.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { chromium } from "playwright-core";

const PROGRAM = process.env.NIANGJIA_TEST_PROGRAM ?? join(import.meta.dirname, "../../target/debug/niangjia");

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const server = process.env.NIANGJIA_TEST_POSTGRES;

/** The databases that every story is played on. */
export const DATABASES = server ? ["SQLite", "PostgreSQL"] : ["SQLite"];

const sql = (text) => execFileSync("psql", ["-q", `${server}/postgres`, "-c", text]);

/** Where the demo lies loaded, to be copied by each story; without it each loads its own. */
const TEMPLATE = process.env.NIANGJIA_TEST_TEMPLATE;
const TEMPLATE_DATABASE = "stories_template";

/** Starts the program on a directory, and a server's database where one is named, and waits until it is ready. */
async function launch(data, database) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const options = ["serve", "--demo", "--data", data, "--listen", url.slice("http://".length)];
  if (database) options.push("--database", `${server}/${database}`);
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
  const stop = async () => {
    program.kill("SIGTERM");
    await ended;
  };
  return { url, stop, log: () => log };
}

/** Loads the demo once on each database. */
export async function loadTemplate() {
  for (const kind of DATABASES) {
    const database = kind === "PostgreSQL" ? TEMPLATE_DATABASE : undefined;
    if (database) {
      sql(`DROP DATABASE IF EXISTS ${database}`);
      sql(`CREATE DATABASE ${database}`);
    }
    const data = join(TEMPLATE, kind);
    mkdirSync(data);
    const program = await launch(data, database);
    await program.stop();
  }
}

/** Starts the program on a fresh database of its own, with a browser beside it. */
export async function start(kind) {
  const data = mkdtempSync(join(tmpdir(), "niangjia-"));
  if (TEMPLATE) cpSync(join(TEMPLATE, kind), data, { recursive: true });
  const database = kind === "PostgreSQL" ? basename(data).toLowerCase() : undefined;
  if (database) sql(`CREATE DATABASE "${database}"${TEMPLATE ? ` TEMPLATE ${TEMPLATE_DATABASE}` : ""}`);
  const program = await launch(data, database);
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
    url: program.url,
    browser,
    log: program.log,
    stop: async () => {
      await browser.close();
      await program.stop();
      if (database) sql(`DROP DATABASE "${database}"`);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

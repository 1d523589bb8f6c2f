// Starts the built program on a free port with demo data and a browser beside it, and ends both.
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { absent } from "./absent.js";

/** The built program. */
export const PROGRAM = process.env.NIANGJIA_TEST_PROGRAM ?? join(import.meta.dirname, "../../target/debug/niangjia");

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const server = process.env.NIANGJIA_TEST_POSTGRES;

/** The databases that a story is played on: what the plan and the hall rest on, on both. */
export const DATABASES = server ? ["SQLite", "PostgreSQL"] : ["SQLite"];

/** One database for a story whose tables are tested on both already; without a server it is SQLite. */
export const on = (kind) => (DATABASES.includes(kind) ? [kind] : ["SQLite"]);

/** How long anything may take: a busy machine of two cores is slow, not wrong. */
const PATIENCE = 60_000;

/** How many times slower than it could the pages' own work is done: to see that no story holds by luck only. */
const SLOWER = Number(process.env.NIANGJIA_TEST_SLOWER ?? 1);

const sql = (text) => execFileSync("psql", ["-q", `${server}/postgres`, "-c", text]);

/** Where the demo lies loaded, to be copied by each story; without it each loads its own. */
const TEMPLATE = process.env.NIANGJIA_TEST_TEMPLATE;
/** Where it is written down which statements read a large table whole; run.sh looks into it. */
const READ_WHOLE = TEMPLATE && join(TEMPLATE, "read-whole");
const TEMPLATE_DATABASE = "stories_template";

/** Starts the program on a directory, and a server's database where one is named, and waits until it is ready. */
async function launch(data, database, settings = {}) {
  for (let tries = 1; ; tries += 1) {
    const program = await attempt(data, database, settings);
    if (program.url) return program;
    // Between asking for a free port and taking it, somebody else may have had it.
    if (tries === 3 || !program.log().includes("in use")) throw new Error(`the program did not start:\n${program.log()}`);
  }
}

async function attempt(data, database, settings) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const options = ["serve", "--demo", "--data", data, "--listen", url.slice("http://".length)];
  if (database) options.push("--database", `${server}/${database}`);
  // Statements are looked at on SQLite alone, and writing each down takes time.
  const NIANGJIA_LOG = database ? "info" : "info,sqlx=trace";
  const env = { ...process.env, NIANGJIA_LOG, NO_COLOR: "1", ...settings };
  const program = spawn(PROGRAM, options, { stdio: ["ignore", "ignore", "pipe"], env });
  let log = "";
  const statements = new Set();
  createInterface(program.stderr).on("line", (line) => {
    const [, statement] = line.match(/ sqlx::query: .* db\.statement="(.*?)(?<!\\)" rows_affected=/) ?? [];
    if (statement) statements.add(JSON.parse(`"${statement}"`).trim());
    else if (!line.includes(" sqlx::query: ")) log += `${line}\n`;
  });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  const stop = async () => {
    program.kill("SIGTERM");
    await ended;
  };
  const patient = Date.now() + 5 * PATIENCE;
  while (program.exitCode === null) {
    const ready = await fetch(`${url}/readyz`).catch(() => undefined);
    if (ready?.ok) return { url, stop, log: () => log, statements };
    if (Date.now() > patient) {
      await stop();
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { log: () => log };
}

/** Writes down, for the end of all stories, which statements read a table whole that grows with people and services. */
function explain(data, statements) {
  const plans = [join(import.meta.dirname, "plans.py"), join(data, "demo.sqlite")];
  const { stdout, stderr } = spawnSync("python3", plans, { input: JSON.stringify([...statements]) });
  appendFileSync(READ_WHOLE, Buffer.concat([stdout, stderr]));
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

/**
 * Somebody's browser, as he has set it up. Nothing moves in it: a window or a list that is still moving takes a click somewhere
 * else than where it was aimed at, now and then, and the slower the machine the more often. What breaks on a page ends the story.
 */
async function context(browser, options) {
  const context = await browser.newContext({ locale: "zh-CN", reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(PATIENCE);
  await context.addInitScript(absent);
  context.on("weberror", (broken) => assert.fail(broken.error()));
  context.on("page", async (page) => {
    if (SLOWER === 1) return;
    const tools = await context.newCDPSession(page);
    await tools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  });
  return context;
}

/** Opens a browser. What draws by WebGL does so by the processor, as the machine of the stories has no other way. */
const open = (more = []) =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    timeout: PATIENCE,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--enable-unsafe-swiftshader",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });

/** Starts the program on a fresh database of its own, with a browser beside it; `settings` are environment variables. */
export async function start(kind, settings) {
  const data = mkdtempSync(join(tmpdir(), "niangjia-"));
  if (TEMPLATE) cpSync(join(TEMPLATE, kind), data, { recursive: true });
  const database = kind === "PostgreSQL" ? basename(data).toLowerCase() : undefined;
  if (database) sql(`CREATE DATABASE "${database}"${TEMPLATE ? ` TEMPLATE ${TEMPLATE_DATABASE}` : ""}`);
  let program = await launch(data, database, settings);
  const browser = await open();
  let old;
  return {
    get url() {
      return program.url;
    },
    /** Where the house lies. */
    data,
    context: (options) => context(browser, options),
    /** The same in a browser of an old phone, which knows no WebGL. */
    old: async (options) => {
      old ??= await open(["--disable-3d-apis"]);
      return context(old, options);
    },
    /** Closes everybody's browser: a page that is left open goes on working and slows down what comes after it. */
    leave: () => Promise.all([browser, old].flatMap((one) => one?.contexts() ?? []).map((one) => one.close())),
    log: () => program.log(),
    /** Stops the program, and starts it anew when `meanwhile` has been done. */
    restart: async (meanwhile) => {
      await program.stop();
      meanwhile();
      program = await launch(data, database, settings);
    },
    stop: async () => {
      await Promise.all([browser.close(), old?.close()]);
      await program.stop();
      if (!database && READ_WHOLE) explain(data, program.statements);
      if (database) sql(`DROP DATABASE "${database}"`);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

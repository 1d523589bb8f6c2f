// The built program on a database of its own: founded, started, killed, stopped, asked on the command line.
import { execFile, execFileSync, spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PROGRAM = process.env.NIANGJIA_TEST_PROGRAM ?? join(import.meta.dirname, "../../target/debug/niangjia");

/** Where PostgreSQL answers, for instance `postgres://postgres@127.0.0.1:54321`. */
export const SERVER = process.env.NIANGJIA_TEST_POSTGRES;

/** The databases that everything is tried on. */
export const DATABASES = SERVER ? ["SQLite", "PostgreSQL"] : ["SQLite"];

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Waits until `look` finds something. */
export async function until(look, what, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what}: not within ${seconds} s`);
}

let next = 0;

/** A place for a house: a folder with its settings, and a database of the kind. Nothing is founded yet. */
export class House {
  constructor(kind, { gateway, data, server = SERVER } = {}) {
    this.kind = kind;
    this.dir = mkdtempSync(join(tmpdir(), "niangjia-faults-"));
    this.data = data ?? join(this.dir, "data");
    if (kind === "PostgreSQL") {
      this.server = server;
      this.name = `faults_${process.pid}_${next++}`;
      this.sql(`CREATE DATABASE ${this.name}`, "postgres");
      this.database = `${server}/${this.name}`;
    }
    // Officers' second proof has tests of its own.
    const lines = [
      `data = ${JSON.stringify(this.data)}`,
      'trusted_proxies = ["127.0.0.1/32"]',
      "second_factor = false",
    ];
    if (this.database) lines.push(`database = ${JSON.stringify(this.database)}`);
    if (gateway) lines.push(`sms_url = ${JSON.stringify(gateway.url)}`, 'sms_key = "faults"');
    writeFileSync(join(this.dir, "niangjia.toml"), `${lines.join("\n")}\n`);
  }

  sql(text, database = this.name) {
    return execFileSync("psql", ["-q", "-t", "-A", `${this.server}/${database}`, "-c", text], { encoding: "utf8" });
  }

  /** A command of the program, done to its end. */
  run(...verb) {
    const options = { cwd: this.dir, encoding: "utf8", env: { ...process.env, NIANGJIA_LOG: "warn" } };
    return spawnSync(PROGRAM, verb, { ...options, maxBuffer: 1 << 26 });
  }

  must(...verb) {
    const told = this.run(...verb);
    if (told.status !== 0) throw new Error(`niangjia ${verb.join(" ")}: ${told.status}\n${told.stdout}${told.stderr}`);
    return told.stdout;
  }

  /** The same beside what this script does meanwhile. */
  meanwhile(...verb) {
    const options = { cwd: this.dir, env: { ...process.env, NIANGJIA_LOG: "warn" }, maxBuffer: 1 << 26 };
    return new Promise((resolve, reject) => {
      execFile(PROGRAM, verb, options, (error, told, why) => {
        if (error) reject(new Error(`niangjia ${verb.join(" ")}: ${error.code}\n${told}${why}`));
        else resolve(told);
      });
    });
  }

  /** Starts a server process and waits until it is ready. */
  async start() {
    const started = await new Process(this, await freePort()).start();
    this.first ??= started;
    return started;
  }

  remove() {
    if (this.name) this.sql(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`, "postgres");
    if (!process.env.FAULTS_KEEP) rmSync(this.dir, { recursive: true, force: true });
  }
}

/** What still runs when a script stops at a surprise is ended with it. */
const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A server process; it keeps its address when it is started again. */
export class Process {
  constructor(house, port) {
    this.house = house;
    this.url = `http://127.0.0.1:${port}`;
    this.listen = `127.0.0.1:${port}`;
  }

  async start() {
    const began = Date.now();
    this.spawn();
    await until(async () => {
      if (this.child.exitCode !== null) throw new Error(`the program ended:\n${this.log}`);
      return (await this.ready()).status === 200;
    }, "the program is ready");
    this.startedIn = Date.now() - began;
    return this;
  }

  spawn() {
    const env = { ...process.env, NIANGJIA_LOG: process.env.FAULTS_LOG ?? "warn,sqlx=error" };
    this.log = "";
    this.child = spawn(PROGRAM, ["serve", "--listen", this.listen], { cwd: this.house.dir, env, stdio: ["ignore", "ignore", "pipe"] });
    this.file ??= createWriteStream(join(this.house.dir, `log-${this.listen.split(":")[1]}`));
    this.child.stderr.on("data", (chunk) => {
      this.log = (this.log + chunk).slice(-100_000);
      this.file.write(chunk);
    });
    const { child } = this;
    running.add(child);
    child.once("exit", () => running.delete(child));
    this.ended = new Promise((resolve) => child.once("exit", resolve));
  }

  async ready() {
    const asked = fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(15_000) });
    return asked.then(async (told) => ({ status: told.status, text: await told.text() })).catch(() => ({ status: 0, text: "" }));
  }

  async kill() {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  async stop() {
    this.child.kill("SIGTERM");
    await this.ended;
  }
}

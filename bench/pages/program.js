// Starts the built program on a free port with a demo of its own and ends it again.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = process.env.BENCH_PROGRAM ?? join(import.meta.dirname, "../../target/release/niangjia");

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** The running program: where it is, and how to end it. */
export async function start() {
  const data = mkdtempSync(join(tmpdir(), "niangjia-bench-"));
  const url = `http://localhost:${await freePort()}`;
  const listen = url.replace("http://localhost", "127.0.0.1");
  const program = spawn(PROGRAM, ["serve", "--demo", "--data", data, "--listen", listen], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  program.stderr.on("data", (chunk) => {
    log += chunk;
  });
  const ended = new Promise((resolve) => program.once("exit", resolve));
  for (let tries = 0; ; tries += 1) {
    const ready = await fetch(`http://${listen}/readyz`).catch(() => undefined);
    if (ready?.ok) break;
    if (tries === 600 || program.exitCode !== null) throw new Error(`the program did not start:\n${log}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = async () => {
    program.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  return { url, stop };
}

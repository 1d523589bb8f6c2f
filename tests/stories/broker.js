// A real MQTT broker of a story's own, and simulated devices of stations that the program itself plays.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROGRAM } from "./program.js";

const MOSQUITTO = existsSync("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const listens = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

const text = (words) => Buffer.concat([Buffer.from([words.length >> 8, words.length & 255]), Buffer.from(words)]);

/** A packet of MQTT, of a kind. */
const packet = (kind, ...parts) => {
  const { length } = Buffer.concat(parts);
  const size = length < 128 ? [length] : [(length & 127) | 128, length >> 7];
  return Buffer.concat([Buffer.from([kind, ...size]), ...parts]);
};

/** Starts the broker; `settings` are what the program is told of it. */
export async function startBroker() {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), "niangjia-broker-"));
  const file = join(dir, "mosquitto.conf");
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\nuser root\nlog_dest none\n`);
  const broker = spawn(MOSQUITTO, ["-c", file], { stdio: "ignore" });
  const ended = new Promise((resolve) => broker.once("exit", resolve));
  while (broker.exitCode === null && !(await listens(port))) await new Promise((resolve) => setTimeout(resolve, 50));
  const settings = { NIANGJIA_MQTT_URL: `mqtt://127.0.0.1:${port}` };
  const devices = [];
  return {
    settings,
    /** A device that is none; `say` does something to it, `log` tells what it did. */
    device(kind, code) {
      const device = spawn(PROGRAM, ["station-device", kind, code], {
        env: { ...process.env, ...settings },
        stdio: ["pipe", "ignore", "pipe"],
      });
      let log = "";
      device.stderr.on("data", (chunk) => {
        log += chunk;
      });
      devices.push(device);
      return { say: (line) => device.stdin.write(`${line}\n`), log: () => log };
    },
    /** Says in a topic what no simulated device would say, as one whose clock is wrong. */
    tell: (topic, what) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, "127.0.0.1");
        socket.once("error", reject).once("close", resolve);
        socket.write(packet(0x10, text("MQTT"), Buffer.from([4, 2, 0, 60]), text(`story-${process.hrtime.bigint()}`)));
        socket.once("data", () => {
          socket.write(packet(0x30, text(`niangjia/1/${topic}`), Buffer.from(JSON.stringify(what))));
          socket.end(packet(0xe0));
        });
      }),
    async stop() {
      for (const device of devices) device.kill();
      broker.kill();
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

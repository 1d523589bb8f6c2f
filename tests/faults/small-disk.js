// A small file system of one test's own, which it may fill and break. Needs root, for the mount.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Disk {
  constructor(megabytes) {
    this.above = mkdtempSync(join(tmpdir(), "niangjia-disk-"));
    chmodSync(this.above, 0o755);
    this.image = join(this.above, "image");
    this.at = join(this.above, "disk");
    this.filler = join(this.at, "filler");
    writeFileSync(this.image, "");
    truncateSync(this.image, megabytes << 20);
    execFileSync("mkfs.ext4", ["-q", "-F", "-m", "0", this.image]);
    mkdirSync(this.at);
    this.mount();
    process.on("exit", () => this.mounted && execFileSync("umount", ["-l", this.at]));
  }

  mount() {
    this.mounted = true;
    execFileSync("mount", ["-o", "loop,errors=remount-ro", this.image, this.at]);
  }

  /** As the kernel does when the device below fails: from now on nothing can be written. */
  fail() {
    execFileSync("mount", ["-o", "remount,abort", this.at]);
  }

  unmount() {
    execFileSync("umount", [this.at]);
    this.mounted = false;
  }

  remove() {
    this.unmount();
    rmSync(this.above, { recursive: true });
  }

  /** Leaves no room. */
  fill() {
    try {
      execFileSync("dd", ["if=/dev/zero", `of=${this.filler}`, "bs=64k"], { stdio: "ignore" });
    } catch {
      // Until no more fits.
    }
    this.sync();
  }

  /** Makes room again. */
  clear() {
    rmSync(this.filler);
    this.sync();
  }

  sync() {
    execFileSync("sync", ["-f", this.at]);
  }
}

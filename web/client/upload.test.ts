import { expect, test, vi } from "vitest";
import { Problem } from "./http";
import { upload } from "./upload";

test("a network's own page that answers instead of the server is a lost connection, not an upload without end", async () => {
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      status = 200;
      responseText = "<html>请先登录会场网络</html>";
      upload = {};
      onload?: () => void;
      open = () => undefined;
      setRequestHeader = () => undefined;
      send = () => {
        try {
          this.onload?.();
        } catch {
          // As a browser does: what a listener throws reaches nobody.
        }
      };
    },
  );
  const never = new Promise((_, reject) => setTimeout(() => reject(new Error("never answered")), 500));
  const problem = await Promise.race([upload("/attachments", new FormData()), never]).catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).isLost).toBe(true);
});

test("an upload is given up where nothing moves any more, and not while it moves slowly", async () => {
  vi.useFakeTimers();
  let move: () => void = () => undefined;
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload: { onprogress?: (event: object) => void } = {};
      onabort?: () => void;
      open = () => undefined;
      setRequestHeader = () => undefined;
      abort = () => this.onabort?.();
      send = () => {
        move = () => this.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 9 });
      };
    },
  );
  let problem: unknown;
  upload("/photos", new FormData(), { patience: 20_000 }).catch((error: unknown) => {
    problem = error;
  });
  for (let at = 0; at < 5; at += 1) {
    await vi.advanceTimersByTimeAsync(15_000);
    move();
  }
  expect(problem).toBeUndefined();
  await vi.advanceTimersByTimeAsync(20_000);
  expect((problem as Problem).isLost).toBe(true);
});

import { afterEach, expect, test, vi } from "vitest";
import { Problem } from "./http";
import { upload } from "./upload";

afterEach(() => vi.unstubAllGlobals());

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

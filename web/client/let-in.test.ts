import { expect, onTestFinished, test, vi } from "vitest";
import { get, post } from "./http";
import { letInBy } from "./let-in";
import { upload } from "./upload";

const REFUSED = JSON.stringify({ code: "unauthenticated", detail: "请先登录。" });

/** A server that lets nobody in until `enter`; answers what it was asked, with the keys. */
function guarded() {
  let isIn = false;
  const asked: [string, string | undefined][] = [];
  vi.stubGlobal("fetch", async (address: string, { headers }: { headers: Record<string, string> }) => {
    asked.push([address, headers["idempotency-key"]]);
    return isIn ? new Response("{}") : new Response(REFUSED, { status: 401 });
  });
  vi.stubGlobal(
    "XMLHttpRequest",
    class {
      upload = {};
      status = 0;
      responseText = "";
      onload?: () => void;
      open = () => undefined;
      abort = () => undefined;
      setRequestHeader = (name: string, value: string) => {
        if (name === "idempotency-key") asked.push(["upload", value]);
      };
      send = () => {
        [this.status, this.responseText] = isIn ? [200, "{}"] : [401, REFUSED];
        this.onload?.();
      };
    },
  );
  const enter = () => {
    isIn = true;
  };
  return { asked, enter };
}

const code = (error: unknown) => (error as { code: string }).code;

test("what is refused for want of a log-in is done once more when somebody is in, under the same key", async () => {
  for (const work of [() => get("/plans"), () => post("/plans", {}), () => upload("/plans", new FormData())]) {
    const { asked, enter } = guarded();
    const close = letInBy(async () => {
      enter();
      return true;
    });
    onTestFinished(close);
    await work();
    expect(asked).toHaveLength(2);
    expect(asked[0]).toEqual(asked[1]);
  }
});

test("nobody waits to be told that nobody is logged in, or where no page lets anybody in", async () => {
  guarded();
  expect(await get("/plans").catch(code)).toBe("unauthenticated");
  const opens = vi.fn(async () => false);
  onTestFinished(letInBy(opens));
  expect(await get("/session").catch(code)).toBe("unauthenticated");
  expect(opens).not.toHaveBeenCalled();
  expect(await get("/plans").catch(code)).toBe("unauthenticated");
});

import { useState } from "react";
import { expect, test, vi } from "vitest";
import { useAction } from "../client/action";
import { press, soon, there, type } from "../testing";
import { tell } from "./ask";
import { Staying } from "./staying";
import { draw, json, serve } from "./testing";
import { Answered, useMine } from "./use-mine";

/** A page of one's own with something to fill in. */
function Page() {
  const asked = useMine<{ said: string }>("/me/visits");
  return <Answered asked={asked}>{() => <Form />}</Answered>;
}

function Form() {
  const [said, say] = useState("");
  const action = useAction((input: string, sending) => tell("/me/visits", { said: input }, sending).then(() => true));
  return (
    <>
      <textarea value={said} onChange={(event) => say(event.target.value)} />
      <button type="button" onClick={() => action.run(said)}>
        提交
      </button>
    </>
  );
}

const field = () => there(() => document.querySelector("textarea"));
const isAway = () => document.body.textContent?.includes("请重新登录");
const input = (place: number) => there(() => document.querySelectorAll("input")[place]);

async function begun() {
  let who: string | undefined = "7";
  let next = "7";
  const sent: string[] = [];
  serve((address, { method = "GET", headers }) => {
    const path = address.replace("/api/v1", "");
    if (path === "/worker/session") {
      who = next;
      return json({});
    }
    if (who === "officer") return json({ code: "forbidden", detail: "您没有这项权限。" }, 403);
    if (!who) return json({ code: "unauthenticated", detail: "请先登录。" }, 401);
    if (method === "POST") sent.push((headers as Record<string, string>)["idempotency-key"] ?? "");
    return json(path === "/me" ? { person_id: who } : {});
  });
  draw(
    <Staying>
      <Page />
    </Staying>,
  );
  type(await field(), "水很热");
  const logIn = async () => {
    type(await input(0), "13800138000");
    type(await input(1), "123456");
    await press("登录");
  };
  const end = (then: string, instead?: string) => {
    [who, next] = [instead, then];
  };
  return { sent, logIn, end };
}

test.each([
  ["whose log-in ended", undefined],
  ["in whose browser an officer logged in", "officer"],
])("%s logs in in the page's place, and what he had typed is sent then", async (_, instead) => {
  const { sent, logIn, end } = await begun();
  end("7", instead);
  await press("提交");
  await soon(() => expect(isAway()).toBe(true));
  expect((await field()).closest("[hidden]")).not.toBeNull();
  await logIn();
  await soon(() => expect(sent).toHaveLength(1));
  expect([isAway(), (await field()).value]).toEqual([false, "水很热"]);
});

test("of another who logs in on that phone nothing is sent", async () => {
  const { sent, logIn, end } = await begun();
  vi.spyOn(console, "error").mockReturnValue();
  end("8");
  await press("提交");
  await soon(() => expect(isAway()).toBe(true));
  await logIn();
  await soon(() => expect(document.querySelector<HTMLButtonElement>("button.main")?.disabled).toBe(false));
  expect([isAway(), sent]).toEqual([true, []]);
});

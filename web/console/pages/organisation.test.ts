import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { choose, draw, officer, press, serve } from "../testing";
import Organisation from "./organisation";

test("a union is saved as it was read, though the page looks again while one writes", async () => {
  const session = officer("organisations.manage");
  const union = { id: "7", code: "A7", kind: "federation", level: "county", path: [], places: [], missing: [] };
  let version = 1;
  const sent = serve({
    "GET /session": session,
    "GET /organisations/7": () => ({ ...union, version, name: version > 1 ? "别人改的名称" : "东河区总工会" }),
    "GET /organisations/7/steps": { steps: [], next: [], terms: [] },
    "PUT /organisations/7": { ...union, name: "东河区总工会" },
  });
  const { client, place } = draw(createElement(Organisation), "/organisations/:id", "/organisations/7");
  await press("修改");
  await soon(() =>
    expect(document.querySelector<HTMLInputElement>(".ant-modal input#name")?.value).toBe("东河区总工会"),
  );
  version = 2;
  await client.invalidateQueries();
  await soon(() => expect(place.querySelector("h1")?.textContent).toBe("别人改的名称"));
  await press("保存");
  await soon(() => expect(sent.find((one) => one.method === "PUT")?.headers["if-match"]).toBe('"1"'));
});

test("a township's union below a county stands at the townships' level, unless told otherwise", async () => {
  const county = { id: "7", code: "150222", name: "固阳县总工会", kind: "federation", level: "county" };
  serve({
    "GET /session": officer("organisations.manage"),
    "GET /organisations/7": { ...county, path: [], places: [], missing: [] },
    "GET /organisations/7/steps": { steps: [], next: [], terms: [] },
  });
  draw(createElement(Organisation), "/organisations/:id", "/organisations/7");
  await press("新建下级");
  const field = (id: string) => there(() => document.querySelector(`.ant-modal input#${id}`));
  const level = async () => (await field("level")).closest(".ant-select")?.textContent;
  expect(await level()).toBe("基层");
  for (const [kind, usual] of [
    ["乡镇（街道）工会", "乡镇街道"],
    ["联合基层工会", "基层"],
    ["总工会", "乡镇街道"],
  ] as const) {
    await choose(await field("kind"), kind);
    await soon(async () => expect(await level()).toBe(usual));
  }
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon } from "../../testing";
import { draw, officer, press, serve } from "../testing";
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

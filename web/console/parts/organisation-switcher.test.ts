import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, officer, press, Refused, serve } from "../testing";
import { OrganisationSwitcher } from "./organisation-switcher";

test("a union that is founded below one that was opened in the tree is there to be chosen", async () => {
  const union = (id: string, name: string) => ({ id, name, child_count: 0 });
  let below = [union("3", "东河区总工会")];
  serve({
    "GET /session": officer(),
    "GET /organisations/2": { id: "2", name: "包头市总工会" },
    "GET /organisations/tree": () => below,
  });
  const { client, place } = draw(createElement(OrganisationSwitcher));
  await soon(() => expect(place.textContent).toContain("包头市总工会"));
  await press("包头市总工会");
  expect(await there(() => place.querySelector("input"))).toBe(document.activeElement);
  await soon(() => expect(document.body.textContent).toContain("东河区总工会"));
  below = [...below, union("4", "青山区总工会")];
  client.invalidateQueries();
  await soon(() => expect(document.body.textContent).toContain("青山区总工会"));
});

test("a union that is out of sight is not what all other pages show after that", async () => {
  serve({
    "GET /session": officer(),
    "GET /organisations/2": { id: "2", name: "包头市总工会" },
    "GET /organisations/9": new Refused(404, "not_found", "没有找到"),
  });
  const named = draw(createElement(OrganisationSwitcher), "/", "/?organisation=9");
  await soon(() => expect(named.place.textContent).toContain("看不到的组织"));
  const next = draw(createElement(OrganisationSwitcher));
  await soon(() => expect(next.place.textContent).toContain("包头市总工会"));
});

test("who had chosen a union that was moved out of sight is back at his own", async () => {
  sessionStorage.setItem("niangjia.organisation", "9");
  serve({
    "GET /session": officer(),
    "GET /organisations/2": { id: "2", name: "包头市总工会" },
    "GET /organisations/9": new Refused(404, "not_found", "没有找到"),
  });
  const { place } = draw(createElement(OrganisationSwitcher));
  await soon(() => expect(place.textContent).toContain("包头市总工会"));
});

import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, json, serve } from "../testing";
import VolunteerPage from "./volunteer";

test("a shift that somebody else was quicker to take goes from the list, and why it was not mine is said", async () => {
  const shift = {
    id: "1",
    task: "热饭引导",
    station: "东河站",
    address: "",
    day: "2026-07-05",
    hours_text: "09:00-12:00",
  };
  let open = [{ ...shift, free: true, wanted: 1, signed: 0, guided: true }];
  serve((address) => {
    if (address.endsWith("/join")) {
      open = [];
      return json({ code: "shift_full", detail: "这一班已经报满。" }, 409);
    }
    return json(address.includes("/station-volunteering") ? { hours: 0, times: 0, shifts: [] } : open);
  });
  const { place } = draw(createElement(VolunteerPage));
  (await there(() => place.querySelector<HTMLButtonElement>("article button"))).click();
  await soon(() => expect(place.textContent).toContain("现在没有您能报名的班次"));
  expect(place.querySelector("[role=alert]")?.textContent).toBe("这一班已经报满。");
  expect(place.querySelector("article")).toBeNull();
});

test("where more can be taken than are shown it is said how the others are found", async () => {
  const shift = { task: "热饭引导", station: "东河站", address: "", day: "2026-07-05", hours_text: "09:00-12:00" };
  const open = Array.from({ length: 40 }, (_, id) => ({ ...shift, id: `${id}`, free: true, wanted: 1, signed: 0 }));
  serve((address) => json(address.includes("/station-volunteering") ? { hours: 0, times: 0, shifts: [] } : open));
  const { place } = draw(createElement(VolunteerPage));
  await soon(() => expect(place.textContent).toContain("只显示 40 个班次"));
});

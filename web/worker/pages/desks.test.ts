import { createElement } from "react";
import { expect, test } from "vitest";
import { Queries } from "../../client/queries";
import { soon, there } from "../../testing";
import { draw, json, serve } from "../testing";
import DesksPage from "./desks";

test("who was refused a time is not led away when a booking of his comes up later", async () => {
  const times = [{ starts_at: "2999-07-05T09:00:00+08:00", free: true }];
  const desk = {
    id: "1",
    kind_label: "法律援助",
    adviser: "李律师",
    station: "东河站",
    address: "",
    hours_text: "",
    minutes: 30,
  };
  const booking = {
    ...desk,
    ...times[0],
    ends_at: "2999-07-05T09:30:00+08:00",
    state: "booked",
    state_label: "已预约",
  };
  let mine: object[] = [];
  serve((address) => {
    if (address.endsWith("/book")) return json({ code: "taken", detail: "这个时间刚被约走。" }, 409);
    if (address.endsWith("/station-bookings")) return json(mine);
    if (address.endsWith("/station-desks/1")) return json({ days: [{ day: "2999-07-05", times }] });
    return json([{ ...desk, next_free: times[0]?.starts_at }]);
  });
  const client = new Queries({ defaultOptions: { queries: { retry: false } } });
  const { place } = draw(createElement(DesksPage), "/", client);
  (await there(() => place.querySelector<HTMLButtonElement>("article .wide"))).click();
  (await there(() => place.querySelector<HTMLInputElement>("article input"))).click();
  (await there(() => place.querySelector<HTMLButtonElement>("article .main:not(:disabled)"))).click();
  await soon(() => expect(place.textContent).toContain("这个时间刚被约走。"));
  mine = [booking];
  await client.invalidateQueries();
  await soon(() => expect(place.textContent).toContain("我的预约"));
  expect(document.activeElement?.textContent).not.toBe("我的预约");
});

test("of my bookings the next stands first, and what was cancelled below what is to come", async () => {
  const booking = (id: string, kind_label: string, day: string, state = "booked") => ({
    ...{ id, kind_label, state, state_label: "", adviser: "", station: "东河站", address: "" },
    ...{ starts_at: `2999-07-${day}T09:00:00+08:00`, ends_at: `2999-07-${day}T09:30:00+08:00` },
  });
  const mine = [
    booking("3", "心理咨询", "09", "cancelled"),
    booking("2", "求职就业", "07"),
    booking("1", "法律援助", "05"),
  ];
  serve((address) => json(address.endsWith("/station-bookings") ? mine : []));
  const { place } = draw(createElement(DesksPage));
  await soon(() => expect(place.querySelectorAll("article").length).toBe(3));
  const shown = [...place.querySelectorAll("article b")].map((one) => one.textContent);
  expect(shown).toEqual(["法律援助", "求职就业", "心理咨询"]);
});

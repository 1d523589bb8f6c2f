import { createElement } from "react";
import { expect, test } from "vitest";
import { soon, there } from "../../testing";
import { draw, serve } from "../testing";
import StationDesks from "./station-desks";

const DESK = {
  id: "5",
  station_id: "3",
  station: "友谊驿站",
  kind: "legal",
  kind_label: "法律援助",
  adviser: "王律师",
  hours_text: "每天 09:00-11:00",
  minutes: 30,
  closed: null,
  days_off: [],
  booked: 0,
  held: 0,
  missed: 0,
};

test("a desk whose adviser may advise no more says so, as nobody can book there", async () => {
  const desks = [
    { ...DESK, seated: true },
    { ...DESK, id: "6", seated: false },
    { ...DESK, id: "7", seated: false, closed: "律师出差" },
  ];
  serve({ "GET /station-desks": { items: desks, total: 3 } });
  const { place } = draw(createElement(StationDesks));
  await soon(() => expect(place.querySelectorAll(".ant-table-row")).toHaveLength(3));
  const [first, second, third] = [...place.querySelectorAll(".ant-table-row")].map((row) => row.textContent);
  expect(first).toContain("可预约");
  expect(second).toContain("咨询人员已不能接待，请换人");
  expect(third).toContain("已暂停：律师出差");
});

test("desks that want another adviser are asked for by themselves", async () => {
  const sent = serve({});
  draw(createElement(StationDesks), "/", "/?open=vacant");
  const asked = await there(() => sent.find((one) => one.path.startsWith("/station-desks?")));
  const filter = new URLSearchParams(asked.path.split("?")[1]);
  expect([filter.get("vacant"), filter.get("open")]).toEqual(["true", null]);
});

import { createElement } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { StationView } from "../../client/types";
import { soon, there } from "../../testing";
import { choose, draw, press, Refused, serve } from "../testing";
import type { PickMapProps } from "./pick-map";
import { StationWindow } from "./station-window";
import { STATION as station } from "./testing";

/** What the map was given, which nobody draws here. */
const map = vi.hoisted(() => ({ given: undefined as PickMapProps | undefined }));
vi.mock("./pick-map", () => ({
  default: (given: PickMapProps) => {
    map.given = given;
    return given.children(() => ({ longitude: 110, latitude: 41 }));
  },
}));
vi.mock("../../shared/map/look", () => ({ look: async () => undefined }));
beforeEach(() => {
  map.given = undefined;
});

const STATION: StationView = { ...station, position: { longitude: 109.84, latitude: 40.65, system: "wgs84" } };

const GROUND = {
  "GET /public/stations/places": { places: [], items: [] },
  "GET /public/stations/outlines": { type: "FeatureCollection", features: [] },
};

/** The server, in whose GCJ-02 all lies a hundredth further north. */
const answers = (more: object = {}) =>
  serve({
    ...GROUND,
    "GET /station-catalogue": [],
    "GET /organisations/2": { id: "2", name: "包头市总工会", division: "150200", path: [] },
    "GET /stations/position": ({ path }: { path: string }) => {
      const asked = new URL(path, "http://house").searchParams;
      const latitude = Number(asked.get("latitude")) + (asked.get("show") === "gcj02" ? 0.01 : -0.01);
      return { longitude: Number(asked.get("longitude")), latitude, system: asked.get("show") };
    },
    "PUT /stations/7": STATION,
    ...more,
  });

const open = (shown: StationView) =>
  draw(createElement(StationWindow, { shown, close: () => undefined, done: () => undefined }));
const button = (words: string) =>
  there(() => [...document.querySelectorAll("button")].find((one) => one.textContent === words));

test("what is set on the map stands in the fields, in the numbers of the map that was chosen", async () => {
  const sent = answers();
  open(STATION);
  await choose(await there(() => document.querySelector("[aria-label=坐标系]")), "高德、腾讯地图（GCJ-02）");
  await press("在地图上选");
  const { at, put, divisions } = await there(() => map.given);
  // It is drawn in WGS-84.
  expect([at, divisions]).toEqual([{ longitude: 109.84, latitude: 40.64 }, ["150200"]]);
  put({ longitude: 109.91234567, latitude: 40.7 });
  await soon(() =>
    expect(document.body.textContent).toContain("高德、腾讯地图（GCJ-02）：东经 109.91235，北纬 40.71000"),
  );
  await press("用这个位置");
  await press("保存");
  const saved = await there(() => sent.find((one) => one.method === "PUT"));
  expect(saved.body).toMatchObject({ position: { longitude: 109.912346, latitude: 40.71, system: "gcj02" } });
});

test("what is not moved stays as it was typed, and no place is taken where none was set", async () => {
  const sent = answers();
  open({ ...STATION, position: null });
  await press("在地图上选");
  await soon(() => expect(document.body.textContent).toContain("还没有放标记。"));
  expect((await button("用这个位置")).disabled).toBe(true);
  await press("标记放到图中央");
  await soon(() => expect(document.body.textContent).toContain("GPS、天地图（WGS-84）：东经 110.00000，北纬 41.00000"));
  await press("用这个位置");
  await soon(() => expect(document.querySelector<HTMLInputElement>("[aria-label=经度]")?.value).toBe("110.0000"));
  map.given = undefined;
  await press("在地图上选");
  expect((await there(() => map.given)).at).toEqual({ longitude: 110, latitude: 41 });
  await press("用这个位置");
  await press("保存");
  const saved = await there(() => sent.find((one) => one.method === "PUT"));
  expect(saved.body).toMatchObject({ position: { longitude: 110, latitude: 41, system: "wgs84" } });
  // In the map's own system nothing is to be converted.
  expect(sent.filter((one) => one.path.startsWith("/stations/position"))).toEqual([]);
});

test("where numbers can't be converted that is said, and nothing is taken", async () => {
  answers({ "GET /stations/position": new Refused(500, "fault", "系统出错了。") });
  open({ ...STATION, position: null });
  await choose(await there(() => document.querySelector("[aria-label=坐标系]")), "百度地图（BD-09）");
  await press("在地图上选");
  (await there(() => map.given)).put({ longitude: 110, latitude: 41 });
  await soon(() => expect(document.body.textContent).toContain("系统出错了。"));
  expect((await button("用这个位置")).disabled).toBe(true);
});

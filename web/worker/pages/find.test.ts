import { createElement, useState } from "react";
import { useLocation } from "react-router";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { soon, there, type } from "../../testing";
import { NearSearch, type Sought } from "../find/near-search";
import { draw, json, serve } from "../testing";
import FindPage from "./find";

/** What is told of the map, which nobody draws here; nor do the files behind this one that share its modules. */
const map = vi.hoisted(() => ({
  drawn: {} as { wanted?: boolean; StationMap?: (given: { choose: (id: string) => void }) => null },
}));
vi.mock("../find/use-map", () => ({ useMap: () => map.drawn }));
beforeEach(() => {
  map.drawn = {};
});

let found: PositionCallback | undefined;
Object.defineProperty(navigator, "geolocation", {
  configurable: true,
  value: {
    getCurrentPosition: (told: PositionCallback) => {
      found = told;
    },
  },
});
afterAll(() => void Reflect.deleteProperty(navigator, "geolocation"));
const HERE = { coords: { longitude: 110.05, latitude: 40.58 } } as GeolocationPosition;

const button = (name: string) => [...document.querySelectorAll("button")].find((one) => one.textContent === name);

/** Answers what is asked for the names of places, and for stations. */
const tell = (places: unknown[], items: unknown[], stations: (address: string) => unknown[] = () => []) =>
  serve((address) => json(address.includes("/places") ? { places, items } : stations(address)));

test("what is ticked while the phone looks for its place stays ticked", async () => {
  const items = [{ code: "microwave", label: "微波炉" }];
  tell([], items);
  let search = "";
  function Look() {
    search = decodeURIComponent(useLocation().search);
    return createElement(FindPage);
  }
  const { place } = draw(createElement(Look));
  await soon(() => expect(place.textContent).toContain("微波炉"));
  button("找我附近的驿站")?.click();
  place.querySelectorAll<HTMLInputElement>(".chips input")[2]?.click();
  await soon(() => expect(search).toContain("has=microwave"));
  found?.(HERE);
  await soon(() => expect(search).toContain("at=110.05,40.58"));
  expect(search).toContain("has=microwave");
});

test("who chooses a place by its name while the phone looks for its own looks from there", async () => {
  const district = { kind: "district", name: "东河区", address: "", position: { longitude: 110.1, latitude: 40.6 } };
  tell([district], []);
  const { place } = draw(createElement(FindPage));
  await soon(() => expect(button("东河区")).toBeDefined());
  button("找我附近的驿站")?.click();
  button("东河区")?.click();
  await soon(() => expect(place.textContent).toContain("从“东河区”找起"));
  found?.(HERE);
  await soon(() => expect(button("用我现在的位置")?.disabled).toBe(false));
  expect(place.textContent).toContain("从“东河区”找起");
});

test("a station that is sought by its name is shown also while it is shut, and the keys go on at it", async () => {
  const sought = { kind: "station", name: "东门站", address: "东门外", position: { longitude: 110, latitude: 40 } };
  tell([sought], [], (address) => (address.includes("open=true") ? [] : [station("3", "东门站")]));
  const { place } = draw(createElement(FindPage), "/?named=东门站&open=30");
  const choice = await there(() => place.querySelector<HTMLButtonElement>(".places button"));
  choice.click();
  await soon(() => expect(place.querySelector("article")?.textContent).toContain("东门站"));
  expect(document.activeElement?.textContent).toBe("从“东门站”找起");
  expect(place.querySelector<HTMLInputElement>(".chips input")?.checked).toBe(false);
});

test("where more stations have a name than are told, that is told", async () => {
  const place = (n: number) => ({
    kind: "station",
    name: `东河${n}号站`,
    address: "",
    position: { longitude: n, latitude: 40 },
  });
  let places = Array.from({ length: 10 }, (_, n) => place(n));
  tell(places, []);
  const first = draw(createElement(FindPage), "/?named=东河").place;
  await soon(() => expect(first.textContent).toContain("只列出 10 个驿站，没有您要的，请多写几个字。"));
  places = places.slice(1);
  tell(places, []);
  const second = draw(createElement(FindPage), "/?named=东河").place;
  await soon(() => expect(second.textContent).toContain("东河9号站"));
  expect(second.textContent).not.toContain("请多写几个字");
});

test("a station that nobody keeps now tells how its door opens", async () => {
  const now = { open: true, staffed: false, text: "24小时自助开放" };
  const alone = { ...station("4", "夜站"), now, door_in_doubt: true };
  const kept = { ...station("5", "日站"), now: { open: true, staffed: true, text: "开放中" }, smoke: true };
  const shut = { ...station("6", "晚站"), now: { open: false, staffed: false, text: "已闭站" } };
  tell([], [], () => [alone, kept, shut]);
  const { place } = draw(createElement(FindPage), "/?at=110,40,这里");
  await soon(() => expect(place.querySelectorAll("article").length).toBe(3));
  const told = (words: string) => [...place.querySelectorAll("article")].map((one) => one.textContent?.includes(words));
  expect(told("可能打不开")).toEqual([true, false, false]);
  expect(told("烟雾报警")).toEqual([false, true, false]);
  const ways = [...place.querySelectorAll("article")].map((one) => one.querySelector("a[href$='/pass']") !== null);
  expect(ways).toEqual([true, false, false]);
});

const station = (id: string, name: string) => ({
  ...{
    id,
    name,
    position: { longitude: 110, latitude: 40 },
    now: { open: true, staffed: true, text: "开放中" },
    items: [],
  },
  ...{ metres: 100, walking_minutes: 2, address: "", hours_text: "", exceptions: [] as unknown[], maps: { geo: "" } },
});

test("on the map a station is shown also when the one that was looked at is none of those wanted now", async () => {
  const items = [{ code: "microwave", label: "微波炉" }];
  const all = [station("1", "站前站"), station("2", "东门站")];
  tell([], items, (address) => (address.includes("items=microwave") ? all.slice(0, 1) : all));
  let choose: (id: string) => void = () => undefined;
  map.drawn = {
    wanted: true,
    StationMap: (given) => {
      choose = given.choose;
      return null;
    },
  };
  const { place } = draw(createElement(FindPage), "/?at=110,40,这里");
  await soon(() => expect(place.textContent).toContain("站前站"));
  choose("2");
  await soon(() => expect(place.textContent).toContain("东门站"));
  place.querySelectorAll<HTMLInputElement>(".chips input")[2]?.click();
  await soon(() => expect(place.textContent).toContain("由近到远 1 个"));
  expect(place.textContent).toContain("站前站");
});

test("where there are more than are told, that is told", async () => {
  let stations = Array.from({ length: 20 }, (_, at) => station(`${at}`, `驿站${at}`));
  tell([], [], () => stations);
  const shown = async (said: string) => {
    const { place } = draw(createElement(FindPage), "/?at=110,40,这里");
    await soon(() => expect(place.querySelector("[role=status]")?.textContent).toBe(said));
  };
  await shown("由近到远 20 个，更远的没有列出");
  stations = stations.slice(1);
  await shown("由近到远 19 个");
});

test("a station's sheet tells the days that differ and shows its pictures once it is opened", async () => {
  const shut = { ...station("7", "东门站"), exceptions: [{ day: "2026-07-03", text: "不开放（线路检修）" }] };
  serve((address) => {
    if (address.includes("/photos")) return json([{ attachment_id: "9", caption: "门头" }]);
    return json(address.includes("/places") ? { places: [], items: [] } : [shut]);
  });
  const { place } = draw(createElement(FindPage), "/?at=110,40,这里");
  const sheet = await there(() => place.querySelector<HTMLDetailsElement>(".near details"));
  expect(sheet.textContent).toContain("2026年7月3日：不开放（线路检修）");
  expect(place.querySelector("img")).toBeNull();
  sheet.open = true;
  sheet.dispatchEvent(new Event("toggle"));
  const photo = await there(() => place.querySelector("img"));
  expect(photo.getAttribute("src")).toBe("/api/v1/public/stations/7/photos/9");
  expect(photo.alt).toBe("门头");
});

test("what is sought while the phone looks for its place is sought still", async () => {
  let shown: Sought = {};
  let seek: (sought: Sought) => void = () => undefined;
  function Page() {
    [shown, seek] = useState<Sought>({});
    return createElement(NearSearch, { sought: shown, seek });
  }
  draw(createElement(Page));
  await soon(() => expect(button("从离我近的看起")).toBeDefined());
  button("从离我近的看起")?.click();
  seek({ q: "法律" });
  await soon(() => expect(shown.q).toBe("法律"));
  found?.(HERE);
  await soon(() => expect(shown.longitude).toBe("110.05"));
  expect(shown.q).toBe("法律");
});

test("who chooses a place by its name where things are sought by nearness looks from there, too", async () => {
  const district = { kind: "district", name: "东河区", address: "", position: { longitude: 110.1, latitude: 40.6 } };
  tell([district], []);
  let shown: Sought = {};
  function Page() {
    const [sought, seek] = useState<Sought>({});
    shown = sought;
    return createElement(NearSearch, { sought, seek });
  }
  const { place } = draw(createElement(Page));
  await soon(() => expect(button("从离我近的看起")).toBeDefined());
  button("从离我近的看起")?.click();
  const name = await there(() => place.querySelector<HTMLInputElement>("details input"));
  type(name, "东河");
  await soon(() => expect(name.form?.querySelector("button")?.disabled).toBe(false));
  name.form?.requestSubmit();
  const offered = await there(() => place.querySelector<HTMLButtonElement>(".places button"));
  offered.click();
  await soon(() => expect(shown.longitude).toBe("110.1"));
  found?.(HERE);
  await soon(() => expect(button("从离我近的看起")?.disabled).toBe(false));
  expect(shown.longitude).toBe("110.1");
});

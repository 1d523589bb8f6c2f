import { createElement } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import type { StationView } from "../../client/types";
import { there } from "../../testing";
import { draw, Refused, serve } from "../testing";
import type { PlaceMapProps } from "./place-map";
import { PlaceOnMap } from "./place-on-map";

/** What the map was given, which nobody draws here. */
const map = vi.hoisted(() => ({ given: undefined as PlaceMapProps | undefined }));
vi.mock("./place-map", () => ({
  default: (given: PlaceMapProps) => {
    map.given = given;
    return null;
  },
}));
vi.mock("../../shared/map/look", () => ({ look: async () => undefined }));
beforeEach(() => {
  map.given = undefined;
});

const at = { longitude: 109.84, latitude: 40.65, system: "wgs84" };
const STATION = { id: "7", name: "友谊驿站", position: at } as StationView;
const GROUND = {
  "GET /public/stations/places": { places: [], items: [] },
  "GET /public/stations/outlines": { type: "FeatureCollection", features: [] },
};
const shown = async () => {
  draw(createElement(PlaceOnMap, { of: STATION, at }));
  return there(() => map.given);
};

test("a station is shown among those that serve near it, and not as one of them", async () => {
  const near = ["7", "8"].map((id) => ({ id, name: `${id}号驿站`, metres: 300, position: at }));
  serve({ ...GROUND, "GET /public/stations/nearest": near });
  expect(await shown()).toMatchObject({ name: "友谊驿站", from: at, others: [{ id: "8" }] });
});

test("it is shown alone where nothing is told of others", async () => {
  serve({ ...GROUND, "GET /public/stations/nearest": new Refused(500, "fault", "系统出错了。") });
  expect((await shown()).others).toBeUndefined();
});

import { expect, test } from "vitest";
import type { PublicEvent } from "../../client/types";
import { question } from "./unions";

const union = (id: string, platforms: string[], district: string) => ({
  id,
  name: `${id}工会`,
  platforms,
  district_id: district,
  district: `${district}总工会`,
});
const unions = [union("1", ["food"], "东河区"), union("2", ["food"], "昆都仑区"), union("3", ["parcels"], "东河区")];
const event = { unions, organisation_id: "city" } as PublicEvent;
const ask = (platform_id: string, district_id = "", held = event) => {
  const { districts, unions, found } = question(held, { platform_id, district_id });
  return [districts.map((one) => one.name), unions.map((one) => one.id), found?.id];
};

test("where one answer suffices no other is asked for", () => {
  expect(ask("parcels")).toEqual([[], [], "3"]);
  expect(ask("", "昆都仑区")).toEqual([["东河区", "昆都仑区"], [], "2"]);
  expect(ask("", "", { ...event, unions: unions.slice(2) })).toEqual([[], [], "3"]);
});

test("a platform with a union in several districts asks for the district, among those of its unions only", () => {
  expect(ask("food")).toEqual([["东河区", "昆都仑区"], ["1", "2"], undefined]);
  expect(ask("food", "东河区")).toEqual([["东河区", "昆都仑区"], [], "1"]);
});

test("what no union here fits decides nothing", () => {
  expect(ask("taxi")).toEqual([["东河区", "昆都仑区"], ["1", "2", "3"], undefined]);
  expect(ask("parcels", "昆都仑区")).toEqual([[], [], "3"]);
});

test("of several the one that holds the event is joined, unless another is chosen", () => {
  const held = { ...event, organisation_id: "3" };
  expect(ask("", "东河区", held)).toEqual([["东河区", "昆都仑区"], ["1", "3"], "3"]);
  expect(ask("food", "", held)).toEqual([["东河区", "昆都仑区"], ["1", "2"], undefined]);
});

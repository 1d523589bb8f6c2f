import { expect, test } from "vitest";
import { pairOf, spoken, spotOf } from "./degrees";

test("both degrees are read from the line that a map gave, whichever stands first", () => {
  const place = { longitude: 110.0733416, latitude: 40.5855721 };
  expect(pairOf("110.0733416,40.5855721")).toEqual(place);
  expect(pairOf(" 40.5855721， 110.0733416\n")).toEqual(place);
  expect(pairOf("东经110.0733416°，北纬40.5855721°")).toEqual(place);
});

test("what is no such line is left to the field into which it was pasted", () => {
  for (const line of ["", "110.05", "东河区青年路94号", "110.05,40.58,3", "200,95", "E110.05 N40.58"])
    expect(pairOf(line)).toBeUndefined();
});

test("a place is what both fields tell, if it lies on the earth, and is read as people say it", () => {
  expect(spotOf({ longitude: 110.05, latitude: 40.58 })).toEqual({ longitude: 110.05, latitude: 40.58 });
  expect(spotOf({ longitude: 110.05, latitude: null })).toBeUndefined();
  expect(spotOf({ longitude: 40.58, latitude: 110.05 })).toBeUndefined();
  expect(spoken({ longitude: 110.0262714, latitude: 40.5681225 })).toBe("东经 110.02627，北纬 40.56812");
});

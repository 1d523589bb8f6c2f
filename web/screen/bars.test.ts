import { expect, test } from "vitest";
import { fitting } from "./bars";

const bars = (many: number) =>
  Array.from({ length: many }, (_, place) => ({ key: `${place}`, name: `第${place}工会`, value: many - place }));

test("the largest stand on the wall, and it says how many don't", () => {
  expect(fitting(bars(8))).toEqual({ shown: bars(8), others: 0 });
  expect(fitting(bars(40))).toEqual({ shown: bars(40).slice(0, 7), others: 33 });
});

import { expect, test } from "vitest";
import { fitting } from "./bars";

const bars = (many: number) =>
  Array.from({ length: many }, (_, place) => ({ key: `${place}`, name: `第${place}工会`, value: many - place }));
const sum = (some: { value: number }[]) => some.reduce((total, bar) => total + bar.value, 0);

test("what doesn't fit on the wall is one bar, and nobody is lost", () => {
  expect(fitting(bars(8))).toEqual(bars(8));
  const shown = fitting(bars(40));
  expect(shown).toHaveLength(8);
  expect(shown[7]?.name).toBe("其他 33 家");
  expect(sum(shown)).toBe(sum(bars(40)));
});

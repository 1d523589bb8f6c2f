import { expect, test } from "vitest";
import { asksFor, type Opening, readOpening, writeOpening } from "./opening";

const ALL: Opening[] = ["any", "now", "stays"];

test("it comes back from the address as it was; without a word there, what is open now is looked for", () => {
  expect(ALL.map((one) => readOpening(writeOpening(one)))).toEqual(ALL);
  expect(readOpening(null)).toBe("now");
});

test("who needs half an hour asks for stations that stay open so long", () => {
  expect(ALL.map(asksFor)).toEqual([
    { open: undefined, open_for: undefined },
    { open: true, open_for: undefined },
    { open: true, open_for: 30 },
  ]);
});

import { expect, test } from "vitest";
import { textOf } from "./text-of";

test("a notice is read in whatever code its editor saved it", () => {
  const read = (...bytes: number[]) => textOf(new Uint8Array(bytes).buffer);
  expect(read(0xd4, 0xaa, 0xb5, 0xa9, 0x31)).toBe("元旦1");
  expect(read(0xe5, 0x85, 0x83, 0xe6, 0x97, 0xa6, 0x31)).toBe("元旦1");
  expect(read(0xef, 0xbb, 0xbf, 0xe5, 0x85, 0x83)).toBe("元");
  expect(read(0xff, 0xfe, 0x43, 0x51, 0xe6, 0x65)).toBe("元旦");
  expect(read()).toBe("");
});

import encodeQR from "qr";
import { expect, test, vi } from "vitest";
import { type Dots, readDots, reader } from "./read";

/** A QR code as a camera would see it: so many dots a square. */
function picture(text: string, size: number): Dots {
  const squares = encodeQR(text, "raw", { border: 4 });
  const width = squares.length * size;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dark = squares[Math.floor(y / size)]?.[Math.floor(x / size)];
      if (dark) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height: width, data };
}

const CODE = "station.visit:1782873600:5837462910:MEUCIQDq0x7v3f8aYkq5cF2hTzJm1wXy9bKcR4tVnQ6sLpG0AiEA";

test("a phone without a reader of its own reads a station code by ours", async () => {
  expect(await readDots(picture(CODE, 4))).toBe(CODE);
  const blank: Dots = { width: 200, height: 200, data: new Uint8ClampedArray(160_000).fill(255) };
  expect(await readDots(blank)).toBeUndefined();
});

test("the phone's own reader is asked if it works, else ours", async () => {
  const canvas = {} as HTMLCanvasElement;
  const ours = vi.fn(async () => "ours");
  const works = class {
    detect = async () => [{ rawValue: "own" }];
  };
  expect(await reader(works, ours)(canvas)).toBe("own");
  expect(ours).not.toHaveBeenCalled();
  const fails = class {
    detect = async () => Promise.reject(new Error("Barcode detection service unavailable."));
  };
  expect(await reader(fails, ours)(canvas)).toBe("ours");
  expect(await reader(undefined, ours)(canvas)).toBe("ours");
});

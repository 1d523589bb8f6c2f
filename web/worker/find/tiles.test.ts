import { expect, test } from "vitest";
import { REACHES } from "./plane";
import { levelOf, tilesAround } from "./tiles";

const TOWN = { longitude: 110.046, latitude: 40.576 };
const LAYERS = ["https://map.example/base/{z}/{x}/{y}", "https://map.example/names/{z}/{x}/{y}"];

test("tiles cover the picture without a gap at every reach, and are few", () => {
  for (const reach of REACHES) {
    const tiles = tilesAround(TOWN, reach, 180, LAYERS, 720);
    expect(tiles.length).toBeLessThanOrEqual(36);
    const edge = (side: (tile: (typeof tiles)[number]) => number) => tiles.map(side);
    expect(Math.min(...edge((tile) => tile.x))).toBeLessThanOrEqual(-180);
    expect(Math.min(...edge((tile) => tile.y))).toBeLessThanOrEqual(-180);
    expect(Math.max(...edge((tile) => tile.x + tile.width))).toBeGreaterThanOrEqual(180);
    expect(Math.max(...edge((tile) => tile.y + tile.height))).toBeGreaterThanOrEqual(180);
    for (const tile of tiles) {
      const right = tiles.find((other) => other.key !== tile.key && Math.abs(other.x - tile.x - tile.width) < 0.01);
      expect(right !== undefined || tile.x + tile.width >= 180).toBe(true);
      // Square to a few parts in a hundred: what is drawn isn't bent.
      expect(Math.abs(tile.width / tile.height - 1)).toBeLessThan(0.04);
    }
  }
});

test("a tile's addresses say which it is, and it lies where it belongs", () => {
  const [tile] = tilesAround(TOWN, 300, 180, LAYERS, 720);
  expect(tile?.addresses[1]).toMatch(/^https:\/\/map\.example\/names\/17\/\d+\/\d+$/);
  expect(levelOf(TOWN, 100_000, 720)).toBeLessThan(levelOf(TOWN, 1_000, 720));
});

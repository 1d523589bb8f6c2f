import { offset, type Spot } from "./plane";

/** A tile of a licensed map, and where it lies in the picture. */
export interface Tile {
  key: string;
  /** Its addresses, the lowest layer first. */
  addresses: string[];
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The finest tiles that every map has. */
const FINEST = 18;
/** Metres around the equator. */
const AROUND = 40_075_016.7;
/** A tile's side, in pixels. */
const SIDE = 256;

/** The level whose pixels are nearest to the picture's. */
export function levelOf(middle: Spot, reach: number, pixels: number): number {
  const wide = Math.cos((middle.latitude * Math.PI) / 180) * AROUND;
  const level = Math.round(Math.log2((wide * pixels) / (SIDE * 2 * reach)));
  return Math.min(Math.max(level, 1), FINEST);
}

const column = (longitude: number, level: number) => ((longitude + 180) / 360) * 2 ** level;

function row(latitude: number, level: number): number {
  const angle = (latitude * Math.PI) / 180;
  return ((1 - Math.asinh(Math.tan(angle)) / Math.PI) / 2) * 2 ** level;
}

const east = (x: number, level: number) => (x / 2 ** level) * 360 - 180;
const north = (y: number, level: number) =>
  (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** level))) * 180) / Math.PI;

/**
 * The Web Mercator tiles that cover the picture around a middle, each laid where its own corners lie, so that the map fits
 * the picture's true distances and directions at every reach. `half` is half the picture's side in its own units.
 */
export function tilesAround(middle: Spot, reach: number, half: number, layers: string[], pixels: number): Tile[] {
  const level = levelOf(middle, reach, pixels);
  const last = 2 ** level - 1;
  // The picture's corners; a degree's metres are the plane's own.
  const degree = offset({ longitude: 0, latitude: 0 }, { longitude: 0, latitude: -1 }).y;
  const tall = reach / degree;
  const wide = tall / Math.cos((middle.latitude * Math.PI) / 180);
  const first = { x: Math.floor(column(middle.longitude - wide, level)), y: row(middle.latitude + tall, level) };
  const final = { x: Math.floor(column(middle.longitude + wide, level)), y: row(middle.latitude - tall, level) };
  const tiles: Tile[] = [];
  for (let y = Math.max(0, Math.floor(first.y)); y <= Math.min(last, Math.floor(final.y)); y++) {
    for (let x = Math.max(0, first.x); x <= Math.min(last, final.x); x++) {
      const corner = offset(middle, { longitude: east(x, level), latitude: north(y, level) });
      const other = offset(middle, { longitude: east(x + 1, level), latitude: north(y + 1, level) });
      const unit = half / reach;
      tiles.push({
        key: `${level}/${x}/${y}`,
        addresses: layers.map((layer) =>
          layer.replace("{z}", `${level}`).replace("{x}", `${x}`).replace("{y}", `${y}`),
        ),
        x: corner.x * unit,
        y: corner.y * unit,
        width: (other.x - corner.x) * unit,
        height: (other.y - corner.y) * unit,
      });
    }
  }
  return tiles;
}

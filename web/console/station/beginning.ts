import type { DivisionOutlines } from "../../client/types";
import { type Ground, piecesOf } from "../../shared/map/ground";
import type { Spot } from "../../shared/map/spot";

/** What is known of where something is. */
interface Known extends Ground {
  at?: Spot;
  /** Divisions that it may lie in, the likeliest first. */
  divisions: string[];
}

/** So far a district is shown around the middle of its stations, in degrees. */
const WIDE = 0.08;
/** So far is shown around a place where there are no streets: names of districts and rings are all that tells where it is. */
const BARE = 0.02;
/** Where nothing at all is known. */
const CHINA = [
  { longitude: 73, latitude: 18 },
  { longitude: 135, latitude: 54 },
];

/** What a map shows at first: the place itself, else its district, else its prefecture, else the whole ground. */
export function beginning({ at, divisions, districts, outlines, tiles }: Known): Spot[] {
  if (at) return tiles ? [at] : roundabout(at, BARE);
  const drawn = outlines?.features ?? [];
  for (const code of divisions) {
    const district = districts.find(({ division }) => division === code);
    if (district) return roundabout(district.position);
    const prefecture = `${code.slice(0, 4)}00`;
    const outline =
      drawn.find(({ properties }) => properties.code === code) ??
      drawn.find(({ properties }) => properties.code === prefecture);
    if (outline) return cornersOf([outline]);
  }
  if (drawn.length > 0) return cornersOf(drawn);
  return districts.length > 0 ? districts.map(({ position }) => position) : CHINA;
}

const roundabout = ({ longitude, latitude }: Spot, far = WIDE) => [
  { longitude: longitude - far, latitude: latitude - far },
  { longitude: longitude + far, latitude: latitude + far },
];

function cornersOf(outlines: DivisionOutlines["features"]): Spot[] {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [ring] of outlines.flatMap(({ geometry }) => piecesOf(geometry))) {
    for (const [x = 0, y = 0] of ring ?? []) {
      [west, east] = [Math.min(west, x), Math.max(east, x)];
      [south, north] = [Math.min(south, y), Math.max(north, y)];
    }
  }
  return [
    { longitude: west, latitude: south },
    { longitude: east, latitude: north },
  ];
}

// A flat picture of a town: north up, distances true to a few metres in a hundred kilometres' reach.

/** Metres in a degree of latitude; of longitude as many times its latitude's cosine. */
const DEGREE = 111_195;

/** How far the picture may reach from its middle to its edge, in metres. */
export const REACHES = [300, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

export interface Spot {
  longitude: number;
  latitude: number;
}

/** Metres to the east and to the south of a middle. */
export function offset(middle: Spot, spot: Spot): { x: number; y: number } {
  const narrow = Math.cos((middle.latitude * Math.PI) / 180);
  const turn = ((spot.longitude - middle.longitude + 540) % 360) - 180;
  return { x: turn * DEGREE * narrow, y: (middle.latitude - spot.latitude) * DEGREE };
}

/** The smallest reach that shows everything so far away; the largest if none does. */
export function reachOf(metres: number): number {
  return REACHES.find((reach) => reach >= metres * 1.08) ?? REACHES[REACHES.length - 1] ?? metres;
}

/** The next reach in or out; the same at either end. */
export function zoomed(reach: number, step: 1 | -1): number {
  return REACHES[REACHES.indexOf(reach) + step] ?? reach;
}

/** A distance as people say it. */
export function far(metres: number): string {
  return metres < 1_000
    ? `${metres}米`
    : `${(metres / 1_000).toFixed(metres < 10_000 ? 1 : 0).replace(/\.0$/, "")}公里`;
}

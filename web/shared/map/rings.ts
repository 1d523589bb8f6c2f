import type { Spot } from "./spot";

/** Rings around oneself, by their reach in metres. */
export const REACHES = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

/** Metres in a degree of latitude; of longitude as many times its latitude's cosine. */
const DEGREE = 111_195;
/** Straight pieces of a ring: on no phone a corner is seen. */
const PIECES = 96;
/** Metres in a pixel at the equator, at level 0 of tiles of 512 pixels. */
const PIXEL = 78_271.5;
/** The smallest ring that one can still read a word in, in pixels of its reach. */
const LEAST = 44;

/** The points of a ring, closed, from its north. */
export function ring({ longitude, latitude }: Spot, metres: number): [number, number][] {
  const tall = metres / DEGREE;
  const wide = tall / Math.cos((latitude * Math.PI) / 180);
  const point = (piece: number): [number, number] => {
    const turn = ((piece % PIECES) / PIECES) * 2 * Math.PI;
    return [longitude + wide * Math.sin(turn), latitude + tall * Math.cos(turn)];
  };
  return Array.from({ length: PIECES + 1 }, (_, piece) => point(piece));
}

/** The level from which a ring is wide enough to be drawn. */
export function levelOf({ latitude }: Spot, metres: number): number {
  return Math.log2((LEAST * PIXEL * Math.cos((latitude * Math.PI) / 180)) / metres);
}

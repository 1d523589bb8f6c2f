import { halved } from "../parts/number-field";

/** In China every longitude is greater than every latitude, so that maps which tell them the other way round are read, too. */
const EASTMOST_LATITUDE = 60;

/** Longitude and latitude of a line that a map gave: `110.05,40.58`, `东经110.05°，北纬40.58°`; undefined if it is no such line. */
export function pairOf(line: string): { longitude: number; latitude: number } | undefined {
  const degrees = line
    .split(/[,，、;；\s]+/)
    .map(halved)
    .filter((part) => part !== "")
    .map(Number);
  const [first, second] = degrees;
  if (degrees.length !== 2 || first === undefined || second === undefined) return undefined;
  const [longitude, latitude] =
    first < EASTMOST_LATITUDE && second > EASTMOST_LATITUDE ? [second, first] : [first, second];
  return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? { longitude, latitude } : undefined;
}

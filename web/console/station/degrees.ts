import { halved } from "../parts/number-field";

/** Longitude and latitude of a line that a map gave: `110.05,40.58`, `东经110.05°，北纬40.58°`; undefined if it is no such line. */
export function pairOf(line: string): { longitude: number; latitude: number } | undefined {
  const degrees = line
    .split(/[,，、;；\s]+/)
    .map(halved)
    .filter((part) => part !== "")
    .map(Number);
  // In China every longitude is greater than every latitude: maps that tell them the other way round are read, too.
  const [longitude, latitude] = [Math.max(...degrees), Math.min(...degrees)];
  return degrees.length === 2 && longitude <= 180 && Math.abs(latitude) <= 90 ? { longitude, latitude } : undefined;
}

/** The place that two fields tell, where both do and it lies on the earth. */
export const spotOf = ({ longitude, latitude }: { longitude?: number | null; latitude?: number | null }) =>
  longitude != null && latitude != null && Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90
    ? { longitude, latitude }
    : undefined;

/** A place as people say it, to a metre. */
export const spoken = ({ longitude, latitude }: { longitude: number; latitude: number }) =>
  `${longitude < 0 ? "西经" : "东经"} ${Math.abs(longitude).toFixed(5)}，${latitude < 0 ? "南纬" : "北纬"} ${Math.abs(latitude).toFixed(5)}`;

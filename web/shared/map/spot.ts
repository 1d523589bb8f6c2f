/** A point of the earth, in degrees. */
export interface Spot {
  longitude: number;
  latitude: number;
}

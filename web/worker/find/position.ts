// Where one is, as the phone's receiver tells it (WGS-84).
import type { Spot } from "../../shared/map/spot";

/** From where stations are looked for. */
export interface From extends Spot {
  /** What people call it. */
  name: string;
  /** Whether it is a station that was chosen by its name. */
  isStation?: boolean;
}

/** How long the receiver may take, in milliseconds. */
const PATIENCE = 15_000;

/** To about ten metres: near enough to find a station, and nobody needs to know at which window somebody stands. */
export const rough = (degrees: number) => Math.round(degrees * 10_000) / 10_000;

const DENIED = "没有得到定位许可。请在手机设置里允许定位，或按地名查找。";
const LOST = "暂时定不了位。请到开阔处再试，或按地名查找。";

/** Asks the phone where it is; what went wrong is told in words. */
export function whereAmI(): Promise<From> {
  return new Promise((found, failed) => {
    if (!("geolocation" in navigator)) return failed(new Error("这个浏览器不能定位，请按地名查找。"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found({ longitude: rough(coords.longitude), latitude: rough(coords.latitude), name: "我的位置" }),
      (error) => failed(new Error(error.code === error.PERMISSION_DENIED ? DENIED : LOST)),
      { timeout: PATIENCE, maximumAge: 60_000, enableHighAccuracy: true },
    );
  });
}

/** Reads a place from the page's address, where it stands so that going back and sending it on work. */
export function readFrom(text: string | null): From | undefined {
  const [longitude, latitude, ...name] = text?.split(",") ?? [];
  const [x, y] = [Number(longitude), Number(latitude)];
  if (!longitude || !latitude || !(Math.abs(x) <= 180) || !(Math.abs(y) <= 90)) return undefined;
  return { longitude: x, latitude: y, name: name.join(",") || "所选位置" };
}

/** The same as it stands in the address. */
export const writeFrom = ({ longitude, latitude, name }: From) => `${longitude},${latitude},${name}`;

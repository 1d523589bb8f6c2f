// Reads a QR code out of a picture. What the phone brings along does it fastest; iPhones and chat programs' browsers bring
// nothing, and some phones have the name without the service behind it. Then our own reader is fetched.

import { draw, open } from "../picture";

/** What the browser may bring along to read QR codes. */
interface Detector {
  detect(source: HTMLCanvasElement): Promise<{ rawValue: string }[]>;
}
type Make = new (options: { formats: string[] }) => Detector;

/** The dots of a picture, four bytes each. */
export interface Dots {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Reads one code, if there is one to be read. */
type Read = (picture: HTMLCanvasElement) => Promise<string | undefined>;

/** What our own reader finds among dots. */
export async function readDots(dots: Dots): Promise<string | undefined> {
  const { decodeQR } = await import("qr/decode.js");
  try {
    return decodeQR(dots);
  } catch {
    // It throws where it finds nothing.
    return undefined;
  }
}

async function readOurselves(picture: HTMLCanvasElement): Promise<string | undefined> {
  const pen = picture.getContext("2d", { willReadFrequently: true });
  return pen ? readDots(pen.getImageData(0, 0, picture.width, picture.height)) : undefined;
}

/** A way to read codes on this phone. */
export function reader(
  Maker = (globalThis as unknown as { BarcodeDetector?: Make }).BarcodeDetector,
  ourselves: Read = readOurselves,
): Read {
  let own: Detector | undefined;
  try {
    own = Maker && new Maker({ formats: ["qr_code"] });
  } catch {
    // It knows other codes only.
  }
  return async (picture) => {
    if (!own) return ourselves(picture);
    try {
      const [code] = await own.detect(picture);
      return code?.rawValue;
    } catch {
      own = undefined;
      return ourselves(picture);
    }
  };
}

/** Reads the code on a photo out of the album, coarsely first and then more finely; none if there is none. */
export async function readPhoto(file: File, read: Read = reader()): Promise<string | undefined> {
  return open(file, async (picture) => {
    const canvas = document.createElement("canvas");
    for (const most of [1000, 2000, 500]) {
      draw(canvas, picture, [picture.naturalWidth, picture.naturalHeight], most);
      const text = await read(canvas);
      if (text) return text;
    }
    return undefined;
  });
}

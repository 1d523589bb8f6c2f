// Pictures of the phone's camera: drawn smaller than they are, as networks are slow and codes are large.

/** Draws a picture onto a canvas, no longer than `most` dots on either side. */
export function draw(
  onto: HTMLCanvasElement,
  picture: CanvasImageSource,
  [width, height]: [number, number],
  most: number,
) {
  const scale = Math.min(1, most / Math.max(width, height));
  onto.width = Math.max(1, Math.round(width * scale));
  onto.height = Math.max(1, Math.round(height * scale));
  onto.getContext("2d", { willReadFrequently: true })?.drawImage(picture, 0, 0, onto.width, onto.height);
}

/** The picture in a file, for as long as `use` needs it. */
export async function open<T>(file: File, use: (picture: HTMLImageElement) => Promise<T>): Promise<T> {
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    return await use(picture);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Dots on the longer side of a photo that proves something. */
const PROOF = 1600;

/** A photo as it is sent: a camera's five megabytes would take a minute on a bad network. */
export async function toSend(file: File): Promise<Blob> {
  const smaller = open(file, async (picture) => {
    const canvas = document.createElement("canvas");
    draw(canvas, picture, [picture.naturalWidth, picture.naturalHeight], PROOF);
    return new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.85));
  });
  // What this phone can't draw, the server judges.
  const drawn = await smaller.catch(() => null);
  return drawn && drawn.size < file.size ? drawn : file;
}

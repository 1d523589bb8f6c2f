// What one sees of a page's map: where its pins lie, and what is drawn below them.

/** Where the pins lie, by their numbers: the middle of each, in pixels from the map's upper left corner. */
export async function pinsOf(map) {
  const pins = await map.getByRole("button", { name: /^\d+号：/ }).evaluateAll((all) =>
    all.map((pin) => {
      const corner = pin.closest("[role=group]").getBoundingClientRect();
      const { x, y, width, height } = pin.getBoundingClientRect();
      const middle = { x: x + width / 2 - corner.x, y: y + height / 2 - corner.y };
      return [Number.parseInt(pin.getAttribute("aria-label"), 10), { ...middle, width, height }];
    }),
  );
  return new Map(pins);
}

/** A place in Web Mercator, to the east and to the south, a turn of the earth being 1. */
export function mercator({ longitude, latitude }) {
  const angle = (latitude * Math.PI) / 180;
  return { x: longitude / 360, y: -Math.asinh(Math.tan(angle)) / (2 * Math.PI) };
}

/** How many pixels of what the map shows have about a colour, `[red, green, blue]`. */
export async function pixels(page, map, colour) {
  const picture = (await map.screenshot()).toString("base64");
  return page.evaluate(
    async ([picture, colour]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${picture}`;
      await image.decode();
      const { width, height } = image;
      const drawn = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
      drawn.drawImage(image, 0, 0);
      const { data } = drawn.getImageData(0, 0, width, height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (colour.every((part, which) => Math.abs(data[at + which] - part) <= 12)) count += 1;
      }
      return count;
    },
    [picture, colour],
  );
}

/** Looks again until what is asked holds; what it was at last if it never does. */
export async function until(ask, holds, tries = 150) {
  for (let left = tries; ; left -= 1) {
    const found = await ask();
    if (holds(found) || left === 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

// What MapLibre calls and browsers of 2020 lack, for which the pages are built (vite.config.ts): its map would stay empty there.
// The stories are played without all that is as young; where they miss more of it, it belongs here.

function give(place: object, name: string, value: unknown) {
  if (!(name in place)) Object.defineProperty(place, name, { value, configurable: true, writable: true });
}

give(Object, "hasOwn", (of: object, name: PropertyKey) => Object.getOwnPropertyDescriptor(of, name) !== undefined);
give(Array.prototype, "at", function (this: unknown[], at: number) {
  return this[at < 0 ? this.length + at : at];
});

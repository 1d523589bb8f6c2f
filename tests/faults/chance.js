// Chance that repeats for a seed, and people who don't exist.

/** Numbers in [0, 1) (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { draw, below: (bound) => Math.floor(draw() * bound), pick: (list) => list[Math.floor(draw() * list.length)] };
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const two = (n) => String(n).padStart(2, "0");

/** The n-th person that doesn't exist: name, citizen number, mobile number. */
export function person(n) {
  const born = `19${60 + (Math.floor(n / 336_000) % 40)}${two(1 + (Math.floor(n / 28_000) % 12))}${two(1 + (Math.floor(n / 1000) % 28))}`;
  const body = `150102${born}${String(n % 1000).padStart(3, "0")}`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  const name = `王${String.fromCharCode(0x4e00 + (n % 5000))}${String.fromCharCode(0x4e00 + ((n >> 3) % 5000))}`;
  return { name, number: `${body}${"10X98765432"[sum % 11]}`, phone: `139${String(n).padStart(8, "0")}` };
}

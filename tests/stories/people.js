// People who don't exist: valid document numbers of birthdays in the eighties, and phone numbers, by a counter.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The n-th person that doesn't exist (0 to 999): name, citizen number, mobile number. */
export function person(n) {
  const body = `15010219880${1 + (n % 9)}12${String(n).padStart(3, "0")}`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  const name = `${"赵钱孙李周吴郑王"[n % 8]}${"一二三四五六七八九"[n % 9]}${"山川河海"[n % 4]}`;
  return { name, number: `${body}${"10X98765432"[sum % 11]}`, phone: `1991${String(5_550_000 + n)}` };
}

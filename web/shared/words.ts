// How numbers and days read in Chinese. Pages only format what the server counted.

/** Yuan from fen, with thousands separated: 390000000 → 3,900,000.00. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const whole = Math.trunc(Math.abs(fen) / 100);
  const rest = String(Math.abs(fen) % 100).padStart(2, "0");
  return `${sign}${whole.toLocaleString("en-US")}.${rest}`;
}

/** A share in basis points as per cent: 5012 → 50.12 %; without a denominator a dash. */
export function share(bp: number | null | undefined): string {
  return bp === null || bp === undefined ? "—" : `${(bp / 100).toFixed(2)}%`;
}

/** A count with thousands separated. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

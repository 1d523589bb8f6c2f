/** A distance in metres as people say it. */
export function far(metres: number): string {
  return metres < 1_000
    ? `${metres}米`
    : `${(metres / 1_000).toFixed(metres < 10_000 ? 1 : 0).replace(/\.0$/, "")}公里`;
}

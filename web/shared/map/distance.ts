/** A distance in metres as people say it. */
export function far(metres: number): string {
  return metres < 1_000
    ? `${metres}米`
    : `${(metres / 1_000).toFixed(metres < 10_000 ? 1 : 0).replace(/\.0$/, "")}公里`;
}

/** How far a station is, and the walk there. Who looks round a station by its own name is told no walk of nothing. */
export const walk = (metres: number, minutes: number): string | undefined =>
  metres === 0 ? undefined : `${far(metres)} · 步行约${minutes}分钟`;

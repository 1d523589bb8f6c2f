import type { StationNeed } from "../client/types";
import { count } from "./words";

/** What a comparison of unions comes to. Where none of them has written down workers or a station, it tells nothing. */
export function verdict({ wanted, places, left_out }: Pick<StationNeed, "wanted" | "places" | "left_out">): string {
  if (left_out > 0) {
    const compared = verdict({ wanted, places, left_out: 0 });
    return `${compared}；只比较了前 ${count(places.length)} 个工会，还有 ${count(left_out)} 个没有比较`;
  }
  if (places.every((place) => place.workers === 0 && place.stations === 0))
    return "下级工会没有登记在岗人数，也没有开放的驿站，无法比较";
  return wanted > 0 ? `建议共增设 ${count(wanted)} 个` : "现有驿站够用";
}

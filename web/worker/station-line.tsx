import { Link } from "react-router";
import { far } from "../shared/map/distance";

interface LineProps {
  /** Where something is, and how far, where that is known. */
  at: { station: string; address: string; metres?: number | null };
}

/** At which station something is: its name leads to when that is open, and the way there. */
export function StationLine({ at }: LineProps) {
  return (
    <p className="small">
      <Link to={findStation(at.station)}>{at.station}</Link>（{at.address}）
      {at.metres != null && ` · ${far(at.metres)}`}
    </p>
  );
}

/** So much of a name is looked for at most. */
export const LONGEST = 30;

/** Where a station is found by its name. */
export const findStation = (name: string) =>
  `/stations?named=${encodeURIComponent([...name].slice(0, LONGEST).join(""))}`;

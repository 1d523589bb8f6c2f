import type { PublicEvent } from "../../client/types";

type Union = PublicEvent["unions"][number];

/** What one tells of himself. */
interface Told {
  platform_id: string;
  district_id: string;
}

/** What is still to be asked. */
export interface Question {
  /** The districts to choose from; none if that is no question. */
  districts: { id: string; name: string }[];
  /** The unions to choose from; none if that is no question. */
  unions: Union[];
  /** Whichever is joined if none is chosen. */
  found?: Union;
}

/** Asks no more than what the server needs to find the union; its own rule is `membership::rules::right_union`. */
export function question(event: PublicEvent, told: Told): Question {
  const of = narrowed(event.unions, told.platform_id, (union) => union.platforms.includes(told.platform_id));
  const named = of.flatMap(({ district_id, district }) =>
    district_id && district ? [[district_id, district.replace(/总工会$/, "")] as const] : [],
  );
  const districts = [...new Map(named)].map(([id, name]) => ({ id, name }));
  const left = narrowed(of, told.district_id, (union) => union.district_id === told.district_id);
  const [only, ...more] = left;
  const several = more.length > 0;
  return {
    districts: districts.length > 1 ? districts : [],
    unions: several ? left : [],
    found: several ? left.find((union) => union.id === event.organisation_id) : only,
  };
}

/** Those that fit what is told; all if nothing is, or if none fits. */
function narrowed(unions: Union[], told: string, fits: (union: Union) => boolean): Union[] {
  const left = told ? unions.filter(fits) : [];
  return left.length > 0 ? left : unions;
}

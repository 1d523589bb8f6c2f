import type { StationView, StationYear, StationYearLine } from "../../client/types";
import { narrowed } from "../ledger/narrowed";
import { ALL_DAYS } from "./all-days";

type Subject = StationYearLine["subject"];

/** The pages that list what was counted. Of consultations only at which desk how many were held. */
const PAGES: Partial<Record<Subject, string>> = {
  activities: "/station-activities",
  attendance: "/station-activities",
  consultations: "/station-desks",
  gifts: "/station-gifts",
  volunteer_hours: "/station-shifts",
  guests: "/station-guests",
  guest_activities: "/station-guests",
  requests: "/station-guests",
};

/** Those of them that show what is to come, unless all is asked for. */
const DATED = ["/station-activities", "/station-shifts"];

/** Who may see the records of a figure, beside the station itself. */
export const seenWith = (subject: Subject): string => (subject === "redeemed" ? "benefit.view" : "station.view");

/**
 * The address of the records that a figure counted, of a month (`2026-07`) or of the whole year: as narrow as their list can
 * be asked.
 */
export function behind(
  of: Pick<StationView, "id" | "organisation_id">,
  year: Pick<StationYear, "from" | "to">,
  { subject, code }: Pick<StationYearLine, "subject" | "code">,
  month?: string,
): string {
  const { from, to } = year;
  const days = month ? narrowed("month", { key: month }, { from, to }) : { from, to };
  const list = (page: string, asked: Record<string, string>) => `${page}?${new URLSearchParams(asked)}`;
  if (subject === "redeemed") {
    const redeemed = { redeemed_site: of.id, redeemed_kind: code, redeemed_back: "false" };
    return list("/benefit-redemptions", {
      ...redeemed,
      redeemed_from: days.from ?? from,
      redeemed_to: days.to ?? to,
    });
  }
  const page = PAGES[subject];
  // These begin with today unless all their days are asked for.
  const all: Record<string, string> = page && DATED.includes(page) ? ALL_DAYS : {};
  if (page) return list(page, { organisation: of.organisation_id, station: of.id, ...days, ...all });
  const service = subject === "visits" ? "-" : code;
  const asked = { year: from.slice(0, 4), ...days, ...(service && { service }) };
  return `${list(`/stations/${of.id}`, asked)}#entries`;
}

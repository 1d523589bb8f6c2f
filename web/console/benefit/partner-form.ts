import type { BenefitPartner } from "../../client/types";

/**
 * A place of redemption as it is sent. What the register tells of a station isn't asked for, and whoever may not see the
 * register leaves the place the station that it is.
 */
export function partnerForm(filled: Partial<BenefitPartner>, before: BenefitPartner | undefined, organisation: string) {
  const site_id = filled.kind === "station" ? before?.site_id : null;
  return { name: "", site_id, organisation_id: before?.organisation_id ?? organisation, ...filled };
}

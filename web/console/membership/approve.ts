import { Problem, post, type Sending } from "../../client/http";
import type { Approved } from "../../client/types";

/** Where the rule looks, as the interface names it. */
interface Rule {
  organisation_id?: string;
  event_id: string | null;
}

/** What came of it, and why it was broken off, if it was. */
export type Approval = Approved & { broken?: Problem };

const PATH = "/members/approve";

/** Approves those who were chosen. */
export const approve = (ids: string[], sending: Sending): Promise<Approval> => post<Approved>(PATH, { ids }, sending);

/** Approves all who pass the rule: one call takes a thousand, and says from where the next one goes on. */
export async function approveByRule(rule: Rule, sending: Sending): Promise<Approval> {
  const refused = new Map<string, Approved["refused"][number]>();
  let approved = 0;
  let after: string | null | undefined;
  do {
    // Each call is an action of its own.
    const key = after ? `${sending.key} ${after}` : sending.key;
    try {
      const part: Approved = await post<Approved>(PATH, { rule: { ...rule, after } }, { ...sending, key });
      approved += part.approved;
      // Who is paused is named by each call.
      for (const one of part.refused) refused.set(one.id, one);
      after = part.next;
    } catch (problem) {
      // What was approved before is told.
      if (!after || !(problem instanceof Problem)) throw problem;
      return { approved, refused: [...refused.values()], broken: problem };
    }
  } while (after);
  return { approved, refused: [...refused.values()] };
}

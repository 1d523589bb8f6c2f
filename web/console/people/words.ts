import type { RevealPurpose } from "../../client/types";

/** What a secret may be opened for; the person reads it. */
export const PURPOSES: Record<RevealPurpose, string> = {
  contact: "联系本人",
  verify: "核对身份",
  service: "为本人办理业务",
  legal: "依法提供或配合调查",
};

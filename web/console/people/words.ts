import type { PrivacyCase, RevealPurpose } from "../../client/types";

/** What a secret may be opened for; the person reads it. */
export const PURPOSES: Record<RevealPurpose, string> = {
  contact: "联系本人",
  verify: "核对身份",
  service: "为本人办理业务",
  legal: "依法提供或配合调查",
};

/** How requests of people for their data stand. */
export const PRIVACY_STATES: Record<PrivacyCase["state"], string> = {
  waiting: "待答复",
  done: "已办理",
  refused: "未办理",
};

import type { AssessmentRow, PrivacyCase, RevealPurpose } from "../../client/types";

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

/** What goes on by a separate consent only. */
export const CONSENTS = {
  membership: "办理入会和提供会员服务",
  counselling: "预约心理咨询和保存咨询记录",
  child_companion: "监护人同意登记未满14周岁的同行儿童",
};

/** What impact assessments come to. */
export const CONCLUSIONS: Record<AssessmentRow["conclusion"], string> = {
  allowed: "可以开展",
  guarded: "落实保护措施后可以开展",
  forbidden: "不得开展",
};

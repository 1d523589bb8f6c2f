import { useState } from "react";
import type { Join, PublicEvent } from "../../client/types";
import { keptValue, store } from "../../shared/store";
import { phoneOf } from "../phone";
import { question } from "./unions";

/** What one fills in, as typed. */
export interface Draft {
  phone: string;
  code: string;
  name: string;
  document_kind: string;
  document_number: string;
  group: string;
  platform_id: string;
  /** The federation of the district that one works in. */
  district_id: string;
  organisation_id: string;
  /** The edition of the consent text that was agreed to; nobody agrees to a newer one by that. */
  agreed: string;
}

const EMPTY: Draft = {
  phone: "",
  code: "",
  name: "",
  document_kind: "citizen_number",
  document_number: "",
  group: "",
  platform_id: "",
  district_id: "",
  organisation_id: "",
  agreed: "",
};

/** The form, kept while the tab lives, so that a reload or a look into another program loses nothing. The document
 * number and the one-time code are never written down. */
export function useDraft(event: string) {
  const kept = `join ${event}`;
  const [draft, setDraft] = useState<Draft>(() => read(kept));
  const change = (changed: Partial<Draft>) =>
    setDraft((before) => {
      const now = { ...before, ...changed };
      store(kept, JSON.stringify({ ...now, document_number: "", code: "" }), "sessionStorage");
      return now;
    });
  return { draft, change, forget: () => store(kept, undefined, "sessionStorage") };
}

const read = (kept: string): Draft => ({
  ...EMPTY,
  ...(keptValue(kept, "sessionStorage") as Partial<Draft> | undefined),
});

/** What is missing, by field, in words. The server checks all the rest before it uses up the code. */
export function missing(draft: Draft, event: PublicEvent): Partial<Record<keyof Draft, string>> {
  const wrong: Partial<Record<keyof Draft, string>> = {};
  if (draft.name.trim() === "") wrong.name = "请填写姓名。";
  if (draft.document_number.trim() === "") wrong.document_number = "请填写证件号码。";
  if (draft.group === "") wrong.group = "请选择您的工种。";
  const { districts, unions, found } = question(event, draft);
  if (unions.length > 0 && !found && draft.organisation_id === "") {
    const shorter = draft.platform_id === "" ? "所属平台" : "所在旗县区";
    const asked = draft.platform_id === "" || districts.length > 0;
    wrong.organisation_id = asked ? `请选择要加入的工会，或在上面选择${shorter}。` : "请选择要加入的工会。";
  }
  if (draft.agreed !== event.consent.version) wrong.agreed = "请阅读并勾选同意后再提交。";
  return wrong;
}

/** What is sent. */
export function joinOf(draft: Draft, event: PublicEvent): Join {
  return {
    phone: phoneOf(draft.phone),
    code: draft.code,
    name: draft.name.trim(),
    document_kind: draft.document_kind,
    document_number: draft.document_number.trim(),
    group: draft.group,
    platform_id: draft.platform_id || null,
    district_id: draft.district_id || null,
    organisation_id: draft.organisation_id || null,
    consent_version: event.consent.version,
  };
}

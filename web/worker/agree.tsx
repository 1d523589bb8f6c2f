import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAction } from "../client/action";
import type { Problem } from "../client/problem";
import type { ConsentText, MyPrivacy } from "../client/types";
import { tell } from "./ask";
import { Failed } from "./frame";

/** What somebody must agree to before that which was refused is done. */
export const wanting = (problem?: Problem): ConsentText | undefined =>
  problem?.code === "consent_missing" ? (problem.extra as ConsentText) : undefined;

interface AgreeProps {
  notice: ConsentText;
  /** Why it is asked. */
  lead: string;
  /** What the button says. */
  yes: string;
  /** What goes on then. */
  done?: () => unknown;
}

/** To agree to one text, on its own. */
export function Agree({ notice, lead, yes, done }: AgreeProps) {
  const client = useQueryClient();
  const [agreed, agree] = useState(false);
  const { purpose, version } = notice;
  const action = useAction((_: null, sending) => tell<MyPrivacy>("/me/consents", { purpose, version }, sending));
  const give = async () => {
    const kept = await action.run(null);
    if (!kept) return;
    client.setQueryData(["mine", "/me/privacy"], kept);
    done?.();
  };
  return (
    <section className="box" aria-label={yes}>
      <p>{lead}</p>
      <p>
        <b>{notice.label}</b> <span className="quiet small">个人信息处理告知书 {version} 版</span>
      </p>
      <p>{notice.text}</p>
      <label className="tick">
        <input type="checkbox" checked={agreed} onChange={(ticked) => agree(ticked.target.checked)} />
        <span>我已阅读告知书，单独同意工会为“{notice.label}”处理其中所列的敏感个人信息。</span>
      </label>
      {action.problem && <Failed error={action.problem} />}
      <button type="button" className="plain wide" disabled={!agreed || action.busy} onClick={give}>
        {yes}
      </button>
    </section>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useAction } from "../../client/action";
import type { PrivacyRequestRow } from "../../client/types";
import { minute } from "../../shared/words";
import { tell } from "../ask";
import { Said, Taps } from "../field";
import { answered, late } from "../term";

const KINDS: Record<PrivacyRequestRow["kind"], string> = { correct: "更正", delete: "删除" };
const STATES: Record<PrivacyRequestRow["state"], string> = {
  waiting: "待答复",
  done: "已办理",
  refused: "未办理，已说明理由",
};

/** Until when I am answered; or that I should have been. */
const until = ({ overdue, term, due_on }: PrivacyRequestRow) => (overdue ? late(due_on) : answered(term, due_on));

/** What I asked the union to put right or to delete, and asking for more. */
export function Requests({ requests }: { requests: PrivacyRequestRow[] }) {
  return (
    <>
      <h2>申请更正或删除</h2>
      {requests.map((request) => (
        <div className="box" key={request.id}>
          <p>
            <b>{KINDS[request.kind]}</b> · {STATES[request.state]}
          </p>
          <p>{request.text}</p>
          <p className="quiet small">
            {minute(request.asked_at)} 提出
            {request.state === "waiting" && `，${until(request)}`}
          </p>
          {request.answer && <p>答复：{request.answer}</p>}
        </div>
      ))}
      <Ask />
    </>
  );
}

function Ask() {
  const id = useId();
  const client = useQueryClient();
  const [kind, setKind] = useState("correct");
  const [text, setText] = useState("");
  const [told, setTold] = useState<string>();
  const action = useAction((input: { kind: string; text: string }, sending) =>
    tell<PrivacyRequestRow>("/me/privacy/requests", input, sending),
  );
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === "") return setTold("请写明要更正或删除的内容。");
    const made = await action.run({ kind, text });
    if (!made) return;
    setText("");
    await client.invalidateQueries({ queryKey: ["mine", "/me/privacy"] });
  };
  const wrong = told ?? action.problem?.message;
  return (
    <form onSubmit={ask} noValidate>
      <Taps
        label="我要申请"
        value={kind}
        onChange={setKind}
        choices={Object.entries(KINDS).map(([code, label]) => ({ code, label }))}
      />
      <div className="field">
        <label htmlFor={id}>内容</label>
        <textarea
          id={id}
          rows={3}
          maxLength={1000}
          value={text}
          onChange={(typed) => {
            setTold(undefined);
            action.clear();
            setText(typed.target.value);
          }}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-said`}
        />
        <Said
          id={`${id}-said`}
          wrong={wrong}
          hint={kind === "correct" ? "例如：手机号码换了，请更正" : "例如：不再用的旧手机号码，请删除"}
        />
      </div>
      <button type="submit" className="plain wide" disabled={action.busy}>
        {action.busy ? "正在提交…" : "提交申请"}
      </button>
    </form>
  );
}

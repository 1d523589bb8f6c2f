import { type ReactNode, useState } from "react";
import { useAction } from "../../client/action";
import type { Sending } from "../../client/http";
import { Field } from "../field";
import { Failed } from "../frame";

interface ObjectProps<O> {
  label: string;
  hint: string;
  send: (reason: string, sending: Sending) => Promise<O>;
  done: (answer: O) => void;
  close: () => void;
  /** Stands instead of the refusal of who is not logged in. */
  stranger?: ReactNode;
}

/** Says what is not right, and why. */
export function ObjectForm<O>({ label, hint, send, done, close, stranger }: ObjectProps<O>) {
  const [reason, type] = useState("");
  const { run, busy, problem, clear } = useAction(send);
  const refused = problem && !problem.of("reason") && <Failed error={problem} />;
  return (
    <form
      className="box"
      noValidate
      onSubmit={async (event) => {
        event.preventDefault();
        const answer = await run(reason);
        if (answer) done(answer);
      }}
    >
      <Field
        label={label}
        hint={hint}
        wrong={problem?.of("reason")}
        value={reason}
        onChange={(text) => {
          clear();
          type(text);
        }}
        maxLength={200}
      />
      {(problem?.status === 401 && stranger) || refused}
      <button type="submit" className="main wide" disabled={busy}>
        {busy ? "正在提交…" : "提交异议"}
      </button>
      <button type="button" className="plain wide" onClick={close}>
        不提了
      </button>
    </form>
  );
}

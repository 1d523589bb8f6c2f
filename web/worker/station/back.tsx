import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import { tell } from "../ask";
import { Field } from "../field";
import { Failed } from "../frame";

interface BackProps {
  /** Where it is sent. */
  path: string;
  /** What is taken back. */
  body: object;
  /** What comes of it, if that isn't plain. */
  says?: string;
  leave: () => void;
  /** Asks anew for what changed. */
  again: () => Promise<unknown>;
}

/** Takes back what was written down by mistake, for a reason. */
export function Back({ path, body, says, leave, again }: BackProps) {
  const [reason, write] = useState("");
  const action = useAction((input: object, sending) => tell<unknown>(path, input, sending));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await action.run({ ...body, reason }))) return;
    leave();
    await again();
  };
  return (
    <form onSubmit={submit} noValidate aria-label="撤回">
      {says && <p className="quiet small">{says}</p>}
      {action.problem && action.problem.fields.length === 0 && <Failed error={action.problem} />}
      <Field
        label="为什么撤回"
        maxLength={200}
        value={reason}
        wrong={action.problem?.of("reason")}
        onChange={write}
        beside={
          <button type="submit" className="plain" disabled={action.busy}>
            撤回
          </button>
        }
      />
      <button type="button" className="link" onClick={leave}>
        不撤回了
      </button>
    </form>
  );
}

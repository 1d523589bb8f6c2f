import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import type { StationGift } from "../../client/types";
import { count } from "../../shared/words";
import { tell } from "../ask";
import { Field } from "../field";
import { Failed } from "../frame";
import { useTurnedFocus } from "../use-turned-focus";

interface TakeDownProps {
  station: string;
  gift: StationGift;
  /** For how many it is kept. */
  reserved: number;
  again: () => Promise<unknown>;
}

/** Withdraws a gift for a reason, or cancels what is reserved of one that was withdrawn; whoever had reserved is told why. */
export function TakeDown({ station, gift, reserved, again }: TakeDownProps) {
  const [open, show] = useState(false);
  const [reason, write] = useState("");
  const [cancels, cancel] = useState(false);
  const [opener, form] = useTurnedFocus<HTMLFormElement>(open);
  const close = useAction((input: object, sending) =>
    tell<StationGift>(`/me/stations/${station}/gift-closing`, input, sending),
  );
  const leave = () => {
    close.clear();
    write("");
    cancel(false);
    show(false);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await close.run({ gift_id: gift.id, reason, cancels: gift.closed || cancels }))) return;
    leave();
    await again();
  };
  const act = gift.closed ? "取消预留" : "下架";
  if (!open) {
    return (
      <button ref={opener} type="button" className="link" aria-label={`${act}${gift.name}`} onClick={() => show(true)}>
        {act}
      </button>
    );
  }
  return (
    <form ref={form} tabIndex={-1} onSubmit={submit} noValidate aria-label={act}>
      <p>
        {gift.closed
          ? `取消 ${count(reserved)} 人的预留，并把原因告诉本人。`
          : "下架后大家看不到、也不能再预留，不能重新上架。"}
      </p>
      {close.problem && !close.problem.of("reason") && <Failed error={close.problem} />}
      <Field
        label={gift.closed ? "取消原因" : "下架原因"}
        maxLength={200}
        value={reason}
        wrong={close.problem?.of("reason")}
        hint="如：受潮发霉；不写姓名"
        onChange={write}
      />
      {!gift.closed && reserved > 0 && (
        <ul className="checks">
          <li>
            <label>
              <input type="checkbox" checked={cancels} onChange={(event) => cancel(event.target.checked)} />
              <span>已预留的 {count(reserved)} 人也取消，把原因告诉本人；不勾选的，仍为他们保留</span>
            </label>
          </li>
        </ul>
      )}
      <div className="two">
        <button type="submit" className="plain" disabled={close.busy}>
          确定{act}
        </button>
        <button type="button" className="plain" onClick={leave}>
          不{act}
        </button>
      </div>
    </form>
  );
}

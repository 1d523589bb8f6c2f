import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAction } from "../../client/action";
import type { MyVoucher } from "../../client/types";
import { tell } from "../ask";
import { Failed } from "../frame";

interface GiveBackProps {
  voucher: MyVoucher;
  /** Which act of the voucher's it is. */
  act: "cancel" | "leave-batch";
  open: string;
  says: string;
  yes: string;
  no: string;
}

/** Gives back what a voucher holds; asked twice, because somebody else may have it at once. */
export function GiveBack({ voucher, act, open, says, yes, no }: GiveBackProps) {
  const client = useQueryClient();
  const [sure, ask] = useState(false);
  const action = useAction((_: null, sending) => tell<MyVoucher>(`/me/vouchers/${voucher.id}/${act}`, {}, sending));
  const giveBack = async () => {
    if (await action.run(null)) client.invalidateQueries({ queryKey: ["mine"] });
  };
  if (!sure) {
    return (
      <button type="button" className="plain wide" onClick={() => ask(true)}>
        {open}
      </button>
    );
  }
  return (
    <div className="note" role="alert">
      <p>{says}</p>
      {action.problem && <Failed error={action.problem} />}
      <button type="button" className="main wide" disabled={action.busy} onClick={giveBack}>
        {yes}
      </button>
      <button type="button" className="plain wide" onClick={() => ask(false)}>
        {no}
      </button>
    </div>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { useAction } from "../../client/action";
import type { MyVoucher } from "../../client/types";
import { tell } from "../ask";
import { Failed } from "../frame";
import { Sure } from "../sure";

interface GiveBackProps {
  voucher: MyVoucher;
  /** Which act of the voucher's it is. */
  act: "cancel" | "leave-batch";
  open: string;
  says: string;
  yes: string;
  no: string;
}

/** Gives back what a voucher holds; asked twice, because it may be gone at once. */
export function GiveBack({ voucher, act, open, says, yes, no }: GiveBackProps) {
  const client = useQueryClient();
  const action = useAction((_: null, sending) => tell<MyVoucher>(`/me/vouchers/${voucher.id}/${act}`, {}, sending));
  const giveBack = async () => {
    if (await action.run(null)) client.invalidateQueries({ queryKey: ["mine"] });
  };
  return (
    <>
      {action.problem && <Failed error={action.problem} />}
      <Sure open={open} look="plain wide" says={says} yes={yes} no={no} busy={action.busy} done={giveBack} />
    </>
  );
}

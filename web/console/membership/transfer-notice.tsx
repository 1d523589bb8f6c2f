import { Alert, Button } from "antd";
import { useState } from "react";
import type { MemberDetail } from "../../client/types";
import { ReasonWindow } from "../parts/reason-window";
import { useMay } from "../session";

interface WithdrawProps {
  /** Of the transfer. */
  id: string;
  name: string;
  done: () => void;
}

/** Takes back a transfer that one's own side asked for. */
export function WithdrawTransfer({ id, name, done }: WithdrawProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        撤回转接
      </Button>
      <ReasonWindow
        open={open}
        title={`撤回转接：${name}`}
        okText="撤回转接"
        text="会籍回到提出转接之前，对方工会不用再答复。"
        path={`/transfers/${id}/withdraw`}
        close={() => setOpen(false)}
        done={done}
      />
    </>
  );
}

interface NoticeProps {
  member: { name: string };
  transfer: NonNullable<MemberDetail["waiting_transfer"]>;
  done: () => void;
}

/** Where a member is going, and who has to answer until when. */
export function TransferNotice({ member, transfer, done }: NoticeProps) {
  const may = useMay();
  const withdraws = transfer.may_withdraw && may("membership.transfer");
  return (
    <Alert
      type="info"
      showIcon
      className="notice"
      title={transfer.told}
      action={withdraws && <WithdrawTransfer id={transfer.id} name={member.name} done={done} />}
    />
  );
}

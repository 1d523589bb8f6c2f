import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input } from "antd";
import { post } from "../../client/http";
import type { ClaimState, TakenBack } from "../../client/types";
import { FormModal } from "../parts/form-modal";

/** What was handed over: of the interface, and the list's key. */
export const REDEMPTIONS = "/benefit-redemptions";

interface TakeBackProps {
  /** The claim and its holder's name; not open without. */
  claim: { id: string; name: string } | undefined;
  close: () => void;
  done?: () => void;
}

/** What becomes of the voucher. */
const BECOMES: Partial<Record<ClaimState, string>> = {
  claimed: "凭证在期限内可再次使用",
  expired: "凭证已过使用期限，不能再用",
  returned: "本人另有一份，这一份已放回，不能再用",
};

/** Takes a redemption back that was a mistake. */
export function TakeBackWindow({ claim, close, done }: TakeBackProps) {
  const { message } = App.useApp();
  const client = useQueryClient();
  return (
    <FormModal<{ reason: string }, TakenBack>
      title={`撤销核销：${claim?.name ?? ""}`}
      open={claim !== undefined}
      close={close}
      okText="撤销核销"
      danger
      submit={(form, sending) => post<TakenBack>(`/benefit-claims/${claim?.id}/take-back`, form, sending)}
      done={({ state, state_label }) => {
        message.success(`已撤销，台账同时冲销，${BECOMES[state] ?? state_label}。`);
        client.invalidateQueries({ queryKey: [REDEMPTIONS] });
        close();
        done?.();
      }}
    >
      <Form.Item
        label="原因"
        name="reason"
        extra="台账会冲销这一份；凭证在使用期内可再次使用。"
        rules={[{ required: true, message: "请填写原因" }]}
      >
        <Input.TextArea maxLength={200} rows={2} placeholder="如：误扫、未实际发放" />
      </Form.Item>
    </FormModal>
  );
}

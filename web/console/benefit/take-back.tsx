import { App, Form, Input } from "antd";
import { post } from "../../client/http";
import { FormModal } from "../parts/form-modal";

interface TakeBackProps {
  /** The claim and its holder's name; not open without. */
  claim: { id: string; name: string } | undefined;
  close: () => void;
  done: () => void;
}

/** Takes a redemption back that was a mistake. */
export function TakeBackWindow({ claim, close, done }: TakeBackProps) {
  const { message } = App.useApp();
  return (
    <FormModal<{ reason: string }, unknown>
      title={`撤销核销：${claim?.name ?? ""}`}
      open={claim !== undefined}
      close={close}
      okText="撤销核销"
      danger
      submit={(form, sending) => post(`/benefit-claims/${claim?.id}/take-back`, form, sending)}
      done={() => {
        message.success("已撤销，台账同时冲销，凭证在期限内可再次使用。");
        close();
        done();
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

import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input } from "antd";
import { post } from "../../client/http";
import type { FactRow } from "../../client/types";
import { count } from "../../shared/words";
import { FormModal } from "../parts/form-modal";

/** Takes a record back: it stays, with one of opposite sign beside it, and neither counts any more. */
export function TakeBack({ fact, close }: { fact?: FactRow; close: () => void }) {
  const client = useQueryClient();
  const { message } = App.useApp();
  return (
    <FormModal<{ reason: string }, unknown>
      title={fact ? `冲销：${fact.kind_label} ${count(fact.quantity)} ${fact.unit}` : ""}
      open={fact !== undefined}
      close={close}
      okText="冲销"
      danger
      submit={(form, sending) => post(`/facts/${fact?.id}/reverse`, form, sending)}
      done={() => {
        message.success("已冲销，相关数字已随之改变");
        close();
        client.invalidateQueries();
      }}
    >
      <p>原记录会保留，旁边加一条相反的记录；两条都不再计入任何数字。冲销后不能恢复，可重新登记。</p>
      <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请写明原因" }]}>
        <Input.TextArea rows={3} maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

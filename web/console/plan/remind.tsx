import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input } from "antd";
import { post } from "../../client/http";
import type { Breakdown, Reminded } from "../../client/types";
import { count } from "../../shared/words";
import { FormModal } from "../parts/form-modal";

interface Props {
  breakdown: Breakdown;
  organisations: string[];
  open: boolean;
  close: () => void;
  done: () => void;
}

/** Reminds those who are behind. */
export function RemindWindow({ breakdown, organisations, open, close, done }: Props) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { indicator } = breakdown;
  const told = ({ sent, left_out }: Reminded) => {
    const rest = left_out.length > 0 ? `，${count(left_out.length)} 个进展正常或今天已催办，未发` : "";
    message.success(`已催办 ${count(sent)} 个单位${rest}。`);
    client.invalidateQueries({ queryKey: ["/reminders"] });
    close();
    done();
  };
  return (
    <FormModal<{ text: string }, Reminded>
      title={`催办：${indicator.name}`}
      open={open}
      close={close}
      okText="发出催办"
      initial={{ text: `“${indicator.name}”进度滞后，请分析原因，加快推进，并回复措施。` }}
      submit={({ text }, sending) =>
        post<Reminded>(`/indicators/${indicator.id}/remind`, { organisations, text }, sending)
      }
      done={told}
    >
      <p>发给 {count(organisations.length)} 个单位，对方首页的待办里会出现。</p>
      <Form.Item label="催办内容" name="text" rules={[{ required: true, message: "请写明要做什么" }]}>
        <Input.TextArea rows={4} maxLength={500} showCount />
      </Form.Item>
    </FormModal>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Skeleton } from "antd";
import type { ReactNode } from "react";
import { get, post } from "../../client/http";
import { FormModal } from "./form-modal";
import { ProblemNotice } from "./problem-notice";

interface Props<L> {
  title: string;
  /** Of the interface: asked, it tells what would happen; sent a reason, it does it. Not open without. */
  path: string | undefined;
  /** What would happen, in words. */
  told: (looked: L) => ReactNode;
  close: () => void;
  done: (answer: L) => void;
}

/** Undoes a whole file, once it was told what would happen. */
export function UndoWindow<L>({ title, path, told, close, done }: Props<L>) {
  const client = useQueryClient();
  const looked = useQuery({ queryKey: [path], queryFn: () => get<L>(path ?? ""), enabled: path !== undefined });
  return (
    <FormModal<{ reason: string }, L>
      title={title}
      open={path !== undefined}
      close={close}
      okText="撤回"
      width={640}
      danger
      ready={looked.isSuccess}
      submit={(form, sending) => post<L>(path ?? "", form, sending)}
      done={(answer) => {
        client.invalidateQueries({ queryKey: [path] });
        close();
        done(answer);
      }}
    >
      <ProblemNotice problem={looked.error} again={() => looked.refetch()} />
      {looked.isPending ? <Skeleton active /> : looked.data && told(looked.data)}
      <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

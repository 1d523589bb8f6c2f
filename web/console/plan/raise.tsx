import { useQueryClient } from "@tanstack/react-query";
import { App, Form, Input } from "antd";
import { post } from "../../client/http";
import type { BoardItem, Breakdown } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { fieldUnit, stored } from "./scale";
import { valued } from "./words";

interface Props {
  item: BoardItem;
  organisation: string;
  open: boolean;
  close: () => void;
}

/** An organisation sets its own target above what it was given, or takes that back. */
export function RaiseWindow({ item, organisation, open, close }: Props) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const { id, scale, unit, name } = item.indicator;
  return (
    <FormModal<{ value?: string }, Breakdown>
      title={`自行加码：${name}`}
      open={open}
      close={close}
      submit={({ value }, sending) =>
        post<Breakdown>(
          `/indicators/${id}/raise`,
          { organisation_id: organisation, value: value ? stored(scale, value) : null },
          sending,
        )
      }
      done={() => {
        message.success("已保存");
        close();
        client.invalidateQueries();
      }}
    >
      <p>现行目标 {valued(item.indicator, item.target)}。自定目标应高于上级下达的；留空则撤销加码。</p>
      <Form.Item
        label="自定目标"
        name="value"
        rules={[
          {
            validator: (_, text: string) =>
              !text || stored(scale, text) !== undefined ? Promise.resolve() : Promise.reject(new Error("请填写数字")),
          },
        ]}
      >
        <Input inputMode="decimal" suffix={fieldUnit(scale, unit)} />
      </Form.Item>
    </FormModal>
  );
}

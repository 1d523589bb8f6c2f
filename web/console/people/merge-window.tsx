import { useQueryClient } from "@tanstack/react-query";
import { App, Checkbox, Form, Input, Radio } from "antd";
import { post, type Sending } from "../../client/http";
import type { PersonDetail } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { type Alike, Compare } from "./compare";

interface Typed {
  into_id: string;
  /** The records that are one person; asked for where there are more than two. */
  same?: string[];
  reason: string;
}

interface WindowProps {
  /** Not open without. */
  group?: Alike;
  close: () => void;
}

/** Compares records that may be one person, and merges those that are. */
export function MergeWindow({ group, close }: WindowProps) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const people = group?.people ?? [];
  const ids = people.map((person) => person.id);
  const options = ids.map((value, index) => ({ value, label: `档案${index + 1}` }));
  const merge = async ({ into_id, same = ids, reason }: Typed, sending: Sending) => {
    let kept: PersonDetail | undefined;
    try {
      for (const id of same.filter((one) => one !== into_id)) {
        const key = `${sending.key} ${id}`;
        kept = await post<PersonDetail>(`/people/${id}/merge`, { into_id, reason }, { ...sending, key });
      }
    } finally {
      await client.invalidateQueries({ queryKey: ["/people/duplicates"] });
    }
    return kept;
  };
  return (
    <FormModal<Typed, PersonDetail | undefined>
      title="合并为一份档案"
      open={group !== undefined}
      close={close}
      okText="合并"
      danger
      width={people.length > 2 ? 920 : 680}
      initial={{ into_id: ids[0], same: ids }}
      submit={merge}
      done={(kept) => {
        message.success(`已合并，保留${kept?.organisation_name ?? ""}的档案`);
        close();
        client.invalidateQueries();
      }}
    >
      <p>合并后不能撤销。请先核对证件，确认是同一个人；不是的，请关闭本窗口。</p>
      {group && <Compare group={group} />}
      {people.length > 2 && (
        <Form.Item
          label="哪几份是同一个人"
          name="same"
          rules={[{ type: "array", min: 2, message: "请至少选择两份档案" }]}
        >
          <Checkbox.Group options={options} />
        </Form.Item>
      )}
      <Form.Item
        label="保留哪一份"
        name="into_id"
        dependencies={["same"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, kept: string) =>
              (getFieldValue("same") ?? ids).includes(kept)
                ? Promise.resolve()
                : Promise.reject(new Error("请保留选中的档案之一")),
          }),
        ]}
      >
        <Radio.Group options={options} />
      </Form.Item>
      <Form.Item label="合并原因" name="reason" rules={[{ required: true, message: "请填写合并原因" }]}>
        <Input placeholder="如：同一人换发证件后又登记了一次" maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { post } from "../../client/http";
import type { OrganisationDetail } from "../../client/types";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { childrenOf } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { useToday } from "../session";

export type Reshaping = "move" | "merge" | "split" | "close";

/** What can be done to an organisation's place, and what it means. */
export const RESHAPINGS: Record<Reshaping, { title: string; text: string; danger?: boolean }> = {
  move: { title: "划转", text: "自所填日期起归新的上级；以前的数字仍按当时的隶属关系统计。" },
  merge: {
    title: "合并",
    text: "下级全部转到并入的组织，本组织自所填日期起不再存在；以前的记录和数字不变。",
    danger: true,
  },
  split: { title: "分立", text: "旁边新设一个同级组织，选中的下级自所填日期起转过去；以前的数字不变。" },
  close: {
    title: "撤销",
    text: "自所填日期起不再存在；记录和代码保留。还有下级或会员的，请先划转；建错了要重建的，请先把它的代码改成别的。",
    danger: true,
  },
};

interface Props {
  /** Not open without. */
  how: Reshaping | undefined;
  of: OrganisationDetail;
  close: () => void;
  done: (shown: OrganisationDetail) => void;
}

type Typed = {
  day: string;
  document_number?: string;
  parent_id?: string;
  into_id?: string;
  name?: string;
  code?: string;
  children?: string[];
};

/** Moves, merges, splits or closes an organisation from a day on. */
export function ReshapeWindow({ how, of, close, done }: Props) {
  const today = useToday();
  const words = how && RESHAPINGS[how];
  return (
    <FormModal<Typed, OrganisationDetail>
      title={words ? `${words.title}：${of.name}` : ""}
      open={how !== undefined}
      close={close}
      okText={words?.title}
      danger={words?.danger}
      initial={{ day: today, children: [] }}
      submit={(typed, sending) => post(`/organisations/${of.id}/${how}`, typed, sending)}
      done={done}
    >
      <p>{words?.text}</p>
      {how && FIELDS[how](of)}
      <DayField label="自哪天起" name="day" required max={today} />
      {(how === "merge" || how === "close") && (
        <Form.Item label="批复文号（选填）" name="document_number">
          <Input maxLength={60} />
        </Form.Item>
      )}
    </FormModal>
  );
}

const FIELDS: Record<Reshaping, (of: OrganisationDetail) => ReactNode> = {
  move: () => (
    <Form.Item label="新的上级" name="parent_id" rules={[{ required: true, message: "请选择新的上级" }]}>
      <OrganisationPicker />
    </Form.Item>
  ),
  merge: () => (
    <Form.Item label="并入哪个组织" name="into_id" rules={[{ required: true, message: "请选择并入的组织" }]}>
      <OrganisationPicker />
    </Form.Item>
  ),
  split: (of) => (
    <>
      <Form.Item label="新组织的名称" name="name" rules={[{ required: true, message: "请填写名称" }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item label="新组织的代码" name="code" rules={[{ required: true, message: "请填写代码" }]}>
        <Input maxLength={32} />
      </Form.Item>
      <Form.Item label="划出哪些下级" name="children" rules={[{ required: true, message: "请选择划出的下级" }]}>
        <Children of={of.id} />
      </Form.Item>
    </>
  ),
  close: () => null,
};

/** The direct children, as a field of a form. */
function Children({ of, ...field }: { of: string; id?: string; value?: string[]; onChange?: (ids: string[]) => void }) {
  const below = useQuery(childrenOf(of));
  return (
    <Select
      {...field}
      mode="multiple"
      loading={below.isPending}
      showSearch={{ optionFilterProp: "label" }}
      options={(below.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
    />
  );
}

import { App, Button, Checkbox, Form, Input, Select } from "antd";
import { useState } from "react";
import { put } from "../../client/http";
import type { PersonDetail } from "../../client/types";
import { useGroupOptions } from "../membership/groups";
import { FormModal } from "../parts/form-modal";
import { useMay } from "../session";

interface Typed {
  name?: string;
  phone?: string;
  no_phone?: boolean;
  group?: string;
}

/** Puts right what a record says of somebody. The page shows it masked, so what is left empty stays as it is. */
export function ChangePerson({ person, changed }: { person: PersonDetail; changed: () => void }) {
  // As it was read when the window opened.
  const [before, open] = useState<PersonDetail>();
  const groups = useGroupOptions();
  const may = useMay();
  const { message } = App.useApp();
  if (!may("people.manage") || person.merged_into || person.erased_at) return null;
  return (
    <>
      <Button onClick={() => open(person)}>更正信息</Button>
      <FormModal<Typed, PersonDetail>
        title={`更正信息：${person.name}`}
        open={before !== undefined}
        close={() => open(undefined)}
        initial={{ group: before?.group ?? undefined }}
        submit={({ name, phone, no_phone, group }, sending) =>
          put<PersonDetail>(
            `/people/${before?.id}`,
            { name: name?.trim() || null, phone: no_phone ? "" : phone?.trim() || null, group: group ?? "" },
            { ...sending, tag: `"${before?.version}"` },
          )
        }
        done={() => {
          open(undefined);
          message.success("已更正");
          changed();
        }}
      >
        <p>请先看过证件原件。换了手机号码的，原号码和新号码都会收到短信，本人须用新号码重新登录。更正记入审计。</p>
        <Form.Item label="姓名（不填为不改）" name="name">
          <Input maxLength={50} autoComplete="off" />
        </Form.Item>
        <Form.Item label="手机号码（不填为不改）" name="phone">
          <Input maxLength={20} inputMode="tel" autoComplete="off" />
        </Form.Item>
        {(before?.phone || before?.phone_lost_at) && (
          <Form.Item name="no_phone" valuePropName="checked">
            <Checkbox>{before.phone ? "去掉登记的手机号码" : "本人没有新号码，不再提醒登记"}</Checkbox>
          </Form.Item>
        )}
        <Form.Item label="职工群体" name="group">
          <Select allowClear options={groups} />
        </Form.Item>
      </FormModal>
    </>
  );
}

import { App, Button, Form, Input } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { BoundPhone } from "../../client/types";
import { NOTHING } from "../../shared/words";
import { FormModal } from "../parts/form-modal";
import { useMay } from "../session";

/** Writing a phone down for somebody whose record has none, after a look at the paper. */
export function BindPhone({ person, name, done }: { person: string; name: string; done: () => void }) {
  const may = useMay();
  const { message } = App.useApp();
  const [open, set] = useState(false);
  if (!may("membership.approve")) return <>{NOTHING}</>;
  return (
    <>
      没有登记
      <Button type="link" size="small" onClick={() => set(true)}>
        登记手机
      </Button>
      <FormModal<{ document_number: string; phone: string }, BoundPhone>
        title={`登记手机：${name}`}
        open={open}
        close={() => set(false)}
        okText="登记手机"
        submit={(form, sending) => post<BoundPhone>(`/people/${person}/phone`, form, sending)}
        done={(bound) => {
          set(false);
          message.success(`已登记 ${bound.phone}，本人现在可以扫码入会、登录`);
          done();
        }}
      >
        <p>请先核对本人和证件原件。这个手机号能登录查看他的会员证和服务；登记会记入审计，本人也能看到是谁登记的。</p>
        <Form.Item
          label="证件号码（看着原件填）"
          name="document_number"
          rules={[{ required: true, message: "请填写证件号码" }]}
        >
          <Input maxLength={30} autoComplete="off" />
        </Form.Item>
        <Form.Item label="本人手机号码" name="phone" rules={[{ required: true, message: "请填写手机号码" }]}>
          <Input maxLength={20} inputMode="tel" autoComplete="off" />
        </Form.Item>
      </FormModal>
    </>
  );
}

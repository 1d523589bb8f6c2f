import { Button, Form, Input } from "antd";
import { useState } from "react";
import { post } from "../../client/http";
import type { PersonDetail } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { useMay } from "../session";

/** Places or lifts a legal hold: while it stands, the record is not erased, neither on request nor by its term. */
export function LegalHold({ person, changed }: { person: PersonDetail; changed: () => void }) {
  const [open, setOpen] = useState(false);
  const may = useMay();
  if (!may("people.hold") || person.merged_into || person.erased_at) return null;
  const act = person.hold ? "解除法定保留" : "设置法定保留";
  return (
    <>
      <Button onClick={() => setOpen(true)}>{act}</Button>
      <FormModal<{ reason: string }, unknown>
        title={act}
        open={open}
        close={() => setOpen(false)}
        okText="确定"
        submit={(form, sending) => post(`/people/${person.id}/${person.hold ? "lift-hold" : "hold"}`, form, sending)}
        done={() => {
          setOpen(false);
          changed();
        }}
      >
        <p>法定保留期间，本人申请或期限届满都不会删除这份档案，例如诉讼、审计或主管部门要求。</p>
        <Form.Item label="依据" name="reason" rules={[{ required: true, message: "请写明依据" }]}>
          <Input maxLength={200} />
        </Form.Item>
      </FormModal>
    </>
  );
}

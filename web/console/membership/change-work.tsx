import { App, Button, Form, Input, Select } from "antd";
import { useState } from "react";
import { put } from "../../client/http";
import type { MemberDetail } from "../../client/types";
import { MEMBER } from "../../shared/members";
import { usePlatformOptions } from "../organisation/platforms";
import { FormModal } from "../parts/form-modal";
import { useMay } from "../session";

interface Typed {
  platform_id?: string | null;
  employer?: string | null;
}

/** The fields that tell where somebody works; the company only for who may see the list. */
export function WorkFields() {
  const sees = useMay()("workforce.view");
  const platforms = usePlatformOptions(sees);
  return (
    <>
      {sees && (
        <Form.Item label="平台企业" name="platform_id">
          <Select allowClear options={platforms} showSearch={{ optionFilterProp: "label" }} />
        </Form.Item>
      )}
      <Form.Item label="工作单位" name="employer">
        <Input maxLength={100} />
      </Form.Item>
    </>
  );
}

/** Puts right where a member works: he may change that without changing his union. */
export function ChangeWork({ member, done }: { member: MemberDetail; done: () => void }) {
  // As it was read when the window opened.
  const [before, open] = useState<MemberDetail>();
  const may = useMay();
  const { message } = App.useApp();
  if (!may("membership.keep") || ![...MEMBER, "applied"].includes(member.state)) return null;
  return (
    <>
      <Button onClick={() => open(member)}>更正工作情况</Button>
      <FormModal<Typed, unknown>
        title={`更正工作情况：${member.name}`}
        open={before !== undefined}
        close={() => open(undefined)}
        initial={{ platform_id: before?.platform_id ?? undefined, employer: before?.employer ?? undefined }}
        submit={(typed, sending) => {
          // What is not asked stays.
          const { platform_id, employer } = { ...before, ...typed };
          return put(
            `/members/${before?.id}/work`,
            { platform_id: platform_id ?? null, employer: employer?.trim() || null },
            { ...sending, tag: `"${before?.version}"` },
          );
        }}
        done={() => {
          open(undefined);
          message.success("已更正");
          done();
        }}
      >
        <WorkFields />
      </FormModal>
    </>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Select, Typography } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { del, post } from "../../client/http";
import type { MadeToken, TokenView } from "../../client/types";
import { day, minute } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";
import { runsOut } from "../todo/tokens";
import { useRoleOptions } from "./accounts";

/** What other systems call the interface with. */
export default function Tokens() {
  const [open, setOpen] = useState(false);
  const roles = useRoleOptions();
  const [organisation] = useOrganisation();
  const today = useToday();
  const client = useQueryClient();
  const { modal } = App.useApp();
  const may = useMay()("access.tokens");
  const again = () => client.invalidateQueries({ queryKey: ["/tokens"] });
  return (
    <>
      <PageHead note="给对接系统用的钥匙：有角色、有范围、有期限，随时可以收回。">
        {may && (
          <Button type="primary" onClick={() => setOpen(true)}>
            新建令牌
          </Button>
        )}
      </PageHead>
      <ListTable<TokenView>
        path="/tokens"
        unit="个"
        empty="还没有令牌。"
        columns={[
          { title: "用途", dataIndex: "name" },
          { title: "令牌", dataIndex: "masked" },
          { title: "角色", dataIndex: "role_name" },
          { title: "范围", dataIndex: "organisation_name" },
          {
            title: "到期",
            render: (_, row) => <LastDay of={row} today={today} />,
          },
          { title: "最近使用", render: (_, row) => minute(row.used_at) },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) => (
              <ConfirmButton
                type="link"
                question={{
                  title: `收回“${row.name}”的令牌？`,
                  text: "收回后立即失效。",
                  okText: "收回",
                  danger: true,
                }}
                run={(sending) => del(`/tokens/${row.id}`, undefined, sending)}
                done={again}
              >
                收回
              </ConfirmButton>
            ),
          },
        ]}
      />
      <FormModal<{ name: string; role_id: string; organisation_id: string; expires_on: string }, MadeToken>
        title="新建令牌"
        open={open}
        close={() => setOpen(false)}
        initial={{
          organisation_id: organisation,
          expires_on: dayjs(today || undefined)
            .add(90, "day")
            .format("YYYY-MM-DD"),
        }}
        submit={(form, sending) => post<MadeToken>("/tokens", form, sending)}
        done={(made) => {
          setOpen(false);
          again();
          modal.info({
            title: "请现在复制，离开后不再显示",
            content: <Typography.Text copyable>{made.secret}</Typography.Text>,
          });
        }}
      >
        <Form.Item label="用途" name="name" rules={[{ required: true, message: "请填写用途" }]}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item label="角色" name="role_id" rules={[{ required: true, message: "请选择角色" }]}>
          <Select options={roles} />
        </Form.Item>
        <Form.Item label="范围" name="organisation_id">
          <OrganisationPicker />
        </Form.Item>
        <DayField label="到期日" name="expires_on" required min={today} />
      </FormModal>
    </>
  );
}

/** Until when a token opens anything. */
function LastDay({ of, today }: { of: TokenView; today: string }) {
  if (of.expired) return <Word tone="bad">{day(of.expires_on)}已到期</Word>;
  return today && runsOut(of, today) ? <Word tone="watch">{day(of.expires_on)}快到期</Word> : day(of.expires_on);
}

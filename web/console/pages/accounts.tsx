import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select, Space } from "antd";
import { useState } from "react";
import { timeNow } from "../../client/clock";
import { every } from "../../client/every";
import { del, post, put } from "../../client/http";
import type { AccountView, RoleView } from "../../client/types";
import { minute } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { FilterSelect } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable, SearchBox } from "../parts/list-table";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useMay, useSession } from "../session";
import { ExpectWindow } from "../sign-in/expect-window";
import { useProvider } from "../sign-in/provider-button";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "", role: "", enabled: "", idle_days: "" };
const IDLE = [30, 90, 180, 365].map((days) => ({ value: String(days), label: `${days} 天未登录` }));

/** The roles, as a select takes them. */
export function useRoleOptions() {
  const roles = useQuery({ queryKey: ["/roles", "choice"], queryFn: () => every<RoleView>("/roles", {}) });
  return (roles.data ?? []).map((role) => ({ value: role.id, label: role.name }));
}

interface Typed {
  username?: string;
  password?: string;
  name: string;
  grants: { role_id: string; organisation_id: string }[];
}

/** Officers' accounts: who may do what where. */
export default function Accounts() {
  const [filters, change] = useFilters(DEFAULTS);
  const [shown, show] = useState<AccountView | "new">();
  const [renewed, renew] = useState<AccountView>();
  const [expected, expect] = useState<AccountView>();
  const provider = useProvider();
  const roles = useRoleOptions();
  const [organisation] = useOrganisation();
  const client = useQueryClient();
  const may = useMay()("access.accounts");
  const own = useSession().data?.account;
  const again = () => client.invalidateQueries({ queryKey: ["/accounts"] });
  const before = typeof shown === "object" ? shown : undefined;
  return (
    <>
      <PageHead note="一个账号可以在几处担任不同角色；系统、安全、审计三员不能由同一人兼任。">
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            新建账号
          </Button>
        )}
      </PageHead>
      <ListTable<AccountView>
        path="/accounts"
        asked={{ ...filters, organisation }}
        unit="个"
        filters={
          <>
            <SearchBox label="用户名或姓名" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect label="角色" value={filters.role} change={(role) => change({ role })} options={roles} wide />
            <FilterSelect
              label="状态"
              value={filters.enabled}
              change={(enabled) => change({ enabled })}
              options={[
                { value: "true", label: "启用" },
                { value: "false", label: "停用" },
              ]}
            />
            <FilterSelect
              label="最近登录"
              value={filters.idle_days}
              change={(idle_days) => change({ idle_days })}
              options={IDLE}
            />
          </>
        }
        columns={[
          { title: "用户名", dataIndex: "username" },
          { title: "姓名", dataIndex: "name" },
          {
            title: "角色",
            render: (_, row) =>
              [
                ...row.grants.map((one) => `${one.role_name}（${one.organisation_name}）`),
                ...(row.elsewhere ? ["另有您管辖范围以外的角色"] : []),
              ].join("；"),
          },
          {
            title: "状态",
            render: (_, row) => <Standing of={row} />,
          },
          {
            title: "最近登录",
            render: (_, row) => (row.last_log_in_at ? minute(row.last_log_in_at) : "从未登录"),
          },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) =>
              row.id === own ? (
                <span className="quiet">本人的账号由另一位安全管理员办理</span>
              ) : (
                <Space>
                  <Button type="link" onClick={() => show(row)}>
                    修改
                  </Button>
                  <Button type="link" onClick={() => renew(row)}>
                    重设密码
                  </Button>
                  {provider && (
                    <Button type="link" onClick={() => expect(row)}>
                      统一登录
                    </Button>
                  )}
                  {row.second_factor && (
                    <ConfirmButton
                      type="link"
                      question={{
                        title: `移除“${row.name}”的动态口令？`,
                        text: "用于他丢了手机又没有恢复码时。请先核实本人身份；他的登录会退出。",
                        okText: "移除",
                        danger: true,
                      }}
                      run={(sending) => del(`/accounts/${row.id}/second-factor`, undefined, sending)}
                      done={again}
                    >
                      移除口令
                    </ConfirmButton>
                  )}
                  <ConfirmButton
                    type="link"
                    question={{
                      title: row.enabled ? `停用“${row.name}”？` : `启用“${row.name}”？`,
                      danger: row.enabled,
                    }}
                    run={(sending) =>
                      post(`/accounts/${row.id}/${row.enabled ? "disable" : "enable"}`, undefined, sending)
                    }
                    done={again}
                  >
                    {row.enabled ? "停用" : "启用"}
                  </ConfirmButton>
                </Space>
              ),
          },
        ]}
      />
      <FormModal<Typed, unknown>
        title={before ? `修改账号：${before.username}` : "新建账号"}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={
          before
            ? {
                name: before.name,
                grants: before.grants.map(({ role_id, organisation_id }) => ({ role_id, organisation_id })),
              }
            : { grants: [{ role_id: "", organisation_id: organisation }] }
        }
        submit={(form, sending) =>
          before
            ? put(`/accounts/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
            : post("/accounts", form, sending)
        }
        done={() => {
          show(undefined);
          again();
        }}
      >
        {!before && (
          <>
            <Form.Item label="用户名" name="username" rules={[{ required: true, message: "请填写用户名" }]}>
              <Input maxLength={60} autoComplete="off" />
            </Form.Item>
            <Form.Item
              label="初始密码（首次登录须修改）"
              name="password"
              rules={[{ required: true, message: "请填写初始密码" }]}
            >
              <Input.Password maxLength={200} autoComplete="new-password" />
            </Form.Item>
          </>
        )}
        <Form.Item label="姓名" name="name" rules={[{ required: true, message: "请填写姓名" }]}>
          <Input maxLength={50} />
        </Form.Item>
        <Form.List name="grants">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <Space key={key} align="start" wrap>
                  <Form.Item label="角色" name={[name, "role_id"]} rules={[{ required: true, message: "请选择角色" }]}>
                    <Select options={roles} className="filter" />
                  </Form.Item>
                  <Form.Item
                    label="在"
                    name={[name, "organisation_id"]}
                    rules={[{ required: true, message: "请选择单位" }]}
                  >
                    <OrganisationPicker />
                  </Form.Item>
                  <Button type="link" onClick={() => remove(name)}>
                    移除
                  </Button>
                </Space>
              ))}
              <Button onClick={() => add({ role_id: "", organisation_id: organisation })}>再加一个角色</Button>
            </>
          )}
        </Form.List>
      </FormModal>
      <FormModal<{ password: string }, unknown>
        title={`重设密码：${renewed?.username ?? ""}`}
        open={renewed !== undefined}
        close={() => renew(undefined)}
        submit={(form, sending) => post(`/accounts/${renewed?.id}/password`, form, sending)}
        done={() => {
          renew(undefined);
          again();
        }}
      >
        <p>对方用这个密码登录后须立即修改。</p>
        <Form.Item label="新密码" name="password" rules={[{ required: true, message: "请填写新密码" }]}>
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
      </FormModal>
      {provider && <ExpectWindow label={provider} of={expected} close={() => expect(undefined)} done={again} />}
    </>
  );
}

/** Whether the account may be used, and what keeps its holder from logging in. */
function Standing({ of }: { of: AccountView }) {
  if (!of.enabled) return <Word tone="quiet">停用</Word>;
  if (of.locked_until && Date.parse(of.locked_until) > timeNow())
    return <Word tone="bad">{`密码错误过多，锁定至${minute(of.locked_until)}`}</Word>;
  if (of.password_lapsed) return <Word tone="bad">初始密码已失效，请重设</Word>;
  return of.must_change ? <Word tone="watch">待改初始密码</Word> : <Word tone="good">启用</Word>;
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input, Select, Space } from "antd";
import { useState } from "react";
import { del, get, post, put } from "../../client/http";
import type { PermissionLabel, RoleView } from "../../client/types";
import { ConfirmButton } from "../parts/acts";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { useMayForAll } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { useMay } from "../session";

interface Typed {
  name: string;
  permissions: string[];
  second_factor: boolean;
}

/** Roles: lists of permissions with a name. */
export default function Roles() {
  const [shown, show] = useState<RoleView | "new">();
  const client = useQueryClient();
  const may = useMay()("access.roles");
  const mayForAll = useMayForAll("access.roles");
  const permissions = useQuery({ queryKey: ["/permissions"], queryFn: () => get<PermissionLabel[]>("/permissions") });
  const labels = new Map((permissions.data ?? []).map((one) => [one.code, one.label]));
  const again = () => client.invalidateQueries({ queryKey: ["/roles"] });
  const before = typeof shown === "object" ? shown : undefined;
  return (
    <>
      <PageHead note="一个角色是一组权限，在“账号”里授给人；内置角色由最上级工会调整权限，不能改名或删除。">
        {may && (
          <Button type="primary" onClick={() => show("new")}>
            新建角色
          </Button>
        )}
      </PageHead>
      <ListTable<RoleView>
        path="/roles"
        unit="个"
        columns={[
          { title: "角色", dataIndex: "name" },
          { title: "动态口令", width: 96, render: (_, row) => (row.second_factor ? "须用" : "按制度") },
          {
            title: "权限",
            width: 720,
            render: (_, row) => row.permissions.map((code) => labels.get(code) ?? code).join("、"),
          },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) => (
              <Space>
                {(row.organisation_id || mayForAll) && (
                  <Button type="link" onClick={() => show(row)}>
                    修改
                  </Button>
                )}
                {row.built_in || row.own ? (
                  <span className="quiet">{row.own ? "您担任的角色" : "内置"}</span>
                ) : (
                  <ConfirmButton
                    type="link"
                    question={{ title: `删除角色“${row.name}”？`, okText: "删除", danger: true }}
                    run={(sending) => del(`/roles/${row.id}`, undefined, sending)}
                    done={again}
                  >
                    删除
                  </ConfirmButton>
                )}
              </Space>
            ),
          },
        ]}
      />
      <FormModal<Typed, unknown>
        title={before ? `修改角色：${before.name}` : "新建角色"}
        open={shown !== undefined}
        close={() => show(undefined)}
        width={720}
        initial={
          before
            ? { name: before.name, permissions: before.permissions, second_factor: before.second_factor }
            : { permissions: [], second_factor: false }
        }
        submit={(form, sending) =>
          before
            ? put(`/roles/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
            : post("/roles", form, sending)
        }
        done={() => {
          show(undefined);
          again();
        }}
      >
        <Form.Item label="名称" name="name" rules={[{ required: true, message: "请填写名称" }]}>
          <Input maxLength={60} disabled={before?.built_in} />
        </Form.Item>
        <Form.Item
          label="权限"
          name="permissions"
          rules={[{ required: true, message: "请选择权限" }]}
          extra={before?.own && "您担任这个角色，不能改它的权限：请另建一个角色，或由不担任它的安全管理员办理。"}
        >
          <Select
            mode="multiple"
            disabled={before?.own}
            showSearch={{ optionFilterProp: "label" }}
            options={(permissions.data ?? []).map((one) => ({ value: one.code, label: one.label }))}
          />
        </Form.Item>
        <Form.Item name="second_factor" valuePropName="checked">
          <Checkbox>持有人登录须用动态口令</Checkbox>
        </Form.Item>
      </FormModal>
    </>
  );
}

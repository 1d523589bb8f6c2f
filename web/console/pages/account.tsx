import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Card, Skeleton } from "antd";
import { useState } from "react";
import { del, get } from "../../client/http";
import type { BindingView, SecondFactorView } from "../../client/types";
import { count, minute } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { PageHead } from "../parts/page-head";
import { PasswordWindow } from "../parts/password";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { LogIns } from "../sign-in/log-ins";
import { BindWindow, RemoveWindow, SetUpWindow } from "../sign-in/proof-windows";
import { useProvider } from "../sign-in/provider-button";
import { arrived } from "../sign-in/returned";

/** How one logs in oneself: password, authenticator, the unit's own sign-in. */
export default function Account() {
  const [back] = useState(arrived);
  const [changing, change] = useState(false);
  return (
    <>
      <PageHead note="管理您自己的登录方式；改动都会记入审计。" />
      {back.bound && <Alert type="success" showIcon closable title="已绑定统一登录，下次可以用它登录。" />}
      {back.refused && <Alert type="error" showIcon closable title={back.refused} />}
      <div className="account-cards">
        <Card title="密码" extra={<Button onClick={() => change(true)}>修改密码</Button>}>
          定期更换，不与其他系统共用。修改后，其他设备上的登录会退出。
        </Card>
        <SecondFactor />
        <Provider />
        <LogIns />
      </div>
      <PasswordWindow open={changing} close={() => change(false)} />
    </>
  );
}

function SecondFactor() {
  const [open, setOpen] = useState<"set" | "remove">();
  const asked = useQuery({
    queryKey: ["session", "second-factor"],
    queryFn: () => get<SecondFactorView>("/session/second-factor"),
  });
  if (asked.isError) return <ProblemNotice problem={asked.error} again={asked.refetch} />;
  if (!asked.data) return <Skeleton active />;
  const { set_at, recovery_left, required } = asked.data;
  return (
    <Card
      title="动态口令"
      extra={set_at ? <Word tone="good">已设置</Word> : <Word tone={required ? "bad" : "quiet"}>未设置</Word>}
      actions={[
        <Button type="link" key="set" onClick={() => setOpen("set")}>
          {set_at ? "更换手机或恢复码" : "设置"}
        </Button>,
        ...(set_at && !required
          ? [
              <Button type="link" danger key="remove" onClick={() => setOpen("remove")}>
                移除
              </Button>,
            ]
          : []),
      ]}
    >
      {set_at
        ? `${minute(set_at)} 设置。登录时除密码外还须手机上的口令。还剩 ${count(recovery_left)} 个恢复码。`
        : "登录时除密码外，再填手机验证器上的 6 位数字，密码泄露也进不来。"}
      {required && "按规定，您的账号须用动态口令登录。"}
      <SetUpWindow open={open === "set"} close={() => setOpen(undefined)} replaces={Boolean(set_at)} />
      <RemoveWindow open={open === "remove"} close={() => setOpen(undefined)} />
    </Card>
  );
}

function Provider() {
  const label = useProvider();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const asked = useQuery({
    queryKey: ["session", "binding"],
    queryFn: () => get<BindingView>("/session/provider/binding"),
    enabled: label !== undefined,
  });
  if (!label || !asked.data) return null;
  const bound = asked.data.bound_at;
  return (
    <Card
      title={label}
      extra={bound ? <Word tone="good">已绑定</Word> : <Word tone="quiet">未绑定</Word>}
      actions={[
        bound ? (
          <ConfirmButton
            key="loose"
            type="link"
            question={{ title: `解除与${label}的绑定？`, text: "解除后只能用密码登录。", danger: true }}
            run={(sending) => del("/session/provider/binding", undefined, sending)}
            done={() => {
              message.success("已解除绑定");
              client.invalidateQueries({ queryKey: ["session", "binding"] });
            }}
          >
            解除绑定
          </ConfirmButton>
        ) : (
          <Button type="link" key="bind" onClick={() => setOpen(true)}>
            绑定
          </Button>
        ),
      ]}
    >
      {bound ? `${minute(bound)} 绑定，可以用${label}登录娘家。` : `绑定后，可以用${label}登录娘家，不必再填密码。`}
      <BindWindow open={open} close={() => setOpen(false)} />
    </Card>
  );
}

import { Alert, Button, Divider, Form, Input } from "antd";
import { useState } from "react";
import { useAction } from "../../client/action";
import { post, type Sending } from "../../client/http";
import type { NextStep } from "../../client/types";
import { NewPassword } from "../parts/new-password";
import { ProviderButton } from "./provider-button";

interface Typed {
  username: string;
  password: string;
  /** The new password, where the old one may not be used any more. */
  renewed?: string;
  /** A code, where the new password asks for one. */
  code?: string;
}

interface Step {
  refused?: string;
  proceed: (next: NextStep) => void;
  enter: () => Promise<void>;
  /** Whether what stands below must not be left. */
  over: boolean;
}

/** User name and password; who comes with a first or an outdated password sets a new one here. */
export function PasswordStep({ refused, proceed, enter, over }: Step) {
  const [expired, setExpired] = useState<{ code: boolean }>();
  const tell = useAction(async ({ username, password, renewed, code }: Typed, sending: Sending) => ({
    next: renewed
      ? await post<NextStep | undefined>(
          "/session/expired-password",
          { username, old: password, new: renewed, code: code || null },
          sending,
        )
      : await post<NextStep | undefined>("/session", { username, password }, sending),
  }));
  const told = tell.problem?.code === "password_expired" ? (tell.problem.extra as { code: boolean }) : undefined;
  const asks = told ?? expired;
  const submit = async (typed: Typed) => {
    setExpired(asks);
    const done = await tell.run(typed);
    if (done?.next) proceed(done.next);
    else if (done) await enter();
  };
  const problem = tell.problem ? (tell.problem.of("new") ?? tell.problem.message) : refused;
  return (
    <>
      {/* That a first password is to be changed is no mistake of whoever typed it. */}
      {problem && <Alert type={told ? "info" : "error"} title={problem} role="alert" showIcon />}
      <Form<Typed> layout="vertical" onFinish={submit} requiredMark={false} size="large">
        <Form.Item label="用户名" name="username" rules={[{ required: true, message: "请填写用户名" }]}>
          <Input autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item label="密码" name="password" rules={[{ required: true, message: "请填写密码" }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {asks && <NewPassword name="renewed" focus />}
        {asks?.code && (
          <Form.Item label="动态口令" name="code" rules={[{ required: true, message: "请填写手机上的动态口令" }]}>
            <Input autoComplete="one-time-code" maxLength={12} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={tell.busy}>
          {asks ? "设置新密码并登录" : "登录"}
        </Button>
      </Form>
      <ProviderButton before={<Divider plain>或</Divider>} aside={over} />
    </>
  );
}

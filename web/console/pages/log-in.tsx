import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useAction } from "../../client/action";
import { post, type Sending } from "../../client/http";

interface Typed {
  username: string;
  password: string;
  /** The new password, where the old one may not be used any more. */
  renewed?: string;
}

/** The officers' log-in; who comes with a first or an outdated password sets a new one here. */
export default function LogIn() {
  const client = useQueryClient();
  const [expired, setExpired] = useState(false);
  const enter = useAction(({ username, password, renewed }: Typed, sending: Sending) =>
    renewed
      ? post("/session/expired-password", { username, old: password, new: renewed }, sending).then(() => true)
      : post("/session", { username, password }, sending).then(() => true),
  );
  // While the password is typed, what comes behind it is fetched.
  useEffect(() => {
    document.title = "登录 · 娘家";
    const timer = setTimeout(() => void import("../frame").catch(() => undefined), 1500);
    return () => clearTimeout(timer);
  }, []);
  const asks = expired || enter.problem?.code === "password_expired";
  const submit = async (typed: Typed) => {
    setExpired(asks);
    if (!(await enter.run(typed))) return;
    // What somebody else chose in this window before is not this officer's.
    window.sessionStorage.clear();
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    await client.invalidateQueries();
  };
  return (
    <main className="log-in">
      <section>
        <h1>娘家</h1>
        <p>一本台账，件件服务当场记，个个数字查得到。</p>
        {enter.problem && (
          <Alert type="error" title={enter.problem.of("new") ?? enter.problem.message} role="alert" showIcon />
        )}
        <Form<Typed> layout="vertical" onFinish={submit} requiredMark={false} size="large">
          <Form.Item label="用户名" name="username" rules={[{ required: true, message: "请填写用户名" }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item label="密码" name="password" rules={[{ required: true, message: "请填写密码" }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {asks && (
            <Form.Item label="新密码" name="renewed" rules={[{ required: true, message: "请设置新密码" }]}>
              <Input.Password autoComplete="new-password" />
            </Form.Item>
          )}
          <Button type="primary" htmlType="submit" block loading={enter.busy}>
            {asks ? "设置新密码并登录" : "登录"}
          </Button>
        </Form>
      </section>
    </main>
  );
}

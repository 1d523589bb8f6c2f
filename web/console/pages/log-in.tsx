import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { type Problem, send } from "../../client/http";

interface Typed {
  username: string;
  password: string;
}

/** The officers' log-in. */
export default function LogIn() {
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const submit = async (typed: Typed) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await send("POST", "/session", typed);
      await client.invalidateQueries();
    } catch (error) {
      setProblem((error as Problem).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="log-in">
      <section>
        <h1>娘家</h1>
        <p>一本台账，件件服务当场记，个个数字查得到。</p>
        {problem && <Alert type="error" title={problem} role="alert" showIcon />}
        <Form layout="vertical" onFinish={submit} requiredMark={false} size="large">
          <Form.Item label="用户名" name="username" rules={[{ required: true, message: "请填写用户名" }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item label="密码" name="password" rules={[{ required: true, message: "请填写密码" }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy}>
            登录
          </Button>
        </Form>
      </section>
    </main>
  );
}

import { Form, Input } from "antd";

interface Setting {
  name: string;
  /** Whether it is all that is left to type. */
  focus?: boolean;
}

/** A new password, typed twice: a slip that nobody sees would keep its owner out. */
export function NewPassword({ name, focus = false }: Setting) {
  return (
    <>
      <Form.Item label="新密码" name={name} rules={[{ required: true, message: "请填写新密码" }]}>
        <Input.Password autoComplete="new-password" autoFocus={focus} />
      </Form.Item>
      <Form.Item
        label="再填一次新密码"
        name="again"
        dependencies={[name]}
        rules={[
          { required: true, message: "请再填一次" },
          ({ getFieldValue }) => ({
            validator: (_, again: string) =>
              again === getFieldValue(name) ? Promise.resolve() : Promise.reject(new Error("两次填的不一样")),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}

import { App, Form, Input } from "antd";
import { post } from "../../client/http";
import { FormModal } from "./form-modal";
import { NewPassword } from "./new-password";

interface Typed {
  old: string;
  new: string;
  again: string;
}

/** Changing one's own password. */
export function PasswordWindow({ open, close }: { open: boolean; close: () => void }) {
  const { message } = App.useApp();
  return (
    <FormModal<Typed, void>
      title="修改密码"
      open={open}
      close={close}
      width={420}
      submit={(typed, sending) => post<void>("/session/password", { old: typed.old, new: typed.new }, sending)}
      done={() => {
        message.success("密码已修改");
        close();
      }}
    >
      <Form.Item label="现在的密码" name="old" rules={[{ required: true, message: "请填写现在的密码" }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <NewPassword name="new" />
    </FormModal>
  );
}

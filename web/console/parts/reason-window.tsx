import { Form, Input } from "antd";
import { post } from "../../client/http";
import { FormModal } from "./form-modal";

interface ReasonProps {
  title: string;
  /** On the button; the title unless told. */
  okText?: string;
  /** What will happen. */
  text?: string;
  /** Where it is sent. */
  path: string;
  /** What is sent beside the reason. */
  beside?: object;
  open: boolean;
  required?: boolean;
  danger?: boolean;
  close: () => void;
  done: () => void;
}

/** Something that is done with a reason. */
export function ReasonWindow({
  title,
  okText = title,
  text,
  path,
  beside,
  open,
  required = true,
  danger,
  close,
  done,
}: ReasonProps) {
  return (
    <FormModal<{ reason?: string }, unknown>
      title={title}
      open={open}
      close={close}
      okText={okText}
      danger={danger}
      submit={(form, sending) => post(path, { ...beside, reason: form.reason ?? null }, sending)}
      done={() => {
        close();
        done();
      }}
    >
      {text && <p>{text}</p>}
      <Form.Item label="原因" name="reason" rules={[{ required, message: "请填写原因" }]}>
        <Input.TextArea rows={3} maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

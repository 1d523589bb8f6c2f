import { useQueryClient } from "@tanstack/react-query";
import { Form, type FormInstance, Modal } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { useAction } from "../../client/action";
import type { Problem, Sending } from "../../client/http";
import { useFocusBack } from "./focus-back";
import { ProblemNotice } from "./problem-notice";

interface FormModalProps<V extends object, O> {
  title: string;
  open: boolean;
  close: () => void;
  /** What the fields hold at first. */
  initial?: Partial<V>;
  /** Sends the form; resent under the same key when no answer came. */
  submit: (values: V, sending: Sending) => Promise<O>;
  /** After it was done. */
  done?: (answer: O) => void;
  okText?: string;
  width?: number;
  danger?: boolean;
  /** Whether what it is about was told, so that it may be sent; it was unless told otherwise. */
  ready?: boolean;
  /** Form items, named as the interface names the fields. */
  children: ReactNode | ((form: FormInstance<V>) => ReactNode);
}

/** In the middle, or what a field is called would lie above what is in sight; and the next key pressed mends it. */
const IN_SIGHT = { block: "center", focus: true } as const;

/** A form in a window; what the server finds wrong with a field stands beside that field. */
export function FormModal<V extends object, O>(props: FormModalProps<V, O>) {
  const [form] = Form.useForm<V>();
  const client = useQueryClient();
  useFocusBack(props.open);
  // Wrapped, because an answer without a body is undefined as a refusal is.
  const action = useAction(async (values: V, sending: Sending) => ({ answer: await props.submit(values, sending) }));
  const { problem, clear } = action;
  const placed = problem ? place(form as FormInstance, problem) : [];
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!problem) return;
    const fields = place(form as FormInstance, problem).map((name) => ({
      name: path(name),
      errors: [problem.of(name) ?? ""],
    }));
    (form as FormInstance).setFields(fields);
    // The button of a long form lies far below what is to be mended.
    if (fields[0]) (form as FormInstance).scrollToField(fields[0].name, IN_SIGHT);
    else notice.current?.scrollIntoView({ block: "center" });
  }, [form, problem]);
  const finish = async (values: V) => {
    const done = await action.run(values);
    if (done) props.done?.(done.answer);
  };
  const close = () => {
    // Opened anew it holds what somebody else saved meanwhile; not before, or the next press would write over that.
    if (problem?.isStale) client.invalidateQueries();
    clear();
    props.close();
  };
  return (
    <Modal
      open={props.open}
      title={props.title}
      width={props.width ?? 560}
      onCancel={close}
      onOk={form.submit}
      okText={props.okText ?? "保存"}
      // Beside a button that cancels something, one that is called so, too, would be pressed for it.
      cancelText={props.okText?.startsWith("取消") ? "不取消" : undefined}
      okButtonProps={{ danger: props.danger, disabled: props.ready === false }}
      confirmLoading={action.busy}
      destroyOnHidden
      mask={{ closable: false }}
    >
      <div ref={notice}>
        <ProblemNotice problem={problem} placed={placed} again={problem?.status === 412 ? close : undefined} />
      </div>
      <Form<V>
        form={form}
        layout="vertical"
        preserve={false}
        // Without, the next row's form would open with what the last one's fields held at first.
        clearOnDestroy
        initialValues={props.initial}
        onFinish={finish}
        scrollToFirstError={IN_SIGHT}
      >
        {typeof props.children === "function" ? props.children(form) : props.children}
      </Form>
    </Modal>
  );
}

/** `indicators.2.name` as antd names it. */
const path = (name: string) => name.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** The fields of a problem that the form has. */
function place(form: FormInstance, problem: Problem): string[] {
  return problem.fields.map((one) => one.field).filter((name) => form.getFieldInstance(path(name)) !== undefined);
}

import { useQueryClient } from "@tanstack/react-query";
import { App, Form, type FormInstance, Modal, type ModalProps } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { useAction } from "../../client/action";
import type { Sending } from "../../client/http";
import { BeginHere } from "./begin-here";
import { useFocusBack } from "./focus-back";
import { isSlip, LEAVING, sends } from "./form-keys";
import { useLeaving } from "./leaving";
import { IN_SIGHT, usePlaced } from "./placed";
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

/** Sends what was filled in, once at a time: Enter is pressed twice before a button could be seen to wait. */
function useSending<V extends object, O>({ submit, ready }: FormModalProps<V, O>, done: (answer: O) => void) {
  // Wrapped, because an answer without a body is undefined as a refusal is.
  const action = useAction(async (values: V, sending: Sending) => ({ answer: await submit(values, sending) }));
  const under = useRef(false);
  const finish = async (values: V) => {
    if (under.current || ready === false) return;
    under.current = true;
    const told = await action.run(values);
    under.current = false;
    if (told) done(told.answer);
  };
  return { ...action, finish };
}

/** A form in a window; what the server finds wrong with a field stands beside that field. */
export function FormModal<V extends object, O>(props: FormModalProps<V, O>) {
  const [form] = Form.useForm<V>();
  const client = useQueryClient();
  const { modal } = App.useApp();
  useFocusBack(props.open);
  // Closed where it is part of the address it goes by a step back, of which nobody is asked.
  const isOver = useRef(false);
  useEffect(() => {
    if (props.open) isOver.current = false;
  }, [props.open]);
  const { finish, busy, problem, clear } = useSending(props, (answer) => {
    isOver.current = true;
    props.done?.(answer);
  });
  const { notice, placed } = usePlaced(form as FormInstance, problem);
  const close = () => {
    // Opened anew it holds what somebody else saved meanwhile; not before, or the next press would write over that.
    if (problem?.isStale) client.invalidateQueries();
    clear();
    isOver.current = true;
    props.close();
  };
  const isAsked = useRef(false);
  const ask = (leave: () => void) => {
    // Back is pressed again before the question could be read.
    if (isAsked.current) return;
    isAsked.current = true;
    let given = false;
    const give = () => {
      given = true;
    };
    const afterClose = () => {
      isAsked.current = false;
      if (given) leave();
    };
    // One after the other: the question gives the focus back to this window, and this to what opened it.
    modal.confirm({ ...LEAVING, onOk: give, afterClose });
  };
  useLeaving(props.open, () => !isOver.current && form.isFieldsTouched(), ask);
  const leave: ModalProps["onCancel"] = (event) => {
    if (!isSlip(event) || !form.isFieldsTouched()) return close();
    ask(close);
  };
  return (
    <Modal
      open={props.open}
      title={props.title}
      width={props.width ?? 560}
      onCancel={leave}
      onOk={form.submit}
      okText={props.okText ?? "保存"}
      // Beside a button that cancels something, one that is called so, too, would be pressed for it.
      cancelText={props.okText?.startsWith("取消") ? "不取消" : undefined}
      okButtonProps={{ danger: props.danger, disabled: props.ready === false }}
      confirmLoading={busy}
      destroyOnHidden
      mask={{ closable: false }}
    >
      <BeginHere />
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
        onValuesChange={() => {
          isOver.current = false;
        }}
        onKeyDown={(event) => {
          if (!sends(event)) return;
          // The browser itself sends a form of one field only, and would send that twice now.
          event.preventDefault();
          form.submit();
        }}
        scrollToFirstError={IN_SIGHT}
      >
        {typeof props.children === "function" ? props.children(form) : props.children}
      </Form>
    </Modal>
  );
}

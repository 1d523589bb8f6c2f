import { DownloadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, type ButtonProps } from "antd";
import { type ReactNode, useRef } from "react";
import { type Attempt, address, newKey, Problem, type Query, type Sending } from "../../client/http";
import { useMay } from "../session";
import { ProblemNotice } from "./problem-notice";

interface ExportProps {
  /** Of the interface, like `/members/export.xlsx`. */
  path: string;
  asked?: Query;
  /** Who may; not shown to others. */
  permission?: string;
  children?: ReactNode;
}

/** A link to a file that holds what the page shows. */
export function ExportButton({ path, asked, permission, children }: ExportProps) {
  const may = useMay();
  if (permission && !may(permission)) return null;
  return (
    <Button icon={<DownloadOutlined aria-hidden />} href={address(path, asked)} download>
      {children ?? "导出表格"}
    </Button>
  );
}

interface Question {
  title: string;
  /** What will happen. */
  text?: ReactNode;
  okText?: string;
  danger?: boolean;
}

/** Asks before something is done; a refusal is said in a window of its own. Asked again after no answer came it is done once. */
export function useConfirm() {
  const { modal } = App.useApp();
  const client = useQueryClient();
  const open = useRef<Attempt>(undefined);
  return <O,>(question: Question, work: (sending: Sending) => Promise<O>, done?: (answer: O) => void) => {
    open.current ??= { key: newKey() };
    const attempt = open.current;
    const before = document.activeElement;
    const end = () => {
      if (open.current === attempt) open.current = undefined;
    };
    modal.confirm({
      title: question.title,
      content: question.text,
      okText: question.okText ?? "确定",
      okButtonProps: { danger: question.danger },
      focusable: { autoFocusButton: question.danger ? "cancel" : "ok" },
      onOk: async () => {
        try {
          const answer = await work({ key: attempt.key, attempt });
          end();
          done?.(answer);
        } catch (problem) {
          if (!(problem instanceof Problem && problem.isLost)) end();
          // Somebody else did it, or took it away: the page shows what it is now.
          if (problem instanceof Problem && problem.isStale) client.invalidateQueries();
          modal.error({
            title: "没有办成",
            content: <ProblemNotice problem={problem} />,
            okText: "知道了",
            // By itself it would give the focus back to the question, which is gone by then.
            afterClose: () => before instanceof HTMLElement && before.focus(),
          });
        }
      },
    });
  };
}

interface ConfirmProps<O> extends Omit<ButtonProps, "onClick"> {
  question: Question;
  run: (sending: Sending) => Promise<O>;
  done?: (answer: O) => void;
}

/** A button that asks first. */
export function ConfirmButton<O>({ question, run, done, ...button }: ConfirmProps<O>) {
  const confirm = useConfirm();
  return <Button danger={question.danger} {...button} onClick={() => confirm(question, run, done)} />;
}

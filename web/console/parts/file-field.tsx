import { Button, Form, Upload } from "antd";
import type { ReactNode } from "react";

/** What the field of a form holds. */
export type Chosen = { originFileObj?: File }[] | undefined;

/** The file that was chosen, if one was. */
export const chosenFile = (chosen: Chosen) => chosen?.[0]?.originFileObj;

/** What is taken in as an attachment. */
export const ATTACHED = {
  accept: ".pdf,.png,.jpg,.jpeg,.docx,.xlsx",
  extra: "PDF、图片、Word 或 Excel，不超过 10 MB",
};

/** Endings of the tables that are read, as Excel and WPS name them: whatever else is dropped onto a field goes without a word. */
export const TABLES = ".xlsx,.xls,.et,.csv";

interface Props {
  label: string;
  /** Endings of the files that are taken. */
  accept: string;
  required?: boolean;
  extra?: string;
  /** Stands in a large field onto which files can be dropped; a button without. */
  children?: ReactNode;
}

/** A field of a form for one file, named `file`. */
export function FileField({ label, accept, required, extra, children }: Props) {
  const taken = { accept, maxCount: 1, beforeUpload: () => false };
  return (
    <Form.Item
      label={label}
      name="file"
      valuePropName="fileList"
      getValueFromEvent={(event) => event?.fileList}
      rules={required ? [{ required, message: "请选择文件" }] : undefined}
      extra={extra}
    >
      {children ? (
        <Upload.Dragger {...taken}>
          <p>{children}</p>
        </Upload.Dragger>
      ) : (
        <Upload {...taken}>
          <Button>选择文件</Button>
        </Upload>
      )}
    </Form.Item>
  );
}

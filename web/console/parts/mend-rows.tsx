import { Space } from "antd";
import { ExportButton } from "./acts";

interface Props {
  /** The export in which they are kept. */
  rows: string | null | undefined;
  children?: string;
}

/** Rows that an import did not take, as a file to mend and bring in again; nothing where there are none. */
export function MendRows({ rows, children = "下载有问题的行" }: Props) {
  if (!rows) return null;
  return (
    <Space wrap>
      <ExportButton path={`/exports/${rows}/file`}>{children}</ExportButton>
      <span className="quiet small">也可以稍后在“导出”页下载</span>
    </Space>
  );
}

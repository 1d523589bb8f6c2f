import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { RowsToMend } from "../../client/types";
import { saveFile } from "../../shared/save-file";
import { ExportButton } from "./acts";

interface Props {
  /** As they came within an answer, or the path of the interface where they are kept. */
  rows: RowsToMend | string | null | undefined;
  children?: string;
}

/** Rows that an import did not take, as a file to mend and bring in again; nothing where there are none. */
export function MendRows({ rows, children = "下载有问题的行" }: Props) {
  if (!rows) return null;
  if (typeof rows === "string") return <ExportButton path={rows}>{children}</ExportButton>;
  return (
    <Button icon={<DownloadOutlined aria-hidden />} onClick={() => saveFile(rows.name, workbook(rows.bytes))}>
      {children}
    </Button>
  );
}

/** A workbook from its base64. */
function workbook(text: string): Blob {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Blob([bytes], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
}

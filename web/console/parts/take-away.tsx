import { DownloadOutlined } from "@ant-design/icons";
import { App, Button, Form, Input, Radio } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { address, post, type Query } from "../../client/http";
import type { ExportFormat, ExportView } from "../../client/types";
import { useMay } from "../session";
import { FormModal } from "./form-modal";

interface TakeAwayProps {
  /** Of the interface, like `/members/exports`. */
  path: string;
  /** The filter, as the list names it; what is empty is left out. */
  asked: Query;
  /** Whose data, where the filter doesn't say it. */
  organisation?: string;
  permission: string;
  /** Whether the rows are about people, so that a second officer may have to agree. */
  personal?: boolean;
}

/** A button that asks for a file of what the page shows. A small one comes at once, others from the page of exports. */
export function TakeAway({ path, asked, organisation, permission, personal }: TakeAwayProps) {
  const [open, setOpen] = useState(false);
  const may = useMay();
  const navigate = useNavigate();
  const { message } = App.useApp();
  if (!may(permission)) return null;
  const filter = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== "" && value != null));
  const done = (made: ExportView) => {
    setOpen(false);
    if (made.state === "done") {
      window.location.assign(address(`/exports/${made.id}/file`));
      return;
    }
    message.info(made.state === "waiting" ? "已提交，等待另一名干部批准。" : "正在生成文件。");
    navigate("/exports");
  };
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>
        导出表格
      </Button>
      <FormModal<{ format: ExportFormat; reason?: string }, ExportView>
        title="导出表格"
        open={open}
        close={() => setOpen(false)}
        okText="导出"
        initial={{ format: "xlsx" }}
        submit={(form, sending) =>
          post<ExportView>(path, { ...form, organisation_id: organisation || null, filter }, sending)
        }
        done={done}
      >
        <Form.Item label="格式" name="format">
          <Radio.Group
            options={[
              { value: "xlsx", label: "Excel" },
              { value: "csv", label: "CSV（行数不限）" },
              { value: "pdf", label: "PDF（供打印，最多 2,000 行）" },
            ]}
          />
        </Form.Item>
        {personal && (
          <Form.Item
            label="用途"
            name="reason"
            extra="姓名和号码已遮盖。行数多时须经另一名干部批准，请写明用途；文件会注明导出人和时间。"
          >
            <Input maxLength={200} />
          </Form.Item>
        )}
      </FormModal>
    </>
  );
}

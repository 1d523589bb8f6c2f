import { InboxOutlined } from "@ant-design/icons";
import { Button, Form, Progress } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { ImportView } from "../../client/types";
import { upload } from "../../client/upload";
import { count, minute } from "../../shared/words";
import { IMPORT_STATES } from "../membership/words";
import { ExportButton } from "../parts/acts";
import { type Chosen, chosenFile, FileField, TABLES } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { useOwnUnion } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";

/** Rosters that were brought in, and the way to bring another. */
export default function Imports() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <PageHead note="先检查、后导入：检查不写入任何数据，有误的行会连同原因退回给您。">
        <ExportButton path="/imports/template.xlsx">下载模板</ExportButton>
        <Button type="primary" onClick={() => setOpen(true)}>
          导入名册
        </Button>
      </PageHead>
      <ListTable<ImportView>
        path="/imports"
        unit="次"
        empty="还没有导入过名册。"
        columns={[
          { title: "文件", render: (_, row) => <Link to={`/imports/${row.id}`}>{row.file_name}</Link> },
          { title: "工会", dataIndex: "organisation" },
          {
            title: "状态",
            render: (_, row) => <Word tone={IMPORT_STATES[row.state][1]}>{IMPORT_STATES[row.state][0]}</Word>,
          },
          { title: "行数", align: "right", render: (_, row) => count(row.total) },
          { title: "已导入", align: "right", render: (_, row) => count(row.counts.entered) },
          { title: "有误", align: "right", render: (_, row) => count(row.counts.bad) },
          { title: "上传时间", render: (_, row) => minute(row.made_at) },
        ]}
      />
      <NewImport open={open} close={() => setOpen(false)} />
    </>
  );
}

interface Typed {
  organisation_id: string;
  file: Chosen;
}

function NewImport({ open, close }: { open: boolean; close: () => void }) {
  const own = useOwnUnion();
  const [sent, setSent] = useState<number>();
  const navigate = useNavigate();
  return (
    <FormModal<Typed, ImportView>
      title="导入名册"
      open={open}
      close={close}
      okText="上传"
      initial={{ organisation_id: own }}
      submit={async (form, { key }) => {
        const body = new FormData();
        body.set("organisation_id", form.organisation_id);
        const file = chosenFile(form.file);
        if (file) body.set("file", file);
        try {
          return await upload<ImportView>("/imports", body, { key, progress: setSent });
        } finally {
          setSent(undefined);
        }
      }}
      done={(made) => navigate(`/imports/${made.id}`)}
    >
      <Form.Item
        label="会员登记在"
        name="organisation_id"
        rules={[{ required: true, message: "请选择基层工会" }]}
        extra={own ? undefined : "会员登记在基层工会，请选择名册是哪一家的。"}
      >
        <OrganisationPicker />
      </Form.Item>
      <FileField label="名册文件（xlsx、xls、csv，最多 100 万行）" accept={`${TABLES},.txt`} required>
        <InboxOutlined aria-hidden /> 点击选择，或把文件拖到这里
      </FileField>
      {sent !== undefined && (
        <Progress percent={Math.round(sent * 100)} format={(part) => (part === 100 ? "正在读取" : `${part}%`)} />
      )}
    </FormModal>
  );
}

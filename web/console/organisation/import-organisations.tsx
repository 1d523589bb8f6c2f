import { useQueryClient } from "@tanstack/react-query";
import { App, Space } from "antd";
import type { OrganisationsMade } from "../../client/types";
import { ExportButton } from "../parts/acts";
import { type Chosen, chosenFile, FileField, TABLES } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { MendRows } from "../parts/mend-rows";
import { useOrganisation, useOrganisationDetail } from "../parts/organisation";
import { useWholeTable } from "../parts/whole-table";

/** Founds hundreds of unions from one table; wrong rows are named one by one. */
export function ImportOrganisations({ open, close }: { open: boolean; close: () => void }) {
  const { message } = App.useApp();
  const client = useQueryClient();
  const [organisation] = useOrganisation();
  const above = useOrganisationDetail(organisation).data?.name;
  const { marked, send, forget } = useWholeTable<OrganisationsMade>("/organisations/import");
  const leave = () => {
    forget();
    close();
  };
  return (
    <FormModal<{ file: Chosen }, OrganisationsMade>
      title="从表格建立组织"
      open={open}
      close={leave}
      okText="建立"
      submit={(form, sending) => {
        const body = new FormData();
        body.set("organisation_id", organisation);
        body.set("file", chosenFile(form.file) as File);
        return send(body, sending);
      }}
      done={({ made }) => {
        leave();
        client.invalidateQueries();
        message.success(`已建立 ${made} 个组织。`);
      }}
    >
      <p>
        一行一个组织；上级可以是已有的组织，也可以是表中前面的行，没有填上级代码的建在“{above ?? "所选的组织"}
        ”下。有一行要改正，就一个也不建立。
      </p>
      <Space className="notice" wrap>
        <ExportButton path="/organisations/template.xlsx">下载模板</ExportButton>
        <MendRows rows={marked}>下载标出问题的表格</MendRows>
      </Space>
      <FileField
        label="填好的表格"
        accept={TABLES}
        required
        extra="xlsx、xls 或 csv，最多 1000 行；级别建立后不能更改"
      />
    </FormModal>
  );
}

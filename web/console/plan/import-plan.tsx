import { Space } from "antd";
import type { PlanDetail } from "../../client/types";
import { ExportButton } from "../parts/acts";
import { type Chosen, chosenFile, FileField, TABLES } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { MendRows } from "../parts/mend-rows";
import { useWholeTable } from "../parts/whole-table";
import { type Named, PlanFields, useNewPlan } from "./new-plan";

/** A plan from the template, filled in; wrong rows are named one by one. */
export function ImportPlan({ open, close }: { open: boolean; close: () => void }) {
  const { initial, edit } = useNewPlan();
  const { marked, send, forget } = useWholeTable<PlanDetail>("/plans/import");
  return (
    <FormModal<Named & { file: Chosen }, PlanDetail>
      title="从模板导入计划"
      open={open}
      close={() => {
        forget();
        close();
      }}
      okText="导入"
      initial={initial}
      submit={(typed, sending) => {
        const body = new FormData();
        body.set("organisation_id", typed.organisation_id);
        body.set("year", String(typed.year));
        body.set("title", typed.title);
        const file = chosenFile(typed.file);
        if (file) body.set("file", file);
        return send(body, sending);
      }}
      done={edit}
    >
      <Space className="notice" wrap>
        <ExportButton path="/plans/template.xlsx">下载模板</ExportButton>
        <MendRows rows={marked}>下载标出问题的表格</MendRows>
      </Space>
      <PlanFields />
      <FileField label="填好的模板" accept={TABLES} required>
        点击选择，或把文件拖到这里
      </FileField>
    </FormModal>
  );
}

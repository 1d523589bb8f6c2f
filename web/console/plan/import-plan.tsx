import type { PlanDetail } from "../../client/types";
import { upload } from "../../client/upload";
import { ExportButton } from "../parts/acts";
import { type Chosen, chosenFile, FileField } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { type Named, PlanFields, useNewPlan } from "./new-plan";

/** A plan from the template, filled in; wrong rows are named one by one. */
export function ImportPlan({ open, close }: { open: boolean; close: () => void }) {
  const { initial, edit } = useNewPlan();
  return (
    <FormModal<Named & { file: Chosen }, PlanDetail>
      title="从模板导入计划"
      open={open}
      close={close}
      okText="导入"
      initial={initial}
      submit={(typed) => {
        const body = new FormData();
        body.set("organisation_id", typed.organisation_id);
        body.set("year", String(typed.year));
        body.set("title", typed.title);
        const file = chosenFile(typed.file);
        if (file) body.set("file", file);
        return upload<PlanDetail>("/plans/import", body);
      }}
      done={edit}
    >
      <p>
        <ExportButton path="/plans/template.xlsx">下载模板</ExportButton>
      </p>
      <PlanFields />
      <FileField label="填好的模板" accept=".xlsx,.xls" required>
        点击选择，或把文件拖到这里
      </FileField>
    </FormModal>
  );
}

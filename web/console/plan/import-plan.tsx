import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, InputNumber } from "antd";
import { useNavigate } from "react-router";
import type { PlanDetail } from "../../client/types";
import { upload } from "../../client/upload";
import { ExportButton } from "../parts/acts";
import { type Chosen, chosenFile, FileField } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { OrganisationPicker, useOrganisation } from "../parts/organisation";
import { useToday } from "../session";

interface Typed {
  organisation_id: string;
  year: number;
  title: string;
  file: Chosen;
}

/** A plan from the template, filled in; wrong rows are named one by one. */
export function ImportPlan({ open, close }: { open: boolean; close: () => void }) {
  const client = useQueryClient();
  const go = useNavigate();
  const [organisation] = useOrganisation();
  const year = Number(useToday().slice(0, 4));
  return (
    <FormModal<Typed, PlanDetail>
      title="从模板导入计划"
      open={open}
      close={close}
      okText="导入"
      initial={{ organisation_id: organisation, year, title: `${year}年工作要点` }}
      submit={(typed) => {
        const body = new FormData();
        body.set("organisation_id", typed.organisation_id);
        body.set("year", String(typed.year));
        body.set("title", typed.title);
        const file = chosenFile(typed.file);
        if (file) body.set("file", file);
        return upload<PlanDetail>("/plans/import", body);
      }}
      done={async (plan) => {
        await client.invalidateQueries({ queryKey: ["/plans"] });
        go(`/plans/${plan.id}/edit`);
      }}
    >
      <p>
        <ExportButton path="/plans/template.xlsx">下载模板</ExportButton>
      </p>
      <Form.Item label="单位" name="organisation_id" rules={[{ required: true, message: "请选择单位" }]}>
        <OrganisationPicker />
      </Form.Item>
      <Form.Item label="年度" name="year" rules={[{ required: true, message: "请填写年度" }]}>
        <InputNumber min={2000} max={2100} />
      </Form.Item>
      <Form.Item label="计划名称" name="title" rules={[{ required: true, message: "请填写计划名称" }]}>
        <Input maxLength={100} />
      </Form.Item>
      <FileField label="填好的模板" accept=".xlsx,.xls" required>
        点击选择，或把文件拖到这里
      </FileField>
    </FormModal>
  );
}

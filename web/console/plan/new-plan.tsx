import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, InputNumber } from "antd";
import { useNavigate } from "react-router";
import { post } from "../../client/http";
import type { PlanDetail } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { OrganisationPicker, useOrganisation } from "../parts/organisation";
import { useToday } from "../session";

interface Typed {
  organisation_id: string;
  year: number;
  title: string;
}

/** An empty plan to be filled by hand. */
export function NewPlan({ open, close }: { open: boolean; close: () => void }) {
  const client = useQueryClient();
  const go = useNavigate();
  const [organisation] = useOrganisation();
  const year = Number(useToday().slice(0, 4));
  return (
    <FormModal<Typed, PlanDetail>
      title="新建计划"
      open={open}
      close={close}
      initial={{ organisation_id: organisation, year, title: `${year}年工作要点` }}
      submit={(typed, sending) => post<PlanDetail>("/plans", typed, sending)}
      done={async (plan) => {
        await client.invalidateQueries({ queryKey: ["/plans"] });
        go(`/plans/${plan.id}/edit`);
      }}
    >
      <Form.Item label="单位" name="organisation_id" rules={[{ required: true, message: "请选择单位" }]}>
        <OrganisationPicker />
      </Form.Item>
      <Form.Item label="年度" name="year" rules={[{ required: true, message: "请填写年度" }]}>
        <InputNumber min={2000} max={2100} />
      </Form.Item>
      <Form.Item label="计划名称" name="title" rules={[{ required: true, message: "请填写计划名称" }]}>
        <Input maxLength={100} />
      </Form.Item>
    </FormModal>
  );
}

import { useQueryClient } from "@tanstack/react-query";
import { Form, Input } from "antd";
import { useNavigate } from "react-router";
import { post } from "../../client/http";
import type { PlanDetail } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { useToday } from "../session";

/** What any plan is called, and whose it is. */
export interface Named {
  organisation_id: string;
  year: number;
  title: string;
}

/** How the form of a new plan begins, and going on to the plan once it is there. */
export function useNewPlan() {
  const client = useQueryClient();
  const go = useNavigate();
  const [organisation] = useOrganisation();
  const year = Number(useToday().slice(0, 4));
  const edit = async (plan: PlanDetail) => {
    await client.invalidateQueries({ queryKey: ["/plans"] });
    go(`/plans/${plan.id}/edit`);
  };
  return { initial: { organisation_id: organisation, year, title: `${year}年工作要点` }, edit };
}

/** Whose plan it is, of which year, and its title. */
export function PlanFields() {
  return (
    <>
      <Form.Item label="单位" name="organisation_id" rules={[{ required: true, message: "请选择单位" }]}>
        <OrganisationPicker />
      </Form.Item>
      <Form.Item label="年度" name="year" rules={[{ required: true, message: "请填写年度" }]}>
        <NumberField min={2000} max={2100} />
      </Form.Item>
      <Form.Item label="计划名称" name="title" rules={[{ required: true, message: "请填写计划名称" }]}>
        <Input maxLength={100} />
      </Form.Item>
    </>
  );
}

/** An empty plan to be filled by hand. */
export function NewPlan({ open, close }: { open: boolean; close: () => void }) {
  const { initial, edit } = useNewPlan();
  return (
    <FormModal<Named, PlanDetail>
      title="新建计划"
      open={open}
      close={close}
      initial={initial}
      submit={(typed, sending) => post<PlanDetail>("/plans", typed, sending)}
      done={edit}
    >
      <PlanFields />
    </FormModal>
  );
}

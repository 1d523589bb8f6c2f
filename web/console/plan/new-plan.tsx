import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useNavigate } from "react-router";
import { get, post } from "../../client/http";
import type { Page, PlanDetail, PlanRow } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { useMay, useToday } from "../session";

/** What any plan is called, and whose it is. */
export interface Named {
  organisation_id: string;
  year: number;
  title: string;
}

/** What a plan is called unless its officers call it otherwise. */
const titled = (year: number) => `${year}年工作要点`;

/** The plans that an organisation carries out, its own and those from above. */
function usePlans(organisation: string) {
  const may = useMay()("plan.edit");
  const asked = { carried_out_by: organisation, limit: 100 };
  return useQuery({
    queryKey: ["/plans", "before", asked],
    queryFn: () => get<Page<PlanRow>>("/plans", asked),
    enabled: may && organisation !== "",
  }).data?.items;
}

/** How the form of a new plan begins, and going on to the plan once it is there. */
export function useNewPlan() {
  const client = useQueryClient();
  const go = useNavigate();
  const [organisation] = useOrganisation();
  const plans = usePlans(organisation);
  const taken = plans?.filter((one) => one.organisation_id === organisation).map((one) => one.year) ?? [];
  // One has one plan a year: at the year's end the next one's is made.
  let year = Number(useToday().slice(0, 4));
  while (taken.includes(year)) year += 1;
  const edit = async (plan: PlanDetail) => {
    await client.invalidateQueries({ queryKey: ["/plans"] });
    go(`/plans/${plan.id}/edit`);
  };
  return { initial: { organisation_id: organisation, year, title: titled(year) }, plans, edit };
}

/** Whose plan it is, of which year, and its title. */
export function PlanFields() {
  const form = Form.useFormInstance();
  // A title that nobody typed names the year.
  const follow = (year: number | null) => {
    const title: string = form.getFieldValue("title") ?? "";
    if (year && year > 999 && /^\d{4}年工作要点$/.test(title)) form.setFieldValue("title", titled(year));
  };
  return (
    <>
      <Form.Item label="单位" name="organisation_id" rules={[{ required: true, message: "请选择单位" }]}>
        <OrganisationPicker />
      </Form.Item>
      <Form.Item label="年度" name="year" rules={[{ required: true, message: "请填写年度" }]}>
        <NumberField min={2000} max={2100} onChange={follow} />
      </Form.Item>
      <Form.Item label="计划名称" name="title" rules={[{ required: true, message: "请填写计划名称" }]}>
        <Input maxLength={100} />
      </Form.Item>
    </>
  );
}

/** A plan to be filled by hand, empty or with what stands in another. */
export function NewPlan({ open, close }: { open: boolean; close: () => void }) {
  const { initial, plans, edit } = useNewPlan();
  return (
    <FormModal<Named & { like?: string }, PlanDetail>
      title="新建计划"
      open={open}
      close={close}
      initial={initial}
      submit={(typed, sending) => post<PlanDetail>("/plans", typed, sending)}
      done={edit}
    >
      <PlanFields />
      {plans && plans.length > 0 && (
        <Form.Item
          label="沿用哪份计划（可不选）"
          name="like"
          extra="沿用它的章节、举措、指标、目标和经费项目，再按新的一年修改；基期值不沿用。"
        >
          <Select
            allowClear
            placeholder="不沿用，从空白开始"
            options={plans.map((one) => ({ value: one.id, label: `${one.title}（${one.organisation}）` }))}
          />
        </Form.Item>
      )}
    </FormModal>
  );
}

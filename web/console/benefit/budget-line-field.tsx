import { AutoComplete, Form } from "antd";
import { yuan } from "../../shared/words";
import { lineOf, type PlanLines, usePlanLines } from "./budget-lines";

interface FieldProps {
  organisation: string | undefined;
  /** In which it will be paid, as far as one knows. */
  year: string | undefined;
}

/** The line of the budget that pays: chosen from the year's plans, or typed where one doesn't see them. */
export function BudgetLineField({ organisation, year }: FieldProps) {
  const typed = (Form.useWatch<string | undefined>("budget_line") ?? "").trim();
  const shown = usePlanLines(organisation, year);
  const options = (shown?.lines ?? []).map((one) => ({
    value: one.name,
    label: `${one.name}（“${one.plan}”，余额 ${yuan(one.left_fen)} 元）`,
  }));
  return (
    <Form.Item label="经费来源（年度计划的经费项目）" name="budget_line" extra={hint(shown, typed)}>
      <AutoComplete
        maxLength={80}
        options={options}
        showSearch={{ filterOption: (sought, option) => option?.value.includes(sought.trim()) ?? false }}
        placeholder="如：爱心餐补贴"
      />
    </Form.Item>
  );
}

function hint(shown: PlanLines | undefined, typed: string): string {
  if (typed === "") return "不填写的，付款不列入年度计划的经费。";
  const line = lineOf(shown, typed);
  if (line) return `付款时列入“${line.plan}”，余额 ${yuan(line.left_fen)} 元。`;
  if (!shown?.all) return "付款时按名称列入年度计划的经费，请与计划里的项目名称一字不差。";
  return `${shown.year}年已发布的计划里没有“${typed}”，付款时不能列支。请从列表中选择，或先在计划里新增这个项目。`;
}

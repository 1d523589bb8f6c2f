import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Empty, Form, Input } from "antd";
import { useState } from "react";
import { get, post } from "../../client/http";
import type { RuleStanding } from "../../client/types";
import { count, day, listed } from "../../shared/words";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { SearchBox, WRAPPED } from "../parts/list-table";
import { useOrganisation, useOrganisationDetail } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { fieldUnit, stored, typed } from "../plan/scale";
import { useMay, useToday } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { q: "" };

interface Typed {
  /** As people type it: basis points as per cent. */
  value: string;
  valid_from: string;
  source: string;
}

/** Basis points are read and typed as per cent. */
const scale = (rule: RuleStanding) => (rule.unit === "基点" ? "share" : "count");

const worded = (rule: RuleStanding, value: number) =>
  scale(rule) === "share" ? `${typed("share", value)}%` : `${count(value)}${rule.unit === "%" ? "" : " "}${rule.unit}`;

/** Every number that differs by place or year, with its source. */
export default function Rules() {
  const [organisation] = useOrganisation();
  const detail = useOrganisationDetail(organisation);
  const [filters, change] = useFilters(DEFAULTS);
  const [shown, show] = useState<RuleStanding>();
  const today = useToday();
  const client = useQueryClient();
  const may = useMay()("rulebook.manage");
  const rules = useQuery({
    queryKey: ["/rule-packs", organisation],
    queryFn: () => get<RuleStanding[]>("/rule-packs", { organisation }),
    enabled: organisation !== "",
  });
  const region = detail.data?.division ?? "";
  const isTop = detail.data?.path.length === 1;
  const found = rules.data?.filter((rule) => `${rule.label} ${rule.source}`.includes(filters.q));
  return (
    <>
      <PageHead note="期限、比例、限额都在这里，按地区和时间生效，写明依据；改动不影响以前。" />
      <div className="filters">
        <SearchBox label="规则名称或依据" value={filters.q} change={(q) => change({ q })} />
        {found && (
          <span className="quiet" role="status">
            {listed(found.length)} 条
          </span>
        )}
      </div>
      <ProblemNotice problem={rules.error} again={() => rules.refetch()} />
      <PlainTable<RuleStanding>
        rowKey="code"
        loading={rules.isPending}
        scroll={WRAPPED}
        dataSource={found}
        locale={{ emptyText: <Empty description="没有符合条件的规则。" /> }}
        expandable={{
          // Without any there is nothing to open, and no column for it.
          showExpandColumn: found?.some((row) => row.packs.length > 0) ?? false,
          rowExpandable: (row) => row.packs.length > 0,
          expandedRowRender: (row) => (
            <ul>
              {row.packs.map((pack) => (
                <li key={pack.id}>
                  {pack.region ? `地区（代码${pack.region}）` : "全部地区"}：{worded(row, pack.value)}，自
                  {day(pack.valid_from)}起{pack.valid_to ? `至${day(pack.valid_to)}` : ""}（{pack.source}）
                </li>
              ))}
            </ul>
          ),
        }}
        columns={[
          {
            title: "规则",
            render: (_, row) => (
              <>
                {row.label}
                {row.is_house_wide && <div className="quiet">全系统统一，由最上级工会设定</div>}
              </>
            ),
          },
          { title: "现行值", align: "right", width: 120, render: (_, row) => worded(row, row.value) },
          { title: "系统默认", align: "right", width: 120, render: (_, row) => worded(row, row.default) },
          { title: "依据", dataIndex: "source", width: 420 },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) => (
              <Button
                type="link"
                disabled={!detail.data || (row.is_house_wide && !isTop)}
                aria-label={`设定${row.label}`}
                onClick={() => show(row)}
              >
                设定
              </Button>
            ),
          },
        ]}
      />
      <FormModal<Typed, unknown>
        title={`设定：${shown?.label ?? ""}`}
        open={shown !== undefined}
        close={() => show(undefined)}
        initial={{ value: shown && typed(scale(shown), shown.value), valid_from: today }}
        submit={(form, sending) => {
          const value = shown && stored(scale(shown), form.value);
          return post("/rule-packs", { ...form, value, code: shown?.code, region, valid_to: null }, sending);
        }}
        done={() => {
          show(undefined);
          client.invalidateQueries({ queryKey: ["/rule-packs"] });
        }}
      >
        <p>
          {shown?.is_house_wide ? "全系统统一生效。" : `对“${detail.data?.name}”所在地区（${region || "全部"}）生效。`}
        </p>
        {shown?.code.endsWith("kept_days") && (
          <Form.Item>
            <Alert type="warning" showIcon title="改短后，已超过新期限的内容会自动匿名化或删除，不能恢复。" />
          </Form.Item>
        )}
        <Form.Item
          label="数值"
          name="value"
          rules={[
            { required: true, message: "请填写数值" },
            {
              validator: (_, text: string) =>
                !text || (shown && stored(scale(shown), text) !== undefined)
                  ? Promise.resolve()
                  : Promise.reject(
                      new Error(shown && scale(shown) === "share" ? "请填写数字，最多两位小数" : "请填写整数"),
                    ),
            },
          ]}
        >
          <Input inputMode="decimal" suffix={shown && fieldUnit(scale(shown), shown.unit)} />
        </Form.Item>
        <DayField label="自哪天起" name="valid_from" required />
        <Form.Item label="依据（文件名称、文号）" name="source" rules={[{ required: true, message: "请写明依据" }]}>
          <Input maxLength={200} />
        </Form.Item>
      </FormModal>
    </>
  );
}

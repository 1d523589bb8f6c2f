import { useQueryClient } from "@tanstack/react-query";
import { Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { post } from "../../client/http";
import type { ReminderRow } from "../../client/types";
import { day } from "../../shared/words";
import { FilterCheck } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { orNothing } from "../parts/nothing";
import { PageHead } from "../parts/page-head";
import { Word } from "../parts/word";
import { useMay, useSession } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { open: "true", received: "" };

/** Who was reminded of what, and what they answered. */
export default function Reminders() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const client = useQueryClient();
  const may = useMay();
  const own = (useSession().data?.organisations ?? []).map((one) => one.id);
  const [answered, answer] = useState<ReminderRow>();
  return (
    <>
      <PageHead note="进度滞后的单位收到催办后，在这里回复措施。" />
      <ListTable<ReminderRow>
        path="/reminders"
        asked={{ open: filters.open === "true" ? true : undefined, received: filters.received }}
        unit="条催办"
        empty="没有催办。"
        filtered={isFiltered}
        filters={
          <>
            <Checkbox
              checked={filters.open === "true"}
              onChange={(event) => change({ open: event.target.checked ? "true" : "false" })}
            >
              只看未办结
            </Checkbox>
            <FilterCheck
              label="只看发给本单位的"
              value={filters.received}
              change={(received) => change({ received })}
            />
          </>
        }
        columns={[
          { title: "发出日期", dataIndex: "sent_on", render: day },
          { title: "被催办单位", dataIndex: "organisation" },
          {
            title: "指标",
            render: (_, row) => (
              <Link to={`/indicators/${row.indicator_id}?organisation=${row.organisation_id}`}>{row.indicator}</Link>
            ),
          },
          { title: "当时完成 / 目标", render: (_, row) => `${orNothing(row.actual)} / ${orNothing(row.target)}` },
          { title: "要求", dataIndex: "text", width: 280 },
          { title: "发出单位", dataIndex: "from" },
          {
            title: "办结",
            width: 260,
            render: (_, row) =>
              row.done_at ? (
                <>
                  <Word tone="good">已办结</Word> {row.answer}
                </>
              ) : may("plan.break_down") ? (
                <Button type="link" onClick={() => answer(row)}>
                  {own.includes(row.organisation_id) ? "回复" : "代为回复"}
                </Button>
              ) : (
                "未办结"
              ),
          },
        ]}
      />
      <FormModal<{ answer: string }, void>
        title={`回复催办：${answered?.indicator ?? ""}`}
        open={answered !== undefined}
        close={() => answer(undefined)}
        okText="回复并办结"
        submit={(form, sending) => post<void>(`/reminders/${answered?.id}/answer`, form, sending)}
        done={() => {
          answer(undefined);
          client.invalidateQueries({ queryKey: ["/reminders"] });
        }}
      >
        <p>{answered?.text}</p>
        <Form.Item label="采取的措施" name="answer" rules={[{ required: true, message: "请写明措施" }]}>
          <Input.TextArea rows={4} maxLength={500} />
        </Form.Item>
      </FormModal>
    </>
  );
}

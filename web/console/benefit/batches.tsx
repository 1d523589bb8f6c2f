import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Select, Space } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { Link } from "react-router";
import { del, get, post, put } from "../../client/http";
import type { BatchForm, BatchView, OfferView } from "../../client/types";
import { count, day, days } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { Period } from "../parts/period";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";

interface Typed {
  partner_id: string;
  days: [Dayjs, Dayjs];
  seats: number;
  note?: string;
}

/** Those that are not over first, in the order in which they begin; then the others, the last one first. */
function nextFirst(batches: BatchView[] | undefined, today: string): BatchView[] | undefined {
  const isOver = (one: BatchView) => one.ends_on < today;
  return batches && [...batches.filter((one) => !isOver(one)), ...batches.filter(isOver).reverse()];
}

/** The batches of a check or a stay, and who arranges them. */
export function Batches({ offer }: { offer: OfferView }) {
  const may = useMay()("benefit.keep") && offer.state !== "closed";
  const today = useToday();
  const client = useQueryClient();
  const [open, edit] = useState<BatchView | "new">();
  const path = `/benefit-offers/${offer.id}/batches`;
  const asked = useQuery({ queryKey: [path], queryFn: () => get<BatchView[]>(path) });
  const changed = () => client.invalidateQueries({ queryKey: [path] });
  const before = typeof open === "object" ? open : undefined;
  return (
    <>
      <h2>批次</h2>
      <ProblemNotice problem={asked.error} again={() => asked.refetch()} />
      <PlainTable<BatchView>
        loading={asked.isPending}
        dataSource={nextFirst(asked.data, today)}
        locale={{ emptyText: "还没有安排批次。安排后，职工领到凭证先选批次，再到现场使用。" }}
        columns={[
          {
            title: "日期",
            render: (_, row) => <Link to={`/benefit-batches/${row.id}`}>{days(row)}</Link>,
          },
          { title: "地点", render: (_, row) => row.place.name },
          { title: "报名、改期截止", render: (_, row) => day(row.choose_until) },
          { title: "位子", align: "right", render: (_, row) => count(row.seats) },
          { title: "已选", align: "right", render: (_, row) => count(row.taken) },
          { title: "其中职工", align: "right", render: (_, row) => count(row.people) },
          { title: "已到场", align: "right", render: (_, row) => count(row.attended) },
          {
            title: "须知",
            render: (_, row) => (row.called_off ? <Word tone="watch">{`已取消：${row.called_off}`}</Word> : row.note),
          },
          {
            title: "办理",
            hidden: !may,
            render: (_, row) =>
              row.called_off == null && (
                <Space>
                  <Button type="link" aria-label={`修改${days(row)}的批次`} onClick={() => edit(row)}>
                    修改
                  </Button>
                  {row.people === 0 && (
                    <ConfirmButton<void>
                      type="link"
                      aria-label={`删除${days(row)}的批次`}
                      question={{ title: `删除${days(row)}的批次？`, okText: "删除", danger: true }}
                      run={(sending) => del<void>(`/benefit-batches/${row.id}`, undefined, sending)}
                      done={changed}
                    >
                      删除
                    </ConfirmButton>
                  )}
                </Space>
              ),
          },
        ]}
      />
      {may && (
        <Button className="more" onClick={() => edit("new")}>
          安排批次
        </Button>
      )}
      <FormModal<Typed, BatchView>
        title={before ? "修改批次" : "安排批次"}
        open={open !== undefined}
        close={() => edit(undefined)}
        initial={{
          partner_id: before?.place.id ?? offer.places[0]?.id,
          days: before ? [dayjs(before.starts_on), dayjs(before.ends_on)] : undefined,
          seats: before?.seats,
          note: before?.note,
        }}
        submit={(typed, sending) => {
          const form: BatchForm = {
            partner_id: typed.partner_id,
            starts_on: typed.days[0].format("YYYY-MM-DD"),
            ends_on: typed.days[1].format("YYYY-MM-DD"),
            seats: typed.seats,
            note: typed.note ?? "",
          };
          return before
            ? put<BatchView>(`/benefit-batches/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
            : post<BatchView>(path, form, sending);
        }}
        done={() => {
          edit(undefined);
          changed();
        }}
      >
        <Form.Item
          label="日期"
          name="days"
          extra={
            before && before.people > 0
              ? "已有职工选择，日期和地点不能再改。"
              : "应在使用期内；报名截止日已过的日期不能选。"
          }
          rules={[{ required: true, message: "请选择日期" }]}
        >
          <Period disabled={before !== undefined && before.people > 0} />
        </Form.Item>
        <Form.Item label="地点" name="partner_id" rules={[{ required: true, message: "请选择地点" }]}>
          <Select
            disabled={before !== undefined && before.people > 0}
            options={offer.places.map((place) => ({ value: place.id, label: place.name }))}
          />
        </Form.Item>
        <Form.Item label="位子（含同行人员）" name="seats" rules={[{ required: true, message: "请填写位子数" }]}>
          <NumberField min={1} max={100_000} precision={0} />
        </Form.Item>
        <Form.Item label="须知" name="note">
          <Input.TextArea maxLength={200} rows={2} placeholder="如：7:30在医院体检中心集合，空腹，携带身份证" />
        </Form.Item>
      </FormModal>
    </>
  );
}

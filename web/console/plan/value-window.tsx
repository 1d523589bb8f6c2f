import { useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, Input, Upload } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { address, post } from "../../client/http";
import type { IndicatorView, StoredFile, ValueRow } from "../../client/types";
import { upload } from "../../client/upload";
import { moment } from "../../shared/words";
import { FormModal } from "../parts/form-modal";
import { ListTable } from "../parts/list-table";
import { useMay, useToday } from "../session";
import { fieldUnit, stored } from "./scale";
import { valued } from "./words";

interface Typed {
  value: string;
  day: string;
  note: string;
  file?: { originFileObj?: File }[];
}

/** The keys of files that were handed in, so that trying again hands none in twice. */
const handedIn = new WeakMap<File, string>();

/** Hands the file in for the organisation, if one was chosen. Answers its key. */
async function handIn(typed: Typed, organisation: string): Promise<string | undefined> {
  const file = typed.file?.[0]?.originFileObj;
  if (!file) return undefined;
  const before = handedIn.get(file);
  if (before) return before;
  const body = new FormData();
  body.set("organisation_id", organisation);
  body.set("file", file);
  const { id } = await upload<StoredFile>("/attachments", body);
  handedIn.set(file, id);
  return id;
}

/** What was recorded by hand for an indicator that the ledger can't know, and recording more. */
export function Values({ indicator, organisation }: { indicator: IndicatorView; organisation: string }) {
  const may = useMay();
  const [opened, open] = useState(false);
  const path = `/indicators/${indicator.id}/values`;
  return (
    <section className="card">
      <h2>填报记录</h2>
      <ListTable<ValueRow>
        path={path}
        unit="次"
        empty="还没有填报。"
        acts={may("plan.record") && <Button onClick={() => open(true)}>填报</Button>}
        columns={[
          { title: "截至", dataIndex: "day" },
          { title: "单位", dataIndex: "organisation" },
          { title: "数值", align: "right", render: (_, row) => valued(indicator, row.value) },
          { title: "依据", dataIndex: "note" },
          {
            title: "依据文件",
            render: (_, row) =>
              row.evidence && may("attachments.view") ? (
                <a href={address(`/attachments/${row.evidence.id}`)} download>
                  {row.evidence.name}
                </a>
              ) : (
                (row.evidence?.name ?? "—")
              ),
          },
          { title: "填报时间", dataIndex: "at", render: moment },
        ]}
      />
      <ValueWindow indicator={indicator} organisation={organisation} open={opened} close={() => open(false)} />
    </section>
  );
}

interface WindowProps {
  indicator: IndicatorView;
  organisation: string;
  open: boolean;
  close: () => void;
}

function ValueWindow({ indicator, organisation, open, close }: WindowProps) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const today = useToday();
  const may = useMay();
  const { id, scale, unit } = indicator;
  return (
    <FormModal<Typed, ValueRow>
      title={`填报：${indicator.name}`}
      open={open}
      close={close}
      initial={{ day: today }}
      submit={async (typed, sending) => {
        const { value, day, note } = typed;
        const evidence_id = await handIn(typed, organisation);
        const body = { day, note, evidence_id, value: stored(scale, value), organisation_id: organisation };
        return post<ValueRow>(`/indicators/${id}/values`, body, sending);
      }}
      done={() => {
        message.success("已填报");
        close();
        client.invalidateQueries();
      }}
    >
      <Form.Item
        label="截至当日的累计数"
        name="value"
        rules={[
          { required: true, message: "请填写数值" },
          {
            validator: (_, text: string) =>
              !text || stored(scale, text) !== undefined
                ? Promise.resolve()
                : Promise.reject(new Error(scale === "count" ? "请填写整数" : "请填写数字，最多两位小数")),
          },
        ]}
      >
        <Input inputMode="decimal" suffix={fieldUnit(scale, unit)} />
      </Form.Item>
      <Form.Item
        label="截至日期"
        name="day"
        getValueProps={(value) => ({ value: value ? dayjs(value) : null })}
        getValueFromEvent={(value) => value?.format("YYYY-MM-DD")}
      >
        <DatePicker allowClear={false} maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item label="依据（文件名、文号、存放处）" name="note" rules={[{ required: true, message: "请写明依据" }]}>
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      {may("attachments.add") && (
        <Form.Item
          label="依据文件（选填）"
          name="file"
          valuePropName="fileList"
          getValueFromEvent={(event) => event?.fileList}
          extra="PDF、图片、Word 或 Excel，不超过 10 MB"
        >
          <Upload accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx" maxCount={1} beforeUpload={() => false}>
            <Button>选择文件</Button>
          </Upload>
        </Form.Item>
      )}
    </FormModal>
  );
}

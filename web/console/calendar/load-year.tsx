import { App, Button, Form, type FormInstance, Input, Upload } from "antd";
import { useState } from "react";
import type { CalendarDay, RegionCalendar } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { readYear } from "./days";
import { HolidayTable } from "./holiday-table";
import type { SaveDays } from "./save";
import { textOf } from "./text-of";

interface LoadProps {
  calendar: RegionCalendar;
  save: SaveDays;
}

/** Loads the nation's arrangement of a year from the notice, in place of what is there. */
export function LoadYear({ calendar, save }: LoadProps) {
  const { message } = App.useApp();
  const [opened, open] = useState(false);
  const { year } = calendar;
  return (
    <>
      <Button type={calendar.loaded ? "default" : "primary"} onClick={() => open(true)}>
        载入放假安排
      </Button>
      <FormModal<{ text: string }, unknown>
        title={`载入${year}年放假安排`}
        open={opened}
        close={() => open(false)}
        okText={calendar.loaded ? "替换" : "载入"}
        danger={calendar.loaded}
        width={680}
        submit={({ text }, sending) => save(readYear(text, year), sending)}
        done={() => {
          message.success(`${year}年放假安排已载入`);
          open(false);
        }}
      >
        {(form) => (
          <>
            {calendar.loaded && <p>{year}年的安排已经载入，再次载入会替换现有的全部日子。</p>}
            <Form.Item
              label="国务院办公厅通知的正文"
              name="text"
              rules={[{ required: true, message: "请粘贴通知正文" }, { validator: (_, text) => checked(text, year) }]}
            >
              <Input.TextArea
                rows={7}
                placeholder={"一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n二、春节：……"}
              />
            </Form.Item>
            <FromFile form={form} />
            <Form.Item noStyle dependencies={["text"]}>
              {({ getFieldValue }) => <Recognised text={getFieldValue("text")} year={year} />}
            </Form.Item>
          </>
        )}
      </FormModal>
    </>
  );
}

/** Whoever has the arrangement as data needs no text. */
function FromFile({ form }: { form: FormInstance<{ text: string }> }) {
  const take = async (file: File) => {
    form.setFieldValue("text", textOf(await file.arrayBuffer()));
    await form.validateFields(["text"]).catch(() => undefined);
  };
  return (
    <Form.Item extra="文件可以是通知正文（txt），也可以是 holiday-cn 格式的数据（json）。">
      <Upload
        accept=".txt,.json"
        showUploadList={false}
        beforeUpload={(file) => {
          take(file);
          return false;
        }}
      >
        <Button>从文件读取</Button>
      </Upload>
    </Form.Item>
  );
}

/** What was understood, before it counts. */
function Recognised({ text, year }: { text?: string; year: number }) {
  const days = attempt(text, year);
  if (!Array.isArray(days)) return null;
  return (
    <>
      <p>认出 {days.length} 天，请与通知核对：</p>
      <HolidayTable days={days} year={year} />
    </>
  );
}

/** The days, what is wrong with the text, or nothing without one. */
function attempt(text: string | undefined, year: number): CalendarDay[] | Error | undefined {
  if (!text?.trim()) return undefined;
  try {
    return readYear(text, year);
  } catch (error) {
    return error as Error;
  }
}

async function checked(text: string | undefined, year: number) {
  const days = attempt(text, year);
  if (days instanceof Error) throw days;
}

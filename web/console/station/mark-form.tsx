import { useQueryClient } from "@tanstack/react-query";
import { Button, Card, Checkbox, Form, Input, Select } from "antd";
import { useCallback, useState } from "react";
import { useAction } from "../../client/action";
import { post, type Sending } from "../../client/http";
import type { InspectionDraft, InspectionMark, StationInspectionSheet, StationPhoto } from "../../client/types";
import { minute } from "../../shared/words";
import { DayField } from "../parts/day-field";
import { NumberField } from "../parts/number-field";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useToday } from "../session";
import { type Account, forget, isOvertaken, isOvertaking, unsent, useDraft } from "./draft";
import { Overtaken } from "./overtaken";
import { Photos } from "./photos";

interface TypedMark {
  score?: number | null;
  apart?: boolean;
  note?: string;
  photos?: StationPhoto[];
}

interface Typed {
  done_on: string;
  marks: TypedMark[];
  found?: { code?: string; wrong?: string; mend_by?: string }[];
  note?: string;
}

interface Marked {
  of: StationInspectionSheet;
  by: Account;
  done: () => void;
}

/** Marks each item, names what is to be mended, and hands the inspection in; where another inspector was faster, first of all. */
export function MarkForm({ of, by, done }: Marked) {
  const client = useQueryClient();
  const [deciding, decide] = useState(() => isOvertaken(by, of));
  const overtaken = useCallback(async () => {
    const queryKey = ["/station-inspections", of.id];
    await client.refetchQueries({ queryKey });
    const now = client.getQueryData<StationInspectionSheet>(queryKey);
    if (now) decide(isOvertaken(by, now));
  }, [client, by, of.id]);
  const here = deciding && unsent(by, of.id);
  if (here) return <Overtaken of={of} by={by} here={here} done={() => decide(false)} />;
  return <Marking of={of} by={by} done={done} overtaken={overtaken} />;
}

function Marking({ of, by, done, overtaken }: Marked & { overtaken: () => void }) {
  const today = useToday();
  const [form] = Form.useForm<Typed>();
  const draft = useDraft(by, of, overtaken);
  const action = useAction(async (typed: Typed, sending: Sending) => {
    const sent = { ...result(of.marks, typed), seen: draft.seen.current };
    try {
      return await post<StationInspectionSheet>(`/station-inspections/${of.id}/finish`, sent, sending);
    } catch (error) {
      if (isOvertaking(error)) {
        draft.keep(drafted(of.marks, typed));
        overtaken();
      }
      throw error;
    }
  });
  const finish = async (typed: Typed) => {
    if (!(await action.run(typed))) return;
    forget(by, of.id);
    done();
  };
  const { begun } = draft;
  const strengths = [...new Set(of.marks.map((mark) => mark.strength_label))];
  const marks = of.marks.map((mark) => ({ ...mark, ...begun?.marks.find((one) => one.code === mark.code) }));
  const initial = {
    done_on: begun?.done_on ?? today,
    marks: marks.map(started),
    found: begun?.found ?? [],
    note: begun?.note ?? undefined,
  };
  return (
    <Form<Typed>
      form={form}
      layout="vertical"
      initialValues={initial}
      onValuesChange={(_, typed) => draft.keep(drafted(of.marks, typed))}
      onFinish={finish}
      scrollToFirstError={{ block: "center", focus: true }}
    >
      {of.drafted_by && (
        <p>
          {of.drafted_by} {minute(of.drafted_at)}保存了这次检查的登记，还没有提交。
        </p>
      )}
      <DayField label="实际检查日期" name="done_on" required max={today} />
      {strengths.map((strength) => (
        <Card key={strength} title={strength} className="strength">
          {marks.map(
            (mark, place) =>
              mark.strength_label === strength && (
                <Item key={mark.code} mark={mark} place={place} organisation={of.organisation_id} />
              ),
          )}
        </Card>
      ))}
      <Card title="需要整改的问题" className="strength">
        <Found marks={of.marks} mendBy={of.mend_by} />
      </Card>
      <Form.Item label="总体意见" name="note">
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <ProblemNotice problem={draft.problem} />
      <p role="status" className="quiet">
        {draft.said}
      </p>
      <ProblemNotice problem={action.problem} />
      <Button type="primary" htmlType="submit" loading={action.busy}>
        提交检查结果
      </Button>
    </Form>
  );
}

/** What was marked so far, or before and taken back, is looked through again. */
const started = ({ score, apart, note, photos }: InspectionMark & { apart?: boolean }): TypedMark => ({
  score,
  apart,
  note: note ?? undefined,
  photos,
});

/** As the interface takes it. */
function result(marks: InspectionMark[], { marks: typed, ...rest }: Typed) {
  const given = (place: number) => {
    const mark = typed[place];
    return { score: mark?.apart ? null : mark?.score, note: mark?.note || null, photos: mark?.photos ?? [] };
  };
  return { ...rest, marks: marks.map((mark, place) => ({ code: mark.code, ...given(place) })) };
}

/** The same of what may be half filled in, with what was said not to apply. */
function drafted(marks: InspectionMark[], typed: Typed): InspectionDraft {
  const sent = result(marks, typed);
  const of = sent.marks.map((mark, place) => ({ ...mark, apart: typed.marks[place]?.apart ?? false }));
  return { ...sent, found: (typed.found ?? []).map((one) => one ?? {}), marks: of };
}

function Item({ mark, place, organisation }: { mark: InspectionMark; place: number; organisation: string }) {
  const apart = Form.useWatch(["marks", place, "apart"]) as boolean | undefined;
  const [more, show] = useState(Boolean(mark.note) || mark.photos.length > 0);
  return (
    <fieldset className="mark">
      <legend>
        {mark.label} {mark.critical && <Word tone="bad">否决项</Word>}
      </legend>
      <p className="quiet">{mark.guide}</p>
      <div className="mark-row">
        <Form.Item
          name={["marks", place, "score"]}
          rules={[{ required: !apart, message: "请评分，或勾选不适用" }]}
          className="mark-score"
        >
          <NumberField
            aria-label={`${mark.label}的得分`}
            min={0}
            max={mark.weight}
            precision={0}
            disabled={apart}
            suffix={`/ ${mark.weight} 分`}
          />
        </Form.Item>
        <Form.Item name={["marks", place, "apart"]} valuePropName="checked">
          <Checkbox>不适用</Checkbox>
        </Form.Item>
        {!more && (
          <Button type="link" onClick={() => show(true)}>
            写情况、传照片
          </Button>
        )}
      </div>
      {more && (
        <>
          <Form.Item label="检查情况" name={["marks", place, "note"]}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item label="照片（最多 6 张）" name={["marks", place, "photos"]}>
            <Photos organisation={organisation} most={6} />
          </Form.Item>
        </>
      )}
    </fieldset>
  );
}

function Found({ marks, mendBy }: { marks: InspectionMark[]; mendBy: string }) {
  return (
    <Form.List name="found">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="found">
              <Form.Item
                label="所属项目"
                name={[name, "code"]}
                rules={[{ required: true, message: "请选择项目" }]}
                className="found-item"
              >
                <Select options={marks.map((mark) => ({ value: mark.code, label: mark.label }))} />
              </Form.Item>
              <Form.Item
                label="问题"
                name={[name, "wrong"]}
                rules={[{ required: true, message: "请写明问题" }]}
                className="found-item"
              >
                <Input maxLength={200} />
              </Form.Item>
              <DayField label="整改期限" name={[name, "mend_by"]} required />
              <Button danger onClick={() => remove(name)} aria-label="删去这条问题">
                删去
              </Button>
            </div>
          ))}
          <Button onClick={() => add({ mend_by: mendBy })}>加一条问题</Button>
        </>
      )}
    </Form.List>
  );
}

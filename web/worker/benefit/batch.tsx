import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useAction } from "../../client/action";
import type { BatchOption, MyVoucher, NewCompanion } from "../../client/types";
import { companion, count, day, days } from "../../shared/words";
import { Agree, wanting } from "../agree";
import { tell } from "../ask";
import { Choice, Field, Taps } from "../field";
import { Failed } from "../frame";
import { Answered, useMine } from "../use-mine";
import { GiveBack } from "./give-back";

/** The batch of a check or a stay: the one that I chose, or those that I may choose. */
export function Batch({ voucher }: { voucher: MyVoucher }) {
  const [changing, change] = useState(false);
  const { batch } = voucher;
  if (!batch || changing)
    return <Choose voucher={voucher} done={() => change(false)} keep={batch ? () => change(false) : undefined} />;
  return (
    <section aria-label="我的批次">
      <h2>我的批次</h2>
      <dl className="facts">
        <dt>日期</dt>
        <dd>{days(batch)}</dd>
        <dt>地点</dt>
        <dd>{[batch.place.name, batch.place.address, batch.place.contact].filter(Boolean).join(" ")}</dd>
        {batch.companions.length > 0 && (
          <>
            <dt>同行</dt>
            <dd>{batch.companions.map(companion).join("、")}</dd>
          </>
        )}
      </dl>
      {batch.note && <p className="note">{batch.note}</p>}
      {batch.can_change ? (
        <>
          <p className="quiet">{day(batch.change_until)}前（含当天）可以改期或退订。</p>
          <button type="button" className="plain wide" onClick={() => change(true)}>
            改选批次或同行人员
          </button>
          <GiveBack
            voucher={voucher}
            act="leave-batch"
            open="退订这一批，凭证保留"
            says="退订后位子立即放回，其他职工可以选；同行人员也一起退订。确定退订吗？"
            yes="确定退订"
            no="不退订"
          />
        </>
      ) : (
        <p className="quiet">已过改期、退订时间，确有困难请联系工会。</p>
      )}
    </section>
  );
}

const NOBODY: NewCompanion = { name: "", number_kind: "citizen_number", number: "" };

function Choose({ voucher, done, keep }: { voucher: MyVoucher; done: () => void; keep?: () => void }) {
  const client = useQueryClient();
  const asked = useMine<BatchOption[]>(`/me/vouchers/${voucher.id}/batches`, { staleTime: 0 });
  const [batch, choose] = useState(voucher.batch?.id ?? "");
  const [along, bring] = useState<NewCompanion[]>([]);
  const action = useAction((form: { batch_id: string; companions: NewCompanion[] }, sending) =>
    tell<MyVoucher>(`/me/vouchers/${voucher.id}/batch`, form, sending),
  );
  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    const chosen = await action.run({ batch_id: batch, companions: along });
    client.invalidateQueries({ queryKey: ["mine"] });
    if (chosen) done();
  };
  const notice = wanting(action.problem);
  const change = (others: NewCompanion[]) => {
    bring(others);
    // Perhaps no child comes along any more.
    if (notice) action.clear();
  };
  const put = (at: number, over: Partial<NewCompanion>) =>
    change(along.map((one, place) => (place === at ? { ...one, ...over } : one)));
  return (
    <section aria-label="选择批次">
      <h2>选择批次</h2>
      <Answered asked={asked}>
        {(batches) => {
          const open = batches.filter((one) => one.open && one.free > 0);
          // What was chosen may have filled up, or been called off, since.
          const chosen = open.find((one) => one.id === batch);
          const off = batches.filter((one) => one.called_off);
          return (
            <form onSubmit={send} noValidate>
              {off.map((one) => (
                <p key={one.id} className="note">
                  {days(one)} {one.place.name}这一批已取消：{one.called_off}
                </p>
              ))}
              {open.length === 0 && <p className="note">现在没有可选的批次，有新批次时会显示在这里。</p>}
              {open.length > 0 && (
                <>
                  <Taps
                    label="日期和地点"
                    value={batch}
                    onChange={choose}
                    choices={open.map((one) => ({
                      code: one.id,
                      label: `${days(one)} ${one.place.name}，还有${count(one.free)}个位子${one.mine ? "（已选）" : ""}`,
                    }))}
                  />
                  <Note batch={chosen} />
                  {along.map((one, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: they have no names yet
                    <fieldset className="box" key={at}>
                      <legend>同行人员{along.length > 1 ? at + 1 : ""}</legend>
                      <Field
                        label="姓名"
                        value={one.name}
                        maxLength={50}
                        wrong={action.problem?.of(`companions.${at}.name`)}
                        onChange={(text) => put(at, { name: text })}
                      />
                      <Choice
                        label="证件或手机"
                        value={one.number_kind}
                        onChange={(kind) => put(at, { number_kind: kind as NewCompanion["number_kind"] })}
                      >
                        <option value="citizen_number">居民身份证</option>
                        <option value="phone">手机号码</option>
                      </Choice>
                      <Field
                        label="号码"
                        value={one.number}
                        maxLength={40}
                        autoComplete="off"
                        wrong={action.problem?.of(`companions.${at}.number`)}
                        onChange={(text) => put(at, { number: text })}
                      />
                      {one.number_kind === "phone" && (
                        <Field
                          label="出生日期"
                          type="date"
                          value={one.birth_date ?? ""}
                          hint="只用来判断是否未满14周岁，不保存。"
                          wrong={action.problem?.of(`companions.${at}.birth_date`)}
                          onChange={(text) => put(at, { birth_date: text || null })}
                        />
                      )}
                      <button
                        type="button"
                        className="link"
                        onClick={() => change(along.filter((_, place) => place !== at))}
                      >
                        不带这位
                      </button>
                    </fieldset>
                  ))}
                  {along.length < voucher.companions && (
                    <button type="button" className="plain wide" onClick={() => bring([...along, NOBODY])}>
                      加一位同行人员（最多{voucher.companions}位）
                    </button>
                  )}
                  {(voucher.batch?.companions.length ?? 0) > 0 && (
                    <p className="note">改选后，请把同行人员重新填一遍，没有填的不再占位子。</p>
                  )}
                  {voucher.companions > 0 && (
                    <p className="quiet">同行人员的信息加密保存，只用于安排本批次，批次结束后定期删除。</p>
                  )}
                  {action.problem &&
                    !notice &&
                    !action.problem.fields.some((one) => one.field.startsWith("companions.")) && (
                      <Failed error={action.problem} />
                    )}
                  {notice && chosen ? (
                    <Agree
                      notice={notice}
                      lead="同行人员中有未满14周岁的儿童，须由监护人先阅读并单独同意："
                      yes="同意并选这一批"
                      done={send}
                    />
                  ) : (
                    <button type="submit" className="main wide" disabled={action.busy || !chosen}>
                      {action.busy ? "正在提交…" : "选这一批"}
                    </button>
                  )}
                </>
              )}
              {keep && (
                <button type="button" className="plain wide" onClick={keep}>
                  不改了
                </button>
              )}
            </form>
          );
        }}
      </Answered>
    </section>
  );
}

function Note({ batch }: { batch?: BatchOption }) {
  if (!batch) return null;
  return (
    <p className="note">
      {batch.note && `${batch.note} `}
      {day(batch.choose_until)}前（含当天）可以改期或退订。
    </p>
  );
}

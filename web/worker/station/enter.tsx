import { type FormEvent, useState } from "react";
import { Field, Taps } from "../field";
import { Scan } from "../scan/scan";
import { GroupChoice } from "./group-choice";
import type { Keep } from "./queue";
import type { Choices } from "./remembered";
import { tapOnce } from "./tap";

interface EnterProps {
  day: Choices;
  keep: Keep;
}

const VISIT = { code: "", label: "到站" };

/** Who came or was served: by his code, or by tally. */
export function Enter({ day, keep }: EnterProps) {
  const [service, choose] = useState("");
  const [code, type] = useState("");
  const [group, pick] = useState("");
  const [people, number] = useState("1");
  const [wrong, tell] = useState<{ code?: string; people?: string }>({});
  const [tap] = useState(() => tapOnce());
  const what = day.service_choices.find((one) => one.code === service)?.label ?? VISIT.label;
  const byCode = (text: string) => {
    if (text.trim() === "") return tell({ code: "请扫描或输入到站码。" });
    tell({});
    keep("entries", `${what}（扫码）`, { service: service || null, code: text.trim() });
    type("");
  };
  const byTally = (event: FormEvent) => {
    event.preventDefault();
    const quantity = Number(people);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > 200) return tell({ people: "人数请填写1至200。" });
    tell({});
    if (tap.repeats()) return;
    const label = day.groups.find((one) => one.code === group)?.label ?? "不分群体";
    keep("entries", `${what}：${label}${quantity}人`, {
      service: service || null,
      group: group || null,
      quantity,
    });
    number("1");
  };
  return (
    <section aria-label="登记" onChange={tap.changed}>
      <Taps
        label="登记什么"
        value={service}
        onChange={choose}
        choices={[VISIT, ...day.service_choices.map(({ code: value, label }) => ({ code: value, label }))]}
      />
      <Scan label="扫到站码" done={byCode} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          byCode(code);
        }}
        noValidate
      >
        <Field
          label="到站码"
          hint="职工在“我的娘家”里出示，会员证也可以；也可以用扫码枪扫入"
          value={code}
          wrong={wrong.code}
          onChange={type}
          autoComplete="off"
          autoCapitalize="off"
          beside={
            <button type="submit" className="plain">
              登记
            </button>
          }
        />
      </form>
      <form onSubmit={byTally} noValidate>
        <h2>不出示码的，按人数登记</h2>
        <div className="two">
          <GroupChoice groups={day.groups} value={group} onChange={pick} />
          <Field
            label="人数"
            inputMode="numeric"
            value={people}
            wrong={wrong.people}
            onChange={(text) => number(text.trim())}
          />
        </div>
        <button type="submit" className="plain wide">
          登记{what}
        </button>
      </form>
    </section>
  );
}

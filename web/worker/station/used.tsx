import type { NewStationIncident, StationGood } from "../../client/types";
import { Choice, Field } from "../field";
import { useMine } from "../use-mine";

/** What was used, as it is typed. */
export interface Used {
  good: string;
  amount: string;
}

const quantity = (one: Used) => Number(one.amount);
const isOdd = (one: Used) => !Number.isInteger(quantity(one)) || quantity(one) < 1 || quantity(one) > 1_000;

/** Whether a number is missing somewhere. */
export const isUnfinished = (used: Used[]) => used.some(isOdd);

/** What was used, as it is sent. */
export const toSend = (used: Used[]): NonNullable<NewStationIncident["used"]> =>
  used.map((one) => ({ good_id: one.good, quantity: quantity(one) }));

interface Props {
  station: string;
  used: Used[];
  change: (used: Used[]) => void;
  /** Whether it was tried to send, so that what is missing is told. */
  tried: boolean;
}

/** Medicine and goods of this station that were used; they leave the stock with the incident. */
export function UsedSupplies({ station, used, change, tried }: Props) {
  const asked = useMine<StationGood[]>(`/me/stations/${station}/supplies`);
  const goods = asked.data ?? [];
  const rest = goods.filter((good) => !used.some((one) => one.good === good.id));
  const add = (id: string) => id && change([...used, { good: id, amount: "1" }]);
  if (goods.length === 0) return null;
  return (
    <>
      {used.map((one) => {
        const good = goods.find((each) => each.id === one.good);
        const beyond = good && !isOdd(one) && quantity(one) > good.left;
        return (
          <Field
            key={one.good}
            label={`用了多少${good?.name ?? "用品"}（${good?.unit ?? ""}）`}
            inputMode="numeric"
            value={one.amount}
            wrong={tried && isOdd(one) ? "请填写数量，1 至 1000。" : undefined}
            hint={beyond ? `库存只有${good.left}${good.unit}，照实填写即可，之后请核对库存` : undefined}
            onChange={(text) => change(used.map((each) => (each === one ? { ...each, amount: text.trim() } : each)))}
            beside={
              <button
                type="button"
                className="plain"
                aria-label={`没用${good?.name ?? "这种用品"}`}
                onClick={() => change(used.filter((each) => each !== one))}
              >
                去掉
              </button>
            }
          />
        );
      })}
      {rest.length > 0 && used.length < 10 && (
        <Choice label="用了哪些药品、物资" value="" onChange={add} hint="登记后自动从库存扣减，不用再登记领用">
          <option value="">{used.length === 0 ? "没有用" : "还用了…"}</option>
          {rest.map((good) => (
            <option key={good.id} value={good.id}>
              {good.name}（库存{good.left}
              {good.unit}）
            </option>
          ))}
        </Choice>
      )}
    </>
  );
}

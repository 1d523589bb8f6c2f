import { get } from "../../client/http";
import type { ReceivingUnion } from "../../client/types";
import { SearchPicker } from "../parts/search-picker";
import type { PickerProps } from "../parts/sought";

const find = async (q: string, signal: AbortSignal) => {
  const rows = await get<ReceivingUnion[]>("/transfers/receiving-unions", { q }, signal);
  return rows.map((row) => ({ value: row.id, label: row.upper ? `${row.name}（${row.upper}）` : row.name }));
};

/** Chooses the union that a member moves on to, which may lie anywhere. */
export function ReceivingUnionPicker(field: PickerProps) {
  return (
    <SearchPicker
      {...field}
      of="receiving-unions"
      find={find}
      placeholder="输入工会名称或代码查找"
      none="没有找到这个工会"
    />
  );
}

import { get } from "../../client/http";
import type { Page, PersonRow } from "../../client/types";
import { SearchPicker } from "../parts/search-picker";
import type { PickerProps } from "../parts/sought";

const find = async (q: string, signal: AbortSignal) => {
  const found = await get<Page<PersonRow>>("/people", { q, limit: 20 }, signal);
  return found.items.map((row) => ({
    value: row.id,
    label: [row.name, row.phone, row.organisation_name].filter(Boolean).join("　"),
  }));
};

/** Chooses a known person by name, whole phone number or whole document number. */
export function PersonPicker(field: PickerProps) {
  return (
    <SearchPicker
      {...field}
      of="person-search"
      find={find}
      placeholder="输入姓名、手机号或证件号码查找"
      none="没有找到这个人"
    />
  );
}

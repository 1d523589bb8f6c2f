import { minute } from "../../shared/words";

/** What figures rest on. On quiet days the last record is old, and the figures are not. */
export const counted = (last: string): string => `台账已登记的记录都已计入，全系统最近一笔登记于${minute(last)}。`;

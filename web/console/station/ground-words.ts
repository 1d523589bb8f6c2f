import { type Ground, saysOf } from "../../shared/map/ground";

/** What an officer is told of what lies below: on outlines alone no door is found. */
export function groundWords({ tiles, outlines }: Ground, isBroken: boolean): string {
  if (tiles) return saysOf(tiles, isBroken);
  const ask = "请系统管理员在系统设置里配置地图（map_tiles）。";
  return outlines?.features.length
    ? `只有区划轮廓，没有街道图；${ask}轮廓是示意图，界线不作划界依据。`
    : `没有底图；${ask}`;
}

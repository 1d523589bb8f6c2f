import { useDrawn } from "../../shared/map/use-drawn";

const WORDS = {
  cannot: "这台手机或浏览器画不了地图，请看列表，点“怎么去”可用地图软件导航。",
  lost: "地图没有加载出来，请看列表；网络好了再点“地图”，还不行就刷新页面。",
};

/** The map of what is near; most riders read the list. */
export function useMap() {
  const { Drawn, ...map } = useDrawn(() => import("./station-map"), WORDS);
  return { ...map, StationMap: Drawn };
}

import type { StationView } from "../../client/types";

/** A station as its window opens it, without a position. */
export const STATION = {
  id: "7",
  version: 3,
  organisation_id: "2",
  code: "BT-001",
  name: "友谊驿站",
  kind: "own",
  access: "everyone",
  address: "友谊大街1号",
  stock: [],
  partners: [],
  photos: [],
  hours: { week: [[], [], [], [], [], [], []], self_service: true, exceptions: [] },
} as unknown as StationView;

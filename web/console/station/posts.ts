import type { StationPost } from "../../client/types";

/** The posts that hold today or later, and one that is held whatever became of it. */
export const lasting = (posts: StationPost[], today: string, held?: string | null) =>
  posts.filter((one) => !one.until_day || today < one.until_day || one.id === held);

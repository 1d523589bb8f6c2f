import type { StationPost } from "../../client/types";

/** The posts that hold today or later, and one that is held whatever became of it. */
export const lasting = (posts: StationPost[], today: string, held?: string | null) =>
  posts.filter((one) => !one.until_day || today < one.until_day || one.id === held);

/** What is called off if who holds a post leaves it; nothing if he is on duty on no shift to come. */
export const leaving = (post: StationPost | undefined) =>
  post && post.duties > 0
    ? `${post.name}还有${post.duties}个值守班次没有开始，离任之日起的班次将取消并短信告知本人，请另行排班。`
    : undefined;

import { sentence } from "../../client/problem";

interface Sought {
  isFetching: boolean;
  error: unknown;
}

/** What a field says that found nothing to choose: why, if it could not look. */
export function nothingFound({ isFetching, error }: Sought, none: string): string {
  if (isFetching) return "正在查找…";
  return error ? sentence(error) : none;
}

import { useCallback } from "react";
import { useSearchParams } from "react-router";

/**
 * Filters that live in the address, so that a page can be bookmarked, sent and gone back to; how they are changed; and whether
 * any is set: a list that finds nothing then must not say that there is nothing.
 */
export function useFilters<T extends Record<string, string>>(defaults: T): [T, (changes: Partial<T>) => void, boolean] {
  const [params, setParams] = useSearchParams();
  const filters = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, params.get(name) ?? value]),
  ) as T;
  const change = useCallback(
    (changes: Partial<T>) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined || value === "" || value === defaults[name]) after.delete(name);
            else after.set(name, value as string);
          }
          return after;
        },
        { replace: true },
      ),
    [setParams, defaults],
  );
  return [filters, change, Object.keys(defaults).some((name) => filters[name] !== defaults[name])];
}

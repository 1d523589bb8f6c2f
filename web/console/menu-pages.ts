import { keptValue, store } from "../shared/store";
import { type PageEntry, WORK } from "./page-entry";

/** Above so many pages the menu folds by work and can be searched. */
const MANY = 15;

/** The pages of a work that stand in the menu. */
export const pagesOf = (pages: PageEntry[], work: keyof typeof WORK): PageEntry[] =>
  pages.filter((page) => page.work === work && page.label);

/** Whether the menu is too long to be taken in at one glance. */
export const isLong = (pages: PageEntry[]): boolean => pages.filter((page) => page.label).length > MANY;

/** The pages whose name, or that of their work, holds what was typed; those whose own name holds it first. */
export function findPages(pages: PageEntry[], typed: string): PageEntry[] {
  const text = typed.trim().toLowerCase();
  const holds = (name: string) => name.toLowerCase().includes(text);
  const named = pages.filter((page) => page.label && holds(page.label));
  const ofWork = pages.filter((page) => page.label && !named.includes(page) && holds(WORK[page.work]));
  return text === "" ? [] : [...named, ...ofWork];
}

const OPENED = "niangjia.menu";

/** The works that were left open on this device. */
export function openedWorks(): string[] {
  const works = keptValue(OPENED);
  return Array.isArray(works) ? works.filter((work) => work in WORK) : [];
}

/** Keeps which works are open. */
export const keepOpened = (works: string[]) => store(OPENED, JSON.stringify(works));

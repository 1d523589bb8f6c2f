import {
  ApartmentOutlined,
  BookOutlined,
  FlagOutlined,
  GiftOutlined,
  HomeOutlined,
  SettingOutlined,
  ShopOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
} from "@ant-design/icons";
import { Menu, type MenuProps, type MenuRef } from "antd";
import { type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "react-router";
import { type PageEntry, WORK } from "./page-entry";
import { menuPath } from "./pages";

type Work = keyof typeof WORK;

const ICONS: Record<Work, ReactNode> = {
  home: <HomeOutlined aria-hidden />,
  plan: <FlagOutlined aria-hidden />,
  members: <TeamOutlined aria-hidden />,
  enrolment: <UsergroupAddOutlined aria-hidden />,
  stations: <ShopOutlined aria-hidden />,
  benefit: <GiftOutlined aria-hidden />,
  organisations: <ApartmentOutlined aria-hidden />,
  ledger: <BookOutlined aria-hidden />,
  system: <SettingOutlined aria-hidden />,
};

/** The pages that one may open, grouped by work. A work with one page is that page. */
export function SideMenu({ pages }: { pages: PageEntry[] }) {
  const { pathname } = useLocation();
  const items = (Object.keys(WORK) as Work[]).flatMap((work) => group(work, pages));
  const selected = menuPath(pages, pathname);
  const list = useRef<MenuRef>(null);
  useEffect(() => {
    // On a low screen the page's place in the menu may lie below what is in sight.
    if (selected)
      list.current?.menu?.list?.querySelector(".ant-menu-item-selected")?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return <Menu ref={list} mode="inline" inlineIndent={16} selectedKeys={selected ? [selected] : []} items={items} />;
}

type Items = NonNullable<MenuProps["items"]>;

function group(work: Work, pages: PageEntry[]): Items {
  const items = pages
    .filter((page) => page.work === work && page.label)
    .map((page) => ({ key: page.path, label: <Link to={page.path}>{page.label}</Link> }));
  if (items.length <= 1) return items.map((item) => ({ ...item, icon: ICONS[work] }));
  const label = (
    <>
      {ICONS[work]} {WORK[work]}
    </>
  );
  return [{ type: "group", label, children: items }];
}

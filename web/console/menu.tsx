import {
  ApartmentOutlined,
  BookOutlined,
  CoffeeOutlined,
  FlagOutlined,
  GiftOutlined,
  HomeOutlined,
  SearchOutlined,
  SettingOutlined,
  ShopOutlined,
  TeamOutlined,
  UsergroupAddOutlined,
} from "@ant-design/icons";
import { Input, Menu, type MenuProps, type MenuRef } from "antd";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { findPages, isLong, keepOpened, openedWorks, pagesOf } from "./menu-pages";
import { type PageEntry, WORK } from "./page-entry";
import { menuPath } from "./pages";

type Work = keyof typeof WORK;

const ICONS: Record<Work, ReactNode> = {
  home: <HomeOutlined aria-hidden />,
  plan: <FlagOutlined aria-hidden />,
  members: <TeamOutlined aria-hidden />,
  enrolment: <UsergroupAddOutlined aria-hidden />,
  stations: <ShopOutlined aria-hidden />,
  service: <CoffeeOutlined aria-hidden />,
  benefit: <GiftOutlined aria-hidden />,
  organisations: <ApartmentOutlined aria-hidden />,
  ledger: <BookOutlined aria-hidden />,
  system: <SettingOutlined aria-hidden />,
};

/**
 * The pages that one may open, grouped by work. A work with one page is that page. A long menu folds: the work of the page in
 * sight is open, the others as they were left; and a page is found by its name.
 */
export function SideMenu({ pages }: { pages: PageEntry[] }) {
  const { pathname } = useLocation();
  const long = isLong(pages);
  const [typed, type] = useState("");
  const [opened, open] = useState(openedWorks);
  const selected = menuPath(pages, pathname);
  const here = pages.find((page) => page.path === selected)?.work;
  const list = useRef<MenuRef>(null);
  useEffect(() => {
    if (here) open((opened) => (opened.includes(here) ? opened : [...opened, here]));
  }, [here]);
  useEffect(() => {
    // On a low screen the page's place in the menu may lie below what is in sight.
    if (selected)
      list.current?.menu?.list?.querySelector(".ant-menu-item-selected")?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  const found = findPages(pages, typed);
  const works = Object.keys(WORK) as Work[];
  const items = typed.trim() ? found.map(line) : works.flatMap((work) => group(work, pagesOf(pages, work), long));
  return (
    <>
      {long && <Finder typed={typed} type={type} first={found[0]} />}
      {typed.trim() && found.length === 0 ? (
        <p className="menu-none">没有这样的页面</p>
      ) : (
        <Menu
          ref={list}
          mode="inline"
          inlineIndent={16}
          selectedKeys={selected ? [selected] : []}
          openKeys={opened}
          onClick={() => type("")}
          onOpenChange={(works) => {
            open(works);
            keepOpened(works);
          }}
          items={items}
        />
      )}
    </>
  );
}

/** Finds a page by its name; Enter opens the first that was found. */
function Finder({ typed, type, first }: { typed: string; type: (typed: string) => void; first?: PageEntry }) {
  const navigate = useNavigate();
  return (
    <Input
      className="menu-finder"
      allowClear
      prefix={<SearchOutlined aria-hidden />}
      placeholder="查找页面"
      aria-label="查找页面"
      value={typed}
      onChange={(event) => type(event.target.value)}
      onPressEnter={() => {
        if (!first) return;
        type("");
        navigate(first.path);
      }}
    />
  );
}

type Items = NonNullable<MenuProps["items"]>;

const line = (page: PageEntry) => ({ key: page.path, label: <Link to={page.path}>{page.label}</Link> });

function group(work: Work, pages: PageEntry[], folds: boolean): Items {
  const items = pages.map(line);
  const icon = ICONS[work];
  if (items.length <= 1) return items.map((item) => ({ ...item, icon }));
  if (folds) return [{ key: work, icon, label: WORK[work], children: items }];
  const label = (
    <>
      {icon} {WORK[work]}
    </>
  );
  return [{ type: "group", label, children: items }];
}

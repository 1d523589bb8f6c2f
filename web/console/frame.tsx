import { KeyOutlined, LogoutOutlined, MenuOutlined, SafetyOutlined, UserOutlined } from "@ant-design/icons";
import { Alert, Button, Drawer, Dropdown, Skeleton } from "antd";
import { Suspense, useEffect, useRef, useState } from "react";
import { Link, matchPath, Route, Routes, useLocation } from "react-router";
import type { Session } from "../client/types";
import { SideMenu } from "./menu";
import type { PageEntry } from "./page-entry";
import { mayOpen, nameAt, PAGES } from "./pages";
import { Fallen } from "./parts/fallen";
import { Instead } from "./parts/instead";
import { OrganisationSwitcher } from "./parts/organisation-switcher";
import { PasswordWindow } from "./parts/password";
import { useLogOut } from "./session";

/** The frame of the console: head, menu, page. */
export default function Frame({ session }: { session: Session }) {
  const logOut = useLogOut();
  const { pathname } = useLocation();
  const [opened, open] = useState(false);
  const [changing, change] = useState(false);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    // A new page closes the menu, begins at its top, and is where the keyboard goes on.
    open(false);
    window.scrollTo(0, 0);
    document.getElementById("main")?.focus({ preventScroll: true });
  }, [pathname]);
  const pages = PAGES.filter((page) => mayOpen(page, session.permissions));
  return (
    <div className="shell">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="shell-head">
        <Button
          className="shell-more"
          type="text"
          icon={<MenuOutlined aria-hidden />}
          aria-label="打开菜单"
          onClick={() => open(true)}
        />
        <Link to="/" className="display brand">
          娘家
        </Link>
        <OrganisationSwitcher />
        <Dropdown
          // Not by hovering, too: the click that follows would close what the pointer had just opened.
          trigger={["click"]}
          menu={{
            items: [
              { key: "password", label: "修改密码", icon: <KeyOutlined aria-hidden />, onClick: () => change(true) },
              {
                key: "account",
                label: <Link to="/account">{nameAt("/account")}</Link>,
                icon: <SafetyOutlined aria-hidden />,
              },
              { key: "out", label: "退出登录", icon: <LogoutOutlined aria-hidden />, onClick: logOut },
            ],
          }}
        >
          <Button type="text" className="who" icon={<UserOutlined aria-hidden />} aria-label={`${session.name}：账号`}>
            <span className="who-name">{session.name}</span>
          </Button>
        </Dropdown>
      </header>
      <PasswordWindow open={changing} close={() => change(false)} />
      <nav className="shell-side" aria-label="主菜单">
        <SideMenu pages={pages} />
      </nav>
      <Drawer open={opened} onClose={() => open(false)} placement="left" size={264} title="娘家">
        <SideMenu pages={pages} />
      </Drawer>
      <main className="shell-main" id="main" tabIndex={-1}>
        {session.demo && <Alert banner title="演示数据：人员均为随机生成，与真人无关。" />}
        <Fallen key={pathname}>
          <Pages pages={pages} />
        </Fallen>
      </main>
    </div>
  );
}

function Pages({ pages }: { pages: PageEntry[] }) {
  return (
    <Suspense fallback={<Skeleton active paragraph={{ rows: 8 }} />}>
      <Routes>
        {pages.map((page) => (
          <Route key={page.path} path={page.path} element={<page.page />} />
        ))}
        <Route path="*" element={<Missing />} />
      </Routes>
    </Suspense>
  );
}

/** An address that names no page, or one that isn't this officer's. */
function Missing() {
  const { pathname } = useLocation();
  const known = PAGES.some((page) => matchPath(page.path, pathname));
  return (
    <Instead
      title={known ? "您没有打开这个页面的权限" : "没有这个页面"}
      text={known ? "需要使用的，请联系本单位的安全管理员调整角色。" : undefined}
    >
      <Link to="/">回到首页</Link>
    </Instead>
  );
}

import { LogoutOutlined } from "@ant-design/icons";
import { Alert, Button, Menu, Result, Spin } from "antd";
import { lazy, Suspense } from "react";
import { Link, Route, Routes, useLocation } from "react-router";
import LogIn from "./pages/log-in";
import { useLogOut, useSession } from "./session";

/** The pages: who may see one is asked of the menu here, and of every request by the server. */
const PAGES = [
  { path: "/", label: "组织", permission: "organisations.view", page: lazy(() => import("./pages/organisations")) },
  { path: "/ledger", label: "台账", permission: "ledger.view", page: lazy(() => import("./pages/ledger")) },
];

/** The frame of the console: log-in, menu, page. */
export function Shell() {
  const session = useSession();
  const logOut = useLogOut();
  const { pathname } = useLocation();
  if (session.isPending) return <Spin fullscreen description="正在打开…" />;
  if (session.isError) {
    return <Result status="warning" title="连不上服务器" subTitle={session.error.message} />;
  }
  if (!session.data) return <LogIn />;
  const pages = PAGES.filter((page) => session.data?.permissions.includes(page.permission));
  return (
    <>
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="shell-head">
        <span className="display">娘家</span>
        <Menu
          mode="horizontal"
          selectedKeys={[pathname]}
          style={{ flex: 1, minWidth: 0, borderBottom: 0 }}
          items={pages.map((page) => ({ key: page.path, label: <Link to={page.path}>{page.label}</Link> }))}
        />
        <span className="who">{session.data.name}</span>
        <Button icon={<LogoutOutlined />} onClick={logOut} aria-label="退出登录" />
      </header>
      <main className="shell-main" id="main">
        {session.data.demo && <Alert banner message="演示数据：人员均为随机生成，与真人无关。" />}
        <Suspense fallback={<Spin />}>
          <Routes>
            {pages.map((page) => (
              <Route key={page.path} path={page.path} element={<page.page />} />
            ))}
            <Route
              path="*"
              element={<Result status="404" title="没有这个页面" extra={<Link to="/">回到首页</Link>} />}
            />
          </Routes>
        </Suspense>
      </main>
    </>
  );
}

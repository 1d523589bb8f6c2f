import { lazy } from "react";
import type { PageEntry } from "../page-entry";

/** Benefits. */
export const BENEFIT_PAGES: PageEntry[] = [
  {
    path: "/benefit-offers",
    label: "普惠服务",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/benefit-offers")),
  },
  {
    path: "/benefit-offers/:id",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/benefit-offer")),
  },
  {
    path: "/redemptions",
    label: "核销凭证",
    work: "benefit",
    permission: "benefit.redeem",
    page: lazy(() => import("../pages/redemptions")),
  },
  {
    path: "/benefit-redemptions",
    label: "核销记录",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/benefit-redemptions")),
  },
  {
    path: "/benefit-batches/:id",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/benefit-batch")),
  },
  {
    path: "/benefit-partners",
    label: "核销点",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/benefit-partners")),
  },
  {
    path: "/nominations",
    label: "推荐与公示",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/nominations")),
  },
  {
    path: "/nominations/:id",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/nomination-round")),
  },
  {
    path: "/benefit-settlements",
    label: "月度结算",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/benefit-settlements")),
  },
  {
    path: "/benefit-settlements/:id",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/benefit-settlement")),
  },
  {
    path: "/benefit-kinds",
    label: "服务种类",
    work: "benefit",
    permission: "benefit.view",
    page: lazy(() => import("../pages/benefit-kinds")),
  },
];

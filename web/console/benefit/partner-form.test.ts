import { expect, test } from "vitest";
import type { BenefitPartner } from "../../client/types";
import { partnerForm } from "./partner-form";

const before = { id: "5", kind: "station", site_id: "7", organisation_id: "2", active: true } as BenefitPartner;
const sent = (filled: Partial<BenefitPartner>) => JSON.parse(JSON.stringify(partnerForm(filled, before, "1")));

test("a place stays the station that it is, unless somebody who sees the register changes that", () => {
  expect(sent({ kind: "station", active: false })).toMatchObject({ site_id: "7", organisation_id: "2", active: false });
  expect(sent({ kind: "station", active: true, site_id: "8" })).toMatchObject({ site_id: "8" });
  expect(sent({ kind: "station", active: true, site_id: undefined, name: "东河餐厅" })).not.toHaveProperty("site_id");
  expect(sent({ kind: "canteen", active: true, name: "东河餐厅" })).toMatchObject({ site_id: null, name: "东河餐厅" });
});

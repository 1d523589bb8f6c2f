import type { Employer, OrganisationRow, PlatformCompany } from "../../client/types";

/** The levels of the territorial line as people read them. */
export const LEVELS: Record<OrganisationRow["level"], string> = {
  nation: "全国",
  province: "省级",
  prefecture: "市级",
  county: "县级",
  township: "乡镇街道",
  grassroots: "基层",
};

/** Who owns an employer, as people read it. */
export const OWNERSHIPS: Record<NonNullable<Employer["ownership"]>, string> = {
  state: "国有",
  collective: "集体",
  private: "民营",
  hong_kong_macao_taiwan: "港澳台投资",
  foreign: "外商投资",
  other: "其他",
};

/** How closely the campaign looks at a platform company, as people read it. */
export const RANKS: Record<PlatformCompany["rank"], string> = {
  head: "头部企业",
  key: "重点企业",
  other: "其他企业",
};

/** The kinds of organisation as people read them. */
export const KINDS: Record<OrganisationRow["kind"], string> = {
  federation: "总工会",
  industry_federation: "产业（行业）工会",
  township_union: "乡镇（街道）工会",
  grassroots_union: "基层工会",
  joint_union: "联合基层工会",
  regional_union: "区域（行业）工会联合会",
  womens_committee: "女职工委员会",
  union_group: "工会小组",
};

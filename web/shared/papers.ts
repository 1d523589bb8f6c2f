/** The kinds of paper that prove who somebody is, by the codes of the interface. */
export const PAPERS: Record<string, string> = {
  citizen_number: "居民身份证",
  hk_mo_tw_residence: "港澳台居民居住证",
  foreign_permanent_resident: "外国人永久居留身份证",
  foreign_permanent_resident2017: "外国人永久居留身份证（2017版）",
  hk_mo_travel: "港澳居民来往内地通行证",
  taiwan_travel: "台湾居民来往大陆通行证",
  passport: "护照",
};

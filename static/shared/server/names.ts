// Made by `make types` from the tables of the server: never edited here, and a test fails when it is stale.
export const SCAM_TYPES = {
  acquaintance: { zh: "冒充领导熟人", en: "Impersonating a boss or acquaintance" },
  credit_record: { zh: "虚假征信", en: "Fake credit-record repair" },
  customer_service: { zh: "冒充电商物流客服", en: "Fake e-commerce or courier customer service" },
  gaming: { zh: "网络游戏产品虚假交易", en: "Fake game-item trade" },
  insurance_deduction: { zh: "百万保障扣费", en: "Fake insurance deduction" },
  investment: { zh: "虚假网络投资理财", en: "Fake online investment" },
  loan: { zh: "虚假贷款", en: "Fake loan" },
  other: { zh: "其他", en: "Other" },
  police_impersonation: { zh: "冒充公检法及政府机关", en: "Impersonating police or officials" },
  rebate: { zh: "刷单返利", en: "Fake order rebates" },
  romance: { zh: "网络婚恋交友", en: "Online romance" },
  sex_lure: { zh: "招嫖色诱", en: "Sexual lure" },
  shopping: { zh: "虚假购物服务", en: "Fake shopping or service" },
  teacher_fee: { zh: "冒充老师收费", en: "Impersonating a teacher to collect fees" },
  virtual_currency: { zh: "虚拟货币", en: "Virtual currency" },
} as const;
export const STAFF_NUMBER = {
  zh: "工号",
  en: "Staff number",
} as const;
export const NEVER_TITLE = {
  zh: "民警上门，绝不会",
  en: "Police at the door never",
} as const;
export const NEVER_ASKED = {
  money: { zh: "让您转账、交现金", en: "ask for a transfer or cash" },
  secret: { zh: "要密码、验证码", en: "ask for a password or a code" },
  screen: { zh: "让您共享屏幕、点链接装软件", en: "ask you to share your screen or install from a link" },
  family: { zh: "让您瞒着家人", en: "tell you to keep it from your family" },
} as const;

export type ScamType = keyof typeof SCAM_TYPES;

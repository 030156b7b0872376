// Words of the alarm, with each kind of fraud in one sentence: what the resident is being told.
import { SCAM_TYPES, type ScamType } from "../../shared/server/names";
import { named } from "../../shared/words/named";
import { catalogue, sayer } from "../../shared/words/say";

export const alarm = catalogue(
  {
    "title": "新任务",
    "others": "还有 {n} 件",
    "below": "往下看",
    "risk": "高危预警",
    "ringing": "响铃 {t}",
    "silent": "点一下就响铃",
    "shaking": "放不出声，在振动",
    "mute": "放不出声，看着屏幕",
    "by": "请在 {t} 前签收",
    "then": "不签收，就转给下一位",
    "over": "过点了，正转给下一位。你现在签收也算",
    "left": "不到 {t}",
    "left.over": "过点了",
    "decline": "去不了，说原因",
    "why": "为什么去不了",
    "why.one": "点一个就发出",
    "why.back": "不，我再看看",
    "reason.on_another_case": "在办别的",
    "reason.too_far": "太远",
    "reason.knows_the_person": "认识当事人",
    "reason.unwell": "身体不适",
    "reason.other": "别的原因",
    "declined": "已拒签，这件转给别人。",
    "declined.later": "拒签存好了，有网就转给别人。",
    "sent": "已转出",
    "at_risk": "正要转",
    "colon": "：",
    "scam.acquaintance": "对方冒充领导或熟人，急着借钱。",
    "scam.credit_record": "对方说征信有问题，要先转钱才能消。",
    "scam.customer_service": "对方冒充客服，说退款要先转账或借贷。",
    "scam.gaming": "买卖游戏账号、装备，要先交保证金。",
    "scam.insurance_deduction": "对方说要扣保险费，转账才能取消。",
    "scam.investment": "对方带着炒股、投资，越投越多提不出来。",
    "scam.loan": "对方说能放款，要先交手续费、刷流水。",
    "scam.other": "情况还没弄清，当面问。",
    "scam.police_impersonation": "对方冒充公检法，说涉案，要转到“安全账户”。",
    "scam.rebate": "先返小钱，再要垫大钱做任务。",
    "scam.romance": "网上认识的对象，谈着感情要钱。",
    "scam.sex_lure": "以上门服务为名，一次次要押金。",
    "scam.shopping": "东西没见着，一直要补钱。",
    "scam.teacher_fee": "冒充老师在群里收费。",
    "scam.virtual_currency": "让买虚拟币转给对方。",
  },
  {
    "title": "New visit",
    "others": "{n} more waiting",
    "below": "More below",
    "risk": "High risk",
    "ringing": "Ringing {t}",
    "silent": "Tap for sound",
    "shaking": "No sound here, vibrating",
    "mute": "No sound here, watch the screen",
    "by": "Acknowledge by {t}",
    "then": "After that it goes to the next officer",
    "over": "Time is up: it is going to the next officer. You can still acknowledge",
    "left": "Under {t} left",
    "left.over": "Time is up",
    "decline": "Can't go, say why",
    "why": "Why can't you go?",
    "why.one": "One tap sends it",
    "why.back": "Let me look again",
    "reason.on_another_case": "On another case",
    "reason.too_far": "Too far",
    "reason.knows_the_person": "I know them",
    "reason.unwell": "Unwell",
    "reason.other": "Another reason",
    "declined": "Declined. It goes to someone else.",
    "declined.later": "Saved. Once there is a signal, it goes to someone else.",
    "sent": "Already sent",
    "at_risk": "About to send",
    "colon": ". ",
    "scam.acquaintance": "Someone poses as a boss or friend and urgently needs money.",
    "scam.credit_record": "Told that only a transfer clears their credit record.",
    "scam.customer_service": "A fake agent says a refund needs a transfer or a loan first.",
    "scam.gaming": "Told to pay a deposit before a game item is sold.",
    "scam.insurance_deduction": "Told that only a transfer stops an insurance fee.",
    "scam.investment": "Led to invest more and more, and nothing can be withdrawn.",
    "scam.loan": "Promised a loan once fees or test transfers are paid.",
    "scam.other": "Not clear yet: ask at the door.",
    "scam.police_impersonation": "Fake police say the money must go to a “safe account”.",
    "scam.rebate": "Small rebates first, then larger and larger sums to advance.",
    "scam.romance": "Someone met online speaks of love and asks for money.",
    "scam.sex_lure": "One deposit after another for a visit that never comes.",
    "scam.shopping": "The goods never come, and more payments are asked for.",
    "scam.teacher_fee": "A fake teacher collects fees in the class group.",
    "scam.virtual_currency": "Told to buy virtual currency and send it on.",
  },
);

export const say = sayer(alarm);

/** What the resident is being told, in one sentence; nothing for a kind that this app does not know. */
export function scamSentence(code: string): string {
  const key = `scam.${code}`;
  return key in alarm.zh ? say(key as keyof typeof alarm.zh) : "";
}

/** The name of a kind of fraud in the language that is spoken; the server's own where it is new. */
export function scamName(code: string, name: string): string {
  const known = SCAM_TYPES[code as ScamType] as (typeof SCAM_TYPES)[ScamType] | undefined;
  return known ? named(known) : name;
}

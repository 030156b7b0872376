// Words of the wall: what happened, what is gone, and what becomes of records that had not arrived.
import { catalogue, sayer } from "../../../shared/words/say";

export const wall = catalogue(
  {
    "title": "这台手机上的权限已收回",
    "why": "管理员停用了账号、报了手机丢失，或换了密码和亮证。",
    "going": "正在清理这台手机…",
    "gone": "任务、地址、话术、亮证和密钥都从手机上删掉了。",
    "none": "没有没送到的记录。",
    "sealed": "还有 {n} 条没送到，已加锁，只有服务器能开。谁在这台手机上登录，就由谁带到，值班台核对后再算数。",
    "unsealed": "还有 {n} 条没送到，也没能加锁。界面上看不到，本人重新登录后会发出。把手机交给管理员。",
    "next": "有疑问，找本单位管理员。",
    "go": "去登录",
  },
  {
    "title": "Your access on this phone was taken away",
    "why": "An admin ended the account, reported the phone lost, or set a new password or card.",
    "going": "Clearing this phone…",
    "gone": "Visits, addresses, scripts, card and keys are deleted from this phone.",
    "none": "No record was left unsent.",
    "sealed":
      "{n} {n|record|records} had not arrived. {n|It is|They are} locked; only the server can open {n|it|them}. Whoever signs in on this phone brings {n|it|them}, and the desk checks {n|it|them}.",
    "unsealed":
      "{n} {n|record|records} had not arrived and could not be locked. Nobody sees {n|it|them} here; {n|it goes|they go} when {n|its|their} owner signs in. Give this phone to your admin.",
    "next": "Questions? Ask your unit's admin.",
    "go": "Go to sign-in",
  },
);

export const say = sayer(wall);

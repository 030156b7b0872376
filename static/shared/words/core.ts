// Words that every screen of phone and desk may need.
import { catalogue, sayer } from "./say";

export const core = catalogue(
  {
    "app.name": "上门劝阻",
    "back": "返回",
    "close": "关闭",
    "search": "搜索",
    "cancel": "取消",
    "retry": "再试",
    "call": "拨打",
    "screen.coming": "正在打开。",
    "screen.absent": "这一页还没下到手机上。有网时再试，记录都在。",
  },
  {
    "app.name": "Doorstep",
    "back": "Back",
    "close": "Close",
    "search": "Search",
    "cancel": "Cancel",
    "retry": "Try again",
    "call": "Call",
    "screen.coming": "Opening.",
    "screen.absent": "This page is not on the phone yet. Try with a signal; records are safe.",
  },
);

export const t = sayer(core);

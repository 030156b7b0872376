// Words of the officer card: the resident reads them, so they speak to the resident.
import { catalogue, sayer } from "../../../shared/words/say";

export const card = catalogue(
  {
    "title": "给居民看",
    "card": "民警证件",
    "code": "核对码",
    "digits": "核对码 {d}",
    "next": "{n} 秒后换新码",
    "how": "不放心就核对：",
    "how.a": "自己拨 ",
    "how.b": "，报工号和核对码，问是不是我。",
    "how.web": "也可以自己打开 {url}",
    "done": "核对好了",
    "big": "大字",
    "before": "亮证之前",
    "clock": "手机时间没跟服务器对过，核对码可能对不上。连一次网就准了。现在就要用，请把纸质证件一起出示。",
    "anyway": "照样亮证",
    "none": "你的岗位不上门亮证，没有核对码。",
    "missing": "还没取到你的证件。连一次网就存在手机里，以后没网也能亮。先出示纸质证件。",
    "insecure": "网址不是加密的，这里算不出核对码。先出示纸质证件。",
    "reading": "正在取…",
    "show": "给对方看防骗图",
  },
  {
    "title": "Show to the resident",
    "card": "Officer card",
    "code": "Check code",
    "digits": "Check code {d}",
    "next": "New code in {n} s",
    "how": "Not sure? Check me: ",
    "how.a": "call ",
    "how.b": " yourself, give the staff number and code, ask if it's me.",
    "how.web": "Or open {url} yourself",
    "done": "Checked",
    "big": "Large print",
    "before": "Before you show it",
    "clock":
      "This clock was never compared, so the code may not match: connect once. If it must be now, show your paper ID too.",
    "anyway": "Show it anyway",
    "none": "Your role shows no card at doors, so there is no code.",
    "missing": "No card here yet. Connect once and it stays. Show your paper ID.",
    "insecure": "This address is not encrypted, so no code. Show your paper ID.",
    "reading": "Fetching…",
    "show": "Show the pictures",
  },
);

export const sayCard = sayer(card);

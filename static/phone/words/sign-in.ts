// Words of signing in.
import { catalogue, sayer } from "../../shared/words/say";

export const signIn = catalogue(
  {
    "title": "登录",
    "again": "再登录一次",
    "again.why": "登录过期了。手机上的任务还能看、能记；登录后全部发出。",
    "barred": "数字码错了 5 次。用密码登录，再接着干。",
    "number": "工号",
    "password": "密码",
    "show": "显示密码",
    "hide": "隐藏密码",
    "go": "登录",
    "going": "正在登录…",
    "passkey": "用指纹或面容登录",
    "language": "语言",
    "need.number": "填工号。",
    "need.password": "填密码。",
    "signin.refused": "工号或密码不对。再看一眼，连错 6 次要等 5 分钟。",
    "signin.passkey": "这把通行密钥，服务器不认识。用密码登录。",
    "signin.too_many": "试得太多了。等 5 分钟再来，或找管理员重设。",
    "signin.already": "这台手机上还有别人的登录。再点一次。",
    "signin.volatile": "这台手机上有没发的记录，没存住，换人就没了。先让本人发出去。",
    "signin.broken": "手机存储出错，没登上。再点一次；还不行就把 App 完全退出再打开。",
    "signin.offline": "连不上服务器。有网再登录；急事打电话给所里。",
    "signin.foreign": "这个网没放行，服务器收不到。先登录这个网，或换手机流量。",
    "signin.down": "服务器没有应答，过几分钟再试。急事打电话给所里。",
    "signin.cookies": "登录没保住：这个网或浏览器删了登录凭证。换手机流量再登录。",
    "signin.failed": "服务器出错，没能登录。过几分钟再试；急事打电话给所里。",
    "signin.maintenance": "服务器在维护，过一会儿再登录。急事打电话给所里。",
    "signin.signed_out": "登录没完成。再点一次。",
    "others": "这台手机上还有另一位的 {n} 条没发。你看不到，也不会丢，本人登录后会发出。",
    "other.disk": "换人登录，看到的只有自己的任务。",
    "forgot": "忘了密码，找本单位管理员重设。",
    "insecure": "网址不是加密的，密码可能被人看到。向所里要 https 网址。",
  },
  {
    "title": "Sign in",
    "again": "Sign in again",
    "again.why": "Your session ended. Work stays here; everything sends once you sign in.",
    "barred": "Five wrong codes. Sign in with your password to go on.",
    "number": "Staff number",
    "password": "Password",
    "show": "Show password",
    "hide": "Hide password",
    "go": "Sign in",
    "going": "Signing in…",
    "passkey": "Use fingerprint or face",
    "language": "Language",
    "need.number": "Enter your staff number.",
    "need.password": "Enter your password.",
    "signin.refused": "Wrong number or password. Six misses mean a 5-minute wait.",
    "signin.passkey": "The server doesn't know this passkey. Use your password.",
    "signin.too_many": "Too many tries. Wait 5 minutes, or ask your admin.",
    "signin.already": "Someone else's session was still here. Tap once more.",
    "signin.volatile": "Unsent records here would be lost. Let their owner send them first.",
    "signin.broken": "This phone's storage failed. Try again; if it fails again, close the app fully and open it.",
    "signin.offline": "Server not reached. Sign in with a signal; call the station if urgent.",
    "signin.foreign": "This network blocks the server. Sign in to it, or use mobile data.",
    "signin.down": "The server does not answer. Try again soon; call the station if urgent.",
    "signin.cookies": "This network or browser drops the sign-in cookie. Use mobile data.",
    "signin.failed": "The server has a fault. Try again soon; call the station if urgent.",
    "signin.maintenance": "Server under maintenance. Try again soon; call the station if urgent.",
    "signin.signed_out": "Sign-in was not finished. Tap once more.",
    "others":
      "{n} unsent {n|record|records} of somebody else {n|is|are} kept here, unseen, and {n|goes|go} out when they sign in.",
    "other.disk": "Whoever signs in sees only their own work.",
    "forgot": "Forgot it? Your unit's admin can set a new one.",
    "insecure": "This address is not encrypted; others may read a password. Ask for the https address.",
  },
);

export const saySignIn = sayer(signIn);
export type SignInWord = Parameters<typeof saySignIn>[0];

/** The sentence of a refusal; one that this catalogue lacks reads as the plain one. */
export function sayFault(key: string): string {
  return saySignIn(key in signIn.zh ? (key as SignInWord) : "signin.refused");
}

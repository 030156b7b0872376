// Words of the lock and its settings.
import { catalogue, sayer } from "../../shared/words/say";

export const lock = catalogue(
  {
    "title": "已锁",
    "who": "{name}，输数字码",
    "code": "数字码",
    "left": "不对。还能试 {n} 次。",
    "checking": "正在核对…",
    "erase": "删一位",
    "finger": "用指纹、面容或手机密码",
    "finger.no": "手机没认出来。输数字码。",
    "password": "用密码登录",
    "digit": "数字 {n}",
    "entered": "已输 {n} 位",
    "ring": "新任务",
    "ring.open": "解锁后签收",
    "quiet": "还有 {n} 条没发，有网会自己发",
  },
  {
    "title": "Locked",
    "who": "{name}, enter your code",
    "code": "Code",
    "left": "Wrong code. {n} {n|try|tries} left.",
    "checking": "Checking…",
    "erase": "Delete a digit",
    "finger": "Use fingerprint, face or phone PIN",
    "finger.no": "The phone did not recognise you. Enter the code.",
    "password": "Sign in with password",
    "digit": "Digit {n}",
    "entered": "{n} {n|digit|digits} entered",
    "ring": "New visit",
    "ring.open": "Unlock to acknowledge",
    "quiet": "{n} not sent yet; {n|it goes|they go} as soon as there is a signal",
  },
);

export const sayLock = sayer(lock);

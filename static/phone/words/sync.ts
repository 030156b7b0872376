// Words about what has and has not reached the server.
import { catalogue, sayer } from "./say";

export const sync = catalogue(
  {
    "ok": "已是最新，{t}",
    "ok.never": "还没连上过",
    "send": "正在发送 {n} 条",
    "off": "没网",
    "off.count": "没网。{n} 条只在本机，最早 {t}前",
    "off.photos": "没网。{n} 张照片还没发",
    "away": "服务器在维护，{t} 再发。能接着干",
    "away.count": "服务器在维护，{t} 再发。{n} 条只在本机",
    "you": "{n} 条要你处理",
    "signed_out": "登录过期了，{n} 条没发。点这里登录",
    "signed_out.none": "登录过期了。点这里登录",
    "volatile": "手机不让存，{n} 条没发。先别关",
    "volatile.none": "手机不让存东西，关掉就没了。换个浏览器",
    "open": "看记录去哪了",
  },
  {
    "ok": "Up to date, {t}",
    "ok.never": "Not connected yet",
    "send": "Sending {n}",
    "off": "Offline",
    "off.count": "Offline. {n} only on this phone, oldest {t}",
    "off.photos": "Offline. {n} photos not sent yet",
    "away": "Server in maintenance, sends at {t}. Carry on",
    "away.count": "Server in maintenance, sends at {t}. {n} only on this phone",
    "you": "{n} need you",
    "signed_out": "Signed out, {n} not sent. Tap to sign in",
    "signed_out.none": "Signed out. Tap to sign in",
    "volatile": "Nothing can be kept here, {n} not sent. Stay on this page",
    "volatile.none": "Nothing can be kept here. Use another browser",
    "open": "Where records are",
  },
);

export const say = sayer(sync);

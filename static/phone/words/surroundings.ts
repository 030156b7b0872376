// Words about what this phone can't do: what still works, then what to do.
import { catalogue, sayer } from "../../shared/words/say";

export const around = catalogue(
  {
    "card_tried": "有人在猜你的亮证核对码，可能有人冒充你上门。马上报告所里。",
    "no_disk": "这个浏览器不让存东西。能看能发，关掉就没了。换系统浏览器打开。",
    "volatile": "现在是无痕模式，或手机不让存。能看能发，关掉就没了。退出无痕再来。",
    "newer": "本机的存储是新版 App 留下的，这一版打不开，里面没发的都还在。更新 App。现在记的关掉就没了，先发出去。",
    "silent": "本机的存储没打开，里面存的都还在。关掉 App 别的窗口，完全退出再打开。现在记的关掉就没了，先发出去。",
    "cleared": "这台手机的浏览数据被清掉了。没发的记录和没写完的表已写回，没丢。可能要重新登录。",
    "insecure": "网址不是加密的（https）。能看能写，没网时打不开，也定不了位。向所里要 https 网址。",
    "in_app": "你在别的应用里打开的。能看能写，但没网打不开，锁屏不响。点右上角，用浏览器打开。",
    "no_worker": "这个浏览器没网时打不开 App，锁屏也不响。开着页面时一切照常。换个新一点的浏览器。",
    "worker_failed": "离线用的文件没下全。开着页面时一切照常，有网时会再下。",
    "nearly_full": "手机空间快满了。文字存得下，照片不一定。删几张照片或视频。",
    "clock": "手机时间差 {t}。照记，已注明。到系统设置里打开自动时间。",
    "outdated": "App 太旧了。写好的记录都在本机。现在更新，再发。",
    "server_older": "服务器比手机旧，有几步它还不认识。都收着了，等它更新。不用重写。",
    "update": "更新",
    "aside": "知道了",
    "others": "还有 {n} 条",
    "copy": "复制网址",
    "copied": "复制好了",
    "region": "这台手机要注意",
  },
  {
    "card_tried": "Somebody is guessing the codes of your officer card, and may pose as you. Tell your station now.",
    "no_disk":
      "This browser keeps nothing. You can read and send; closing loses the rest. Use the phone's own browser.",
    "volatile": "Private mode, or nothing can be kept. You can send; closing loses the rest. Leave private mode.",
    "newer":
      "A newer version left storage that this one can't open; what was unsent is still in it. Update the app. Until then closing loses what you do.",
    "silent":
      "This phone's storage didn't open; what was saved is still in it. Close other windows of the app, then reopen it. Until then closing loses what you do.",
    "cleared":
      "This phone's browser data was cleared. Unsent records and forms were written back, none is lost. You may have to sign in again.",
    "insecure": "This address is not encrypted. It works with a signal, without position. Ask for the https address.",
    "in_app":
      "This opened inside another app. It works with a signal, but stays silent when locked. Open it in the browser.",
    "no_worker": "Works while open; not offline, and silent when locked. Use a newer browser.",
    "worker_failed": "Not all files for offline use arrived. Open pages work; it tries again with a signal.",
    "nearly_full": "Storage is nearly full. Text is kept, photos may not be. Free some space.",
    "clock": "The phone's clock is {t} off. Records are kept, and say so. Turn on automatic time.",
    "outdated": "This app is too old. Your records are safe on this phone. Update, then they send.",
    "server_older":
      "The server is older than this app and doesn't know some steps yet. It keeps them; nothing to redo.",
    "update": "Update",
    "aside": "Got it",
    "others": "{n} more",
    "copy": "Copy address",
    "copied": "Copied",
    "region": "About this phone",
  },
);

export const sayAround = sayer(around);

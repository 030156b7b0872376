// Before the first paint: the language, the theme and the size of type that this phone was set to. A classic script.
{
  const root = document.documentElement;
  const kept = (name: string): string | null => {
    try {
      return localStorage.getItem(`doorstep.${name}`);
    } catch {
      return null; // a browser that lends no storage still shows the app
    }
  };
  const language = kept("language") ?? (navigator.language.startsWith("zh") ? "zh-hans" : "en");
  root.lang = language === "en" ? "en" : "zh-CN";
  const theme = kept("theme");
  if (theme === "light" || theme === "dark" || theme === "outdoor") root.dataset["theme"] = theme;
  const type = kept("type");
  if (type === "large") root.dataset["type"] = type;
}

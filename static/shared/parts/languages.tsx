// The choice of language: each is named in itself.
import { type Language, language, speak } from "../words/say";

const LANGUAGES: readonly { code: Language; name: string; lang: string }[] = [
  { code: "zh-hans", name: "中文", lang: "zh-CN" },
  { code: "en", name: "English", lang: "en" },
];

export function Languages({ label, onChosen }: { label: string; onChosen?: () => void }) {
  const choose = (code: Language): void => {
    speak(code);
    onChosen?.();
  };
  return (
    <div class="seg" role="group" aria-label={label}>
      {LANGUAGES.map(({ code, name, lang }) => (
        <button
          key={code}
          class="chip"
          type="button"
          lang={lang}
          aria-pressed={language.value === code}
          onClick={() => choose(code)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

// Words to say, their key phrase in bold: what is to be remembered when eyes are on the other's face.
export function Spoken({ words, phrase }: { words: string; phrase: string | null | undefined }) {
  const at = phrase ? words.indexOf(phrase) : -1;
  if (!phrase || at < 0) return <>{words}</>;
  return (
    <>
      {words.slice(0, at)}
      <em>{phrase}</em>
      {words.slice(at + phrase.length)}
    </>
  );
}

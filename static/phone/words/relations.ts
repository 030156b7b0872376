// How family and neighbours are called: a contact's relation comes as it was entered, in Chinese.
import { catalogue, isChinese } from "../../shared/words/say";

const relations = catalogue(
  {
    家属: "家属",
    亲属: "亲属",
    配偶: "配偶",
    老伴: "老伴",
    丈夫: "丈夫",
    妻子: "妻子",
    儿子: "儿子",
    女儿: "女儿",
    儿媳: "儿媳",
    女婿: "女婿",
    父亲: "父亲",
    母亲: "母亲",
    哥哥: "哥哥",
    弟弟: "弟弟",
    姐姐: "姐姐",
    妹妹: "妹妹",
    孙子: "孙子",
    孙女: "孙女",
    外孙: "外孙",
    外孙女: "外孙女",
    侄子: "侄子",
    侄女: "侄女",
    外甥: "外甥",
    外甥女: "外甥女",
    邻居: "邻居",
    朋友: "朋友",
  },
  {
    家属: "Family",
    亲属: "Relative",
    配偶: "Spouse",
    老伴: "Spouse",
    丈夫: "Husband",
    妻子: "Wife",
    儿子: "Son",
    女儿: "Daughter",
    儿媳: "Daughter-in-law",
    女婿: "Son-in-law",
    父亲: "Father",
    母亲: "Mother",
    哥哥: "Elder brother",
    弟弟: "Younger brother",
    姐姐: "Elder sister",
    妹妹: "Younger sister",
    孙子: "Grandson",
    孙女: "Granddaughter",
    外孙: "Grandson",
    外孙女: "Granddaughter",
    侄子: "Nephew",
    侄女: "Niece",
    外甥: "Nephew",
    外甥女: "Niece",
    邻居: "Neighbour",
    朋友: "Friend",
  },
);

/** A relation in the language that is spoken; one that is not in the list stands as it was entered. */
export function relationWord(relation: string): string {
  const said = Object.entries(isChinese() ? relations.zh : relations.en);
  return said.find(([known]) => known === relation)?.[1] ?? relation;
}

// The keypad: the key that takes a digit back is drawn as one, not as a way back.
import "../support/setup";
import { expect, it } from "vitest";
import { Keypad } from "../../../static/phone/parts/sign-in/keypad";
import { Icon } from "../../../static/shared/parts/icon";
import { speak } from "../../../static/shared/words/say";
import { markup } from "../support/drawn";

it("draws erasing apart from going back", () => {
  speak("en");
  const keys = markup(<Keypad length={4} code="12" onCode={() => undefined} />);
  expect(keys).toContain(`aria-label="Delete a digit">${markup(<Icon name="erase" />)}`);
  expect(keys).not.toContain(markup(<Icon name="back" />));
  expect(keys).toContain("2 digits entered");
});

// A person without a mouse: everything by Tab, arrows and Enter, and always in sight of where they are.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "./person.ts";

/** Nobody tabs further than this. */
const FAR = 120;

/** Goes to something by Tab; wherever the focus rests, it must be seen. */
export async function tabTo(person: Person, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < FAR; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await person.page.keyboard.press("Tab");
    await expectFocusVisible(person);
  }
  throw new Error(`not reached within ${FAR} steps: ${target}`);
}

/** Goes to something and presses Enter on it. */
export async function enter(person: Person, target: Locator): Promise<void> {
  await tabTo(person, target);
  await person.page.keyboard.press("Enter");
}

/** Goes to a field and types. */
export async function type(person: Person, field: Locator, text: string): Promise<void> {
  await tabTo(person, field);
  await person.page.keyboard.type(text);
}

/** Where the focus is can be seen: the element is in sight and drawn differently. */
async function expectFocusVisible(person: Person): Promise<void> {
  const focused = person.page.locator(":focus");
  if ((await focused.count()) === 0) return;
  await expect(focused).toBeInViewport();
  const marked = await focused.evaluate((element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
  expect(marked, `focus is visible on ${await focused.evaluate((element) => element.outerHTML)}`).toBe(true);
}

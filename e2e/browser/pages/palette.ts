// The command palette, which stands over every page.

import { type Locator, expect } from "@playwright/test";

import type { Person } from "../person/person.ts";

/** The palette. */
export const palette = (person: Person): Locator =>
  person.page.getByRole("dialog", { name: "Command palette" });

/** The field of the palette. */
export const paletteField = (person: Person): Locator =>
  palette(person).getByRole("combobox", { name: "Where to, or what to do?" });

/** What the palette found. */
export const found = (person: Person): Locator => palette(person).getByRole("option");

/** Opens the palette from the keyboard. */
export async function openPalette(person: Person): Promise<void> {
  await person.page.keyboard.press("Control+k");
  await expect(paletteField(person)).toBeFocused();
}

/** Types, and waits until the first result reads so. */
export async function look(person: Person, words: string, first: string | RegExp): Promise<void> {
  await person.page.keyboard.type(words);
  await expect(found(person).first()).toContainText(first);
  await expect(found(person).first()).toHaveAttribute("aria-selected", "true");
}

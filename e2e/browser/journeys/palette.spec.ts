// From the keyboard to every tenant and action, and to nothing that is not one's own.

import { expect, test } from "../journey.ts";
import { found, look, openPalette, palette } from "../pages/palette.ts";

test("the palette leads to tenants, pages and actions", async ({ people }) => {
  const onCall = await people.enrolled("on-call");
  const { page } = onCall;
  const { clicks } = onCall;

  await openPalette(onCall);
  await look(onCall, "histo", "History");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "History" })).toBeVisible();

  await openPalette(onCall);
  await look(onCall, "restart pod checkout-web", /^Action|Restart pod checkout-web-/);
  await onCall.look("palette");
  await page.keyboard.press("ArrowDown");
  await expect(found(onCall).nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: /^Restart pod checkout-web-/ })).toBeVisible();
  await expect(palette(onCall)).toBeHidden();

  await openPalette(onCall);
  await page.keyboard.press("Escape");
  await expect(palette(onCall)).toBeHidden();
  expect(onCall.clicks, "clicks").toBe(clicks);
});

test("the palette never names what is another team's", async ({ people }) => {
  const engineer = await people.enrolled("engineer");
  await openPalette(engineer);
  await engineer.page.keyboard.type("vault");
  await expect(palette(engineer).getByRole("status")).toHaveText("Nothing that you may see matches.");
  await expect(found(engineer)).toHaveCount(0);
});

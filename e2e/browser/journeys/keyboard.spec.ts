// The way of a request without a mouse: asked for, approved and carried out from the keyboard.

import { expect, test } from "../journey.ts";
import { openLink } from "../pages/enrolment.ts";
import { wayTo } from "../pages/frame.ts";
import { approveButton, executeButton, expectStanding } from "../pages/request.ts";
import { rowsOfPods } from "../pages/tenant.ts";
import { enter, tabTo, type } from "../person/keyboard.ts";
import type { Person } from "../person/person.ts";

test("a restart without a mouse", async ({ console, people }) => {
  const [onCall, approver] = [await people.arrive("on-call"), await people.arrive("approver")];
  for (const person of [onCall, approver]) {
    await openLink(person, await console.link(person.login));
    await enter(person, person.page.getByRole("button", { name: "Create a passkey" }));
    await expect(person.page.getByRole("heading", { name: "Home" })).toBeVisible();
    await person.awake();
  }

  await test.step("the first Tab leads past the navigation", async () => {
    const skip = onCall.page.getByRole("link", { name: "Skip to the content" });
    await tabTo(onCall, skip);
    await onCall.page.keyboard.press("Enter");
    await expect(onCall.page.getByRole("main")).toBeFocused();
  });

  const pod = await test.step("on-call asks", () => ask(onCall));

  await test.step("the approver signs", async () => {
    await expect(approver.page.getByRole("link", { name: pod })).toBeVisible();
    await enter(approver, approver.page.getByRole("link", { name: pod }));
    await type(approver, approver.page.getByLabel("Comment"), "Go ahead.");
    await enter(approver, approveButton(approver));
    await expectStanding(approver, "Approved");
  });

  await test.step("on-call carries it out", async () => {
    await expectStanding(onCall, "Approved");
    await enter(onCall, executeButton(onCall, pod));
    await expectStanding(onCall, "Succeeded", 60_000);
  });
  expect([onCall.clicks, approver.clicks], "clicks").toEqual([0, 0]);
});

/** From the home page to a request. */
async function ask(onCall: Person): Promise<string> {
  const { page } = onCall;
  await enter(onCall, wayTo(onCall, "Tenants"));
  await enter(onCall, page.getByRole("link", { name: "demo/checkout" }));
  const link = rowsOfPods(onCall).getByRole("link", { name: "checkout-web-" }).first();
  await expect(link).toBeVisible();
  const pod = (await link.innerText()).trim();
  await enter(onCall, link);
  await enter(onCall, page.getByRole("link", { name: "Restart this pod…" }));
  await type(onCall, page.getByLabel("Reason"), "It answers slowly since midnight.");
  await enter(onCall, page.getByRole("button", { name: `Ask to restart ${pod}` }));
  await expectStanding(onCall, "Waits for approval");
  return pod;
}
